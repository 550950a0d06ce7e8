// Which executions a call was about: the ids in its arguments and in what its answer said was started.
#pragma once

#include "mcp/audit/entry.h"

#include <QStringList>

namespace mcp {

constexpr qsizetype mostTouched = 20; // more are not told

// In the order they appear, each once.
QStringList touchedRuns(const AuditEntry &call);

// The executions that an answer says it started or acted on, parted by blanks; for AuditEntry::detail.
QString runsIn(const QJsonObject &structured);

} // namespace mcp
