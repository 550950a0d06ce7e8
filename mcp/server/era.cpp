#include "mcp/server/era.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString versionKey = u"io.modelcontextprotocol/protocolVersion"_s;
const QString capabilitiesKey = u"io.modelcontextprotocol/clientCapabilities"_s;
const QString clientInfoKey = u"io.modelcontextprotocol/clientInfo"_s;
const QString serverInfoKey = u"io.modelcontextprotocol/serverInfo"_s;
const QString logLevelKey = u"io.modelcontextprotocol/logLevel"_s;

// What a client may keep: what we are and offer does not change while we run, what we read does.
std::optional<int> timeToLive(const QString &method)
{
    if (method == u"server/discover")
        return 3'600'000;
    if (method.endsWith(u"/list"))
        return 300'000;
    if (method == u"resources/read")
        return 0;
    return {};
}

RpcFailure malformed(const QString &why)
{
    return RpcFailure({RpcError::InvalidParams, u"_meta: "_s + why});
}

} // namespace

bool claimsModern(const QJsonObject &params)
{
    return params[u"_meta"].toObject().contains(versionKey);
}

RpcResult<Exchange> readClaim(const Message &request)
{
    const QJsonObject meta = request.params[u"_meta"].toObject();
    const QString version = meta[versionKey].toString();
    if (!meta[versionKey].isString())
        return malformed(u"\"%1\" must be a text"_s.arg(versionKey));
    if (!modernDates().contains(version))
        return RpcFailure({RpcError::UnsupportedVersion, u"Unsupported protocol version"_s,
                           QJsonObject{{u"supported"_s, QJsonArray::fromStringList(modernDates())}, {u"requested"_s, version}}});
    if (!meta[capabilitiesKey].isObject())
        return malformed(u"\"%1\" must be an object"_s.arg(capabilitiesKey));
    if (meta.contains(clientInfoKey) && !meta[clientInfoKey].isObject())
        return malformed(u"\"%1\" must be an object"_s.arg(clientInfoKey));
    const QString level = meta[logLevelKey].toString();
    if (meta.contains(logLevelKey) && severity(level) < 0)
        return malformed(u"\"%1\" must be one of the levels from debug to emergency"_s.arg(logLevelKey));
    return Exchange{.id = request.id,
                    .key = idKey(request.id),
                    .method = request.method,
                    .params = request.params,
                    .revision = Revision::R2026_07_28,
                    .capabilities = meta[capabilitiesKey].toObject(),
                    .logLevel = level};
}

QJsonObject clientInfoOf(const QJsonObject &params)
{
    return params[u"_meta"][clientInfoKey].toObject();
}

QJsonObject modernResult(QJsonObject result, const QString &method)
{
    if (!result.contains(u"resultType"))
        result[u"resultType"] = u"complete"_s;
    QJsonObject meta = result[u"_meta"].toObject();
    meta[serverInfoKey] = QJsonObject{{u"name"_s, u"conductor"_s}, {u"version"_s, QStringLiteral(COMPANION_VERSION)}};
    result[u"_meta"] = meta;
    if (const std::optional<int> ttl = timeToLive(method); ttl && result[u"resultType"] == u"complete"_s) {
        result[u"ttlMs"] = *ttl;
        result[u"cacheScope"] = method == u"resources/read" ? u"private"_s : u"public"_s;
    }
    return result;
}

int severity(QStringView level)
{
    static constexpr std::array<QStringView, 8> levels{u"debug", u"info", u"notice", u"warning", u"error", u"critical", u"alert", u"emergency"};
    const auto found = std::find(levels.begin(), levels.end(), level);
    return found == levels.end() ? -1 : int(found - levels.begin());
}

} // namespace mcp
