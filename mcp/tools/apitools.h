// Tools that follow the server's own OpenAPI document, for all that has no tool of its own.
#pragma once

#include "mcp/server/backend.h"

namespace mcp::tools {

Tool listApiEndpoints(std::shared_ptr<Backend> backend);     // apireading.cpp
Tool getApiEndpointSchema(std::shared_ptr<Backend> backend);
Tool invokeApiEndpoint(std::shared_ptr<Backend> backend);    // apiinvocation.cpp

} // namespace mcp::tools
