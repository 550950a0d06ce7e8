#include "mcp/audit/log.h"

#include "conductor/base/patience.h"
#include "mcp/audit/writer.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {

AuditLog::AuditLog(Setup setup)
    : m_setup(std::move(setup))
{
}

AuditLog::~AuditLog()
{
    if (!m_writer)
        return;
    m_writer->finish();
    if (m_writer->wait(3000))
        return;
    // A disk that hangs. The thread cannot be ended; it keeps what it needs until the process is gone.
    [[maybe_unused]] static const auto abandoned = new std::shared_ptr<AuditWriter>(m_writer);
}

AuditWriter &AuditLog::writer()
{
    if (!m_writer) {
        m_writer = std::make_shared<AuditWriter>(m_setup);
        m_writer->start();
    }
    return *m_writer;
}

AuditedCall AuditLog::profiled(AuditedCall call) const
{
    if (call.profile.isEmpty() && m_setup.profile)
        call.profile = m_setup.profile();
    return call;
}

AuditTrail::Begun AuditLog::begin(AuditedCall call)
{
    const Ticket ticket = ++m_lastTicket;
    const bool failing = writer().failing();
    auto kept = std::make_shared<QPromise<Result<Done>>>();
    kept->start();
    const Reply<Done> future = kept->future();
    const bool waits = writer().put({.ticket = ticket, .call = profiled(std::move(call)), .kept = std::move(kept)});
    if (failing || !waits)
        return {ticket, answered<Done>(Done{})};
    return {ticket, patiently(future, {}, QDeadlineTimer(patience), u"The audit is slow"_s)};
}

void AuditLog::end(Ticket ticket, AuditedEnd end)
{
    writer().put({.ticket = ticket, .end = std::move(end)});
}

void AuditLog::add(AuditedCall call, AuditedEnd end)
{
    writer().put({.call = profiled(std::move(call)), .end = std::move(end)});
}

void AuditLog::closeOpen(qint64 pid, QDateTime since, QString why)
{
    writer().put({.deadPid = pid, .deadSince = std::max<qint64>(1, since.toMSecsSinceEpoch()), .deadHow = std::move(why)});
}

qint64 AuditLog::lost() const
{
    return m_writer ? m_writer->lost() : 0;
}

} // namespace mcp
