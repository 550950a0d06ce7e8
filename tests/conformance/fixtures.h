// What the official conformance suite expects a server to offer, as tools of ours: the program around them is the fixture server.
#pragma once

#include "mcp/server/toolregistry.h"

namespace fixtures {

std::shared_ptr<mcp::ToolRegistry> tools();

} // namespace fixtures
