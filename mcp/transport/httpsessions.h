// The sessions of Streamable HTTP by their ids: at most so many, ended when their clients are silent for too long. Owned by the
// HttpServer.
#pragma once

#include "mcp/transport/httpsession.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <unordered_map>

namespace mcp {

class HttpSessions : public QObject
{
    Q_OBJECT

public:
    using Factory = std::function<std::unique_ptr<Session>()>;

    HttpSessions(Factory factory, const HttpLimits &limits, QObject *parent = nullptr);
    ~HttpSessions() override;

    // A POST or its like at the endpoint, outside revision 2026-07-28.
    void post(const HttpRequest &request, const Message &message, HttpConnection *connection);
    void postBatch(const HttpRequest &request, const QJsonArray &elements, HttpConnection *connection);
    void listen(const HttpRequest &request, HttpConnection *connection);
    void end(const HttpRequest &request, HttpConnection *connection);
    void endAll() { m_sessions.clear(); }
    void endListening(); // for what belongs to no request

    int pending() const;
    qsizetype count() const { return qsizetype(m_sessions.size()); }

private:
    void begin(const Message &initialize, HttpConnection *connection);
    bool makeRoom();
    void endSilent();
    // The session that the request names; without one it is answered, with 400 or 404.
    HttpSession *sessionOf(const HttpRequest &request, HttpConnection *connection, const QJsonValue &id = QJsonValue::Undefined);

    Factory m_factory;
    HttpLimits m_limits;
    std::unordered_map<std::string, std::unique_ptr<HttpSession>> m_sessions;
    QTimer m_sweep;
};

// 128 random bits as 32 characters that no header and no address has to escape.
QByteArray randomId();

} // namespace mcp
