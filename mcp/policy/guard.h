// The last look before a request leaves: what the freeze forbids now is not sent, whichever tool it comes from and however far
// that tool had got.
#pragma once

#include "conductor/api/transport.h"
#include "mcp/policy/freeze.h"

namespace mcp {

// A decorator. Refuses with Validation and the sentence of refusal().
std::shared_ptr<conductor::Transport> guarded(std::shared_ptr<conductor::Transport> transport, std::shared_ptr<FreezeFile> freeze);

} // namespace mcp
