// One session of Streamable HTTP, begun by initialize: gives each line of the Session to the request it belongs to, wherever its
// client listens. A connection that breaks cancels nothing. Owned by HttpSessions.
#pragma once

#include "mcp/server/session.h"
#include "mcp/transport/eventstream.h"

#include <QElapsedTimer>
#include <QSet>

#include <list>

namespace mcp {

class HttpSession : public QObject
{
    Q_OBJECT

public:
    HttpSession(QByteArray id, std::unique_ptr<Session> session, const HttpLimits &limits, QObject *parent = nullptr);
    ~HttpSession() override; // who still waits is told that the session has ended

    const QByteArray &id() const { return m_id; }

    void begin(const Message &initialize, HttpConnection *connection);
    int pending() const { return int(m_exchanges.size()); }
    bool hasBegun() const { return m_session->client() != ClientIdentity(); }

    void post(const Message &message, HttpConnection *connection);
    void postBatch(const QByteArray &body, const QList<Message> &requests, bool faulty, HttpConnection *connection);

    // The client listens for what belongs to no request, or resumes behind the event it names.
    void listen(const HttpRequest &request, HttpConnection *connection);

    void endListening(); // for what belongs to no request

    // Nothing on its way and nobody listening; for how long.
    bool isQuiet() const;
    qint64 quietMs() const { return m_quiet.elapsed(); }

private:
    // A POST whose answer is not complete.
    struct Exchange {
        std::unique_ptr<EventStream> stream;
        QSet<QByteArray> ids; // keys of the requests that have no answer yet
        bool batch = false;
    };
    using Exchanges = std::list<Exchange>;

    EventStream::Shape nextShape();
    void receive(const QByteArray &body, Exchange exchange);
    void route(const QByteArray &line, const QByteArray &request);
    void finish(Exchanges::iterator exchange, const QByteArray &line);
    void forget(const Message &cancelled);
    void trim();
    Exchanges::iterator exchangeOf(const QByteArray &line, const QByteArray &request);
    EventStream *streamNumbered(int number);

    QByteArray m_id;
    std::unique_ptr<Session> m_session;
    HttpLimits m_limits;
    Exchanges m_exchanges;
    Exchange *m_receiving = nullptr; // whose message the session is reading just now
    std::unique_ptr<EventStream> m_standalone; // for what belongs to no request
    std::list<std::unique_ptr<EventStream>> m_finished; // oldest first; can still be resumed
    int m_lastStream = 0;
    bool m_announced = false; // the client has been told the session's id
    QElapsedTimer m_quiet;
};

} // namespace mcp
