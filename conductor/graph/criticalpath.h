// The chain of attempts that made a run take as long as it did: shorten one of these and the run is shorter.
#pragma once

#include "conductor/model/execution.h"

#include <vector>

namespace conductor {

struct CriticalStep {
    QString ref; // as in the attempts
    QString taskId;
    int retryCount = 0;
    QDateTime scheduled;
    QDateTime ended; // now, for one that is not over
    bool isOpen = false;
    qint64 idleMs = 0;  // between the end of the step before and being scheduled: the server's own time
    qint64 delayMs = 0; // of a retry, on purpose
    qint64 queueMs = 0; // until a worker took it
    qint64 workMs = 0;
};

struct CriticalPath {
    std::vector<CriticalStep> steps; // in order
    qint64 totalMs = 0;              // from the first scheduled to the last end
    qint64 idleMs = 0;
    qint64 delayMs = 0;
    qint64 queueMs = 0;
    qint64 workMs = 0;
};

// By the times of the attempts and the edges of the definition. Forks, joins, switches and loops take no time of their own;
// what they hold does. Of a run that goes on, the path to the task that has been open the longest.
CriticalPath criticalPath(const Execution &execution, const QDateTime &now);

} // namespace conductor
