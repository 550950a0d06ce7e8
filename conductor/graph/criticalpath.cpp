#include "conductor/graph/criticalpath.h"

#include "conductor/graph/attempts.h"
#include "conductor/graph/edgeindex.h"

#include <algorithm>
#include <compare>
#include <limits>
#include <set>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using Role = Graph::Role;
using Node = Graph::Node;

bool isStructure(TaskKind kind)
{
    return kind == TaskKind::Fork || kind == TaskKind::DynamicFork || kind == TaskKind::Join || kind == TaskKind::ExclusiveJoin || kind == TaskKind::Switch
        || kind == TaskKind::DoWhile;
}

class Tracer
{
public:
    Tracer(const Execution &execution, const QDateTime &now)
        : m_execution(execution)
        , m_now(now)
        , m_graph(graphOf(execution, {.stripAbove = std::numeric_limits<int>::max()})) // every branch a node of its own
        , m_edges(m_graph)
        , m_attempts(execution)
    {
        for (size_t i = 0; i < m_graph.nodes.size(); ++i) {
            if (m_graph.nodes[i].role != Role::Merge)
                m_nodes.insert(m_graph.nodes[i].ref, int(i));
        }
    }

    CriticalPath trace()
    {
        const TaskAttempt *attempt = last();
        std::vector<const TaskAttempt *> chain;
        std::set<const TaskAttempt *> seen;
        while (attempt && seen.insert(attempt).second) {
            chain.push_back(attempt);
            attempt = before(*attempt);
        }
        std::reverse(chain.begin(), chain.end());

        CriticalPath path;
        QDateTime previousEnd;
        for (const TaskAttempt *each : chain) {
            CriticalStep step = stepOf(*each);
            step.idleMs = previousEnd.isValid() ? std::max<qint64>(0, previousEnd.msecsTo(step.scheduled)) : 0;
            previousEnd = step.ended;
            path.idleMs += step.idleMs;
            path.delayMs += step.delayMs;
            path.queueMs += step.queueMs;
            path.workMs += step.workMs;
            path.steps.push_back(std::move(step));
        }
        if (!path.steps.empty())
            path.totalMs = std::max<qint64>(0, path.steps.front().scheduled.msecsTo(path.steps.back().ended));
        return path;
    }

private:
    QDateTime endOf(const TaskAttempt &attempt) const { return attempt.ended.isValid() ? attempt.ended : m_now; }

    CriticalStep stepOf(const TaskAttempt &attempt) const
    {
        CriticalStep step;
        step.ref = attempt.ref;
        step.taskId = attempt.id;
        step.retryCount = attempt.retryCount;
        step.scheduled = attempt.scheduled;
        step.ended = endOf(attempt);
        step.isOpen = !attempt.ended.isValid();
        // A task completed without being polled has no start: all of it counts as work.
        const QDateTime started = attempt.started.isValid()          ? attempt.started
            : step.isOpen && attempt.status == TaskStatus::Scheduled ? step.ended
                                                                     : attempt.scheduled;
        const qint64 wait = std::max<qint64>(0, attempt.scheduled.msecsTo(started));
        step.delayMs = std::min<qint64>(wait, qint64(attempt.startDelaySeconds) * 1000);
        step.queueMs = wait - step.delayMs;
        step.workMs = std::max<qint64>(0, started.msecsTo(step.ended));
        return step;
    }

    // Where the path ends: of a run that goes on, at what has been open the longest; else at what ended last.
    const TaskAttempt *last() const
    {
        const TaskAttempt *found = nullptr;
        const bool isOpen = !isTerminal(m_execution.status);
        for (const TaskAttempt &attempt : m_execution.attempts) {
            if (isStructure(attempt.kind()) || !attempt.scheduled.isValid() || attempt.retried)
                continue;
            const bool isCandidate = isOpen ? !isTerminal(attempt.status) : attempt.ended.isValid();
            if (isCandidate && (!found || (isOpen ? attempt.scheduled < found->scheduled : attempt.ended > found->ended)))
                found = &attempt;
        }
        return found;
    }

