#include "mcp/audit/chain.h"

#include <optional>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

const QByteArray firstPrevious(64, '0');

// Walks the chain row by row; each fault is told once, and the walk goes on from what stands there.
class Walk
{
public:
    explicit Walk(NotedRow noted)
        : m_noted(std::move(noted))
    {
    }

    void take(const AuditEntry &entry)
    {
        const bool isFirst = report.rows++ == 0;
        if (isFirst) {
            report.first = entry.number;
            m_firstPrevious = entry.previous;
        } else {
            lookAtPlace(entry);
        }
        if (entry.computedHash() != entry.hash)
            fault(entry.number, u"row %1 was changed after it was written"_s.arg(entry.number));
        if (entry.kind == AuditEntry::Kind::Pruned)
            m_pruned = entry;
        if (entry.number == m_noted.number && entry.hash != m_noted.hash)
            fault(entry.number, u"row %1 is not the one that was noted"_s.arg(entry.number));
        report.last = entry.number;
        report.lastHash = entry.hash;
    }

    // The beginning of the chain: row 1, or what the last pruning says it left.
    void finish()
    {
        if (m_noted.number > report.last)
            fault(m_noted.number, u"row %1, which was noted, is missing: the end was cut off"_s.arg(m_noted.number));
        if (report.rows == 0)
            return;
        if (m_noted.number > 0 && m_noted.number < report.first)
            fault(m_noted.number, u"row %1, which was noted, is not there any more: note a later one"_s.arg(m_noted.number));
        const bool whole = report.first == 1 && m_firstPrevious == firstPrevious;
        const bool pruned = m_pruned && m_pruned->refersTo == report.first - 1 && m_pruned->detail.toLatin1() == m_firstPrevious;
        if (whole || pruned)
            return;
        if (report.first == 1)
            fault(1, u"row 1 does not begin the chain: it was replaced"_s);
        else
            fault(report.first, u"%1 before row %2, and no pruning says so"_s.arg(removedRows(1, report.first - 1)).arg(report.first));
    }

    ChainReport report;

private:
    static QString removedRows(qint64 from, qint64 to)
    {
        return from == to ? u"row %1 was removed"_s.arg(from) : u"rows %1 to %2 were removed"_s.arg(from).arg(to);
    }

    void lookAtPlace(const AuditEntry &entry)
    {
        if (entry.number != report.last + 1)
            fault(report.last + 1, removedRows(report.last + 1, entry.number - 1));
        else if (entry.previous != report.lastHash)
            fault(entry.number, u"row %1 does not follow from row %2: one of them was replaced, moved or put in"_s.arg(entry.number).arg(report.last));
    }

    void fault(qint64 number, const QString &what)
    {
        if (report.faults.size() < ChainReport::mostFaults)
            report.faults.push_back({number, what});
        ++report.allFaults;
    }

    std::optional<AuditEntry> m_pruned; // the last
    QByteArray m_firstPrevious;
    NotedRow m_noted;
};

} // namespace

Result<ChainReport> verifyChain(AuditStore &store, NotedRow noted)
{
    Walk walk(std::move(noted));
    const Result<Done> read = store.each([&walk](const AuditEntry &entry) {
        walk.take(entry);
        return true;
    });
    if (!read)
        return Failure(read.error());
    walk.finish();
    return walk.report;
}

} // namespace mcp
