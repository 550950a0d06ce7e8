#include "mcp/host/host.h"

#include "mcp/host/desklink.h"
#include "mcp/tools/catalogue.h"
#include "mcp/transport/socketlink.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {

Host::Host(Setup setup, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
{
    qRegisterMetaType<mcp::SessionInfo>();
    qRegisterMetaType<QList<mcp::TrafficLine>>();
    qRegisterMetaType<mcp::HttpInfo>();
    qRegisterMetaType<conductor::Error>();
    qRegisterMetaType<mcp::Approval>();
    qRegisterMetaType<mcp::Approvals::Choice>();
    qRegisterMetaType<QList<mcp::Approvals::Grant>>();
}

Host::~Host() = default;

void Host::start()
{
    m_threshold = std::make_unique<Threshold>();
    m_effects = tools::catalogueOfEffects();
    m_audit = std::make_unique<AuditLog>(AuditLog::Setup{});
    m_approvals = std::make_unique<Approvals>();
    connect(m_approvals.get(), &Approvals::changed, this, &Host::approvalChanged);
    connect(m_approvals.get(), &Approvals::grantsChanged, this, [this] { Q_EMIT grantsChanged(m_approvals->grants()); });
    m_update = std::make_unique<QFileSystemWatcher>(QStringList{QFileInfo(m_setup.program).path()}); // it is replaced by rename
    connect(m_update.get(), &QFileSystemWatcher::directoryChanged, this, [this] {
        for (BridgedSession *session : std::as_const(m_bridged))
            session->lookAtProgram();
    });
    connect(m_threshold.get(), &Threshold::visited, this, &Host::admit);
    const Result<Done> listening = m_threshold->listen(m_setup.socketPath);
    m_listening = bool(listening);
    if (listening)
        Q_EMIT started();
    else
        Q_EMIT failed(listening.error());
}

void Host::stop()
{
    if (m_stopping)
        return;
    m_stopping = true;
    m_threshold.reset();
    const QList<BridgedSession *> sessions = m_bridged.values();
    for (BridgedSession *session : sessions)
        session->leave();
    for (HttpSupervisor *server : std::as_const(m_http))
        server->want({});
    if (isIdle())
        finishStopping();
    else
        QTimer::singleShot(5000, this, &Host::finishStopping);
}

void Host::finishStopping()
{
    if (!m_stopping)
        return;
    m_stopping = false;
    qDeleteAll(m_bridged); // kills what is left
    m_bridged.clear();
    qDeleteAll(findChildren<Link *>(Qt::FindDirectChildrenOnly)); // desk links
    qDeleteAll(m_http);
    m_http.clear();
    QTimer::singleShot(0, this, &Host::stopped); // after what was to be deleted later, sockets above all
}

void Host::endSession(QString id)
{
    if (BridgedSession *session = m_bridged.value(id))
        session->dismiss();
}

void Host::renewSession(QString id)
{
    if (BridgedSession *session = m_bridged.value(id))
        session->renew();
}

void Host::choose(QString approval, Approvals::Choice choice)
{
    if (m_approvals)
        m_approvals->choose(approval, choice);
}

void Host::endGrants()
{
    if (m_approvals)
        m_approvals->endGrants();
}

void Host::readLog(QString id)
{
    if (const BridgedSession *session = m_bridged.value(id))
        Q_EMIT logRead(id, QList<TrafficLine>(session->traffic().begin(), session->traffic().end()), session->errorOutput());
}

void Host::admit(std::shared_ptr<QLocalSocket> socket, const Hello &hello, const QByteArray &early)
{
    if (m_stopping)
        return;
    socket->write(welcomeLine());
    socket->flush();
    switch (hello.purpose) {
    case Hello::Purpose::Bridge:
        bridge(std::move(socket), hello, early);
        break;
    case Hello::Purpose::Desk:
        seat(std::move(socket), hello, early);
        break;
    case Hello::Purpose::Raise:
        socket->disconnectFromServer();
        Q_EMIT raiseAsked();
        break;
    }
}

void Host::bridge(std::shared_ptr<QLocalSocket> socket, const Hello &hello, const QByteArray &early)
{
    const QString id = u"s%1-%2"_s.arg(hello.pid).arg(++m_lastSession);
    QStringList arguments{u"--serve-session"_s, id, u"--profile"_s, hello.profile};
    arguments << hello.offered.toArguments();
    Child::Command command{m_setup.program, arguments, serverEnvironment()};
    auto *session = new BridgedSession(id, hello, std::make_unique<SocketLink>(std::move(socket), early), m_effects, command, this);
    m_bridged.insert(id, session);
    connect(session, &BridgedSession::changed, this, [this, session] {
        if (session->info().identified)
            Q_EMIT sessionChanged(session->info());
    });
    connect(session, &BridgedSession::childDied, this, [this](qint64 pid, const QDateTime &startedAt, const QString &how) {
        m_audit->closeOpen(pid, startedAt, u"The server process ended before the answer came: "_s + how);
    });
    connect(session, &BridgedSession::answeredInstead, this,
            [this, session](const QJsonObject &request, const QString &text) { keepAnswer(*session, request, text); });
    connect(session, &BridgedSession::ended, this, [this, session, id] {
        if (!m_bridged.remove(id))
            return;
        session->deleteLater();
        if (session->info().identified)
            Q_EMIT sessionEnded(id);
        if (m_stopping && isIdle())
            finishStopping();
    });
    session->begin();
}

void Host::serveHttp(QList<HttpWish> wishes)
{
    if (!m_listening || m_stopping)
        return; // another companion has them
    for (auto server = m_http.cbegin(); server != m_http.cend(); ++server) {
        if (std::none_of(wishes.cbegin(), wishes.cend(), [&](const HttpWish &wish) { return wish.profileId == server.key(); }))
            (*server)->want({});
    }
    for (const HttpWish &wish : std::as_const(wishes))
        supervisorOf(wish.profileId)->want(wish);
}

void Host::tryHttpAgain(QString profileId)
{
    HttpSupervisor *server = m_http.value(profileId);
    if (server && server->info().state == HttpInfo::State::Failed)
        server->tryAgain();
}

HttpSupervisor *Host::supervisorOf(const QString &profileId)
{
    if (HttpSupervisor *known = m_http.value(profileId))
        return known;
    auto *server = new HttpSupervisor(m_setup.program, serverEnvironment(), this);
    m_http.insert(profileId, server);
    connect(server, &HttpSupervisor::changed, this, [this, server] { Q_EMIT httpChanged(server->info()); });
    connect(server, &HttpSupervisor::childDied, this, [this](qint64 pid, const QDateTime &startedAt, const QString &how) {
        m_audit->closeOpen(pid, startedAt, u"The HTTP server ended before the answer came: "_s + how);
    });
    connect(server, &HttpSupervisor::ended, this, [this, server, profileId] {
        if (server->isWanted() || m_http.value(profileId) != server)
            return; // it was wanted again meanwhile
        m_http.remove(profileId);
        server->deleteLater();
        HttpInfo gone;
        gone.profileId = profileId;
        Q_EMIT httpChanged(gone);
        if (m_stopping && isIdle())
            finishStopping();
    });
    return server;
}

// A call that no server has in its audit, since we answered it.
void Host::keepAnswer(const BridgedSession &session, const QJsonObject &request, const QString &text)
{
    if (request[u"method"].toString() != u"tools/call")
        return;
    const QJsonObject params = request[u"params"].toObject();
    const QString tool = params[u"name"].toString();
    const QJsonObject arguments = params[u"arguments"].toObject();
    m_audit->add({.client = session.info().client,
                  .profile = session.info().profile,
                  .tool = tool,
                  .arguments = arguments,
                  .effect = m_effects->effectOf(tool, arguments)},
                 {.outcome = AuditedEnd::Outcome::Error, .answer = {.text = text}});
}

// A desk link. A child of ours is known by its session already; a server on its own gets a row of its own.
void Host::seat(std::shared_ptr<QLocalSocket> socket, const Hello &hello, const QByteArray &early)
{
    const QString id = hello.session.isEmpty() ? u"d%1-%2"_s.arg(hello.pid).arg(++m_lastSession) : hello.session;
    auto *link = new SocketLink(std::move(socket), early, this);
    if (hello.session.isEmpty()) {
        SessionInfo info;
        info.id = id;
        info.kind = hello.http ? SessionInfo::Kind::Http : SessionInfo::Kind::Standalone;
        info.profile = hello.profile;
        info.doorPid = hello.pid;
        info.serverPid = hello.pid;
        info.serverPids = {hello.pid};
        info.clientPid = hello.parentPid;
        info.since = QDateTime::currentDateTimeUtc();
        for (const HttpSupervisor *server : std::as_const(m_http)) {
            if (server->info().pid == hello.pid) {
                info.restarts = server->info().restarts;
                info.lastExit = server->info().lastExit;
            }
        }
        m_standalone.insert(id, info);
    }
    const quint64 number = ++m_lastLink;
    connect(link, &Link::received, this, [this, id, number, open = QPointer<Link>(link)](const QByteArray &line) { heard(id, number, open, line); });
    connect(link, &Link::closed, this, [this, id, number, link] {
        link->deleteLater();
        m_approvals->leave(number);
        const SessionInfo info = m_standalone.take(id);
        if (info.identified)
            Q_EMIT sessionEnded(id);
    });
}

void Host::heard(const QString &id, quint64 number, const QPointer<Link> &link, const QByteArray &line)
{
    if (const std::optional<DeskReport> report = DeskReport::fromLine(line)) {
        reported(id, *report);
        return;
    }
    const QJsonObject said = QJsonDocument::fromJson(line).object();
    const QJsonObject asked = said[u"ask"].toObject(), withdrawn = said[u"withdraw"].toObject();
    const Approvals::Source source{id, number, quint64((asked.isEmpty() ? withdrawn : asked)[u"number"].toInteger())};
    if (!withdrawn.isEmpty())
        m_approvals->withdraw(source, withdrawn[u"why"].toString() == word(Decision::TimedOut));
    const std::optional<ApprovalRequest> request = ApprovalRequest::fromJson(asked[u"request"].toObject());
    if (request) {
        m_approvals->ask(source, *request, [link, count = source.number](Decision decision) {
            if (link)
                link->send(decisionLine(count, decision));
        });
    }
}

void Host::reported(const QString &id, const DeskReport &report)
{
    const auto info = m_standalone.find(id);
    if (info == m_standalone.end())
        return;
    info->client = report.client;
    info->since = report.since;
    info->calls = report.calls;
    info->errors = report.errors;
    info->lastCall = report.lastCall;
    info->identified = true;
    Q_EMIT sessionChanged(*info);
}

} // namespace mcp
