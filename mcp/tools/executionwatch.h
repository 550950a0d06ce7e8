// Looks every few seconds whether an execution has changed, as long as somebody subscribes to it.
#pragma once

#include "mcp/server/backend.h"

#include <QObject>
#include <QTimer>

#include <stop_token>

namespace mcp::tools {

class ExecutionWatch : public QObject
{
    Q_OBJECT

public:
    ExecutionWatch(std::shared_ptr<Backend> backend, QString id, std::function<void()> changed);
    ~ExecutionWatch() override;

private:
    conductor::Reply<conductor::Done> look();
    void take(const QString &seen, bool ended);

    std::shared_ptr<Backend> m_backend;
    QString m_id;
    std::function<void()> m_changed;
    QTimer m_timer;
    std::stop_source m_stop;
    QString m_seen; // what was seen last; empty before the first look
};

} // namespace mcp::tools
