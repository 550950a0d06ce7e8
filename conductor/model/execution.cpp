#include "conductor/model/execution.h"

#include "conductor/base/fields.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace conductor {

QString TaskAttempt::plainRef() const
{
    if (iteration <= 0)
        return ref;
    const QString turn = u"__%1"_s.arg(iteration);
    return ref.endsWith(turn) ? ref.chopped(turn.size()) : ref;
}

Result<TaskAttempt> TaskAttempt::fromJson(const QJsonValue &json, const QString &path)
{
    Fields fields(json, path);
    TaskAttempt attempt;
    attempt.id = fields.text(u"taskId");
    attempt.ref = fields.required(u"referenceTaskName");
    attempt.name = fields.text(u"taskDefName");
    attempt.type = fields.object(u"workflowTask")[u"type"].toString(fields.text(u"taskType"));
    attempt.statusWord = fields.text(u"status");
    attempt.status = taskStatus(attempt.statusWord);
    attempt.seq = int(fields.integer(u"seq"));
    attempt.retryCount = int(fields.integer(u"retryCount"));
    const QJsonObject workflowTask = fields.object(u"workflowTask");
    const QJsonValue ownLimit = workflowTask[u"retryCount"]; // of this task in the workflow, before that of its task definition
    attempt.retryLimit = ownLimit.isDouble() ? ownLimit.toInt() : fields.object(u"taskDefinition")[u"retryCount"].toInt();
    attempt.retried = fields.flag(u"retried");
    attempt.retriedTaskId = fields.text(u"retriedTaskId");
    attempt.iteration = int(fields.integer(u"iteration"));
    attempt.scheduled = fields.time(u"scheduledTime");
    attempt.started = fields.time(u"startTime");
    attempt.ended = fields.time(u"endTime");
    attempt.updated = fields.time(u"updateTime");
    attempt.startDelaySeconds = int(fields.integer(u"startDelayInSeconds"));
    attempt.callbackAfterSeconds = int(fields.integer(u"callbackAfterSeconds"));
    attempt.pollCount = int(fields.integer(u"pollCount"));
    attempt.workerId = fields.text(u"workerId");
    attempt.domain = fields.text(u"domain");
    attempt.reason = fields.text(u"reasonForIncompletion");
    attempt.input = fields.object(u"inputData");
    attempt.output = fields.object(u"outputData");
    attempt.subWorkflowId = fields.text(u"subWorkflowId");
    if (attempt.subWorkflowId.isEmpty())
        attempt.subWorkflowId = attempt.output.value(u"subWorkflowId").toString();
    return fields.read(std::move(attempt));
}

Result<Execution> Execution::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"execution"_s);
    Execution execution;
    execution.id = fields.required(u"workflowId");
    execution.name = fields.text(u"workflowName");
    execution.version = int(fields.integer(u"workflowVersion", 1));
    execution.statusWord = fields.text(u"status");
    execution.status = executionStatus(execution.statusWord);
    execution.correlationId = fields.text(u"correlationId");
    execution.reason = fields.text(u"reasonForIncompletion");
    execution.created = fields.time(u"createTime");
    execution.updated = fields.time(u"updateTime");
    execution.ended = fields.time(u"endTime");
    execution.parentId = fields.text(u"parentWorkflowId");
    execution.parentTaskId = fields.text(u"parentWorkflowTaskId");
    execution.priority = int(fields.integer(u"priority"));
    execution.failedRefs = fields.texts(u"failedReferenceTaskNames");
    execution.input = fields.object(u"input");
    execution.output = fields.object(u"output");
    execution.variables = fields.object(u"variables");

    WorkflowDefinition definition;
    if (fields.has(u"workflowDefinition")) {
        Result<WorkflowDefinition> read = WorkflowDefinition::fromJson(fields.object(u"workflowDefinition"));
        if (read)
            definition = std::move(*read);
        else
            fields.fail(read.error());
    }
    if (execution.name.isEmpty())
        execution.name = definition.name;
    execution.definition = std::make_shared<const WorkflowDefinition>(std::move(definition));

    const QJsonArray tasks = fields.array(u"tasks");
    execution.attempts.reserve(size_t(tasks.size()));
    for (qsizetype i = 0; i < tasks.size(); ++i) {
        Result<TaskAttempt> attempt = TaskAttempt::fromJson(tasks[i], u"execution.tasks[%1]"_s.arg(i));
        if (!attempt)
            return Failure(attempt.error());
        execution.attempts.push_back(std::move(*attempt));
    }
    return fields.read(std::move(execution));
}

qint64 Execution::durationMs(const QDateTime &now) const
{
    if (!created.isValid())
        return 0;
    return std::max<qint64>(0, created.msecsTo(ended.isValid() ? ended : now));
}

std::vector<const TaskAttempt *> newestAttempts(const Execution &execution)
{
    std::vector<const TaskAttempt *> newest;
    QHash<QString, size_t> places;
    for (const TaskAttempt &attempt : execution.attempts) {
        const auto place = places.constFind(attempt.ref);
        if (place == places.cend()) {
            places.insert(attempt.ref, newest.size());
            newest.push_back(&attempt);
        } else if (attempt.retryCount >= newest[*place]->retryCount) {
            newest[*place] = &attempt;
        }
    }
    return newest;
}

QString innermostReason(const QString &reason)
{
    static const QString opening = u"reason: '"_s;
    const qsizetype last = reason.lastIndexOf(opening);
    if (last < 0)
        return reason;
    QString inner = reason.mid(last + opening.size());
    while (inner.endsWith(u'\''))
        inner.chop(1);
    return inner.isEmpty() ? reason : inner;
}

} // namespace conductor
