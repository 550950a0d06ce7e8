// What makes a request modern (2026-07-28), and what its result has that those of the handshake revisions have not.
#pragma once

#include "mcp/protocol/message.h"
#include "mcp/protocol/revision.h"

#include <QJsonObject>

namespace mcp {

// One request of a client, whatever era it came in.
struct Exchange {
    QJsonValue id = QJsonValue::Undefined;
    QByteArray key = {}; // of the id
    QString method = {};
    QJsonObject params = {};
    Revision revision = newestHandshake;
    QJsonObject capabilities = {}; // the client's
    QString logLevel = {};         // the least that is told of this request; empty: nothing

    bool isModern() const { return mcp::isModern(revision); }
};

// True when the request claims a modern revision; the era is decided from the body alone.
bool claimsModern(const QJsonObject &params);

// What the claim says. Errors: InvalidParams for a malformed claim, UnsupportedVersion for a revision we do not serve.
RpcResult<Exchange> readClaim(const Message &request);
QJsonObject clientInfoOf(const QJsonObject &params); // of a claim; empty when the client does not say

// A result with what the modern era adds: its type, who answers, and for lists how long they may be kept.
QJsonObject modernResult(QJsonObject result, const QString &method);

// Also where a stream of the modern era is told of a subscription.
inline constexpr QStringView subscriptionIdKey = u"io.modelcontextprotocol/subscriptionId";

// Syslog's severities as the protocol names them; -1 for an unknown one.
int severity(QStringView level);

} // namespace mcp
