// How tasks follow each other: forks and their joins, branches nobody waits for, loops in loops, what is never reached.
#include "conductor/base/hostile.h"
#include "conductor/definition/inspection.h"
#include "conductor/definition/jsonpath.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using Severity = Problem::Severity;

bool isJoin(const InspectedTask *task) { return task && (task->kind == TaskKind::Join || task->kind == TaskKind::ExclusiveJoin); }

QStringList texts(const QJsonValue &json)
{
    QStringList list;
    for (const QJsonValue &value : json.toArray())
        list << value.toVariant().toString();
    return list;
}

class FlowRules
{
public:
    explicit FlowRules(Inspection &inspection)
        : m_inspection(inspection)
    {
    }

    void check()
    {
        for (size_t i = 0; i < m_inspection.tasks.size(); ++i) {
            const InspectedTask &task = m_inspection.tasks[i];
            if (task.kind == TaskKind::Fork || task.kind == TaskKind::DynamicFork)
                fork(int(i), task);
            else if (isJoin(&task))
                join(int(i), task);
            else if (task.kind == TaskKind::DoWhile && task.loopDepth > 0)
                m_inspection.add(
                    Severity::Hazard, task, u"nested-loop"_s, {},
                    u"A loop within a loop: its tasks have the same references in every turn of the outer one, and the run hangs in the second turn"_s,
                    u"Move the inner loop into a sub-workflow"_s);
            else if (task.kind == TaskKind::Terminate)
                unreachableAfter(task);
        }
    }

private:
    void fork(int index, const InspectedTask &task)
    {
        const InspectedTask *next = m_inspection.next(task);
        if (!isJoin(next)) {
            m_inspection.add(Severity::Hazard, task, u"fork-without-join"_s, {},
                             u"No JOIN follows directly after the fork: every run fails before its first task"_s, u"Add a JOIN right after it"_s);
            return;
        }
        if (task.kind == TaskKind::DynamicFork)
            return;
        const QJsonArray branches = task.json[u"forkTasks"].toArray();
        const QStringList awaited = texts(next->json[u"joinOn"]);
        if (awaited.isEmpty())
            m_inspection.add(Severity::Hazard, *next, u"empty-join"_s, {}, u"The JOIN lists no task in joinOn: it waits for none of the branches"_s,
                             u"List the last task of each branch"_s);
        for (qsizetype i = 0; i < branches.size(); ++i) {
            const QString at = element(member(task.path, u"forkTasks"), i);
            if (branches[i].isArray() && branches[i].toArray().isEmpty())
                m_inspection.addAt(Severity::Hazard, u"empty-branch"_s, at, u"A branch without tasks: no run can be started"_s,
                                   u"Remove the branch, or put a NOOP into it"_s, task.ref);
            else if (!awaited.isEmpty() && branches[i].isArray())
                awaitedBranch(index, int(i), awaited, at, *next);
        }
    }

    void awaitedBranch(int fork, int lane, const QStringList &awaited, const QString &at, const InspectedTask &join)
    {
        bool isAwaited = false;
        QString last;
        for (size_t i = size_t(fork) + 1; i < m_inspection.tasks.size(); ++i) {
            const InspectedTask &task = m_inspection.tasks[i];
            if (!m_inspection.contains(fork, int(i)))
                break;
            if (laneWithin(fork, int(i)) != lane)
                continue;
            isAwaited = isAwaited || awaited.contains(task.ref);
            if (task.parent == fork)
                last = task.ref;
        }
        if (!isAwaited)
            m_inspection.addAt(Severity::Warning, u"unawaited-branch"_s, at,
                               u"%1 does not wait for this branch: the run goes on, and may end, without it"_s.arg(harmless(join.ref, 60)),
                               u"Add %1 to its joinOn"_s.arg(harmless(last, 60)), join.ref);
    }

    int laneWithin(int container, int task) const
    {
        for (int step = task; step >= 0; step = m_inspection.tasks[size_t(step)].parent) {
            if (m_inspection.tasks[size_t(step)].parent == container)
                return m_inspection.tasks[size_t(step)].lane;
        }
        return -1;
    }

