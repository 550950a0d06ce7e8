// A server's link to the companion's desk, whenever one is there: it tells who its client is and how many calls it made. The
// companion may come later or again; the server never waits for it.
#pragma once

#include "mcp/host/rendezvous.h"
#include "mcp/server/session.h"
#include "mcp/transport/link.h"

#include <QDateTime>
#include <QTimer>

#include <memory>
#include <optional>

namespace mcp {

// What a server reports; the whole of it each time.
struct DeskReport {
    ClientIdentity client;
    QDateTime since;
    qint64 calls = 0;
    qint64 errors = 0;
    QDateTime lastCall;

    QByteArray toLine() const;
    static std::optional<DeskReport> fromLine(const QByteArray &line);
};

class DeskLink : public QObject
{
    Q_OBJECT

public:
    explicit DeskLink(Hello hello, QObject *parent = nullptr);
    ~DeskLink() override;

    // Tells of this session's client and its calls, as long as both are there. Begins after the client has said who it is:
    // start-up is not the time. A client without sessions has one for each of its requests.
    void join(Session *session, Dispatcher *dispatcher);

    int sessions() const { return m_sessions; }
    QDateTime lastHeard() const { return m_lastHeard; } // of any of them

private:
    void tellOf(const ClientIdentity &client);
    void count(const Dispatcher::Outcome &outcome);
    void knock();
    void report();

    Hello m_hello;
    QString m_path;
    DeskReport m_report;
    QDateTime m_lastHeard;
    int m_sessions = 0;
    std::unique_ptr<Link> m_link;
    std::unique_ptr<Knock> m_knock;
    QTimer m_again;
    QTimer m_soon; // many calls make few reports
};

} // namespace mcp
