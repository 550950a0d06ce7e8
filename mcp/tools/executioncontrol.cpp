#include "mcp/tools/executiontools.h"

#include "conductor/base/hostile.h"
#include "mcp/tools/premises.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

QStringList ids(const QJsonObject &arguments)
{
    QStringList all = arguments[u"workflow_ids"].toVariant().toStringList();
    all.removeDuplicates();
    return all;
}

Effect onExecutions(Effect::Kind kind, const QJsonObject &arguments)
{
    const QStringList all = ids(arguments);
    return {.kind = kind, .on = all.size() == 1 ? u"execution "_s + all.first() : counted(all.size(), u"execution"_s), .runs = int(all.size())};
}

constexpr qsizetype mostLines = 100;

// Every id its fate, first those that were refused, since they are what needs a decision. All of them are in the data.
Answer told(const BulkOutcome &bulk, const QString &done, const QString &next)
{
    QStringList lines;
    QJsonArray refused;
    QStringList refusedIds = bulk.refused.keys();
    refusedIds.sort();
    for (const QString &id : std::as_const(refusedIds)) {
        lines << u"%1: not %2, %3"_s.arg(id, done, harmless(bulk.refused[id], 300));
        refused << QJsonObject{{u"workflow_id"_s, id}, {u"reason"_s, bulk.refused[id]}};
    }
    for (const QString &id : bulk.done)
        lines << u"%1: %2"_s.arg(id, done);
    if (lines.size() > mostLines) {
        lines = lines.mid(0, mostLines);
        lines << u"… and more: %1 %2, %3 refused in all."_s.arg(QString::number(bulk.done.size()), done, QString::number(refusedIds.size()));
    }
    if (!bulk.done.isEmpty())
        lines << next;
    return {.text = lines.join(u'\n'),
            .structured = {{u"done"_s, QJsonArray::fromStringList(bulk.done)}, {u"refused"_s, refused}},
            .isError = bulk.done.isEmpty()};
}

Reply<Answer> pause(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const BulkOutcome bulk = co_await client.executions().pause(ids(call.arguments));
    co_return told(bulk, u"paused"_s, u"Tasks at work finish; nothing new is scheduled. Go on with conductor_resume_workflow."_s);
}

Reply<Answer> resume(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const BulkOutcome bulk = co_await client.executions().resume(ids(call.arguments));
    co_return told(bulk, u"resumed"_s, u"See how they go on with conductor_get_workflow_status."_s);
}

Reply<Answer> terminate(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QString reason = call.arguments[u"reason"].toString();
    const BulkOutcome bulk = co_await client.executions().terminate(ids(call.arguments), reason);
    co_return told(bulk, u"terminated"_s, u"A terminated execution can be retried or restarted with conductor_recover_workflow."_s);
}

// --- recovery: one action of several, for one execution or many ---

const QString actionRetry = u"retry"_s;
const QString actionRetryNow = u"retry_now"_s;
const QString actionRestart = u"restart"_s;
const QString actionRerun = u"rerun"_s;
const QString actionSkip = u"skip"_s;
const QString actionDecide = u"decide"_s;

QString doneWord(const QString &action)
{
    if (action == actionRetry)
        return u"retried"_s;
    if (action == actionRetryNow)
        return u"waiting retries made due"_s;
    if (action == actionRestart)
        return u"restarted"_s;
    if (action == actionRerun)
        return u"run again"_s;
    if (action == actionSkip)
        return u"task skipped"_s;
    return u"evaluated"_s;
}

// The id of the newest attempt at a task that the model names by reference or by id.
Result<QString> attemptId(const Execution &execution, const QString &task)
{
    const std::vector<const TaskAttempt *> attempts = newestAttempts(execution);
    QStringList refs;
    for (const TaskAttempt *attempt : attempts) {
        if (attempt->ref == task || attempt->id == task)
            return attempt->id;
        refs << attempt->ref;
    }
    return Failure({Error::Kind::NotFound, u"Execution %1 has no task %2 that ran"_s.arg(execution.id, task), u"Tasks that ran: "_s + refs.join(u", "_s)});
}

QJsonValue given(const QJsonObject &arguments, QStringView key)
{
    return arguments.contains(key) ? arguments[key] : QJsonValue(QJsonValue::Undefined);
}

Reply<Done> rerun(Client client, QString id, QJsonObject arguments)
{
    RerunOrder order;
    order.taskInput = given(arguments, u"task_input");
    order.workflowInput = given(arguments, u"workflow_input");
    if (const QString task = arguments[u"task"].toString(); !task.isEmpty()) {
        const std::shared_ptr<const Execution> execution = co_await client.executions().get(id);
        const Result<QString> attempt = attemptId(*execution, task);
        if (!attempt)
            co_return Failure(attempt.error());
        order.fromTaskId = *attempt;
    }
    co_return co_await client.executions().rerun(id, order);
}

Reply<Done> recoverOne(Client client, QString id, QString action, QJsonObject arguments)
{
    const Executions executions = client.executions();
    if (action == actionRetry)
        return executions.retry(id, arguments[u"resume_sub_workflows"].toBool() ? Executions::SubWorkflows::Resume : Executions::SubWorkflows::Leave);
    if (action == actionRetryNow)
        return executions.resetCallbacks(id);
    if (action == actionRerun)
        return rerun(client, id, arguments);
    if (action == actionSkip)
        return executions.skipTask(id, arguments[u"task"].toString(), arguments[u"task_input"].toObject(), arguments[u"task_output"].toObject());
    return executions.decide(id);
}

