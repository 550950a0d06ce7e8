// A workflow definition as the server keeps it: a tree of tasks. Fields that only travel stay in `json`.
#pragma once

#include "conductor/base/result.h"
#include "conductor/model/tasktype.h"

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <utility>
#include <vector>

namespace conductor {

struct WorkflowTask;
using TaskSequence = std::vector<WorkflowTask>;

// One task of a definition. Its key in executions is the reference name.
struct WorkflowTask {
    QString ref;  // taskReferenceName, unique in its definition
    QString name; // task definition and queue of a SIMPLE task
    QString type; // "SIMPLE", "FORK_JOIN", …
    QString description;
    bool optional = false;
    QJsonObject input; // inputParameters

    std::vector<TaskSequence> branches;                    // FORK_JOIN
    std::vector<std::pair<QString, TaskSequence>> cases;   // SWITCH: case → tasks, in the order of their names
    TaskSequence defaultCase;                              // SWITCH
    TaskSequence loop;                                     // DO_WHILE
    QStringList joinOn;                                    // JOIN, EXCLUSIVE_JOIN
    QString subWorkflowName;                               // SUB_WORKFLOW, START_WORKFLOW
    int subWorkflowVersion = 0;                            // 0: the newest
    QString expression;                                    // SWITCH expression, DO_WHILE loopCondition
    QJsonObject json;                                      // the whole task

    TaskKind kind() const { return taskKind(type); }
};

struct WorkflowDefinition {
    QString name;
    int version = 1;
    QString description;
    QString ownerEmail;
    QStringList inputParameters;
    TaskSequence tasks;
    int timeoutSeconds = 0; // 0: none
    QString timeoutPolicy;
    QString failureWorkflow;
    QDateTime created;
    QDateTime updated;
    QJsonObject json; // the whole definition

    // Lenient: what the server accepts is read. Errors: Protocol, naming the path, when it is no definition at all or nests
    // deeper than 64 levels.
    static Result<WorkflowDefinition> fromJson(const QJsonValue &json);
};

// Every task of the tree, parents before what they contain.
void visit(const TaskSequence &tasks, const std::function<void(const WorkflowTask &)> &visitor);

// The task of that reference name, or nullptr. Within a loop the run's "sw__2" is the definition's "sw".
const WorkflowTask *findTask(const TaskSequence &tasks, QStringView ref);

} // namespace conductor
