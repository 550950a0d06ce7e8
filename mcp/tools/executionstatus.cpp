#include "mcp/tools/executiontools.h"

#include "conductor/base/timespan.h"
#include "conductor/graph/blockage.h"
#include "conductor/graph/outline.h"
#include "conductor/insight/explanation.h"
#include "conductor/insight/progress.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

const QString detailSummary = u"summary"_s;
const QString detailFailure = u"failure"_s;
const QString detailTasks = u"tasks"_s;
const QString detailFull = u"full"_s;

constexpr int mostOpen = 12;             // tasks a summary names
constexpr int mostQueues = 3;            // queues it asks for their workers
constexpr qint64 suspiciousMs = 10'000;  // queued longer than this: is there a worker at all?
constexpr qsizetype mostFull = 60'000;   // characters

using Polls = QHash<QString, std::vector<PollData>>; // queue → who polled it

// Queues in which a task of this run waits for so long that one asks whether a worker is there.
QStringList suspiciousQueues(const Execution &execution, const QDateTime &now)
{
    QStringList queues;
    for (const TaskAttempt *attempt : newestAttempts(execution)) {
        const bool waits = attempt->status == TaskStatus::Scheduled && attempt->startDelaySeconds == 0 && attempt->callbackAfterSeconds == 0
            && (attempt->kind() == TaskKind::Worker || attempt->kind() == TaskKind::Dynamic);
        if (waits && attempt->scheduled.isValid() && attempt->scheduled.msecsTo(now) > suspiciousMs && !queues.contains(attempt->name))
            queues << attempt->name;
    }
    return queues.mid(0, mostQueues);
}

QString workerLine(const QString &queue, const std::vector<PollData> &polls, const QDateTime &now)
{
    QDateTime last;
    for (const PollData &poll : polls)
        last = last.isValid() ? std::max(last, poll.lastPoll) : poll.lastPoll;
    if (!last.isValid())
        return u"No worker has ever polled queue %1: start one."_s.arg(queue);
    if (last.secsTo(now) > 60)
        return u"No worker has polled queue %1 for %2: is it running?"_s.arg(queue, shortSpan(last, now));
    return u"Queue %1 was last polled %2 ago: its workers are busy."_s.arg(queue, shortSpan(last, now));
}

QJsonObject data(const TaskProgress &task)
{
    QJsonObject json{{u"reference_name"_s, task.ref}, {u"state"_s, word(task.state)}};
    if (!task.waitsFor.isEmpty())
        json[u"waits_for"] = QJsonArray::fromStringList(task.waitsFor);
    if (task.attempt > 1)
        json[u"attempt"] = task.attempt;
    if (task.due.isValid())
        json[u"due"] = instant(task.due);
    if (!task.reason.isEmpty())
        json[u"reason"] = innermostReason(task.reason).left(200);
    return json;
}

QString next(const Execution &execution, const Progress &progress)
{
    if (family(execution.status) == StatusFamily::Bad)
        return u"Next: detail failure explains it; conductor_recover_workflow puts it right."_s;
    if (execution.status == ExecutionStatus::Paused)
        return u"Next: conductor_resume_workflow lets it go on."_s;
    if (execution.status == ExecutionStatus::Terminated)
        return u"Next: conductor_recover_workflow can restart it."_s;
    if (progress.tasks.retrying > 0)
        return u"Next: conductor_recover_workflow with action retry_now makes waiting retries due at once."_s;
    if (progress.tasks.waiting > 0)
        return u"Next: conductor_update_task completes a HUMAN or WAIT task."_s;
    return {};
}

