// What a call that changes something would meet on the server: for the person who is asked, and to notice that it changed while
// they thought. Reads only. Errors: as the server's.
#pragma once

#include "mcp/policy/approval.h"
#include "mcp/server/backend.h"

namespace mcp::tools {

// How far the executions of "workflow_ids" are; the first 20 are looked at.
conductor::Reply<Premise> executionsPremise(std::shared_ptr<Backend> backend, Call call);

// What storing "definition" replaces, how it differs, and what runs or starts it.
conductor::Reply<Premise> workflowPremise(std::shared_ptr<Backend> backend, Call call);
conductor::Reply<Premise> taskDefinitionPremise(std::shared_ptr<Backend> backend, Call call);

} // namespace mcp::tools
