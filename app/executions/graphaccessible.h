// What assistive technology sees of a GraphView: a list, one item per node, in reading order.
#pragma once

namespace app {

class GraphView;

void installGraphAccessibility();                  // once per program; more often does no harm
void announceGraph(GraphView *view);               // another graph is shown
void announceSelection(GraphView *view, int node); // -1: no node is selected

} // namespace app
