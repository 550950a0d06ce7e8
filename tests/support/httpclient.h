// An AI client that speaks MCP over HTTP to a running server, in either era.
#pragma once

#include "support/httpcaller.h"

namespace support {

class HttpClient
{
public:
    HttpClient(quint16 port, const QByteArray &token);

    // By handshake: the revision that was agreed upon; then requests of that session. The result of each, empty for an error.
    QString shakeHands(const QString &name);
    QJsonObject ask(const QString &method, const QJsonObject &params = {});
    QJsonObject call(const QString &tool, const QJsonObject &arguments = {});

    // A tool's call of revision 2026-07-28, which needs no handshake, by a client of that name.
    QJsonObject callModern(const QString &name, const QString &tool, const QJsonObject &arguments = {});

    int lastStatus() const { return m_lastStatus; } // of HTTP; 0: no answer came
    QByteArray get(const QByteArray &path);

private:
    QJsonObject post(const QString &method, const QJsonObject &params, const HttpCaller::Headers &headers);

    HttpCaller m_caller;
    HttpCaller::Headers m_headers;
    int m_lastId = 0;
    int m_lastStatus = 0;
};

} // namespace support
