#include "mcp/tools/executiontools.h"

#include "conductor/base/hostile.h"
#include "conductor/base/timespan.h"
#include "conductor/insight/taskfigures.h"
#include "conductor/model/searchterms.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr int mostRows = 1000; // 18 ms and 0.7 MB on a loopback server
constexpr qsizetype mostTasks = 5;

struct Figures {
    QHash<QString, int> byStatus;
    std::vector<qint64> durations; // of completed ones, ms, ascending
    QHash<QString, int> reasons;
    std::vector<const ExecutionSummary *> slowest;
};

Figures figuresOf(const std::vector<ExecutionSummary> &rows)
{
    Figures figures;
    for (const ExecutionSummary &row : rows) {
        ++figures.byStatus[row.statusWord];
        if (row.status == ExecutionStatus::Completed)
            figures.durations.push_back(row.durationMs);
        if (row.ended.isValid())
            figures.slowest.push_back(&row);
        if (family(row.status) == StatusFamily::Bad)
            ++figures.reasons[innermostReason(row.reason).left(160)];
    }
    std::sort(figures.durations.begin(), figures.durations.end());
    std::sort(figures.slowest.begin(), figures.slowest.end(),
              [](const ExecutionSummary *a, const ExecutionSummary *b) { return a->durationMs > b->durationMs; });
    if (figures.slowest.size() > 3)
        figures.slowest.resize(3);
    return figures;
}

// Nearest rank.
qint64 percentile(const std::vector<qint64> &ascending, int percent)
{
    const size_t rank = (ascending.size() * size_t(percent) + 99) / 100;
    return ascending[std::max<size_t>(rank, 1) - 1];
}

Answer told(const ExecutionPage &page, const QString &of, const ExecutionQuery &query, const QDateTime &now)
{
    const Figures figures = figuresOf(page.rows);
    const int good = figures.byStatus.value(u"COMPLETED"_s);
    const int bad = figures.byStatus.value(u"FAILED"_s) + figures.byStatus.value(u"TIMED_OUT"_s);
    QStringList lines{u"%1%2 since %3."_s.arg(counted(page.total, u"execution"_s), of, instant(query.startedAfter))};
    QJsonObject structured{{u"total"_s, page.total}, {u"since"_s, instant(query.startedAfter)}, {u"analysed"_s, qint64(page.rows.size())}};
    if (page.total > qint64(page.rows.size()))
        lines << u"Figures are of the newest %1."_s.arg(page.rows.size());

    QStringList statuses;
    QJsonObject counts;
    QStringList words = figures.byStatus.keys();
    words.sort();
    for (const QString &status : std::as_const(words)) {
        statuses << u"%1 %2"_s.arg(figures.byStatus[status]).arg(status);
        counts[status] = figures.byStatus[status];
    }
    structured[u"by_status"] = counts;
    if (!statuses.isEmpty())
        lines << u"By status: "_s + statuses.join(u", "_s);
    if (good + bad > 0) {
        const double rate = 100.0 * good / (good + bad);
        lines << u"Success rate: %1 % of %2 that completed, failed or timed out."_s.arg(rate, 0, 'f', 1).arg(good + bad);
        structured[u"success_rate_percent"] = rate;
    }
    if (!figures.durations.empty()) {
        QJsonObject ms;
        QStringList shown;
        for (const int percent : {50, 90, 99}) {
            ms[u"p%1"_s.arg(percent)] = percentile(figures.durations, percent);
            shown << u"p%1 %2"_s.arg(percent).arg(shortSpan(percentile(figures.durations, percent)));
        }
        lines << u"Duration of completed ones: "_s + shown.join(u", "_s);
        structured[u"duration_ms"] = ms;
    }
    const QDateTime oldest = page.total > qint64(page.rows.size()) && !page.rows.empty() ? page.rows.back().started : query.startedAfter;
    const double hours = std::max(1.0 / 60, double(oldest.msecsTo(now)) / 3'600'000);
    const double perHour = double(page.rows.size()) / hours;
    lines << u"Throughput: %1 starts an hour."_s.arg(perHour, 0, 'f', 1);
    structured[u"starts_per_hour"] = perHour;

    if (!figures.slowest.empty()) {
        QStringList slowest;
        for (const ExecutionSummary *row : figures.slowest)
            slowest << u"%1 %2 (%3)"_s.arg(row->name, row->id, shortSpan(row->durationMs));
        lines << u"Slowest: "_s + slowest.join(u", "_s);
    }
    QStringList reasons = figures.reasons.keys();
    std::sort(reasons.begin(), reasons.end(), [&](const QString &a, const QString &b) {
        return std::pair(-figures.reasons[a], a) < std::pair(-figures.reasons[b], b);
    });
    QJsonArray top;
    for (const QString &reason : reasons.mid(0, 5)) {
        lines << u"Failed %1 ×: %2"_s.arg(figures.reasons[reason]).arg(reason);
        top << QJsonObject{{u"count"_s, figures.reasons[reason]}, {u"reason"_s, reason}};
    }
    if (!top.isEmpty())
        structured[u"failure_reasons"] = top;
    return {.text = lines.join(u'\n'), .structured = structured};
}

