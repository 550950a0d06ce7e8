// The tasks of running executions, as workers and viewers see them: /tasks. Copies share the connection.
#pragma once

#include "conductor/api/transport.h"
#include "conductor/model/execution.h"
#include "conductor/model/summary.h"

#include <memory>
#include <vector>

namespace conductor {

struct PollOrder {
    QString taskType = {}; // the queue: a task definition's name
    QString workerId = {};
    QString domain = {};
    int count = 1;
    int waitMs = 100; // up to 5,000
};

struct TaskUpdate {
    QString executionId = {};
    QString taskId = {};
    QString status = {}; // IN_PROGRESS, COMPLETED, FAILED, FAILED_WITH_TERMINAL_ERROR
    QJsonObject output = {};
    QString reason = {};
    int callbackAfterSeconds = 0; // with IN_PROGRESS: pollable again after this
    QString workerId = {};
    QStringList logs = {};
};

// A task as poll hands it to a worker.
struct PolledTask {
    TaskAttempt attempt;
    QString executionId;
    QString workflowName;
    int responseTimeoutSeconds = 0;

    static Result<PolledTask> fromJson(const QJsonValue &json);
};

struct TaskLogLine {
    QString text;
    QDateTime created;

    static Result<TaskLogLine> fromJson(const QJsonValue &json);
};

struct TaskQuery {
    QString workflow = {}; // may hold * as a wildcard; empty: of all workflows
    QDateTime startedAfter = {};
    int start = 0;
    int size = 20; // up to 5,000
};

class Tasks
{
public:
    explicit Tasks(std::shared_ptr<Transport> transport) : m_transport(std::move(transport)) {}

    // Takes tasks away from other workers: they become IN_PROGRESS with us. Never repeated, never for looking.
    // Empty when nothing waits. Source: GET /tasks/poll/batch/{type}.
    Reply<std::vector<PolledTask>> poll(PollOrder order) const;

    // An update of a task that has ended is accepted and ignored by the server. Source: POST /tasks.
    Reply<Done> update(TaskUpdate update) const;

    Reply<PolledTask> get(QString taskId) const; // Errors: NotFound

    // The newest first, tasks of ended executions too. Source: GET /tasks/search. Errors: Validation for a name it cannot carry.
    Reply<TaskPage> search(TaskQuery query) const;
    Reply<std::vector<TaskLogLine>> log(QString taskId) const; // oldest first; empty when there is none

    // One more line, also for an id that the server does not know. Source: POST /tasks/{id}/log.
    Reply<Done> addLog(QString taskId, QString line) const;

private:
    std::shared_ptr<Transport> m_transport;
};

} // namespace conductor