    const TaskAttempt *before(const TaskAttempt &attempt) const
    {
        const std::vector<const TaskAttempt *> &tries = m_attempts.at(attempt.ref);
        const auto own = std::find(tries.begin(), tries.end(), &attempt);
        if (own != tries.begin() && own != tries.end())
            return *(own - 1);
        const Attempts::Turned turned = Attempts::turned(attempt.ref);
        const auto node = m_nodes.contains(attempt.ref) ? m_nodes.constFind(attempt.ref) : m_nodes.constFind(turned.ref.toString());
        if (node == m_nodes.cend())
            return nullptr;
        return latestBefore(*node, turned.turn);
    }

    // A node in a turn of its loop: itself, or only what comes before it.
    struct Place {
        int node;
        int turn;
        bool isBefore;
        auto operator<=>(const Place &) const = default;
    };

    // Of all that come before the node, the attempt that ended last.
    const TaskAttempt *latestBefore(int node, int turn) const
    {
        const TaskAttempt *latest = nullptr;
        std::set<Place> seen;
        std::vector<Place> open{{node, turn, true}};
        while (!open.empty()) {
            const Place place = open.back();
            open.pop_back();
            if (!seen.insert(place).second)
                continue;
            if (place.isBefore)
                openBefore(place, open);
            else if (const TaskAttempt *attempt = attemptAt(place, open); attempt && (!latest || attempt->ended > latest->ended))
                latest = attempt;
        }
        return latest;
    }

    void openBefore(const Place &place, std::vector<Place> &open) const
    {
        const std::vector<int> previous = predecessors(place.node);
        for (const int each : previous)
            open.push_back({each, place.turn, false});
        const int parent = m_graph.nodes[size_t(place.node)].parent;
        if (!previous.empty() || parent < 0)
            return;
        const Node &container = m_graph.nodes[size_t(parent)];
        if (container.role != Role::Loop)
            open.push_back({parent, place.turn, true});
        else if (place.turn > 1)
            open.push_back({exitOf(container), place.turn - 1, false});
        else
            open.push_back({parent, Attempts::turned(container.runRef).turn, true});
    }

    // Its ended attempt; or nullptr, and what it stands for is opened.
    const TaskAttempt *attemptAt(const Place &place, std::vector<Place> &open) const
    {
        const Node &node = m_graph.nodes[size_t(place.node)];
        if (node.role == Role::Loop && !node.lanes.front().nodes.empty()) {
            open.push_back({exitOf(node), node.turns.empty() ? 1 : node.turns.back().number, false});
            return nullptr;
        }
        const TaskAttempt *attempt = isStructure(node.kind) || node.role == Role::Merge ? nullptr : m_attempts.newest(m_attempts.runRef(node.ref, place.turn));
        if (!attempt)
            open.push_back({place.node, place.turn, true}); // no time of its own, or in a case that was not taken in that turn
        return attempt && attempt->ended.isValid() ? attempt : nullptr;
    }

    // Where a loop's body ends.
    int exitOf(const Node &loop) const
    {
        const int last = loop.lanes.front().nodes.back();
        const int join = m_graph.nodes[size_t(last)].join;
        return join >= 0 ? join : last;
    }

    // Every edge but the way back: which case was taken differs from turn to turn, and the attempts tell.
    std::vector<int> predecessors(int node) const
    {
        std::vector<int> found;
        for (const int index : m_edges.into(node)) {
            if (m_graph.edges[size_t(index)].kind != Graph::Edge::Kind::LoopBack && m_graph.edges[size_t(index)].kind != Graph::Edge::Kind::Unawaited)
                found.push_back(m_graph.edges[size_t(index)].from);
        }
        return found;
    }

    const Execution &m_execution;
    const QDateTime m_now;
    const Graph m_graph;
    const EdgeIndex m_edges;
    const Attempts m_attempts;
    QHash<QString, int> m_nodes;
};

} // namespace

CriticalPath criticalPath(const Execution &execution, const QDateTime &now) { return Tracer(execution, now).trace(); }

} // namespace conductor
