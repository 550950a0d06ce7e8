#include "conductor/api/tasks.h"

#include "conductor/api/parsed.h"
#include "conductor/base/fields.h"
#include "conductor/model/searchquery.h"

using namespace Qt::StringLiterals;

namespace conductor {

Reply<std::vector<PolledTask>> Tasks::poll(PollOrder order) const
{
    const Request request = conductor::get(u"tasks"_s, u"poll"_s, u"batch"_s, order.taskType)
                                .with(u"workerid"_s, order.workerId)
                                .with(u"domain"_s, order.domain)
                                .with(u"count"_s, order.count)
                                .with(u"timeout"_s, order.waitMs);
    return parsedList<PolledTask>(m_transport->send(request));
}

Reply<Done> Tasks::update(TaskUpdate update) const
{
    QJsonArray logs;
    for (const QString &line : update.logs)
        logs << QJsonObject{{u"log"_s, line}, {u"createdTime"_s, QDateTime::currentMSecsSinceEpoch()}};
    QJsonObject body{{u"workflowInstanceId"_s, update.executionId},
                     {u"taskId"_s, update.taskId},
                     {u"status"_s, update.status},
                     {u"outputData"_s, update.output},
                     {u"logs"_s, logs}};
    if (!update.reason.isEmpty())
        body[u"reasonForIncompletion"] = update.reason;
    if (update.callbackAfterSeconds > 0)
        body[u"callbackAfterSeconds"] = update.callbackAfterSeconds;
    if (!update.workerId.isEmpty())
        body[u"workerId"] = update.workerId;
    return done(m_transport->send(post(u"tasks"_s).json(body)));
}

Reply<PolledTask> Tasks::get(QString taskId) const
{
    return parsed<PolledTask>(m_transport->send(conductor::get(u"tasks"_s, taskId).repeatably()));
}

Reply<TaskPage> Tasks::search(TaskQuery query) const
{
    ExecutionQuery terms; // the same grammar; of its fields these two are known to tasks as well
    if (!query.workflow.isEmpty())
        terms.names = {query.workflow};
    terms.startedAfter = query.startedAfter;
    const Result<QString> text = queryText(terms);
    if (!text)
        return answered<TaskPage>(Failure(text.error()));
    const Request request = conductor::get(u"tasks"_s, u"search"_s)
                                .with(u"query"_s, *text)
                                .with(u"freeText"_s, u"*"_s)
                                .with(u"start"_s, query.start)
                                .with(u"size"_s, query.size)
                                .with(u"sort"_s, u"startTime:DESC"_s);
    return parsed<TaskPage>(m_transport->send(request.repeatably()));
}

Reply<std::vector<TaskLogLine>> Tasks::log(QString taskId) const
{
    return parsedList<TaskLogLine>(m_transport->send(conductor::get(u"tasks"_s, taskId, u"log"_s).repeatably()));
}

Reply<Done> Tasks::addLog(QString taskId, QString line) const
{
    return done(m_transport->send(post(u"tasks"_s, taskId, u"log"_s).plainText(line)));
}

Result<PolledTask> PolledTask::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"task"_s);
    PolledTask task;
    task.executionId = fields.text(u"workflowInstanceId");
    task.workflowName = fields.text(u"workflowType");
    task.responseTimeoutSeconds = int(fields.integer(u"responseTimeoutSeconds"));
    Result<TaskAttempt> attempt = TaskAttempt::fromJson(json, u"task"_s);
    if (!attempt)
        return Failure(attempt.error());
    task.attempt = std::move(*attempt);
    return fields.read(std::move(task));
}

Result<TaskLogLine> TaskLogLine::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"log line"_s);
    TaskLogLine line;
    line.text = fields.text(u"log");
    line.created = fields.time(u"createdTime");
    return fields.read(std::move(line));
}

} // namespace conductor
