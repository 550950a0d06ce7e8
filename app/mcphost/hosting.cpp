#include "app/mcphost/hosting.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <algorithm>

using namespace Qt::StringLiterals;
using mcp::Approval;
using mcp::Host;
using mcp::SessionInfo;

namespace app {

Hosting::Hosting(Host::Setup setup, QObject *parent)
    : QObject(parent)
    , m_host(new Host(std::move(setup)))
{
    m_thread.setObjectName(u"mcp-host"_s);
    m_host->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_host, &QObject::deleteLater);
    connect(m_host, &Host::started, this, [this] {
        m_running = true;
        Q_EMIT running();
    });
    connect(m_host, &Host::failed, this, &Hosting::failed);
    connect(m_host, &Host::stopped, this, [this] {
        m_running = false;
        m_sessions.clear();
        m_approvals.clear();
        m_grants.clear();
        Q_EMIT sessionsChanged();
        Q_EMIT approvalsChanged();
        Q_EMIT grantsChanged();
        Q_EMIT stopped();
    });
    connect(m_host, &Host::raiseAsked, this, &Hosting::raiseAsked);
    connect(m_host, &Host::sessionChanged, this, &Hosting::keep);
    connect(m_host, &Host::sessionEnded, this, &Hosting::forget);
    connect(m_host, &Host::approvalChanged, this, &Hosting::keepApproval);
    connect(m_host, &Host::grantsChanged, this, &Hosting::keepGrants);
    connect(m_host, &Host::logRead, this, &Hosting::logRead);
    connect(m_host, &Host::httpChanged, this, &Hosting::keepHttp);
}

Hosting::~Hosting()
{
    if (!m_thread.isRunning()) {
        delete m_host;
        return;
    }
    // The thread ends by itself once the host has ended its children; it is waited for so that none is left behind.
    disconnect(m_host, nullptr, this, nullptr);
    connect(m_host, &Host::stopped, &m_thread, &QThread::quit, Qt::DirectConnection);
    QMetaObject::invokeMethod(m_host, &Host::stop, Qt::QueuedConnection);
    if (!m_thread.wait(6000)) {
        m_thread.quit();
        m_thread.wait(1000);
    }
}

void Hosting::start()
{
    m_thread.start();
    QMetaObject::invokeMethod(m_host, &Host::start, Qt::QueuedConnection);
}

void Hosting::stop()
{
    QMetaObject::invokeMethod(m_host, &Host::stop, Qt::QueuedConnection);
}

void Hosting::endSession(const QString &id)
{
    QMetaObject::invokeMethod(m_host, [host = m_host, id] { host->endSession(id); }, Qt::QueuedConnection);
}

void Hosting::renewSession(const QString &id)
{
    QMetaObject::invokeMethod(m_host, [host = m_host, id] { host->renewSession(id); }, Qt::QueuedConnection);
}

void Hosting::readLog(const QString &id)
{
    QMetaObject::invokeMethod(m_host, [host = m_host, id] { host->readLog(id); }, Qt::QueuedConnection);
}

void Hosting::serveHttp(const QList<mcp::HttpWish> &wishes)
{
    QMetaObject::invokeMethod(m_host, [host = m_host, wishes] { host->serveHttp(wishes); }, Qt::QueuedConnection);
}

void Hosting::tryHttpAgain(const QString &profileId)
{
    QMetaObject::invokeMethod(m_host, [host = m_host, profileId] { host->tryHttpAgain(profileId); }, Qt::QueuedConnection);
}

mcp::HttpInfo Hosting::http(const QString &profileId) const
{
    return m_http.value(profileId);
}

void Hosting::keepHttp(const mcp::HttpInfo &server)
{
    if (server.state == mcp::HttpInfo::State::Off)
        m_http.remove(server.profileId);
    else
        m_http.insert(server.profileId, server);
    Q_EMIT httpChanged(server.profileId);
}

conductor::Reply<std::vector<mcp::OtherServer>> Hosting::others() const
{
    if (!m_running)
        return conductor::answered<std::vector<mcp::OtherServer>>(std::vector<mcp::OtherServer>());
    QSet<qint64> known{QCoreApplication::applicationPid()};
    for (const SessionInfo &session : m_sessions)
        known << session.doorPid << session.serverPid;
    auto promise = std::make_shared<QPromise<conductor::Result<std::vector<mcp::OtherServer>>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, known] {
        promise->addResult(mcp::otherServers(known));
        promise->finish();
    });
    return promise->future();
}

void Hosting::choose(const QString &approval, mcp::Approvals::Choice choice)
{
    QMetaObject::invokeMethod(m_host, [host = m_host, approval, choice] { host->choose(approval, choice); }, Qt::QueuedConnection);
    Q_EMIT chosen(approval, choice);
}

void Hosting::endGrants()
{
    QMetaObject::invokeMethod(m_host, [host = m_host] { host->endGrants(); }, Qt::QueuedConnection);
}

void Hosting::keep(const SessionInfo &session)
{
    const auto known = std::find_if(m_sessions.begin(), m_sessions.end(), [&](const SessionInfo &other) { return other.id == session.id; });
    if (known == m_sessions.end())
        m_sessions.push_back(session);
    else
        *known = session;
    Q_EMIT sessionsChanged();
}

void Hosting::forget(const QString &id)
{
    std::erase_if(m_sessions, [&](const SessionInfo &session) { return session.id == id; });
    Q_EMIT sessionsChanged();
}

void Hosting::keepApproval(const Approval &approval)
{
    const auto known = std::find_if(m_approvals.begin(), m_approvals.end(), [&](const Approval &other) { return other.id == approval.id; });
    if (known == m_approvals.end())
        m_approvals.push_back(approval);
    else
        *known = approval;
    forgetOldApprovals();
    Q_EMIT approvalsChanged();
}

void Hosting::keepGrants(const QList<mcp::Approvals::Grant> &grants)
{
    m_grants = grants;
    Q_EMIT grantsChanged();
}

void Hosting::forgetOldApprovals()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto isOver = [&](const Approval &approval) {
        return approval.state != Approval::State::Waiting && !((approval.state == Approval::State::Expired || approval.state == Approval::State::Reserved) && approval.until > now);
    };
    qsizetype tooMany = std::count_if(m_approvals.begin(), m_approvals.end(), isOver) - keptApprovals;
    std::erase_if(m_approvals, [&](const Approval &approval) { return isOver(approval) && tooMany-- > 0; });
}

QString serverProgram()
{
    return QCoreApplication::applicationDirPath() + u"/conductor-mcp"_s;
}

} // namespace app
