// How the outcome and the effect of an AI client's call look and are called, wherever they are shown.
#pragma once

#include "app/look/statuslook.h"
#include "mcp/audit/entry.h"
#include "mcp/policy/effect.h"

namespace app {

StatusLook outcomeLook(const mcp::AuditEntry &call);
StatusLook outcomeLook(const QString &word); // "ok", "error", …

QString effectName(const QString &word); // "read" → "Reads", translated
QString effectName(mcp::Effect::Kind kind);

} // namespace app
