// The lines that belong to one request of a session, or to none, on their way to the client: as one JSON answer, or as a stream
// of events that the client can resume after a break. Owned by its HttpSession.
#pragma once

#include "mcp/transport/httpconnection.h"

#include <QPointer>

#include <deque>

namespace mcp {

class EventStream : public QObject
{
    Q_OBJECT

public:
    struct Shape {
        int number = 0;      // of the stream, within its session
        bool primed = false; // begins with an event without data, which gives the client an id to resume from
        bool polled = false; // is left after a while: its client comes back for the rest (SEP-1699)
    };

    EventStream(Shape shape, HttpConnection *connection, QObject *parent = nullptr);

    int number() const { return m_shape.number; }

    void announce(const QByteArray &name, const QByteArray &value); // a header, before anything is sent
    void open();                       // as a stream of events, from now on
    void send(const QByteArray &line); // something before the answer
    void answer(const QByteArray &line);
    void refuse(HttpAnswer answer); // instead of an answer, while there is no stream yet
    void end();                     // there will be no answer

    // Goes on at another connection behind the event that arrived last; false when what followed it is no longer kept.
    bool resume(HttpConnection *connection, qint64 last);
    bool isConnected() const { return m_connection && !m_connection->isGone(); }
    bool isEnded() const { return m_ended; }

    qsizetype kept() const { return m_kept; }
    void keepWithin(qsizetype bytes); // drops the oldest events, not the newest

private:
    struct Event {
        qint64 number;
        QByteArray line;
    };

    void leave();
    void close();
    void add(const QByteArray &line);
    QByteArray wireForm(qint64 number, const QByteArray &line) const;

    Shape m_shape;
    HttpHeaders m_headers;
    QPointer<HttpConnection> m_connection;
    QTimer m_soon; // then a stream is opened, so that a long call shows that it is alive
    QTimer m_turn; // then the connection is given back in the middle of the call
    std::deque<Event> m_events;
    qsizetype m_kept = 0; // bytes
    qint64 m_last = -1;   // number of the newest event
    bool m_opened = false;
    bool m_ended = false;
};

} // namespace mcp
