// The thread that writes the audit: takes what waits, appends it in one transaction, keeps it when that fails and tries again.
// Owned by AuditLog, which calls all but run() from its own thread.
#pragma once

#include "mcp/audit/log.h"

#include <QMutex>
#include <QPromise>
#include <QThread>
#include <QWaitCondition>

#include <atomic>
#include <deque>
#include <optional>

namespace mcp {

class AuditWriter : public QThread
{
public:
    // What waits to be written. A begun call is call alone, an ended one end alone, a dead process deadSince.
    struct Item {
        AuditTrail::Ticket ticket = 0;
        std::optional<AuditedCall> call = {};
        std::optional<AuditedEnd> end = {};
        qint64 deadPid = 0;
        qint64 deadSince = 0;
        QString deadHow = {};
        std::shared_ptr<QPromise<conductor::Result<conductor::Done>>> kept = {}; // answered when it was tried
    };

    static constexpr size_t mostWaiting = 5000;

    explicit AuditWriter(AuditLog::Setup setup);

    // False when too much waits: the row is lost.
    bool put(Item item);
    bool failing() const { return m_failing; }
    qint64 lost() const { return m_lost; }
    void finish(); // run() ends when nothing waits any more, or the last try failed

protected:
    void run() override;

private:
    struct Row { // an item that was made ready
        AuditTrail::Ticket ticket = 0;
        AuditEntry entry;
        qint64 deadSince = 0; // closes what entry.pid left open, when set
        std::shared_ptr<QPromise<conductor::Result<conductor::Done>>> kept = {};
    };

    bool collect();
    Row made(const Item &item) const;
    conductor::Result<conductor::Done> write(AuditStore &store);
    conductor::Result<conductor::Done> append(AuditStore &store, QHash<AuditTrail::Ticket, qint64> &begun, qint64 lost);
    void pruneSome(AuditStore &store);
    void takeOutcome(const conductor::Result<conductor::Done> &written);
    void releaseCalls();
    static void release(Row &row);

    AuditLog::Setup m_setup;
    QMutex m_mutex;
    QWaitCondition m_more;
    std::deque<Item> m_items; // guarded by m_mutex
    bool m_finishing = false; // too
    std::atomic<bool> m_failing = false;
    std::atomic<qint64> m_lost = 0;
    std::atomic<size_t> m_waiting = 0; // rows made ready and not written

    // Of the thread.
    std::deque<Row> m_rows;
    QHash<AuditTrail::Ticket, qint64> m_begun; // ticket → its number
    qint64 m_lostTold = 0;                     // of m_lost, what the audit itself says
    qint64 m_nextPruning = 0;                  // ms since 1970, as all times here
    qint64 m_quietUntil = 0;
    bool m_troubleTold = false;
};

} // namespace mcp
