// What lies behind a failure, by rules that look at the evidence: nobody polls, a definition is missing, a ${…} came to nothing,
// timeouts contradict each other, an HTTP status, a script. Pure functions of the run and what else is known.
#pragma once

#include "conductor/insight/explanation.h"
#include "conductor/model/taskdefinition.h"

#include <optional>
#include <vector>

namespace conductor {

struct Cause {
    QString rule;     // a stable name: "no-poller"
    QString claim;    // what is wrong, in one sentence
    QString evidence; // what shows it, in the words of the run
    QString remedy;   // what to do
};

// What is known of the failing task beyond the run itself; unset: nobody asked, or nobody knows.
struct Clues {
    std::optional<QDateTime> lastPoll = {}; // of its queue; invalid: nobody has ever polled it
    std::optional<TaskDefinition> taskDefinition = {};
    bool taskDefinitionIsMissing = false;
};

// The most decisive first, three at most; empty when no rule fits: then the reason has to speak for itself.
std::vector<Cause> causesOf(const Execution &execution, const Explanation &failure, const Clues &clues = {});

} // namespace conductor
