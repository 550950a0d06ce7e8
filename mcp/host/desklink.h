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
    // Begins after the session's client has said who it is: start-up is not the time.
    DeskLink(Hello hello, Session *session, Dispatcher *dispatcher, QObject *parent = nullptr);
    ~DeskLink() override;

private:
    void knock();
    void report();

    Hello m_hello;
    QString m_path;
    DeskReport m_report;
    std::unique_ptr<Link> m_link;
    std::unique_ptr<Knock> m_knock;
    QTimer m_again;
    QTimer m_soon; // many calls make few reports
};

} // namespace mcp
