// The rows a search answers: an execution or a task without its payload.
#pragma once

#include "conductor/base/result.h"
#include "conductor/model/status.h"

#include <QDateTime>
#include <QStringList>

#include <vector>

namespace conductor {

struct ExecutionSummary {
    QString id;
    QString name; // of the workflow
    int version = 1;
    ExecutionStatus status = ExecutionStatus::Unknown;
    QString statusWord;
    QString correlationId;
    QDateTime started;
    QDateTime updated;
    QDateTime ended; // invalid while open
    qint64 durationMs = 0; // 0 while open
    QString reason;
    QStringList failedRefs;  // of the tasks that made it fail; empty when it timed out
    QStringList failedNames; // of those tasks, where the server tells them
    QString parentId; // empty: started by nobody's sub-workflow task
    int priority = 0;

    bool operator==(const ExecutionSummary &) const = default;

    static Result<ExecutionSummary> fromJson(const QJsonValue &json);
};

struct ExecutionPage {
    qint64 total = 0; // hits over all pages
    std::vector<ExecutionSummary> rows;

    static Result<ExecutionPage> fromJson(const QJsonValue &json);
};

struct TaskSummary {
    QString id;
    QString executionId;
    QString workflowName;
    QString name; // the task definition's
    QString type;
    TaskStatus status = TaskStatus::Unknown;
    QString statusWord;
    QDateTime scheduled;
    QDateTime started;
    QDateTime ended;
    qint64 durationMs = 0;
    qint64 queueWaitMs = 0; // never negative, though the server's may be
    QString reason;

    static Result<TaskSummary> fromJson(const QJsonValue &json);
};

struct TaskPage {
    qint64 total = 0;
    std::vector<TaskSummary> rows;

    static Result<TaskPage> fromJson(const QJsonValue &json);
};

} // namespace conductor
