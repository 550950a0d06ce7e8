// A rehearsal of a workflow on the server: what does something is replaced by a task with a given output, so that only forks,
// switches, loops and scripts really run.
#pragma once

#include "conductor/api/client.h"
#include "mcp/server/tool.h"

#include <memory>

namespace mcp::tools {

// The definition with every task that works, waits or calls somebody turned into a SIMPLE one. A loop without any such task is
// turned into one itself: nothing else would bound it.
QJsonObject rehearsalOf(const conductor::WorkflowDefinition &definition);

// mocks: reference → output; {} for what is not named. The rehearsal is removed from the server afterwards.
conductor::Reply<Answer> dryRun(conductor::Client client, std::shared_ptr<const conductor::WorkflowDefinition> definition, QJsonObject input, QJsonObject mocks);

} // namespace mcp::tools
