// What a client's model is told of the server before it calls anything.
#pragma once

#include "mcp/server/toolregistry.h"

namespace mcp {

// Of the tools there are. At most 1,500 characters, the most important first: clients cut it.
QString instructions(const ToolRegistry &tools);

} // namespace mcp
