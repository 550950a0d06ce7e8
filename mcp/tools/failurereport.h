// Why an execution failed: through its sub-workflows to the innermost reason, with what led there and the call that puts it right.
#pragma once

#include "conductor/api/client.h"
#include "mcp/server/tool.h"

#include <memory>

namespace mcp::tools {

// Of one that goes on, why an attempt failed that is being repeated, or what holds it up. At most 6,000 bytes of text.
conductor::Reply<Answer> failureOf(conductor::Client client, std::shared_ptr<const conductor::Execution> execution);

} // namespace mcp::tools