Answer summary(const Execution &execution, const Polls &polls, const QDateTime &now)
{
    const Progress progress = progressOf(execution, now);
    QStringList lines{u"%1 v%2 %3 is %4, %5 since it began: %6."_s.arg(execution.name)
                          .arg(execution.version)
                          .arg(execution.id, execution.statusWord, shortSpan(progress.elapsedMs), sentence(progress, now))};
    if (family(execution.status) == StatusFamily::Bad && !execution.reason.isEmpty())
        lines << u"Reason: "_s + innermostReason(execution.reason).left(500);

    const Graph graph = graphOf(execution);
    QJsonArray open;
    for (const TaskProgress &task : progress.open) {
        if (open.size() == mostOpen) {
            lines << u"… and %1 more tasks; detail tasks names all."_s.arg(qsizetype(progress.open.size()) - mostOpen);
            break;
        }
        open << data(task);
        const int node = graph.find(task.id);
        lines << u"- "_s + (node >= 0 ? sentence(graph, graph.nodes[size_t(node)], now) : task.ref + u": "_s + word(task.state));
    }
    for (auto it = polls.begin(); it != polls.end(); ++it)
        lines << workerLine(it.key(), *it, now);
    if (const QString advice = next(execution, progress); !advice.isEmpty())
        lines << advice;

    QJsonObject structured{{u"workflow_id"_s, execution.id},
                           {u"name"_s, execution.name},
                           {u"status"_s, execution.statusWord},
                           {u"done"_s, progress.tasks.done},
                           {u"total"_s, progress.tasks.total},
                           {u"elapsed_ms"_s, progress.elapsedMs}};
    if (!open.isEmpty())
        structured[u"open"] = open;
    if (isTerminal(execution.status) && !execution.output.isEmpty()) {
        const QString output = shownJson(execution.output, 1500);
        lines << u"Output: "_s + output;
    }
    return {.text = lines.join(u'\n'), .structured = structured};
}

QString recoveryCall(const Explanation &explanation, const QString &id)
{
    const auto call = [&](const QString &arguments) { return u"conductor_recover_workflow {\"workflow_ids\": [\"%1\"], %2}"_s.arg(id, arguments); };
    switch (explanation.recovery) {
    case Explanation::Recovery::Retry:
        return call(u"\"action\": \"retry\""_s);
    case Explanation::Recovery::RetryInChild:
        return call(u"\"action\": \"retry\", \"resume_sub_workflows\": true"_s);
    case Explanation::Recovery::WaitForRetry:
        return call(u"\"action\": \"retry_now\""_s) + u", or wait"_s;
    case Explanation::Recovery::Rerun:
        return call(u"\"action\": \"rerun\", \"task\": \"%1\", \"task_input\": {…}"_s.arg(explanation.ref));
    case Explanation::Recovery::RestartLatest:
        return u"conductor_create_workflow with the mended definition, then "_s + call(u"\"action\": \"restart\", \"use_latest_definition\": true"_s);
    case Explanation::Recovery::Restart:
        return call(u"\"action\": \"restart\""_s);
    }
    return {};
}

Reply<Answer> failure(Client client, std::shared_ptr<const Execution> execution)
{
    const std::optional<Explanation> explanation = explainFailure(*execution);
    if (!explanation)
        co_return Answer{.text = u"%1 %2 is %3; nothing in it has failed."_s.arg(execution->name, execution->id, execution->statusWord),
                         .structured = {{u"workflow_id"_s, execution->id}, {u"status"_s, execution->statusWord}}};
    QStringList lines{u"%1 %2 is %3."_s.arg(execution->name, execution->id, execution->statusWord)};
    QJsonObject structured{{u"workflow_id"_s, execution->id}, {u"status"_s, execution->statusWord}, {u"reason"_s, explanation->reason}};
    if (!explanation->ref.isEmpty()) {
        lines << u"Failing task: %1 (%2, %3), %4 of %5 attempts."_s.arg(explanation->ref, explanation->taskName, explanation->type)
                     .arg(explanation->attempts)
                     .arg(explanation->attemptsAllowed);
        structured[u"reference_name"] = explanation->ref;
        structured[u"task_id"] = explanation->taskId;
    }
    lines << u"Reason: "_s + explanation->reason.left(2000);
    if (!explanation->childId.isEmpty()) {
        lines << u"It happened in sub-workflow %1: look there with detail failure."_s.arg(explanation->childId);
        structured[u"sub_workflow_id"] = explanation->childId;
    }
    if (!explanation->input.isEmpty())
        lines << u"Its input: "_s + shownJson(explanation->input, 2000);
    if (!explanation->taskId.isEmpty()) {
        const Result<std::vector<TaskLogLine>> log = co_await outcome(client.tasks().log(explanation->taskId));
        if (log && !log->empty()) {
            lines << u"Last lines of its log:"_s;
            for (size_t i = log->size() > 10 ? log->size() - 10 : 0; i < log->size(); ++i)
                lines << (*log)[i].text.left(500);
        }
    }
    const QString call = recoveryCall(*explanation, execution->id);
    lines << explanation->advice << u"Call: "_s + call;
    structured[u"recovery"] = call;
    co_return Answer{.text = lines.join(u'\n'), .structured = structured};
}

