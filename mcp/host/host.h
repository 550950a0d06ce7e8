// The companion's side of every AI client: takes in doors, gives each a supervised server, hears from servers on their own.
// Lives in a thread of its own, so that a busy window delays no call; talks to others by signals and queued calls only.
#pragma once

#include "mcp/audit/log.h"
#include "mcp/host/approvals.h"
#include "mcp/host/bridgedsession.h"
#include "mcp/host/httpsupervisor.h"
#include "mcp/host/rendezvous.h"
#include "mcp/host/sessioninfo.h"

#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>

#include <memory>

namespace mcp {

struct DeskReport;

class Host : public QObject
{
    Q_OBJECT

public:
    struct Setup {
        QString program;    // of conductor-mcp, absolute
        QString socketPath; // where to listen
    };

    explicit Host(Setup setup, QObject *parent = nullptr);
    ~Host() override;

public Q_SLOTS:
    void start();               // started() or failed() follows
    void stop();                // ends every child, lets go of every door; stopped() follows, after 5 s at the latest
    void endSession(QString id);
    void renewSession(QString id); // with the program as it is now, once no call is on its way
    void choose(QString approval, mcp::Approvals::Choice choice);
    void endGrants();
    void readLog(QString id);   // logRead() follows when there is such a session
    void serveHttp(QList<mcp::HttpWish> wishes); // these, and no others; once started
    void tryHttpAgain(QString profileId);        // after it failed

Q_SIGNALS:
    void started();
    void failed(conductor::Error error); // Conflict: another companion listens
    void stopped();
    void raiseAsked(); // somebody started the companion again
    void sessionChanged(mcp::SessionInfo session);
    void sessionEnded(QString id);
    void approvalChanged(mcp::Approval approval);
    void grantsChanged(QList<mcp::Approvals::Grant> grants);
    void logRead(QString id, QList<mcp::TrafficLine> traffic, QByteArray errorOutput);
    void httpChanged(mcp::HttpInfo server); // Off: it is no longer wanted, and gone

private:
    void admit(std::shared_ptr<QLocalSocket> socket, const Hello &hello, const QByteArray &early);
    void bridge(std::shared_ptr<QLocalSocket> socket, const Hello &hello, const QByteArray &early);
    void seat(std::shared_ptr<QLocalSocket> socket, const Hello &hello, const QByteArray &early);
    void heard(const QString &id, quint64 number, const QPointer<Link> &link, const QByteArray &line);
    void reported(const QString &id, const DeskReport &report);
    void keepAnswer(const BridgedSession &session, const QJsonObject &request, const QString &text);
    HttpSupervisor *supervisorOf(const QString &profileId);
    bool isIdle() const { return m_bridged.isEmpty() && m_http.isEmpty(); }
    void finishStopping();

    Setup m_setup;
    std::unique_ptr<Threshold> m_threshold;
    std::shared_ptr<const ToolRegistry> m_effects;
    std::unique_ptr<AuditLog> m_audit;
    std::unique_ptr<Approvals> m_approvals;
    std::unique_ptr<QFileSystemWatcher> m_update; // of the program
    QHash<QString, BridgedSession *> m_bridged;
    QHash<QString, SessionInfo> m_standalone;
    QHash<QString, HttpSupervisor *> m_http; // by profile
    bool m_listening = false;
    bool m_stopping = false;
    quint64 m_lastSession = 0;
    quint64 m_lastLink = 0;
};

} // namespace mcp
