// How far AI clients may go, as the tray and the sidebar offer it.
#pragma once

#include "mcp/policy/freeze.h"

namespace app {

using Freeze = mcp::Freeze;

} // namespace app