Answer tasks(const Execution &execution, const QDateTime &now)
{
    const Graph graph = graphOf(execution);
    const std::vector<OutlineLine> all = outline(graph, now);
    QStringList lines{u"%1 %2 is %3; %4 tasks in the order of the definition:"_s.arg(execution.name, execution.id, execution.statusWord).arg(all.size())};
    QJsonArray rows;
    for (const OutlineLine &line : all) {
        if (rows.size() == 300) {
            lines << u"… %1 more; conductor_get_execution_history reads them page by page."_s.arg(qsizetype(all.size()) - 300);
            break;
        }
        lines << QString(line.depth * 2, u' ') + line.text;
        rows << QJsonObject{{u"reference_name"_s, graph.nodes[size_t(line.node)].runRef}, {u"state"_s, word(graph.nodes[size_t(line.node)].state)}};
    }
    return {.text = lines.join(u'\n'), .structured = {{u"workflow_id"_s, execution.id}, {u"status"_s, execution.statusWord}, {u"tasks"_s, rows}}};
}

// The execution as the server tells it, without the definition and the copies of it that make four fifths of it.
Answer full(const QJsonObject &json)
{
    QJsonObject lean = json;
    lean.remove(u"workflowDefinition"_s);
    QJsonArray attempts;
    const QJsonArray all = json[u"tasks"].toArray();
    for (const QJsonValue &attempt : all) {
        QJsonObject one = attempt.toObject();
        for (const QString &key : {u"workflowTask"_s, u"taskDefinition"_s, u"executionMetadata"_s, u"workflowInstanceId"_s, u"workflowType"_s})
            one.remove(key);
        attempts << one;
    }
    lean[u"tasks"] = attempts;
    const QString text = shownJson(lean, std::numeric_limits<qsizetype>::max());
    if (text.size() <= mostFull)
        return {.text = text, .structured = lean};
    return {.text = text.left(mostFull) + u"… (%1 more characters; conductor_get_execution_history reads the tasks page by page)"_s.arg(text.size() - mostFull),
            .structured = {{u"workflow_id"_s, json[u"workflowId"]}, {u"characters"_s, text.size()}}};
}

Reply<Answer> statusOf(Client client, QString id, QString detail)
{
    if (detail == detailFull) {
        const QJsonValue json = co_await client.executions().json(id);
        co_return full(json.toObject());
    }
    const std::shared_ptr<const Execution> execution = co_await client.executions().get(id);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (detail == detailTasks)
        co_return tasks(*execution, now);
    if (detail == detailFailure) {
        const Answer told = co_await failure(client, execution);
        co_return told;
    }
    Polls polls;
    const QStringList queues = suspiciousQueues(*execution, now);
    for (const QString &queue : queues) {
        const Result<std::vector<PollData>> polled = co_await outcome(client.queues().polls(queue));
        if (polled) // the summary is worth telling without it
            polls.insert(queue, *polled);
    }
    co_return summary(*execution, polls, now);
}

Reply<Answer> status(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QString detail = call.arguments[u"detail"].toString(detailSummary);
    QStringList ids = call.arguments[u"workflow_ids"].toVariant().toStringList();
    ids.removeDuplicates();
    if (ids.size() == 1) {
        const Answer one = co_await statusOf(client, ids.first(), detail);
        co_return one;
    }
    QStringList texts;
    QJsonArray all;
    bool anyRight = false;
    for (const QString &id : std::as_const(ids)) {
        const Result<Answer> one = co_await outcome(statusOf(client, id, detail));
        if (!one && one.error().kind == Error::Kind::Cancelled)
            co_return Failure(one.error());
        anyRight = anyRight || one;
        texts << (one ? one->text : id + u": "_s + sentence(one.error()));
        all << (one ? one->structured : QJsonObject{{u"workflow_id"_s, id}, {u"error"_s, one.error().message}});
    }
    co_return Answer{.text = texts.join(u"\n\n"_s), .structured = {{u"executions"_s, all}}, .isError = !anyRight};
}

} // namespace

Tool getWorkflowStatus(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_get_workflow_status"_s,
        .title = u"Get the status of executions"_s,
        .description = u"How far an execution is, what runs, what waits for what and why, what failed, and what to call next. "
                       "detail: summary; failure explains why it failed; tasks names every task; full is the raw JSON."_s,
        .inputSchema = arguments({{u"workflow_ids"_s, texts(20, u"Workflow ids"_s)},
                                  {u"detail"_s, choice({detailSummary, detailFailure, detailTasks, detailFull}, u"Default summary"_s)}},
                                 {u"workflow_ids"_s}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .whenNotFound = u"conductor_search_workflows finds executions and their ids"_s,
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return status(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
