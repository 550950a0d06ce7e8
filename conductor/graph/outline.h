// A graph as an ordered list of sentences: for screen readers, and wherever a picture cannot go.
#pragma once

#include "conductor/graph/graph.h"

#include <vector>

namespace conductor {

struct OutlineLine {
    QString id;    // of the node
    int node = -1; // in the graph
    int depth = 0; // how many forks, switches and loops it lies in
    QString text;  // "build_api, agent_build: retrying, attempt 2 of 4, due in 9 min"
};

// In reading order: what is before comes first, the branches of a fork one after the other. now: for "running for 2 min".
std::vector<OutlineLine> outline(const Graph &graph, const QDateTime &now);

// One node's sentence.
QString sentence(const Graph &graph, const Graph::Node &node, const QDateTime &now);

} // namespace conductor
