// A call that waits for approval in words: who asks, what for, and how it stands. What came from AI clients and servers is harmless
// in it and capped; the caller still chooses plain text.
#pragma once

#include "app/look/statuslook.h"
#include "mcp/host/approvals.h"

#include <QString>
#include <QStringList>

namespace app {

QString whoAsks(const mcp::ApprovalRequest &request);       // "claude-code 2.1.197"
QString askedServer(const mcp::ApprovalRequest &request);   // "Payments EU"
QString verbAndObject(const mcp::ApprovalRequest &request); // "Terminate workflow: execution 4711"
QString effectInWords(mcp::Effect::Kind kind);              // "changes something for good, or ends it"
QStringList factsOf(const mcp::ApprovalRequest &request);   // a line each, all of them

bool isWaiting(const mcp::Approval &approval);
bool mayStillBeAllowed(const mcp::Approval &approval, const QDateTime &now); // for the next call that is exactly this one
bool isKeptForNextTime(const mcp::Approval &approval, const QDateTime &now); // it was

StatusLook approvalLook(const mcp::Approval &approval);
QString timeLeft(const mcp::Approval &approval, const QDateTime &now); // "38 s left", "9 min left"; empty when it is over
QString approvalInWords(const mcp::Approval &approval, const QDateTime &now); // a sentence or two: what was or may be done about it

QString remaining(const QDateTime &until, const QDateTime &now); // "38 s", "9 min"

} // namespace app
