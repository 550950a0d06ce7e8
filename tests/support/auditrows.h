// What stands in an audit's file, and a hand that changes it behind the audit's back.
#pragma once

#include "mcp/audit/store.h"

namespace support {

QList<mcp::AuditEntry> auditRows(const QString &path = mcp::AuditStore::standardPath());
QList<mcp::AuditEntry> auditedCalls(const QString &path = mcp::AuditStore::standardPath());
bool tamper(const QString &path, const QString &statement);

} // namespace support
