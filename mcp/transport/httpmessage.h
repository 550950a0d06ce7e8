// One HTTP request and its answer as values, between the connection that carries them and whoever answers. Owned by their holder.
#pragma once

#include "mcp/protocol/message.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace mcp {

using HttpHeaders = std::vector<std::pair<QByteArray, QByteArray>>;

struct HttpRequest {
    QByteArray method;
    QByteArray path; // as sent, without the query
    QByteArray query;
    HttpHeaders headers; // names in lower case, values trimmed
    QByteArray body;
    bool keepAlive = false;
    bool chunks = false; // the client understands chunks: HTTP/1.1

    bool has(QByteArrayView name) const;
    // The value; of several with ", " between them, so that a header that must be unique is then none that we accept.
    QByteArray header(QByteArrayView name) const;
    // Whether the answer may be of this type ("application/json"): Accept names it or a wildcard, or is missing.
    bool accepts(QByteArrayView type) const;
    QByteArray queryItem(QByteArrayView name) const;
};

struct HttpAnswer {
    int status = 200;
    QByteArray body = {};
    QByteArray contentType = QByteArrayLiteral("application/json");
    HttpHeaders headers = {};
    bool close = false; // the connection cannot go on
};

// A refusal as a JSON-RPC error. The id is left out when there is none to answer to: MCP knows no null.
HttpAnswer refused(int status, const RpcError &error, const QJsonValue &id = QJsonValue::Undefined);
HttpAnswer refused(int status, const QString &why); // InvalidRequest

// Status line and header fields, with the empty line behind them.
QByteArray headOf(int status, const HttpHeaders &headers);

} // namespace mcp
