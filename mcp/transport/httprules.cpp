#include "mcp/transport/httprules.h"

#include "mcp/protocol/revision.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString claimKey = u"io.modelcontextprotocol/protocolVersion"_s;

// What a header says, its wrapping for other bytes than ASCII undone; nothing when that is broken or missing where it is needed.
std::optional<QString> plainValue(const QByteArray &value)
{
    if (!std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c < 0x7f; }))
        return {};
    if (!value.startsWith("=?base64?") || !value.endsWith("?=") || value.size() < 11)
        return QString::fromUtf8(value);
    const QByteArray encoded = value.sliced(9, value.size() - 11);
    const QByteArray decoded = QByteArray::fromBase64(encoded);
    return decoded.toBase64() == encoded ? std::optional(QString::fromUtf8(decoded)) : std::nullopt; // its padding too
}

std::optional<HttpAnswer> mismatch(const Message &message, const QString &why)
{
    return refused(400, RpcError{RpcError::HeaderMismatch, why}, message.id);
}

// The part of the parameters that Mcp-Name repeats; empty for methods that have none.
QStringView namedIn(const QString &method)
{
    if (method == u"tools/call" || method == u"prompts/get")
        return u"name";
    if (method == u"resources/read")
        return u"uri";
    return method.startsWith(u"tasks/") ? QStringView(u"taskId") : QStringView();
}

bool says(const QString &text, const QJsonValue &argument)
{
    bool isNumber = false;
    if (argument.isBool())
        return text == (argument.toBool() ? u"true" : u"false");
    if (argument.isDouble())
        return text.toDouble(&isNumber) == argument.toDouble() && isNumber;
    return argument.isString() && text == argument.toString();
}

} // namespace

std::optional<HttpAnswer> formRefusal(const HttpRequest &request)
{
    const QByteArray type = request.header("content-type").split(';')[0];
    if (type.trimmed().toLower() != "application/json")
        return refused(415, u"Send messages as Content-Type: application/json"_s);
    if (!request.accepts("application/json") || !request.accepts("text/event-stream"))
        return refused(406, u"An answer may be either: send Accept: application/json, text/event-stream"_s);
    return {};
}

std::optional<HttpAnswer> versionRefusal(const HttpRequest &request, const Message &message)
{
    if (!request.has("mcp-protocol-version"))
        return {};
    const QString version = QString::fromUtf8(request.header("mcp-protocol-version"));
    if (handshakeRevision(version))
        return {};
    if (!modernDates().contains(version))
        return refused(400, RpcError{RpcError::InvalidRequest, u"MCP-Protocol-Version: this server speaks %1"_s.arg((handshakeDates() + modernDates()).join(u", "_s))}, message.id);
    if (message.method == u"initialize")
        return mismatch(message, u"MCP-Protocol-Version names a revision that has no initialize"_s);
    return refused(400, RpcError{RpcError::InvalidParams, u"params._meta lacks \"%1\", which MCP-Protocol-Version says is there"_s.arg(claimKey)}, message.id);
}

std::optional<HttpAnswer> mirrorRefusal(const HttpRequest &request, const Message &message)
{
    const QJsonValue claim = message.params[u"_meta"][claimKey];
    if (!claim.isString())
        return {};
    if (QString::fromUtf8(request.header("mcp-protocol-version")) != claim.toString())
        return mismatch(message, u"MCP-Protocol-Version must be there and equal to params._meta[\"%1\"]"_s.arg(claimKey));
    if (plainValue(request.header("mcp-method")) != message.method)
        return mismatch(message, u"Mcp-Method must be there and equal to \"method\""_s);
    const QStringView named = namedIn(message.method);
    if (named.isEmpty() || !message.params[named].isString())
        return {};
    if (!request.has("mcp-name") || plainValue(request.header("mcp-name")) != message.params[named].toString())
        return mismatch(message, u"Mcp-Name must be there and equal to params.%1"_s.arg(named));
    return {};
}

std::optional<HttpAnswer> paramRefusal(const HttpRequest &request, const Message &message, const QJsonObject &inputSchema)
{
    const QJsonObject properties = inputSchema[u"properties"].toObject();
    const QJsonObject arguments = message.params[u"arguments"].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QString mirror = it.value()[u"x-mcp-header"].toString();
        if (mirror.isEmpty())
            continue;
        const QByteArray header = "mcp-param-" + mirror.toLatin1().toLower();
        const QJsonValue argument = arguments[it.key()];
        const bool given = !argument.isUndefined() && !argument.isNull();
        const std::optional<QString> said = plainValue(request.header(header));
        if (given != request.has(header) || (given && (!said || !says(*said, argument))))
            return mismatch(message, u"Mcp-Param-%1 must be there and equal to the argument \"%2\", or neither"_s.arg(mirror, it.key()));
    }
    return {};
}

int statusOf(int rpcCode)
{
    if (rpcCode == RpcError::MethodNotFound)
        return 404;
    if (rpcCode == RpcError::InternalError)
        return 500;
    const bool ofTheProtocol = rpcCode >= -32099 && rpcCode <= -32020;
    return ofTheProtocol || rpcCode == RpcError::InvalidParams || rpcCode == RpcError::InvalidRequest || rpcCode == RpcError::ParseError ? 400 : 200;
}

bool isAnswer(const QByteArray &line)
{
    int depth = 0;
    qsizetype textAt = -1;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == '"') {
            textAt = i + 1;
            for (++i; i < line.size() && line[i] != '"'; ++i)
                i += line[i] == '\\';
            const QByteArrayView text = QByteArrayView(line).sliced(textAt, std::min(i, line.size()) - textAt);
            const bool key = depth == 1 && i + 1 < line.size() && line[i + 1] == ':';
            if (key && (text == "result" || text == "error"))
                return true;
            if (key && text == "method")
                return false;
        }
    }
    return false;
}

} // namespace mcp
