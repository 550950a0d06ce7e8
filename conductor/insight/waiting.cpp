#include "conductor/insight/waiting.h"

#include "conductor/graph/edgeindex.h"

#include <algorithm>

namespace conductor {
namespace {

using Role = Graph::Role;

constexpr size_t mostAwaited = 1000; // of one task

// The open tasks right before a node. Forks, joins and switches between are nothing one can do something about.
std::vector<int> awaitedBy(const Graph &graph, const EdgeIndex &edges, int node)
{
    std::vector<int> open{node};
    std::vector<int> found;
    QSet<int> seen;
    while (!open.empty() && found.size() < mostAwaited) {
        const int next = open.back();
        open.pop_back();
        std::vector<int> before = edges.before(next);
        for (int parent = graph.nodes[size_t(next)].parent; before.empty() && parent >= 0; parent = graph.nodes[size_t(parent)].parent)
            before = edges.before(parent); // the first in a loop waits for what the loop waits for
        for (const int previous : before) {
            const Graph::Node &one = graph.nodes[size_t(previous)];
            if (isPassed(one.state) || seen.contains(previous))
                continue;
            seen.insert(previous);
            const bool isWork = one.role == Role::Strip || one.role == Role::Loop
                || (one.role == Role::Task && one.kind != TaskKind::Join && one.kind != TaskKind::ExclusiveJoin);
            (isWork ? found : open).push_back(previous);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

QStringList refsOf(const Graph &graph, const std::vector<int> &nodes)
{
    QStringList refs;
    for (const int node : nodes) {
        const Graph::Node &one = graph.nodes[size_t(node)];
        if (one.role != Role::Strip)
            refs << one.runRef;
        for (const Graph::Cell &cell : one.cells) {
            if (!isPassed(cell.state))
                refs << cell.ref;
        }
    }
    return refs;
}

} // namespace

std::vector<WaitingGroup> waitingGroups(const Graph &graph, const Progress &progress, size_t most)
{
    struct Group {
        std::vector<int> nodes;
        QStringList tasks;
    };
    const EdgeIndex edges(graph);
    QHash<QStringView, int> byId; // the graph looks for one by one
    for (size_t i = 0; i < graph.nodes.size(); ++i)
        byId.insert(graph.nodes[i].id, int(i));
    std::vector<Group> groups;
    for (const TaskProgress &task : progress.open) {
        const int node = byId.value(task.id, -1);
        if (node < 0 || (task.state != Graph::State::Blocked && task.state != Graph::State::Planned))
            continue;
        const std::vector<int> awaited = awaitedBy(graph, edges, node);
        const auto known = std::find_if(groups.begin(), groups.end(), [&](const Group &group) { return group.nodes == awaited; });
        if (known != groups.end())
            known->tasks << task.ref;
        else if (!awaited.empty() && groups.size() < most)
            groups.push_back({awaited, {task.ref}});
    }
    std::vector<WaitingGroup> told;
    for (const Group &group : groups)
        told.push_back({group.tasks, refsOf(graph, group.nodes)});
    return told;
}

} // namespace conductor