Reply<BulkOutcome> recoverEach(Client client, QStringList all, QString action, Call call)
{
    BulkOutcome bulk;
    for (const QString &id : std::as_const(all)) {
        const Result<Done> result = co_await outcome(recoverOne(client, id, action, call.arguments));
        if (!result && result.error().kind == Error::Kind::Cancelled)
            co_return Failure(result.error());
        if (result)
            bulk.done << id;
        else
            bulk.refused.insert(id, sentence(result.error()));
        if (!result)
            call.log(u"warning"_s, QJsonObject{{u"event"_s, u"refused"_s}, {u"workflow_id"_s, id}, {u"reason"_s, result.error().message}});
        call.progress(double(bulk.done.size() + bulk.refused.size()), double(all.size()), id);
    }
    co_return bulk;
}

Reply<Answer> recover(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QString action = call.arguments[u"action"].toString();
    if (action == actionSkip && call.arguments[u"task"].toString().isEmpty())
        co_return Failure({Error::Kind::Validation, u"\"task\" is missing: the reference name of the task to skip"_s});

    const QStringList all = ids(call.arguments);
    Reply<BulkOutcome> reply;
    if (action == actionRetry && all.size() > 1 && !call.arguments[u"resume_sub_workflows"].toBool()) {
        reply = client.executions().retry(all);
    } else if (action == actionRestart) {
        const bool latest = call.arguments[u"use_latest_definition"].toBool();
        reply = client.executions().restart(all, latest ? Executions::Definitions::Latest : Executions::Definitions::Current);
    } else {
        reply = recoverEach(client, all, action, call);
    }
    const BulkOutcome bulk = co_await reply;
    co_return told(bulk, doneWord(action), u"See how they go on with conductor_get_workflow_status."_s);
}

Effect recoveryEffect(const QJsonObject &arguments)
{
    const QString action = arguments[u"action"].toString();
    const bool wipes = action == actionRestart || action == actionRerun; // what ran after that point is removed
    return onExecutions(wipes ? Effect::Kind::Destroy : Effect::Kind::Change, arguments);
}

const QString idsDescription = u"Ids"_s;

} // namespace

Tool pauseWorkflow(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_pause_workflow"_s,
        .title = u"Pause executions"_s,
        .description = u"Hold running executions: tasks at work finish, nothing new is scheduled. Sub-workflows go on."_s,
        .inputSchema = arguments({{u"workflow_ids"_s, texts(1000, idsDescription)}}, {u"workflow_ids"_s}),
        .hints = {.readOnly = false, .destructive = false, .idempotent = true},
        .effect = [](const QJsonObject &arguments) { return onExecutions(Effect::Kind::Change, arguments); },
        .premise = [backend](Call call) { return executionsPremise(backend, std::move(call)); },
        .call = [backend](Call call) { return pause(backend, std::move(call)); },
    };
}

Tool resumeWorkflow(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_resume_workflow"_s,
        .title = u"Resume executions"_s,
        .description = u"Let paused executions go on. One that is not paused is refused."_s,
        .inputSchema = arguments({{u"workflow_ids"_s, texts(1000, idsDescription)}}, {u"workflow_ids"_s}),
        .hints = {.readOnly = false, .destructive = false, .idempotent = true},
        .effect = [](const QJsonObject &arguments) { return onExecutions(Effect::Kind::Change, arguments); },
        .premise = [backend](Call call) { return executionsPremise(backend, std::move(call)); },
        .call = [backend](Call call) { return resume(backend, std::move(call)); },
    };
}

Tool terminateWorkflow(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_terminate_workflow"_s,
        .title = u"Terminate executions"_s,
        .description = u"End executions for good, with their sub-workflows; open tasks are canceled. To hold them only, pause."_s,
        .inputSchema = arguments({{u"workflow_ids"_s, texts(1000, idsDescription)}, {u"reason"_s, text(u"Why, for people"_s)}},
                                 {u"workflow_ids"_s}),
        .hints = {.readOnly = false, .destructive = true, .idempotent = true},
        .effect = [](const QJsonObject &arguments) { return onExecutions(Effect::Kind::Destroy, arguments); },
        .premise = [backend](Call call) { return executionsPremise(backend, std::move(call)); },
        .call = [backend](Call call) { return terminate(backend, std::move(call)); },
    };
}

Tool recoverWorkflow(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_recover_workflow"_s,
        .title = u"Recover executions"_s,
        .description = u"Put executions right. retry: failed tasks again. retry_now: delayed retries at once. rerun: from a task on, later ones removed. "
                       "restart: from the start. skip: a task not yet scheduled. decide: evaluate a stuck one."_s,
        .inputSchema = arguments({{u"workflow_ids"_s, texts(100, idsDescription)},
                                  {u"action"_s, choice({actionRetry, actionRetryNow, actionRerun, actionRestart, actionSkip, actionDecide}, u"As above"_s)},
                                  {u"task"_s, text(u"rerun, skip: reference name"_s)},
                                  {u"task_input"_s, object(u"rerun, skip: new input"_s)},
                                  {u"task_output"_s, object(u"skip: its output"_s)},
                                  {u"workflow_input"_s, object(u"rerun: new input"_s)},
                                  {u"use_latest_definition"_s, yesNo(u"restart: on the newest"_s)},
                                  {u"resume_sub_workflows"_s, yesNo(u"retry: within the failed one"_s)}},
                                 {u"workflow_ids"_s, u"action"_s}),
        .hints = {.readOnly = false, .destructive = true, .idempotent = false},
        .effect = recoveryEffect,
        .premise = [backend](Call call) { return executionsPremise(backend, std::move(call)); },
        .call = [backend](Call call) { return recover(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
