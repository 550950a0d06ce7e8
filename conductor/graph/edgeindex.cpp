#include "conductor/graph/edgeindex.h"

#include <algorithm>

namespace conductor {

EdgeIndex::EdgeIndex(const Graph &graph)
    : m_graph(graph)
    , m_first(graph.nodes.size() + 1)
    , m_edges(graph.edges.size())
{
    for (const Graph::Edge &edge : graph.edges)
        ++m_first[size_t(edge.to) + 1];
    for (size_t i = 1; i < m_first.size(); ++i)
        m_first[i] += m_first[i - 1];
    std::vector<int> next(m_first.begin(), m_first.end() - 1);
    for (size_t i = 0; i < graph.edges.size(); ++i)
        m_edges[size_t(next[size_t(graph.edges[i].to)]++)] = int(i);
}

std::vector<int> EdgeIndex::before(int node) const
{
    std::vector<int> found;
    std::vector<int> open{node};
    while (!open.empty()) {
        const int to = open.back();
        open.pop_back();
        for (const int index : into(to)) {
            const Graph::Edge &edge = m_graph.edges[size_t(index)];
            const bool isFlow = edge.kind != Graph::Edge::Kind::LoopBack && edge.kind != Graph::Edge::Kind::Unawaited;
            if (!isFlow || edge.way == Graph::Edge::Way::NotTaken)
                continue;
            if (m_graph.nodes[size_t(edge.from)].role == Graph::Role::Merge)
                open.push_back(edge.from);
            else if (std::find(found.begin(), found.end(), edge.from) == found.end())
                found.push_back(edge.from);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<bool> EdgeIndex::reachable() const
{
    std::vector<bool> isReachable(m_graph.nodes.size());
    const auto isEntered = [&](int node) {
        const std::span<const int> edges = into(node);
        return std::any_of(edges.begin(), edges.end(), [&](int index) {
            const Graph::Edge &edge = m_graph.edges[size_t(index)];
            return edge.kind != Graph::Edge::Kind::LoopBack && isReachable[size_t(edge.from)];
        });
    };
    // Containers come before what they contain, and edges lead forward: one pass in order does.
    const int first = m_graph.top.empty() ? -1 : m_graph.top.front();
    for (size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const Graph::Node &node = m_graph.nodes[i];
        const Graph::Node *parent = node.parent >= 0 ? &m_graph.nodes[size_t(node.parent)] : nullptr;
        const bool isHeld = parent && (parent->role == Graph::Role::Loop || parent->role == Graph::Role::Grid) && isReachable[size_t(node.parent)];
        const bool isFirstHeld = isHeld && (parent->role == Graph::Role::Grid || parent->lanes.front().nodes.front() == int(i));
        isReachable[i] = int(i) == first || node.isReached() || isFirstHeld || isEntered(int(i));
    }
    return isReachable;
}

} // namespace conductor
