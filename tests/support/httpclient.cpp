#include "support/httpclient.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace support {

HttpClient::HttpClient(quint16 port, const QByteArray &token)
    : m_caller(port)
    , m_headers{{"Authorization", QByteArray("Bearer " + token)}}
{
}

QString HttpClient::shakeHands(const QString &name)
{
    const QJsonObject result = ask(u"initialize"_s, {{u"protocolVersion"_s, u"2025-11-25"_s},
                                                     {u"capabilities"_s, QJsonObject()},
                                                     {u"clientInfo"_s, QJsonObject{{u"name"_s, name}, {u"version"_s, u"1"_s}}}});
    return result[u"protocolVersion"].toString();
}

QJsonObject HttpClient::ask(const QString &method, const QJsonObject &params)
{
    return post(method, params, m_headers);
}

QJsonObject HttpClient::call(const QString &tool, const QJsonObject &arguments)
{
    return ask(u"tools/call"_s, {{u"name"_s, tool}, {u"arguments"_s, arguments}, {u"_meta"_s, QJsonObject{{u"progressToken"_s, m_lastId}}}});
}

QJsonObject HttpClient::callModern(const QString &name, const QString &tool, const QJsonObject &arguments)
{
    const QJsonObject meta{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                           {u"io.modelcontextprotocol/clientCapabilities"_s, QJsonObject()},
                           {u"io.modelcontextprotocol/clientInfo"_s, QJsonObject{{u"name"_s, name}, {u"version"_s, u"1"_s}}}};
    const HttpCaller::Headers headers{m_headers[0], {"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/call"}, {"Mcp-Name", tool.toLatin1()}};
    return post(u"tools/call"_s, {{u"name"_s, tool}, {u"arguments"_s, arguments}, {u"_meta"_s, meta}}, headers);
}

QByteArray HttpClient::get(const QByteArray &path)
{
    return m_caller.ask("GET", path, {}, {m_headers[0]}).body;
}

QJsonObject HttpClient::post(const QString &method, const QJsonObject &params, const HttpCaller::Headers &headers)
{
    const QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, ++m_lastId}, {u"method"_s, method}, {u"params"_s, params}};
    HttpCaller::Answer answer = m_caller.ask("POST", "/mcp", QJsonDocument(message).toJson(QJsonDocument::Compact), headers);
    m_lastStatus = answer.status;
    if (answer.headers.contains("mcp-session-id"))
        m_headers << std::pair(QByteArray("Mcp-Session-Id"), answer.headers["mcp-session-id"]);
    if (answer.isStream())
        answer = m_caller.stream(99, 60000);
    const QJsonObject json = answer.isStream() ? answer.messages().value(answer.messages().size() - 1) : answer.json();
    return json[u"id"].toInt() == m_lastId ? json[u"result"].toObject() : QJsonObject();
}

} // namespace support
