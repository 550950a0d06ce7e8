#include "conductor/base/hostile.h"
#include "conductor/base/timespan.h"
#include "conductor/base/utc.h"
#include "mcp/audit/callexport.h"
#include "mcp/audit/chain.h"
#include "mcp/commands/commands.h"
#include "mcp/commands/console.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr qint64 shownCalls = 50;

// "90m", "24h", "7d", "2w" ago, or a date; ms since 1970.
std::optional<qint64> instantOf(const QString &since)
{
    static const QRegularExpression span(u"^(\\d{1,5})([mhdw])$"_s);
    if (since.isEmpty())
        return 0;
    if (const QRegularExpressionMatch match = span.match(since); match.hasMatch()) {
        const qint64 unit = match.captured(2) == u"m" ? 60 : match.captured(2) == u"h" ? 3600 : match.captured(2) == u"d" ? 86400 : 7 * 86400;
        return QDateTime::currentMSecsSinceEpoch() - match.captured(1).toLongLong() * unit * 1000;
    }
    const QDateTime date = QDateTime::fromString(since, Qt::ISODate);
    return date.isValid() ? std::optional(date.toMSecsSinceEpoch()) : std::nullopt;
}

QByteArray shownLine(const AuditEntry &call)
{
    const QString outcome = call.kind == AuditEntry::Kind::Lost ? u"%1 calls could not be kept"_s.arg(call.detail) : outcomeOf(call);
    const QString what = outcome == u"ok" ? call.arguments : call.detail.isEmpty() ? call.arguments : call.detail;
    const QString took = shortSpan(call.tookUs / 1000).rightJustified(7);
    const QString line = u"%1  %2  %3  %4  %5  %6  %7"_s.arg(utcFromMs(call.time).toString(Qt::ISODate).left(19), call.client.left(16).leftJustified(16), call.tool.leftJustified(34),
                                                             call.effect.leftJustified(7), outcome.leftJustified(9), took, what);
    return QByteArray(harmless(line, 220).trimmed().toUtf8() + '\n');
}

int listCalls(AuditStore &store, const CommandLine &line, AuditQuery query, int out)
{
    query.newest = line.since.isEmpty() ? shownCalls : 0;
    qint64 shown = 0;
    bool printed = true;
    const Result<Done> read = store.calls(query, [&](const AuditEntry &call) {
        ++shown;
        return printed = print(out, line.json ? jsonLine(call) : shownLine(call));
    });
    if (!read)
        complain(sentence(read.error()));
    else if (shown == 0)
        complain(u"no such call was kept"_s);
    else if (printed && !line.json && shown == query.newest)
        complain(u"the newest %1 are shown; --since 7d shows more, export all"_s.arg(shown));
    return read && printed ? fine : notFine;
}

int exportCalls(AuditStore &store, const CommandLine &line, const AuditQuery &query, int out)
{
    const bool csv = line.format == u"csv";
    bool printed = !csv || print(out, csvHeader());
    const Result<Done> read = printed ? store.calls(query,
                                                    [&](const AuditEntry &call) {
                                                        return printed = print(out, csv ? csvLine(call) : jsonLine(call));
                                                    })
                                      : Result<Done>(Done{});
    if (!read)
        complain(sentence(read.error()));
    return read && printed ? fine : notFine;
}

int verify(AuditStore &store, const QString &holds, int out)
{
    const Result<ChainReport> report = verifyChain(store, {holds.section(u':', 0, 0).toLongLong(), holds.section(u':', 1).toLatin1()});
    if (!report) {
        complain(sentence(report.error()));
        return notFine;
    }
    QString text;
    for (const ChainReport::Fault &fault : report->faults)
        text += fault.what + u'\n';
    if (report->allFaults > qint64(report->faults.size()))
        text += u"… and %1 more\n"_s.arg(report->allFaults - qint64(report->faults.size()));
    if (report->rows > 0)
        text += u"%1 rows, the last is %2:%3\n"_s.arg(report->rows).arg(report->last).arg(QString::fromLatin1(report->lastHash));
    text += report->holds() ? u"The chain holds.\n"_s : u"The chain is broken.\n"_s;
    return print(out, text) && report->holds() ? fine : notFine;
}

} // namespace

int reportAudit(const CommandLine &line, int out)
{
    const std::optional<qint64> since = instantOf(line.since);
    if (!since) {
        complain(u"--since takes 90m, 24h, 7d, 2w or a date such as 2026-03-01"_s);
        return usageError;
    }
    AuditStore store;
    const Result<Done> opened = store.open(AuditStore::Access::Read);
    if (!opened) {
        complain(sentence(opened.error()));
        return opened.error().kind == Error::Kind::NotFound ? fine : notFine;
    }
    const AuditQuery query{.since = *since, .tool = line.tool};
    if (line.operands.first() == u"verify")
        return verify(store, line.holds, out);
    return line.operands.first() == u"list" ? listCalls(store, line, query, out) : exportCalls(store, line, query, out);
}

} // namespace mcp
