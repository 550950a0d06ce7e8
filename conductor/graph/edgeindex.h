// The edges of a graph by the node they lead to. Built once per question; points into the graph, which has to outlive it.
#pragma once

#include "conductor/graph/graph.h"

#include <span>
#include <vector>

namespace conductor {

class EdgeIndex
{
public:
    explicit EdgeIndex(const Graph &graph);

    std::span<const int> into(int node) const { return {m_edges.data() + m_first[size_t(node)], size_t(m_first[size_t(node) + 1] - m_first[size_t(node)])}; }

    // The nodes a node waits for, through merges; without the way back of a loop and branches its join does not list.
    std::vector<int> before(int node) const;

    // Nodes that the flow can come to; what stands behind a TERMINATE is not among them.
    std::vector<bool> reachable() const;

private:
    const Graph &m_graph;
    std::vector<int> m_first; // by node, into m_edges; one more at the end
    std::vector<int> m_edges;
};

} // namespace conductor
