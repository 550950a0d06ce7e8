// Reads the audit for the window in a thread of its own, so that a large or locked file never keeps the window waiting. Owned by
// the page that shows it; what is under way when it goes is given up.
#pragma once

#include "conductor/base/reply.h"
#include "mcp/audit/chain.h"
#include "mcp/audit/statistics.h"
#include "mcp/audit/store.h"
#include "mcp/policy/leastprivilege.h"

#include <QThread>

#include <atomic>
#include <memory>

namespace app {

class AuditReader : public QObject
{
    Q_OBJECT

public:
    using Rows = std::shared_ptr<const std::vector<mcp::AuditEntry>>; // newest first

    struct ClientUsage {
        QString client;
        mcp::Usage usage;
    };

    enum class Format { JsonLines, Csv };

    explicit AuditReader(QString path = mcp::AuditStore::standardPath(), QObject *parent = nullptr);
    ~AuditReader() override;

    // Errors of all: those of AuditStore; NotFound while nothing was kept yet. A later rows() or statistics() gives up an earlier one
    // of its kind, which answers Cancelled.
    conductor::Reply<Rows> rows(mcp::AuditQuery query);
    conductor::Reply<Rows> session(mcp::AuditQuery query); // the same, and no later one gives it up
    conductor::Reply<mcp::AuditNames> names();
    conductor::Reply<mcp::CallStatistics> statistics(mcp::AuditQuery query);
    conductor::Reply<std::vector<ClientUsage>> usage(qint64 since); // most calls first
    conductor::Reply<mcp::ChainReport> verify();
    // How many calls were written. The file gets mode 0600 and replaces an older one only when it is whole.
    conductor::Reply<qint64> write(QString path, Format format, mcp::AuditQuery query);
    // Another value whenever the audit has changed; the file stays open for it.
    conductor::Reply<qint64> version();

    void rest(); // nobody looks: closes the file

private:
    struct Worker;

    conductor::Reply<Rows> rowsWhile(mcp::AuditQuery query, std::shared_ptr<std::atomic<quint64>> wanted);
    template <typename T, typename Work>
    conductor::Reply<T> ask(Work work);

    QThread m_thread;
    Worker *m_worker; // lives in the thread
    std::shared_ptr<std::atomic<quint64>> m_rowsWanted = std::make_shared<std::atomic<quint64>>(0);
    std::shared_ptr<std::atomic<quint64>> m_statisticsWanted = std::make_shared<std::atomic<quint64>>(0);
    std::shared_ptr<std::atomic<bool>> m_over = std::make_shared<std::atomic<bool>>(false);
};

} // namespace app
