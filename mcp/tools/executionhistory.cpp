#include "mcp/tools/executiontools.h"

#include "conductor/base/timespan.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr int mostLogLines = 50;

bool fits(const TaskAttempt &attempt, const QString &task, const QStringList &statuses)
{
    return (task.isEmpty() || attempt.ref == task || attempt.plainRef() == task || attempt.name == task)
        && (statuses.isEmpty() || statuses.contains(attempt.statusWord));
}

// "+12.3 s build_api FAILED, attempt 1, ran 2.0 s, worker w1: boom"
QString line(const TaskAttempt &attempt, const QDateTime &begin)
{
    QString text = attempt.scheduled.isValid() ? u"+"_s + shortSpan(std::max<qint64>(0, begin.msecsTo(attempt.scheduled))) : u"–"_s;
    text += u" %1 %2"_s.arg(attempt.ref, attempt.statusWord);
    if (attempt.name != attempt.ref && attempt.kind() == TaskKind::Worker)
        text += u" (%1)"_s.arg(attempt.name);
    if (attempt.retryCount > 0 || attempt.retried)
        text += u", attempt %1"_s.arg(attempt.retryCount + 1);
    if (attempt.started.isValid() && attempt.ended.isValid())
        text += u", ran "_s + shortSpan(std::max<qint64>(0, attempt.started.msecsTo(attempt.ended)));
    else if (attempt.status == TaskStatus::Scheduled && attempt.startDelaySeconds > 0)
        text += u", due %1 after it was scheduled"_s.arg(shortSpan(qint64(attempt.startDelaySeconds) * 1000));
    if (!attempt.workerId.isEmpty())
        text += u", worker "_s + attempt.workerId;
    if (!attempt.subWorkflowId.isEmpty())
        text += u", sub-workflow "_s + attempt.subWorkflowId;
    if (const QString reason = attempt.failureReason(); !reason.isEmpty())
        text += u": "_s + innermostReason(reason).left(300);
    return text;
}

QJsonObject data(const TaskAttempt &attempt)
{
    QJsonObject json{{u"reference_name"_s, attempt.ref},
                     {u"task_id"_s, attempt.id},
                     {u"type"_s, attempt.type},
                     {u"status"_s, attempt.statusWord},
                     {u"attempt"_s, attempt.retryCount + 1},
                     {u"scheduled"_s, instant(attempt.scheduled)}};
    if (attempt.ended.isValid())
        json[u"ended"] = instant(attempt.ended);
    if (const QString reason = attempt.failureReason(); !reason.isEmpty())
        json[u"reason"] = reason.left(1000);
    return json;
}

// Input, output and log of the one task that was asked for.
Reply<QString> details(Client client, TaskAttempt attempt)
{
    QStringList lines{u"Input: "_s + shownJson(attempt.input, 3000), u"Output: "_s + shownJson(attempt.output, 3000)};
    const std::vector<TaskLogLine> log = co_await client.tasks().log(attempt.id);
    const size_t first = log.size() > mostLogLines ? log.size() - mostLogLines : 0;
    if (first > 0)
        lines << u"Log (last %1 of %2 lines):"_s.arg(mostLogLines).arg(log.size());
    else if (!log.empty())
        lines << u"Log:"_s;
    for (size_t i = first; i < log.size(); ++i)
        lines << instant(log[i].created) + u' ' + log[i].text.left(500);
    co_return lines.join(u'\n');
}

Reply<Answer> history(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QString task = call.arguments[u"task"].toString();
    const QStringList statuses = call.arguments[u"statuses"].toVariant().toStringList();
    const int start = call.arguments[u"start"].toInt(0);
    const int limit = call.arguments[u"limit"].toInt(40);
    const std::shared_ptr<const Execution> execution = co_await client.executions().get(call.arguments[u"workflow_id"].toString());

    std::vector<const TaskAttempt *> attempts;
    for (const TaskAttempt &attempt : execution->attempts) {
        if (fits(attempt, task, statuses))
            attempts.push_back(&attempt);
    }
    QStringList lines{u"%1 %2 v%3 is %4; %5 of %6."_s.arg(execution->name, execution->id)
                          .arg(execution->version)
                          .arg(execution->statusWord, counted(qsizetype(attempts.size()), u"task attempt"_s))
                          .arg(execution->attempts.size())};
    QJsonArray rows;
    const size_t end = std::min(attempts.size(), size_t(start + limit));
    for (size_t i = size_t(start); i < end; ++i) {
        lines << line(*attempts[i], execution->created);
        rows << data(*attempts[i]);
    }
    QJsonObject structured{{u"workflow_id"_s, execution->id}, {u"status"_s, execution->statusWord}, {u"total"_s, qint64(attempts.size())}, {u"attempts"_s, rows}};
    if (end < attempts.size()) {
        lines << u"%1 more: call again with start %2."_s.arg(attempts.size() - end).arg(end);
        structured[u"next_start"] = qint64(end);
    }
    if (!task.isEmpty() && !attempts.empty()) {
        const QString more = co_await details(client, *attempts.back());
        lines << more;
    } else if (!task.isEmpty()) {
        lines << u"%1 has not been scheduled; conductor_get_workflow_status shows what it waits for."_s.arg(task);
    }
    co_return Answer{.text = lines.join(u'\n'), .structured = structured};
}

} // namespace

Tool getExecutionHistory(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_get_execution_history"_s,
        .title = u"Get the history of an execution"_s,
        .description = u"What an execution did, attempt by attempt, with times, workers and reasons. With a task, also its input, output and log."_s,
        .inputSchema = arguments({{u"workflow_id"_s, text(u"Of the execution"_s)},
                                  {u"task"_s, text(u"Reference name"_s)},
                                  {u"statuses"_s, texts(10, u"Only these"_s)},
                                  {u"limit"_s, whole(1, 200, u"Rows, default 40"_s)},
                                  {u"start"_s, whole(0, 1000000, u"To skip"_s)}},
                                 {u"workflow_id"_s}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .whenNotFound = u"conductor_search_workflows finds executions and their ids"_s,
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return history(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
