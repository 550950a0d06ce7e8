#include "mcp/tools/executiontools.h"

#include "conductor/model/searchterms.h"
#include "conductor/base/timespan.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr int failedWindow = 200; // failed runs that a search for failed-task: looks at

// True when no definition and no execution has exactly this name.
Reply<bool> isUnknownName(Client client, QString name)
{
    const Result<std::shared_ptr<const WorkflowDefinition>> definition = co_await outcome(client.definitions().get(name));
    if (definition)
        co_return false;
    if (definition.error().kind != Error::Kind::NotFound)
        co_return Failure(definition.error());
    ExecutionQuery query;
    query.names = {name};
    query.size = 0;
    const ExecutionPage page = co_await client.executions().search(query);
    co_return page.total == 0;
}

QString line(const ExecutionSummary &row, const QDateTime &now)
{
    const qint64 took = row.ended.isValid() ? row.durationMs : row.started.msecsTo(now);
    QString text = u"%1 %2 v%3 %4, started %5, %6 %7"_s.arg(row.statusWord, row.name)
                       .arg(row.version)
                       .arg(row.id, instant(row.started), row.ended.isValid() ? u"took"_s : u"running for"_s, shortSpan(std::max<qint64>(0, took)));
    if (!row.correlationId.isEmpty())
        text += u", correlation "_s + row.correlationId;
    if (!row.failedRefs.isEmpty())
        text += u", failed at "_s + row.failedRefs.join(u", "_s);
    if (!row.reason.isEmpty() && family(row.status) == StatusFamily::Bad)
        text += u": "_s + innermostReason(row.reason).left(200);
    return text;
}

QJsonObject data(const ExecutionSummary &row)
{
    QJsonObject json{{u"workflow_id"_s, row.id},
                     {u"name"_s, row.name},
                     {u"version"_s, row.version},
                     {u"status"_s, row.statusWord},
                     {u"started"_s, instant(row.started)}};
    if (row.ended.isValid())
        json[u"ended"] = instant(row.ended);
    if (!row.correlationId.isEmpty())
        json[u"correlation_id"] = row.correlationId;
    if (!row.failedRefs.isEmpty())
        json[u"failed_tasks"] = QJsonArray::fromStringList(row.failedRefs);
    return json;
}

Answer told(const ExecutionPage &page, const ExecutionQuery &query, QStringList notes)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList lines{u"%1%2."_s.arg(counted(page.total, u"execution"_s), page.total > qint64(page.rows.size()) ? u", newest first"_s : QString())};
    QJsonArray rows;
    for (const ExecutionSummary &row : page.rows) {
        lines << line(row, now);
        rows << data(row);
    }
    QJsonObject structured{{u"total"_s, page.total}, {u"executions"_s, rows}};
    const int next = query.start + int(page.rows.size());
    if (!page.rows.empty() && next < page.total) {
        structured[u"next_start"] = next;
        notes << u"%1 more: call again with start %2."_s.arg(page.total - next).arg(next);
    }
    if (!notes.isEmpty())
        structured[u"notes"] = QJsonArray::fromStringList(notes);
    return {.text = (lines + notes).join(u'\n'), .structured = structured};
}

// What a search for failed-task: looked at, and what of it fits.
struct FailedRuns {
    std::vector<ExecutionSummary> rows = {};
    qint64 looked = 0;
    qint64 failed = 0;     // that there are; more than were looked at: there may be others that fit
    bool mentioned = false; // only those whose summary mentions the task were looked at
};

// The newest runs of the query, up to the window. In small pages: a row is as long as the run's input and output.
Reply<FailedRuns> newestFailed(Client client, ExecutionQuery query, QString task)
{
    FailedRuns found{.mentioned = query.text == task};
    query.size = 50;
    for (query.start = 0; query.start < failedWindow; query.start += query.size) {
        const ExecutionPage page = co_await client.executions().search(query);
        found.failed = page.total;
        found.looked += qint64(page.rows.size());
        for (const ExecutionSummary &row : page.rows) {
            if (hasFailedAt(row, task))
                found.rows.push_back(row);
        }
        if (qint64(page.rows.size()) < query.size)
            break;
    }
    co_return found;
}

// The server cannot be asked for it, but its free text finds names of failed tasks among others, which makes the window wider.
// A server whose index does not is looked through without.
Reply<FailedRuns> failedAt(Client client, ExecutionQuery query, QString task)
{
    if (query.text.isEmpty()) {
        query.text = task;
        const FailedRuns mentioning = co_await newestFailed(client, query, task);
        if (!mentioning.rows.empty())
            co_return mentioning;
        query.text.clear();
    }
    co_return co_await newestFailed(client, query, task);
}

Reply<Answer> searchFailed(Client client, SearchTerms terms)
{
    const FailedRuns found = co_await failedAt(client, terms.query, terms.failedTask);
    const QString which = found.mentioned ? u"failed %1 that mention it"_s : u"failed %1"_s;
    const QString looked = found.failed > found.looked ? u"Looked at the newest %1 of %2 "_s.arg(found.looked).arg(found.failed) : u"Looked at all %1 "_s.arg(found.looked);
    QStringList notes{looked + which.arg(found.looked == 1 ? u"run"_s : u"runs"_s) + u" for those that failed at %1."_s.arg(terms.failedTask)};
    if (found.failed > found.looked)
        notes << u"Narrow it with type:, since: or until: to look further back."_s;
    ExecutionPage page{.total = qint64(found.rows.size()), .rows = {}};
    const qsizetype end = std::min(page.total, qint64(terms.query.start) + terms.query.size);
    for (qsizetype i = terms.query.start; i < end; ++i)
        page.rows.push_back(found.rows[size_t(i)]);
    co_return told(page, terms.query, notes);
}

Reply<Answer> search(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    SearchTerms terms = searchTerms(call.arguments[u"query"].toString(), QDateTime::currentDateTimeUtc());
    if (!terms.problems.isEmpty())
        co_return Failure({Error::Kind::Validation, terms.problems.join(u". "_s), u"Nothing was searched; mend the query and call again"_s});
    terms.query.start = call.arguments[u"start"].toInt(0);
    terms.query.size = call.arguments[u"limit"].toInt(20);
    if (!terms.failedTask.isEmpty())
        co_return co_await searchFailed(client, terms);

    ExecutionPage page = co_await client.executions().search(terms.query);
    QStringList notes;
    if (page.total == 0 && terms.query.names.size() == 1 && !terms.query.names.first().contains(u'*')) {
        const QString name = terms.query.names.first();
        const bool unknown = co_await isUnknownName(client, name);
        if (unknown) {
            terms.query.names = {u"*%1*"_s.arg(name)};
            page = co_await client.executions().search(terms.query);
            notes << (page.total > 0 ? u"No workflow is named exactly %1; these are of workflows whose names contain it."_s
                                     : u"No workflow is named %1, and of those whose names contain it none fits."_s)
                         .arg(name);
        }
    }
    co_return told(page, terms.query, notes);
}

} // namespace

Tool searchWorkflows(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_search_workflows"_s,
        .title = u"Search executions"_s,
        .description = u"Find executions, newest first. Terms: type: (workflow name, * wildcard) status: id: correlation: parent: since: until: and words "
                       "in input, output, reason. E.g. type:agent* status:FAILED,TIMED_OUT since:2h refund"_s,
        .inputSchema = arguments({{u"query"_s, text(u"Terms; empty for all"_s)},
                                  {u"limit"_s, whole(0, 100, u"Rows, default 20"_s)},
                                  {u"start"_s, whole(0, 1000000, u"To skip"_s)}}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return search(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