void addTasks(Answer &answer, const Result<TaskPage> &page)
{
    if (!page) {
        answer.text += u"\nThe server told nothing of the tasks: "_s + sentence(page.error());
        return;
    }
    QJsonArray slowest;
    QStringList lines;
    for (const TaskFigures &task : taskFigures(page->rows)) {
        if (slowest.size() == mostTasks)
            break;
        QString line = u"- %1: half within %2, slowest %3 in %4, %5 in the queue"_s.arg(harmless(task.name, 60), shortSpan(task.medianMs), shortSpan(task.slowestMs),
                                                                                      task.slowestExecution, shortSpan(task.medianWaitMs));
        lines << line + (task.failed > 0 ? u"; %1 of %2 attempts failed"_s.arg(task.failed).arg(task.runs) : QString());
        slowest << QJsonObject{{u"task"_s, task.name}, {u"median_ms"_s, task.medianMs}, {u"slowest_ms"_s, task.slowestMs}, {u"attempts"_s, task.runs}, {u"failed"_s, task.failed}};
    }
    if (lines.isEmpty())
        return;
    answer.text += u"\nSlowest tasks of %1:\n"_s.arg(page->total > qint64(page->rows.size()) ? u"the newest %1 attempts"_s.arg(page->rows.size()) : u"all"_s) + lines.join(u'\n');
    answer.structured[u"slowest_tasks"] = slowest;
}

Reply<Answer> metrics(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString name = call.arguments[u"name"].toString();
    const QString since = call.arguments[u"since"].toString(u"24h"_s);
    SearchTerms terms = searchTerms(u"since:\"%1\""_s.arg(since), now);
    if (!terms.problems.isEmpty())
        co_return Failure({Error::Kind::Validation, terms.problems.join(u". "_s)});
    if (!name.isEmpty())
        terms.query.names = {name};
    terms.query.size = mostRows;
    const Reply<TaskPage> tasks = client.tasks().search({.workflow = name, .startedAfter = terms.query.startedAfter, .size = mostRows});
    const ExecutionPage page = co_await client.executions().search(terms.query);
    Answer answer = told(page, name.isEmpty() ? QString() : u" of "_s + name, terms.query, now);
    const Result<TaskPage> found = co_await outcome(tasks);
    addTasks(answer, found);
    co_return answer;
}

} // namespace

Tool getWorkflowMetrics(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_get_workflow_metrics"_s,
        .title = u"Get metrics of executions"_s,
        .description = u"Success rate, durations, throughput, slowest executions and tasks, top failure reasons of one workflow or all."_s,
        .inputSchema = arguments({{u"name"_s, text(u"Workflow, * wildcard; default all"_s)},
                                  {u"since"_s, text(u"30m, 7d or a time; default 24h"_s)}}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return metrics(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
