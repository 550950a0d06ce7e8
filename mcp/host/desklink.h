// A server's link to the companion's desk, whenever one is there: it tells who its client is and how many calls it made. The
// companion may come later or again; the server never waits for it.
#pragma once

#include "mcp/host/rendezvous.h"
#include "mcp/policy/desk.h"
#include "mcp/server/session.h"
#include "mcp/transport/link.h"

#include <QDateTime>
#include <QHash>
#include <QPointer>
#include <QPromise>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

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

    // As of Desk. Both knock at once when there is no link yet.
    conductor::Reply<bool> isThere();
    conductor::Reply<Decision> ask(const ApprovalRequest &request, std::stop_token stop);

private:
    struct Question {
        QPromise<conductor::Result<Decision>> promise;
        QByteArray line;
        bool sent = false;
        std::optional<std::stop_callback<std::function<void()>>> stopped;
    };

    void tellOf(const ClientIdentity &client);
    void count(const Dispatcher::Outcome &outcome);
    void knock();
    void welcome(std::shared_ptr<QLocalSocket> socket, const QByteArray &early);
    void lose();
    void report();
    void hear(const QByteArray &line);
    void put(quint64 number);
    void withdraw(quint64 number, const QString &why);
    void finish(quint64 number, conductor::Result<Decision> result);
    void tellWhoWonders(bool there);

    Hello m_hello;
    QString m_path;
    DeskReport m_report;
    QDateTime m_lastHeard;
    int m_sessions = 0;
    std::unique_ptr<Link> m_link;
    std::unique_ptr<Knock> m_knock;
    QTimer m_again;
    QTimer m_soon; // many calls make few reports
    std::vector<QPromise<conductor::Result<bool>>> m_wondering; // whether a companion is there
    std::map<quint64, Question> m_questions;
    quint64 m_lastQuestion = 0;
};

// The desk of a process: each session's own link, or that of its client.
class SessionDesks : public Desk
{
public:
    void add(const Session *session, DeskLink *link);
    void remove(const QObject *session) { m_links.remove(session); } // of a link that lives on
    conductor::Reply<bool> isThere(const QObject *caller) override;
    conductor::Reply<Decision> ask(const QObject *caller, ApprovalRequest request, std::stop_token stop) override;

private:
    QHash<const QObject *, QPointer<DeskLink>> m_links;
};

// What goes over a desk link besides reports. From the server: a question, or that one is taken back ("timed out" when nobody
// answered it in time). From the companion: the decision.
QByteArray questionLine(quint64 number, const ApprovalRequest &request);
QByteArray withdrawalLine(quint64 number, const QString &why);
QByteArray decisionLine(quint64 number, Decision decision);

} // namespace mcp
