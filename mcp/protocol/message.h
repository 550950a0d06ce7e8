// JSON-RPC 2.0 as MCP uses it: what a line holds, and the lines we answer with.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>

#include <tl/expected.hpp>

namespace mcp {

// An error of the protocol itself. Whatever goes wrong within a tool is an answer with isError instead.
struct RpcError {
    enum Code {
        ParseError = -32700,
        InvalidRequest = -32600,
        MethodNotFound = -32601,
        InvalidParams = -32602,
        InternalError = -32603,
        ResourceNotFound = -32002,   // of the handshake revisions
        HeaderMismatch = -32020,     // these three of the modern era
        MissingCapability = -32021,
        UnsupportedVersion = -32022,
    };

    int code = InternalError;
    QString message;
    QJsonValue data = QJsonValue::Undefined;
};

template <typename T>
using RpcResult = tl::expected<T, RpcError>;
using RpcFailure = tl::unexpected<RpcError>;

struct Message {
    enum class Kind { Request, Notification, Response };

    Kind kind = Kind::Notification;
    QJsonValue id = QJsonValue::Undefined; // a text or a number; its type is kept
    QString method;
    QJsonObject params;
    QJsonObject json; // the whole message

    bool isError() const { return json.contains(QLatin1String("error")); }
};

// One JSON value of a line: an object, or an array for a batch. Errors: ParseError.
RpcResult<QJsonValue> parseLine(const QByteArray &line);

// Errors: InvalidRequest for what is no JSON-RPC message; its data is the id, as far as there is one to answer to.
RpcResult<Message> readMessage(const QJsonValue &json);

// An id as a key: a text and a number that look alike stay different.
QByteArray idKey(const QJsonValue &id);

QJsonObject requestJson(const QJsonValue &id, const QString &method, const QJsonObject &params);
QJsonObject notificationJson(const QString &method, const QJsonObject &params);
QJsonObject resultJson(const QJsonValue &id, const QJsonObject &result);
QJsonObject errorJson(const QJsonValue &id, const RpcError &error);

// Compact, without a line break within or behind it.
QByteArray toLine(const QJsonObject &json);
QByteArray toLine(const QJsonArray &json);

} // namespace mcp
