// A transport that answers searches for executions from a list the test changes: pages, status and names as the server does.
#pragma once

#include "conductor/api/transport.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace support {

class PagedSearch : public conductor::Transport
{
public:
    // Newest first: one that started a second before the one above.
    void addRuns(int count, const QString &name, const QString &status);
    void startRun(const QString &id, const QString &name, const QString &status); // newer than all others
    void setStatus(const QString &id, const QString &status);
    void removeRun(const QString &id);

    conductor::Reply<QJsonValue> send(conductor::Request request) override;

    std::optional<conductor::Error> error; // answered instead
    bool silent = false;                   // answers nothing until it is false, and then what is asked next
    void hangUp() { m_unanswered.clear(); } // what it was silent about fails
    std::vector<conductor::Request> asked;

private:
    std::vector<QJsonObject> m_runs;
    std::vector<QPromise<conductor::Result<QJsonValue>>> m_unanswered;
};

} // namespace support
