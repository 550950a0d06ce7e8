#include "mcp/host/host.h"

#include "mcp/host/desklink.h"
#include "mcp/tools/catalogue.h"
#include "mcp/transport/socketlink.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

// What a server is started with: our own environment, without anything that would configure it another way than its profile.
QProcessEnvironment childEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"CONDUCTOR_CONFIG_PATH"_s, u"CONDUCTOR_SERVER_URL"_s, u"CONDUCTOR_AUTH_KEY"_s, u"CONDUCTOR_AUTH_SECRET"_s})
        environment.remove(name);
    return environment;
}

} // namespace

Host::Host(Setup setup, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
{
    qRegisterMetaType<mcp::SessionInfo>();
    qRegisterMetaType<QList<mcp::TrafficLine>>();
    qRegisterMetaType<conductor::Error>();
}

Host::~Host() = default;

void Host::start()
{
    m_threshold = std::make_unique<Threshold>();
    m_effects = tools::catalogueOfEffects();
    m_audit = std::make_unique<AuditLog>(AuditLog::Setup{});
    connect(m_threshold.get(), &Threshold::visited, this, &Host::admit);
    const Result<Done> listening = m_threshold->listen(m_setup.socketPath);
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
    if (m_bridged.isEmpty())
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
    Q_EMIT stopped();
}

void Host::endSession(QString id)
{
    if (BridgedSession *session = m_bridged.value(id))
        session->dismiss();
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
    Child::Command command{m_setup.program, {u"--serve-session"_s, id, u"--profile"_s, hello.profile}, childEnvironment()};
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
        if (m_stopping && m_bridged.isEmpty())
            finishStopping();
    });
    session->begin();
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
        info.kind = SessionInfo::Kind::Standalone;
        info.profile = hello.profile;
        info.doorPid = hello.pid;
        info.serverPid = hello.pid;
        info.serverPids = {hello.pid};
        info.clientPid = hello.parentPid;
        info.since = QDateTime::currentDateTimeUtc();
        m_standalone.insert(id, info);
    }
    connect(link, &Link::received, this, [this, id](const QByteArray &line) { heard(id, line); });
    connect(link, &Link::closed, this, [this, id, link] {
        link->deleteLater();
        const SessionInfo info = m_standalone.take(id);
        if (info.identified)
            Q_EMIT sessionEnded(id);
    });
}

void Host::heard(const QString &id, const QByteArray &line)
{
    const auto info = m_standalone.find(id);
    const std::optional<DeskReport> report = DeskReport::fromLine(line);
    if (info == m_standalone.end() || !report)
        return;
    info->client = report->client;
    info->since = report->since;
    info->calls = report->calls;
    info->errors = report->errors;
    info->lastCall = report->lastCall;
    info->identified = true;
    Q_EMIT sessionChanged(*info);
}

} // namespace mcp