    void join(int index, const InspectedTask &task)
    {
        const InspectedTask *before = m_inspection.previous(task);
        const bool followsGroup = before && (before->kind == TaskKind::Fork || before->kind == TaskKind::DynamicFork || before->kind == TaskKind::Switch);
        const QStringList awaited = texts(task.json[u"joinOn"]);
        for (qsizetype i = 0; i < awaited.size(); ++i)
            awaitedRef(index, task, awaited[i], element(member(task.path, u"joinOn"), i), before);
        if (!followsGroup)
            m_inspection.add(Severity::Warning, task, u"join-without-fork"_s, {}, u"No fork stands right before this join"_s,
                             u"Put it right after its fork, or remove it"_s);
    }

    void awaitedRef(int index, const InspectedTask &join, const QString &ref, const QString &at, const InspectedTask *before)
    {
        const auto hazard = [&](const QString &rule, const QString &message, const QString &remedy) {
            m_inspection.addAt(Severity::Hazard, rule, at, message, remedy, join.ref);
        };
        const int other = m_inspection.refs.value(ref, -1);
        if (before && before->kind == TaskKind::DynamicFork)
            return; // the server puts in what was spawned
        if (other < 0)
            return hazard(u"join-on-unknown"_s, u"No task is called %1: the join waits for ever"_s.arg(harmless(ref, 60)),
                          u"Mend the reference, or remove it"_s);
        const InspectedTask &awaited = m_inspection.tasks[size_t(other)];
        if (other == index)
            return hazard(u"join-on-itself"_s, u"The join waits for itself, for ever"_s, u"Remove it from joinOn"_s);
        if (comesAfter(index, other))
            return hazard(u"join-on-later"_s, u"%1 comes only after the join: it waits for ever"_s.arg(harmless(ref, 60)),
                          u"List the last tasks of the branches before it"_s);
        const int choice = choiceAround(other, index);
        if (choice >= 0 && join.kind == TaskKind::Join)
            return hazard(u"join-on-case"_s,
                          u"%1 runs only in one case of %2: in every other case the join waits for ever"_s.arg(
                              harmless(ref, 60), harmless(m_inspection.tasks[size_t(choice)].ref, 60)),
                          u"Wait for a task that every case leads to, such as a NOOP after the switch"_s);
        if (awaited.kind == TaskKind::Switch && join.kind == TaskKind::Join)
            m_inspection.addAt(Severity::Warning, u"join-on-switch"_s, at,
                               u"The join goes on as soon as %1 has chosen; it does not wait for the tasks of the case"_s.arg(harmless(ref, 60)),
                               u"Put a NOOP after the switch and wait for that"_s, join.ref);
    }

    // In the same sequence, or around it, behind.
    bool comesAfter(int first, int second) const
    {
        for (int a = first; a >= 0; a = m_inspection.tasks[size_t(a)].parent) {
            for (int b = second; b >= 0; b = m_inspection.tasks[size_t(b)].parent) {
                const InspectedTask &one = m_inspection.tasks[size_t(a)];
                const InspectedTask &other = m_inspection.tasks[size_t(b)];
                if (one.sequence == other.sequence)
                    return other.place > one.place;
            }
        }
        return false;
    }

    // The switch that decides whether the task runs, unless the join lies in the same case.
    int choiceAround(int task, int join) const
    {
        for (int step = m_inspection.tasks[size_t(task)].parent; step >= 0; step = m_inspection.tasks[size_t(step)].parent) {
            if (m_inspection.contains(step, join))
                return -1;
            if (m_inspection.tasks[size_t(step)].kind == TaskKind::Switch)
                return step;
        }
        return -1;
    }

    void unreachableAfter(const InspectedTask &task)
    {
        if (const InspectedTask *next = m_inspection.next(task))
            m_inspection.add(Severity::Warning, *next, u"unreachable"_s, {}, u"Nothing behind the TERMINATE task %1 ever runs"_s.arg(harmless(task.ref, 60)),
                             u"Remove it, or put the TERMINATE into a SWITCH case"_s);
    }

    Inspection &m_inspection;
};

} // namespace

void checkFlow(Inspection &inspection) { FlowRules(inspection).check(); }

} // namespace conductor
