// One run of a workflow: its own state, the definition it runs on, and every attempt at a task so far.
#pragma once

#include "conductor/model/definition.h"
#include "conductor/model/status.h"

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace conductor {

// One try at one task. A retry is a new attempt with the same reference name; a task that was never scheduled has none.
struct TaskAttempt {
    QString id;
    QString ref;  // within a loop with its turn: "sw__2"
    QString name; // the task definition's name, which is the queue of a worker task
    QString type; // as the definition says it: "FORK_JOIN", where the server's taskType says "FORK"
    TaskStatus status = TaskStatus::Unknown;
    QString statusWord; // the server's word, also when we do not know it
    int seq = 0;        // order of scheduling from 1; 0 for a skipped task
    int retryCount = 0; // 0 for the first attempt
    int retryLimit = 0; // how many retries its task definition allows
    bool retried = false;       // a later attempt replaces this one
    QString retriedTaskId;      // the attempt that this one repeats
    int iteration = 0;          // the loop's turn, from 1; 0 outside loops
    QDateTime scheduled;
    QDateTime started;          // invalid: not started, or completed without being polled
    QDateTime ended;
    QDateTime updated;
    int startDelaySeconds = 0;  // a delayed retry waits this long from `scheduled`
    int callbackAfterSeconds = 0;
    int pollCount = 0;
    QString workerId;
    QString domain;
    QString reason;        // reasonForIncompletion; a SCHEDULED retry still carries the reason of the attempt before
    QString subWorkflowId; // of SUB_WORKFLOW
    QJsonObject input;
    QJsonObject output;

    TaskKind kind() const { return taskKind(type); }
    QString plainRef() const; // without the loop's turn: "sw"
    // Why this attempt itself failed; empty for a waiting retry, whose `reason` belongs to the one before.
    QString failureReason() const { return isFailure(status) || status == TaskStatus::CompletedWithErrors ? reason : QString(); }

    static Result<TaskAttempt> fromJson(const QJsonValue &json, const QString &path);
};

struct Execution {
    QString id;
    QString name; // of the workflow
    int version = 1;
    ExecutionStatus status = ExecutionStatus::Unknown;
    QString statusWord;
    QString correlationId;
    QString reason; // reasonForIncompletion; of a TERMINATE task also when COMPLETED
    QDateTime created;
    QDateTime updated;
    QDateTime ended; // invalid while open
    QString parentId;
    QString parentTaskId;
    int priority = 0;
    QStringList failedRefs; // filled by FAILED, not by TIMED_OUT
    QJsonObject input;
    QJsonObject output;
    QJsonObject variables;
    std::shared_ptr<const WorkflowDefinition> definition; // the copy the run embeds; never null
    std::vector<TaskAttempt> attempts;                    // ascending by seq; skipped tasks first

    qint64 durationMs(const QDateTime &now) const; // until its end, or until now while open

    // Errors: Protocol, naming the path.
    static Result<Execution> fromJson(const QJsonValue &json);
};

// The newest attempt at each reference name, in the order they were first scheduled.
std::vector<const TaskAttempt *> newestAttempts(const Execution &execution);

// The innermost reason within the server's nested "Sub workflow … failure reason: '…'" text.
QString innermostReason(const QString &reason);

} // namespace conductor
