// Why a task does not run yet: what it waits for itself, and what that waits for in turn, down to what somebody can do something about.
#pragma once

#include "conductor/graph/graph.h"

#include <vector>

namespace conductor {

struct Blockage {
    enum class Kind {
        Tasks,       // refs have to end first
        Worker,      // it is in the queue; no worker has taken it
        RetryDelay,  // the next attempt is due at `until`
        Timer,       // a WAIT, over at `until`
        Person,      // a HUMAN task
        Signal,      // a WAIT that somebody has to complete
        Work,        // somebody is at it
        ChildRun,    // the sub-workflow childId is at it
        Paused,      // the run schedules nothing until it is resumed
        Failed,      // it failed; nothing comes after it
        Ended,       // the run has ended
        NotTaken,    // a switch chose another case
        UnknownRefs, // a join waits for references nobody has: for ever
        Unreachable, // nothing leads to it
        NoSuchTask,
    };

    Kind kind = Kind::Tasks;
    QString ref = {}; // the task this is about, as in the attempts
    QStringList refs = {};
    QDateTime until = {};
    QString queue = {};   // "domain:name"
    QDateTime since = {}; // queued or at work
    QString childId = {};
};

// The first is about the task itself, the others about what it waits for, nearest first. Empty: nothing keeps it; it is done.
// ref: as in the attempts ("sw__2"), or as in the definition.
std::vector<Blockage> blockedBy(const Execution &execution, const QString &ref);
std::vector<Blockage> blockedBy(const Execution &execution, const Graph &graph, int node);

// "waits for build_api", "retry due in 9 min", "queue agent_build: no worker has taken it for 2 min"
QString sentence(const Blockage &blockage, const QDateTime &now);

} // namespace conductor
