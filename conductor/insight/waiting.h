// What the tasks of a run that were not reached wait for: other tasks, seen through forks, joins and switches.
#pragma once

#include "conductor/insight/progress.h"

namespace conductor {

struct WaitingGroup {
    QStringList tasks;    // that wait for the same, as in the attempts
    QStringList waitsFor; // tasks, in the order of the definition
};

// The first groups in the order of the definition. Of tasks that nothing open stands before there is none.
std::vector<WaitingGroup> waitingGroups(const Graph &graph, const Progress &progress, size_t most);

} // namespace conductor
