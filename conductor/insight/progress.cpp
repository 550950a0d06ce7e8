#include "conductor/insight/progress.h"

#include "conductor/base/hostile.h"
#include "conductor/base/timespan.h"
#include "conductor/graph/attempts.h"
#include "conductor/graph/edgeindex.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using State = Graph::State;
using Role = Graph::Role;
using Node = Graph::Node;

bool isWorkerTask(TaskKind kind) { return kind == TaskKind::Worker || kind == TaskKind::Dynamic; }

void count(TaskCounts &counts, State state, bool isEnded)
{
    if (state == State::NotTaken)
        return;
    ++counts.total;
    switch (state) {
    case State::Done:
        ++counts.done;
        break;
    case State::DoneWithErrors:
        ++counts.done;
        ++counts.doneWithErrors;
        break;
    case State::Skipped:
        ++counts.done;
        ++counts.skipped;
        break;
    case State::Running:
    case State::Unknown:
        ++counts.running;
        break;
    case State::Queued:
        ++counts.queued;
        break;
    case State::Waiting:
        ++counts.waiting;
        break;
    case State::Retrying:
        ++counts.retrying;
        break;
    case State::Failed:
    case State::TimedOut:
        ++counts.failed;
        break;
    case State::Canceled:
        ++counts.canceled;
        break;
    case State::Planned:
    case State::Blocked:
        ++(isEnded ? counts.notReached : counts.blocked);
        break;
    case State::NotTaken:
        break;
    }
}

class Tally
{
public:
    Tally(const Execution &execution, const Graph &graph, const QDateTime &now)
        : m_graph(graph)
        , m_edges(graph)
        , m_isReachable(m_edges.reachable())
        , m_isUndecided(graph.nodes.size())
    {
        m_progress.status = execution.status;
        m_progress.elapsedMs = execution.durationMs(now);
    }

    Progress take()
    {
        for (size_t i = 0; i < m_graph.nodes.size(); ++i)
            add(int(i));
        const auto rank = [](const TaskProgress &task) { return task.state == State::Blocked || task.state == State::Planned ? 1 : 0; };
        std::stable_sort(m_progress.open.begin(), m_progress.open.end(), [&](const TaskProgress &a, const TaskProgress &b) { return rank(a) < rank(b); });
        return std::move(m_progress);
    }

private:
    void add(int index)
    {
        const Node &node = m_graph.nodes[size_t(index)];
        const bool isOfUndecided = isInUndecided(node);
        m_isUndecided[size_t(index)] = isOfUndecided;
        if (node.role == Role::Placeholder && !m_graph.isEnded && node.state != State::NotTaken)
            m_progress.isOpenEnded = true;
        if (node.role == Role::Strip) {
            for (const Graph::Cell &cell : node.cells)
                addCell(node, cell);
        }
        if (node.role != Role::Task || node.kind == TaskKind::Join || node.kind == TaskKind::ExclusiveJoin || !m_isReachable[size_t(index)])
            return;
        if (isOfUndecided && !node.isReached()) {
            ++m_progress.tasks.undecided;
            m_progress.workers.undecided += isWorkerTask(node.kind) ? 1 : 0;
            return;
        }
        count(m_progress.tasks, node.state, m_graph.isEnded);
        if (isWorkerTask(node.kind))
            count(m_progress.workers, node.state, m_graph.isEnded);
        if (isOpen(node.state))
            m_progress.open.push_back(describe(index));
    }

    // In a case of a switch that has not chosen; such tasks may never come.
    bool isInUndecided(const Node &node) const
    {
        if (node.parent < 0 || m_graph.isEnded)
            return false;
        const Node &parent = m_graph.nodes[size_t(node.parent)];
        return m_isUndecided[size_t(node.parent)] || (parent.role == Role::Switch && !isPassed(parent.state));
    }

    bool isOpen(State state) const
    {
        const bool isToCome = state == State::Blocked || state == State::Planned;
        return isActive(state) || state == State::Failed || state == State::TimedOut || state == State::Unknown || (isToCome && !m_graph.isEnded);
    }

    void addCell(const Node &strip, const Graph::Cell &cell)
    {
        count(m_progress.tasks, cell.state, m_graph.isEnded);
        if (isWorkerTask(strip.kind))
            count(m_progress.workers, cell.state, m_graph.isEnded);
        if (isOpen(cell.state)) {
            TaskProgress task;
            task.id = cell.id;
            task.ref = cell.ref;
            task.state = cell.state;
            m_progress.open.push_back(std::move(task));
        }
    }

