// How a state of the graph looks in a badge: the same words as in the graph, with icons of the one family.
#pragma once

#include "app/look/statuslook.h"
#include "conductor/graph/graph.h"

namespace app {

StatusLook stateLook(conductor::Graph::State state, const QString &serverWord = {});
StatusLook stateLook(const conductor::Graph::Node &node); // a person or a signal that is waited for needs you

} // namespace app
