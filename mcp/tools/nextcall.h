// Which call of a tool makes sense after looking at an execution, with its arguments.
#pragma once

#include "conductor/insight/explanation.h"
#include "conductor/insight/progress.h"

namespace mcp::tools {

// Empty when there is nothing to do but wait or look closer.
QString nextCall(const conductor::Execution &execution, const conductor::Progress &progress);

// What puts a failed run right. root: the run that was asked about; failed: the one that holds the failing task, the root itself
// or one of its sub-workflows.
QString recoveryCall(const conductor::Explanation &explanation, const conductor::Execution &root, const conductor::Execution &failed);

} // namespace mcp::tools
