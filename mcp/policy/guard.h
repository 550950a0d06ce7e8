// The last look before a request leaves: what freeze and policy forbid now is not sent, whichever tool it comes from and however far
// that tool had got.
#pragma once

#include "conductor/api/transport.h"
#include "mcp/policy/freeze.h"
#include "mcp/policy/policy.h"

namespace mcp {

// A decorator. Refuses with Validation and a sentence for the model.
std::shared_ptr<conductor::Transport> guarded(std::shared_ptr<conductor::Transport> transport, std::shared_ptr<FreezeFile> freeze,
                                               std::shared_ptr<const Policy> policy);

} // namespace mcp
