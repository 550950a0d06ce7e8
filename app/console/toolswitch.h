// Switches a tool on or off for all AI clients of a server: in the section "mcp" of its profile. What else stands there stays.
#pragma once

#include "conductor/profile/profilestore.h"
#include "mcp/policy/policy.h"

namespace app {

// What the profile allows now; all, when it is not there or its section does not fit.
mcp::Policy allowedBy(const conductor::ProfileStore &profiles, const QString &id);

// Errors: Validation when the section does not fit, and those of the store.
conductor::Result<conductor::Profile> switchTool(conductor::ProfileStore &profiles, const QString &id, const QString &tool, bool on);

} // namespace app
