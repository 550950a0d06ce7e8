#include "conductor/graph/blockage.h"

#include "conductor/base/hostile.h"
#include "conductor/base/timespan.h"
#include "conductor/graph/attempts.h"
#include "conductor/graph/edgeindex.h"

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using State = Graph::State;
using Role = Graph::Role;
using Node = Graph::Node;
using Kind = Blockage::Kind;

class Inquiry
{
public:
    Inquiry(const Execution &execution, const Graph &graph)
        : m_graph(graph)
        , m_edges(graph)
        , m_attempts(execution)
        , m_isReachable(m_edges.reachable())
        , m_asked(graph.nodes.size())
    {
    }

    std::vector<Blockage> ask(int node)
    {
        pursue(node);
        while (!m_open.empty()) {
            const int next = m_open.front();
            m_open.pop_front();
            explain(next);
        }
        return std::move(m_found);
    }

private:
    void pursue(int node)
    {
        if (m_asked[size_t(node)])
            return;
        m_asked[size_t(node)] = true;
        m_open.push_back(node);
    }

    void pursueRefs(const QStringList &refs)
    {
        for (const QString &ref : refs) {
            if (const int node = m_graph.findRef(ref); node >= 0)
                pursue(node);
        }
    }

    void explain(int index)
    {
        const Node &node = m_graph.nodes[size_t(index)];
        if (node.role == Role::Strip) // many tasks; its state is only that of the worst
            return explainCells(node);
        if (node.role == Role::Grid)
            return explainInside(index);
        switch (node.state) {
        case State::Done:
        case State::DoneWithErrors:
        case State::Skipped:
            return;
        case State::Failed:
        case State::TimedOut:
        case State::Canceled:
            add({.kind = Kind::Failed, .ref = node.runRef});
            return;
        case State::NotTaken:
            add({.kind = Kind::NotTaken, .ref = node.runRef});
            return;
        case State::Planned:
        case State::Blocked:
            explainUnreached(index);
            return;
        case State::Unknown:
            add({.kind = Kind::Work, .ref = node.runRef, .since = node.started});
            return;
        case State::Queued:
        case State::Running:
        case State::Waiting:
        case State::Retrying:
            explainActive(index);
        }
    }

    void explainUnreached(int index)
    {
        const Node &node = m_graph.nodes[size_t(index)];
        if (m_graph.isEnded) {
            add({.kind = Kind::Ended, .ref = node.runRef});
            return;
        }
        if (!m_isReachable[size_t(index)]) {
            add({.kind = Kind::Unreachable, .ref = node.runRef});
            return;
        }
        if (m_graph.isPaused)
            add({.kind = Kind::Paused, .ref = node.runRef});
        QStringList refs;
        std::vector<int> before = m_edges.before(index);
        for (int parent = node.parent; before.empty() && parent >= 0; parent = m_graph.nodes[size_t(parent)].parent)
            before = {parent}; // the first in a loop waits for what the loop waits for
        for (const int previous : before) {
            if (isPassed(m_graph.nodes[size_t(previous)].state))
                continue;
            if (previous != node.parent)
                refs << m_graph.nodes[size_t(previous)].runRef;
            pursue(previous);
        }
        if (!refs.isEmpty())
            add({.kind = Kind::Tasks, .ref = node.runRef, .refs = refs});
    }

    void explainActive(int index)
    {
        const Node &node = m_graph.nodes[size_t(index)];
        if (node.role == Role::Loop)
            return explainInside(index);
        const TaskAttempt *attempt = m_attempts.newest(node.runRef);
        if (!attempt)
            return;
        explainAttempt(node, *attempt);
    }

    void explainAttempt(const Node &node, const TaskAttempt &attempt)
    {
        const QString queue = attempt.domain.isEmpty() ? attempt.name : attempt.domain + u':' + attempt.name;
        if (node.kind == TaskKind::Join || node.kind == TaskKind::ExclusiveJoin) {
            if (!node.unknownRefs.isEmpty())
                add({.kind = Kind::UnknownRefs, .ref = node.runRef, .refs = node.unknownRefs});
            QStringList known = node.waitsFor;
            known.removeIf([this](const QString &ref) { return m_graph.findRef(ref) < 0; });
            if (!known.isEmpty())
                add({.kind = Kind::Tasks, .ref = node.runRef, .refs = known});
            pursueRefs(known);
        } else if (node.state == State::Waiting && node.kind == TaskKind::Human) {
            add({.kind = Kind::Person, .ref = node.runRef, .since = attempt.started});
        } else if (node.state == State::Waiting) {
            add({.kind = node.due.isValid() ? Kind::Timer : Kind::Signal, .ref = node.runRef, .until = node.due, .since = attempt.started});
        } else if (attempt.status == TaskStatus::Scheduled && node.due.isValid() && node.state == State::Retrying) {
            add({.kind = Kind::RetryDelay, .ref = node.runRef, .until = node.due});
        } else if (attempt.status == TaskStatus::Scheduled && node.state != State::Running) {
            add({.kind = Kind::Worker, .ref = node.runRef, .queue = queue, .since = attempt.scheduled});
        } else if (!attempt.subWorkflowId.isEmpty() && node.kind == TaskKind::SubWorkflow) {
            add({.kind = Kind::ChildRun, .ref = node.runRef, .since = attempt.started, .childId = attempt.subWorkflowId});
        } else {
            add({.kind = Kind::Work, .ref = node.runRef, .queue = queue, .since = attempt.started.isValid() ? attempt.started : attempt.scheduled});
        }
    }

