// Calls of the audit as files that other programs read: a JSON object a line, or a table for spreadsheets.
#pragma once

#include "mcp/audit/entry.h"

#include <QJsonObject>

namespace mcp {

// The outcome; of a call without an end "running" while its process lives, else "unknown".
QString outcomeOf(const AuditEntry &call);

QJsonObject jsonOf(const AuditEntry &call);

// Each with its line break. What a terminal would act on is escaped; a spreadsheet takes no cell for a formula.
QByteArray jsonLine(const AuditEntry &call);
QByteArray csvHeader();
QByteArray csvLine(const AuditEntry &call);

} // namespace mcp
