// All tools of conductor-mcp.
#pragma once

#include "mcp/policy/policy.h"
#include "mcp/server/backend.h"
#include "mcp/server/toolregistry.h"

#include <memory>

namespace mcp::tools {

// Those that the policy offers, in the order clients see them: what is used most comes first.
std::shared_ptr<const ToolRegistry> catalogue(std::shared_ptr<Backend> backend, const Policy &policy = {});

// The same for whoever only asks what a call would do; their calls fail.
std::shared_ptr<const ToolRegistry> catalogueOfEffects(const Policy &policy = {});

} // namespace mcp::tools
