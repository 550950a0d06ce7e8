// The audit of this process: takes rows at once, writes them in a thread of its own. The database and its driver are loaded with
// the first row, since start-up must not wait for them. Owned by whoever carries out calls; drained when it goes.
#pragma once

#include "mcp/audit/store.h"
#include "mcp/audit/trail.h"

#include <functional>
#include <memory>

namespace mcp {

class AuditWriter;

class AuditLog : public AuditTrail
{
public:
    struct Setup {
        QString path = AuditStore::standardPath();
        std::function<QString()> profile = {};            // asked with each row, in our thread
        std::function<void(const QString &)> report = {}; // of trouble, once each time it begins or ends; from any thread. Empty: standard error
        int keptDays = 90;
    };

    // How long a call that changes something waits for its row.
    static constexpr std::chrono::milliseconds patience{1500};

    explicit AuditLog(Setup setup);
    ~AuditLog() override; // writes what waits; gives up after 3 s

    Begun begin(AuditedCall call) override;
    void end(Ticket ticket, AuditedEnd end) override;
    void add(AuditedCall call, AuditedEnd end) override;

    // A server process of ours died: what it had begun since then has an unknown end.
    void closeOpen(qint64 pid, QDateTime since, QString why);

    // Rows that could not be kept and never will be.
    qint64 lost() const;

private:
    AuditWriter &writer();
    AuditedCall profiled(AuditedCall call) const;

    Setup m_setup;
    std::shared_ptr<AuditWriter> m_writer; // with its thread, from the first row on
    Ticket m_lastTicket = 0;
};

} // namespace mcp
