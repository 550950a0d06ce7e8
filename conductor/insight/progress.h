// How far a run is: what is done, at work, waiting and still to come, and why. Pure functions of an execution and the time.
#pragma once

#include "conductor/graph/graph.h"

#include <vector>

namespace conductor {

// Numbers of tasks. Forks, joins, switches and loops are not tasks; a loop's body counts once, in its newest turn; a dynamic
// fork counts what it spawned. Tasks in cases that were not taken, or that nothing leads to, are not among the total.
struct TaskCounts {
    int total = 0;
    int done = 0;           // with those below it
    int doneWithErrors = 0; // optional and failed
    int skipped = 0;
    int running = 0;
    int queued = 0;
    int waiting = 0; // for a person, a signal, a time
    int retrying = 0;
    int blocked = 0; // not reached, of a run that goes on
    int failed = 0;  // also timed out
    int canceled = 0;
    int notReached = 0; // of a run that has ended
    int undecided = 0;  // in cases of switches that have not chosen yet; not among the total

    bool operator==(const TaskCounts &) const = default;
};

struct TaskProgress {
    QString id;  // of the graph's node, or of a strip's cell
    QString ref; // as in the attempts
    Graph::State state = Graph::State::Planned;
    QStringList waitsFor; // blocked: the tasks right before it that have not ended
    int attempt = 0;      // 2 of
    int attempts = 0;     // 4
    QDateTime since;      // queued, started
    QDateTime due;        // a retry or a wait
    QString reason;       // why it failed, or the attempt before it
};

struct Progress {
    ExecutionStatus status = ExecutionStatus::Unknown;
    qint64 elapsedMs = 0;
    TaskCounts tasks;               // all
    TaskCounts workers;             // of those, the ones that workers do: the agents
    bool isOpenEnded = false;       // a dynamic fork has not said yet what it spawns: the total will grow
    std::vector<TaskProgress> open; // at work, queued, waiting, retrying, failed, then blocked; in the order of the definition
};

Progress progressOf(const Execution &execution, const QDateTime &now);
Progress progressOf(const Execution &execution, const Graph &graph, const QDateTime &now);

// "8 of 22 done, 3 running, 2 queued, 1 retrying in 9 min (build_api), 8 blocked"
QString sentence(const Progress &progress, const QDateTime &now);

} // namespace conductor
