// The task queues of one Conductor server: /tasks/queue. Copies share the connection.
#pragma once

#include "conductor/api/transport.h"

#include <QDateTime>
#include <QHash>

#include <memory>
#include <vector>

namespace conductor {

using QueueSizes = QHash<QString, qint64>; // queue → tasks that wait in it

// Who asked a queue for work last. The server keeps one row per queue and domain.
struct PollData {
    QString queue;
    QString workerId;
    QString domain;
    QDateTime lastPoll;

    static Result<PollData> fromJson(const QJsonValue &json);
};

class Queues
{
public:
    explicit Queues(std::shared_ptr<Transport> transport) : m_transport(std::move(transport)) {}

    // The queues of these task types; all of the server's, its inner ones too, when none is named.
    Reply<QueueSizes> sizes(QStringList taskTypes) const;

    // Empty when nobody has ever polled it.
    Reply<std::vector<PollData>> polls(QString taskType) const;
    Reply<std::vector<PollData>> allPolls() const;

private:
    std::shared_ptr<Transport> m_transport;
};

} // namespace conductor
