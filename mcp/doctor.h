// conductor-mcp doctor: tries the connection of a configuration step by step and says what to mend.
#pragma once

#include "conductor/api/probe.h"
#include "mcp/host/configuration.h"

namespace mcp {

// The report as text, for a terminal: each check with what was seen and how to mend it, then the verdict.
QString reportText(const conductor::ProbeReport &report);

// Prints what is checked and the report to the descriptor; answers the exit code: 0 when the server can be worked with, else 1.
conductor::Reply<int> examine(Configuration configuration, int out);

} // namespace mcp