    void explainInside(int container)
    {
        for (size_t i = size_t(container) + 1; i < m_graph.nodes.size(); ++i) {
            const Node &node = m_graph.nodes[i];
            const bool isWork = node.role == Role::Task || node.role == Role::Join || node.role == Role::Strip;
            if (isWork && isActive(node.state) && isWithin(int(i), container))
                pursue(int(i));
        }
    }

    void explainCells(const Node &strip)
    {
        QStringList queued;
        QStringList others;
        for (const Graph::Cell &cell : strip.cells) {
            if (cell.state == State::Queued)
                queued << cell.ref;
            else if (!isPassed(cell.state))
                others << cell.ref;
        }
        if (const TaskAttempt *attempt = queued.isEmpty() ? nullptr : m_attempts.newest(queued.front()))
            add({.kind = Kind::Worker,
                 .ref = strip.runRef,
                 .refs = queued,
                 .queue = attempt->domain.isEmpty() ? attempt->name : attempt->domain + u':' + attempt->name,
                 .since = attempt->scheduled});
        if (!others.isEmpty())
            add({.kind = Kind::Tasks, .ref = strip.runRef, .refs = others});
    }

    bool isWithin(int node, int container) const
    {
        for (int step = m_graph.nodes[size_t(node)].parent; step >= 0; step = m_graph.nodes[size_t(step)].parent) {
            if (step == container)
                return true;
        }
        return false;
    }

    void add(Blockage blockage) { m_found.push_back(std::move(blockage)); }

    const Graph &m_graph;
    const EdgeIndex m_edges;
    const Attempts m_attempts;
    const std::vector<bool> m_isReachable;
    std::vector<bool> m_asked;
    std::deque<int> m_open;
    std::vector<Blockage> m_found;
};

QString listed(const QStringList &refs)
{
    constexpr qsizetype most = 4;
    QStringList shown;
    for (const QString &ref : refs.mid(0, most))
        shown << harmless(ref, 60);
    if (refs.size() > most)
        shown << u"%1 more"_s.arg(refs.size() - most);
    return shown.join(u", "_s);
}

QString forSince(const QDateTime &since, const QDateTime &now)
{
    const QString span = shortSpan(since, now);
    return span.isEmpty() ? QString() : u" for "_s + span;
}

} // namespace

std::vector<Blockage> blockedBy(const Execution &execution, const QString &ref)
{
    const Graph graph = graphOf(execution);
    const int node = graph.findRef(ref);
    if (node < 0)
        return {{.kind = Kind::NoSuchTask, .ref = ref}};
    if (graph.nodes[size_t(node)].role == Graph::Role::Strip) { // one cell of it: as a box, it has a state of its own
        const Graph spread = graphOf(execution, {.spread = {graph.nodes[size_t(node)].id}});
        return blockedBy(execution, spread, spread.findRef(ref));
    }
    return blockedBy(execution, graph, node);
}

std::vector<Blockage> blockedBy(const Execution &execution, const Graph &graph, int node) { return Inquiry(execution, graph).ask(node); }

QString sentence(const Blockage &blockage, const QDateTime &now)
{
    const QString ref = harmless(blockage.ref, 60);
    switch (blockage.kind) {
    case Kind::Tasks:
        return u"%1 waits for %2"_s.arg(ref, listed(blockage.refs));
    case Kind::Worker:
        return u"%1 is in the queue %2: no worker has taken it%3"_s.arg(ref, harmless(blockage.queue, 60), forSince(blockage.since, now));
    case Kind::RetryDelay:
        return blockage.until > now ? u"%1 is tried again in %2"_s.arg(ref, shortSpan(now, blockage.until)) : u"%1 is due to be tried again"_s.arg(ref);
    case Kind::Timer:
        return blockage.until > now ? u"%1 waits another %2"_s.arg(ref, shortSpan(now, blockage.until)) : u"%1 is due"_s.arg(ref);
    case Kind::Person:
        return u"%1 waits for a person%2"_s.arg(ref, forSince(blockage.since, now));
    case Kind::Signal:
        return u"%1 waits to be completed by a signal%2"_s.arg(ref, forSince(blockage.since, now));
    case Kind::Work:
        return u"%1 is being worked on%2"_s.arg(ref, forSince(blockage.since, now));
    case Kind::ChildRun:
        return u"%1 waits for its sub-workflow %2%3"_s.arg(ref, harmless(blockage.childId, 60), forSince(blockage.since, now));
    case Kind::Paused:
        return u"the run is paused; resume it to go on"_s;
    case Kind::Failed:
        return u"%1 did not succeed"_s.arg(ref);
    case Kind::Ended:
        return u"the run has ended before %1"_s.arg(ref);
    case Kind::NotTaken:
        return u"%1 lies in a case that was not taken"_s.arg(ref);
    case Kind::UnknownRefs:
        return u"%1 waits in vain for %2, which no task is called"_s.arg(ref, listed(blockage.refs));
    case Kind::Unreachable:
        return u"nothing leads to %1"_s.arg(ref);
    case Kind::NoSuchTask:
        break;
    }
    return u"there is no task %1"_s.arg(ref);
}

} // namespace conductor
