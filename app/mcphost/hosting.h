// The window's end of the MCP host: runs it in a thread of its own and tells here, in the window's thread, what it is about.
// The companion owns it, with a window or without.
#pragma once

#include "conductor/base/reply.h"
#include "mcp/host/host.h"
#include "mcp/host/otherservers.h"

#include <QObject>
#include <QThread>

#include <optional>
#include <vector>

namespace app {

class Hosting : public QObject
{
    Q_OBJECT

public:
    explicit Hosting(mcp::Host::Setup setup, QObject *parent = nullptr);
    ~Hosting() override; // stops it, waiting 6 s at the most

    // running() or failed() follows.
    void start();
    // Ends every server process; stopped() follows.
    void stop();

    bool isRunning() const { return m_running; }
    const std::vector<mcp::SessionInfo> &sessions() const { return m_sessions; } // in the order they began

    // Calls that a person is or was asked about, in the order they came: all that wait or may still be allowed, and of the
    // others the newest keptApprovals.
    static constexpr qsizetype keptApprovals = 50;
    const std::vector<mcp::Approval> &approvals() const { return m_approvals; }
    const QList<mcp::Approvals::Grant> &grants() const { return m_grants; } // what is allowed for a while

    void endSession(const QString &id);
    void renewSession(const QString &id); // with the program as it is now, once no call is on its way
    void readLog(const QString &id); // logRead() follows
    void choose(const QString &approval, mcp::Approvals::Choice choice);
    void endGrants();

    // The HTTP servers that are to run, from now on, once the host runs.
    void serveHttp(const QList<mcp::HttpWish> &wishes);
    void tryHttpAgain(const QString &profileId);
    mcp::HttpInfo http(const QString &profileId) const; // Off where none runs
    // Server processes of this user that belong to none of the sessions; looked for in another thread. None
    // while this does not run: then nobody could tell which are others.
    conductor::Reply<std::vector<mcp::OtherServer>> others() const;

    // What the host tells.
    void keep(const mcp::SessionInfo &session);
    void forget(const QString &id);
    void keepHttp(const mcp::HttpInfo &server);
    void keepApproval(const mcp::Approval &approval);
    void keepGrants(const QList<mcp::Approvals::Grant> &grants);

Q_SIGNALS:
    void running();
    void failed(const conductor::Error &error); // Conflict: another companion runs
    void stopped();
    void raiseAsked();
    void sessionsChanged();
    void httpChanged(const QString &profileId);
    void approvalsChanged();
    void grantsChanged();
    void chosen(const QString &approval, mcp::Approvals::Choice choice); // passed on to the host
    void logRead(const QString &id, const QList<mcp::TrafficLine> &traffic, const QByteArray &errorOutput);

private:
    void forgetOldApprovals();

    QThread m_thread;
    mcp::Host *m_host; // lives in the thread
    std::vector<mcp::SessionInfo> m_sessions;
    QHash<QString, mcp::HttpInfo> m_http; // by profile
    std::vector<mcp::Approval> m_approvals;
    QList<mcp::Approvals::Grant> m_grants;
    bool m_running = false;
};

// The conductor-mcp that belongs to this companion: beside its own program.
QString serverProgram();

} // namespace app
