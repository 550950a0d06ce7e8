#include "mcp/tools/tasktools.h"

#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

const QString ownWorkerId = u"conductor-mcp"_s;

Reply<Answer> poll(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    PollOrder order;
    order.taskType = call.arguments[u"task_type"].toString();
    order.workerId = call.arguments[u"worker_id"].toString(ownWorkerId);
    order.domain = call.arguments[u"domain"].toString();
    order.count = call.arguments[u"count"].toInt(1);
    const std::vector<PolledTask> tasks = co_await client.tasks().poll(order);

    QStringList lines;
    QJsonArray rows;
    for (const PolledTask &task : tasks) {
        lines << u"Task %1 (%2) of execution %3 (%4), attempt %5, input %6"_s.arg(task.attempt.id, task.attempt.ref, task.executionId, task.workflowName)
                     .arg(task.attempt.retryCount + 1)
                     .arg(shownJson(task.attempt.input, 4000));
        rows << QJsonObject{{u"task_id"_s, task.attempt.id},
                            {u"workflow_id"_s, task.executionId},
                            {u"reference_name"_s, task.attempt.ref},
                            {u"response_timeout_seconds"_s, task.responseTimeoutSeconds},
                            {u"input"_s, task.attempt.input}};
    }
    if (tasks.empty())
        lines << u"Nothing waits in queue %1."_s.arg(order.taskType);
    else
        lines << u"You hold %1 now: finish with conductor_update_task, or they time out."_s.arg(tasks.size() == 1 ? u"it"_s : u"them"_s);
    co_return Answer{.text = lines.join(u'\n'), .structured = {{u"tasks"_s, rows}}};
}

// The newest open attempt at the task of that reference name.
Reply<QString> openAttempt(Client client, QString executionId, QString ref)
{
    const std::shared_ptr<const Execution> execution = co_await client.executions().get(executionId);
    const std::vector<const TaskAttempt *> attempts = newestAttempts(*execution);
    for (const TaskAttempt *attempt : attempts) {
        if (attempt->ref != ref)
            continue;
        if (isTerminal(attempt->status))
            co_return Failure({Error::Kind::Conflict, u"Task %1 has ended: %2"_s.arg(ref, attempt->statusWord),
                               u"To run it again use conductor_recover_workflow"_s});
        co_return attempt->id;
    }
    co_return Failure({Error::Kind::NotFound, u"Execution %1 has not scheduled a task %2"_s.arg(executionId, ref),
                       u"conductor_get_workflow_status shows what it waits for"_s});
}

// The server takes an update of a task that has ended and ignores it: only looking tells.
Reply<PolledTask> openTask(Client client, QString taskId)
{
    const PolledTask task = co_await client.tasks().get(taskId);
    if (isTerminal(task.attempt.status))
        co_return Failure({Error::Kind::Conflict, u"Task %1 (%2) has ended: %3"_s.arg(taskId, task.attempt.ref, task.attempt.statusWord),
                           u"An update would be ignored; to run it again use conductor_recover_workflow"_s});
    co_return task;
}

Reply<Answer> update(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    QString taskId = call.arguments[u"task_id"].toString();
    const QString executionId = call.arguments[u"workflow_id"].toString();
    const QString ref = call.arguments[u"reference_name"].toString();
    if (taskId.isEmpty() && (executionId.isEmpty() || ref.isEmpty()))
        co_return Failure({Error::Kind::Validation, u"Which task? Give task_id, or workflow_id and reference_name"_s});
    if (taskId.isEmpty())
        taskId = co_await openAttempt(client, executionId, ref);
    const PolledTask task = co_await openTask(client, taskId);

    TaskUpdate order;
    order.taskId = taskId;
    order.executionId = task.executionId;
    order.status = call.arguments[u"status"].toString();
    order.output = call.arguments[u"output"].toObject();
    order.reason = call.arguments[u"reason"].toString();
    order.callbackAfterSeconds = call.arguments[u"callback_after_seconds"].toInt();
    order.workerId = call.arguments[u"worker_id"].toString();
    order.logs = call.arguments[u"logs"].toVariant().toStringList();
    co_await client.tasks().update(order);
    co_return Answer{.text = u"Task %1 (%2) of execution %3 is %4 now. See what follows with conductor_get_workflow_status."_s.arg(
                         taskId, task.attempt.ref, task.executionId, order.status),
                     .structured = {{u"task_id"_s, taskId},
                                    {u"workflow_id"_s, task.executionId},
                                    {u"reference_name"_s, task.attempt.ref},
                                    {u"status"_s, order.status}}};
}

} // namespace

Tool pollTask(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_poll_task"_s,
        .title = u"Take tasks to work on"_s,
        .description = u"Take waiting tasks to do them yourself, as a worker: other workers no longer get them. "
                       "Only to look, use conductor_get_task_queue_size."_s,
        .inputSchema = arguments({{u"task_type"_s, text(u"Task definition name"_s)},
                                  {u"count"_s, whole(1, 20, u"At most, default 1"_s)},
                                  {u"worker_id"_s, text(u"Your worker name"_s)},
                                  {u"domain"_s, text(u"Of the queue"_s)}},
                                 {u"task_type"_s}),
        .hints = {.readOnly = false, .destructive = false, .idempotent = false},
        .effect = [](const QJsonObject &arguments) { return Effect{Effect::Kind::Change, u"tasks of queue "_s + arguments[u"task_type"].toString()}; },
        .call = [backend](Call call) { return poll(backend, std::move(call)); },
    };
}

Tool updateTask(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_update_task"_s,
        .title = u"Update a task"_s,
        .description = u"Complete, fail or report on an open task: as its worker, or to unblock a WAIT or HUMAN task. "
                       "Name it by task_id, or by workflow_id and reference_name."_s,
        .inputSchema = arguments({{u"task_id"_s, text(u"Of the task"_s)},
                                  {u"workflow_id"_s, text(u"Of its execution"_s)},
                                  {u"reference_name"_s, text(u"Of the task"_s)},
                                  {u"status"_s, choice({u"COMPLETED"_s, u"FAILED"_s, u"FAILED_WITH_TERMINAL_ERROR"_s, u"IN_PROGRESS"_s}, u"FAILED may be retried"_s)},
                                  {u"output"_s, object(u"Its output"_s)},
                                  {u"reason"_s, text(u"Why it failed"_s)},
                                  {u"logs"_s, texts(100, u"Log lines"_s)},
                                  {u"callback_after_seconds"_s, whole(0, 604800, u"IN_PROGRESS: polled again after"_s)},
                                  {u"worker_id"_s, text(u"Your worker name"_s)}},
                                 {u"status"_s}),
        .hints = {.readOnly = false, .destructive = false, .idempotent = false},
        .whenNotFound = u"conductor_get_execution_history shows the tasks of an execution and their ids"_s,
        .effect =
            [](const QJsonObject &arguments) {
                const QString id = arguments[u"task_id"].toString();
                return Effect{Effect::Kind::Change, id.isEmpty() ? u"task %1 of execution %2"_s.arg(arguments[u"reference_name"].toString(),
                                                                                                      arguments[u"workflow_id"].toString())
                                                                 : u"task "_s + id};
            },
        .call = [backend](Call call) { return update(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
