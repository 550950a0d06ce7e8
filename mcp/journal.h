// What a process tells of itself while it runs: messages from a level on, redacted, to standard error or a file of mode 0600.
#pragma once

#include "conductor/base/result.h"
#include "mcp/server/dispatcher.h"

#include <QString>

namespace mcp {

// level: "debug", "info", "warning" (when empty) or "error". file: appended to; empty is standard error. For the whole process;
// changes nothing when both are empty.
// Errors: Validation when the file cannot be written.
conductor::Result<conductor::Done> beginJournal(const QString &level, const QString &file);

// A line at level info.
void noteCall(const Dispatcher::Outcome &outcome);

} // namespace mcp
