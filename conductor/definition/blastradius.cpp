#include "conductor/definition/blastradius.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int deepest = 64; // of nested tasks

bool starts(const QJsonArray &tasks, const QString &workflow, int depth);

bool startsInBranches(const QJsonObject &task, const QString &workflow, int depth)
{
    const QJsonArray forks = task[u"forkTasks"].toArray();
    const QJsonObject cases = task[u"decisionCases"].toObject();
    return starts(task[u"defaultCase"].toArray(), workflow, depth) || starts(task[u"loopOver"].toArray(), workflow, depth)
        || std::any_of(forks.begin(), forks.end(), [&](const QJsonValue &fork) { return starts(fork.toArray(), workflow, depth); })
        || std::any_of(cases.begin(), cases.end(), [&](const QJsonValue &branch) { return starts(branch.toArray(), workflow, depth); });
}

bool starts(const QJsonArray &tasks, const QString &workflow, int depth)
{
    if (depth > deepest)
        return false;
    return std::any_of(tasks.begin(), tasks.end(), [&](const QJsonValue &value) {
        const QJsonObject task = value.toObject();
        return task[u"subWorkflowParam"][u"name"].toString() == workflow
            || (task[u"type"] == u"START_WORKFLOW"_s && task[u"inputParameters"][u"startWorkflow"][u"name"].toString() == workflow)
            || startsInBranches(task, workflow, depth + 1);
    });
}

QStringList sorted(QStringList names)
{
    names.removeDuplicates();
    names.sort();
    return names;
}

} // namespace

BlastRadius blastRadius(const QString &workflow, const QJsonArray &definitions, const QJsonArray &eventHandlers, const QJsonArray &schedules)
{
    BlastRadius radius;
    for (const QJsonValue &definition : definitions) {
        if (definition[u"failureWorkflow"].toString() == workflow || starts(definition[u"tasks"].toArray(), workflow, 0))
            radius.callers << definition[u"name"].toString();
    }
    for (const QJsonValue &handler : eventHandlers) {
        const QJsonArray actions = handler[u"actions"].toArray();
        if (std::any_of(actions.begin(), actions.end(), [&](const QJsonValue &action) { return action[u"start_workflow"][u"name"].toString() == workflow; }))
            radius.eventHandlers << handler[u"name"].toString();
    }
    for (const QJsonValue &schedule : schedules) {
        if (schedule[u"startWorkflowRequest"][u"name"].toString() == workflow)
            radius.schedules << schedule[u"name"].toString();
    }
    return {sorted(radius.callers), sorted(radius.eventHandlers), sorted(radius.schedules)};
}

} // namespace conductor
