// All tools of conductor-mcp.
#pragma once

#include "mcp/server/backend.h"
#include "mcp/server/toolregistry.h"

#include <memory>

namespace mcp::tools {

// In the order clients see them: what is used most comes first.
std::shared_ptr<const ToolRegistry> catalogue(std::shared_ptr<Backend> backend);

// The same tools for whoever only asks what a call would do; their calls fail.
std::shared_ptr<const ToolRegistry> catalogueOfEffects();

} // namespace mcp::tools
