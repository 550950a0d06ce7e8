// One POST of revision 2026-07-28: a message, what is told on the way, its answer. Stateless, with a Session of its own. A client
// that closes the connection cancels. Deletes itself when it is over; child of the HttpServer until then.
#pragma once

#include "mcp/server/session.h"
#include "mcp/transport/httpconnection.h"

#include <QPointer>

namespace mcp {

class HttpExchange : public QObject
{
    Q_OBJECT

public:
    HttpExchange(std::unique_ptr<Session> session, HttpConnection *connection, QObject *parent);
    ~HttpExchange() override;

    void begin(const Message &request);
    int pending() const { return m_session->pending(); } // a stream that only listens is none
    void endListening() { m_session->endListens(); }
    void end(); // no answer will come: we are ending

private:
    void take(const QByteArray &line);
    void openStream();
    void leave();

    std::unique_ptr<Session> m_session;
    QPointer<HttpConnection> m_connection;
    QTimer m_soon; // then a stream is opened, so that a long call shows that it is alive
    bool m_opened = false;
    bool m_over = false;
};

} // namespace mcp
