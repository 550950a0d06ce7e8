// What is told about an execution: how far it is, what keeps it, what to call next. Pure functions of what is known of it.
#pragma once

#include "conductor/model/execution.h"
#include "mcp/server/tool.h"
#include "mcp/tools/earlierruns.h"

#include <memory>

namespace mcp::tools {

// An execution and what is known of it beyond itself.
struct Situation {
    std::shared_ptr<const conductor::Execution> execution;
    QDateTime now;
    QHash<QString, QDateTime> lastPolls = {}; // of queues that were asked; invalid: nobody has ever polled it
    EarlierRuns earlier = {};
};

// At most 3,000 bytes for a run of some dozens of tasks and 6,000 for any, with the data and the text together.
Answer summaryOf(const Situation &situation);

// The same for a swarm of agents: who is done, at work, blocked by whom.
Answer swarmOf(const Situation &situation);

// One line, for a list of several.
QString lineOf(const Situation &situation);

} // namespace mcp::tools
