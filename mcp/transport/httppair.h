// A client of revision 2024-11-05 over HTTP: it listens at /sse for everything we say and posts its messages to the address it is
// told there. The session lasts as long as it listens. Owned by the HttpServer.
#pragma once

#include "mcp/server/session.h"
#include "mcp/transport/httpconnection.h"

#include <QPointer>

namespace mcp {

class HttpPair : public QObject
{
    Q_OBJECT

public:
    HttpPair(QByteArray id, std::unique_ptr<Session> session, HttpConnection *listening, QObject *parent = nullptr);
    ~HttpPair() override;

    const QByteArray &id() const { return m_id; }
    int pending() const { return m_session->pending(); }
    void post(const HttpRequest &request, HttpConnection *connection);
    void endListening(); // and with it all, once what was asked is done

Q_SIGNALS:
    void ended(); // nobody listens, and what was asked before is done: a break cancels nothing

private:
    void endIfDone();

    QByteArray m_id;
    std::unique_ptr<Session> m_session;
    QPointer<HttpConnection> m_listening;
};

} // namespace mcp
