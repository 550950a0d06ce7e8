// The seam to the person at this computer: the companion's approvals behind the desk link; scripted in tests.
#pragma once

#include "conductor/base/reply.h"
#include "mcp/policy/approval.h"

#include <stop_token>

namespace mcp {

class Desk
{
public:
    virtual ~Desk() = default;

    // Whether a companion is there to be asked; without one that is known within 250 ms. caller: whose call it is.
    virtual conductor::Reply<bool> isThere(const QObject *caller) = 0;

    // Stopped: the question is taken back. Errors: NotFound when no companion is there; Cancelled when stopped.
    virtual conductor::Reply<Decision> ask(const QObject *caller, ApprovalRequest request, std::stop_token stop) = 0;
};

} // namespace mcp
