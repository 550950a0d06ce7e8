// What assistive technology sees of a GraphView: a list, one item per node, in reading order.
#pragma once

namespace app {

class GraphView;

void installGraphAccessibility();                       // once per program; more often does no harm
void graphAccessibilityChanged(GraphView *view);        // another graph is shown
void graphFocusChanged(GraphView *view, int node);      // -1: no node is selected
void forgetGraphAccessibility(GraphView *view);

} // namespace app