    TaskProgress describe(int index) const
    {
        const Node &node = m_graph.nodes[size_t(index)];
        TaskProgress task;
        task.id = node.id;
        task.ref = node.runRef;
        task.state = node.state;
        task.attempt = node.attempts;
        task.attempts = std::max(node.attempts, node.retryLimit + 1);
        task.since = node.started.isValid() ? node.started : node.scheduled;
        task.due = node.due;
        task.reason = innermostReason(node.reason);
        if (node.state == State::Blocked || node.state == State::Planned) {
            for (const int before : m_edges.before(index)) {
                if (!isPassed(m_graph.nodes[size_t(before)].state))
                    task.waitsFor << m_graph.nodes[size_t(before)].runRef;
            }
        }
        return task;
    }

    const Graph &m_graph;
    const EdgeIndex m_edges;
    const std::vector<bool> m_isReachable;
    std::vector<bool> m_isUndecided;
    Progress m_progress;
};

// The names, as long as they are few.
QString named(const Progress &progress, std::initializer_list<State> states)
{
    QStringList refs;
    for (const TaskProgress &task : progress.open) {
        if (std::find(states.begin(), states.end(), task.state) != states.end())
            refs << harmless(task.ref, 60);
    }
    if (refs.isEmpty())
        return {};
    if (refs.size() > 3)
        return u" (%1 and %2 more)"_s.arg(refs.mid(0, 2).join(u", "_s)).arg(refs.size() - 2);
    return u" (%1)"_s.arg(refs.join(u", "_s));
}

QString retryText(const Progress &progress, const QDateTime &now)
{
    QDateTime next;
    for (const TaskProgress &task : progress.open) {
        if (task.state == State::Retrying && task.due.isValid() && (!next.isValid() || task.due < next))
            next = task.due;
    }
    QString text = u"%1 retrying"_s.arg(progress.tasks.retrying);
    if (next > now)
        text += u" in "_s + shortSpan(now, next);
    return text + named(progress, {State::Retrying});
}

QString beginning(const Progress &progress)
{
    const QString span = shortSpan(progress.elapsedMs);
    switch (progress.status) {
    case ExecutionStatus::Running:
    case ExecutionStatus::Unknown:
        return {};
    case ExecutionStatus::Paused:
        return u"Paused: "_s;
    case ExecutionStatus::Completed:
        return u"Completed in %1: "_s.arg(span);
    case ExecutionStatus::Failed:
        return u"Failed after %1: "_s.arg(span);
    case ExecutionStatus::TimedOut:
        return u"Timed out after %1: "_s.arg(span);
    case ExecutionStatus::Terminated:
        return u"Terminated after %1: "_s.arg(span);
    }
    return {};
}

} // namespace

Progress progressOf(const Execution &execution, const QDateTime &now) { return progressOf(execution, graphOf(execution), now); }

Progress progressOf(const Execution &execution, const Graph &graph, const QDateTime &now) { return Tally(execution, graph, now).take(); }

QString sentence(const Progress &progress, const QDateTime &now)
{
    const TaskCounts &tasks = progress.tasks;
    QStringList parts{u"%1 of %2%3 done"_s.arg(tasks.done).arg(progress.isOpenEnded ? u"at least "_s : QString()).arg(tasks.total)};
    const auto add = [&](int number, const QString &word, const QString &names = {}) {
        if (number > 0)
            parts << u"%1 %2%3"_s.arg(number).arg(word, names);
    };
    add(tasks.failed, u"failed"_s, named(progress, {State::Failed, State::TimedOut}));
    add(tasks.running, u"running"_s);
    add(tasks.queued, u"queued"_s);
    add(tasks.waiting, u"waiting"_s, named(progress, {State::Waiting}));
    if (tasks.retrying > 0)
        parts << retryText(progress, now);
    add(tasks.blocked, u"blocked"_s);
    add(tasks.doneWithErrors, u"failed but optional"_s);
    add(tasks.skipped, u"skipped"_s);
    add(tasks.canceled, u"canceled"_s);
    add(tasks.notReached, u"not reached"_s);
    add(tasks.undecided, u"more if a switch chooses them"_s);
    return beginning(progress) + parts.join(u", "_s);
}

} // namespace conductor
