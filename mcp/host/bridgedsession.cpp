#include "mcp/host/bridgedsession.h"

#include <utility>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {

BridgedSession::BridgedSession(QString id, const Hello &hello, std::unique_ptr<Link> door, std::shared_ptr<const ToolRegistry> effects, Child::Command command,
                               QObject *parent)
    : QObject(parent)
    , m_command(std::move(command))
    , m_relay(std::make_unique<Relay>(std::move(door), std::move(effects)))
{
    m_info.id = std::move(id);
    m_info.profile = hello.profile;
    m_info.doorPid = hello.pid;
    m_info.clientPid = hello.parentPid;
    m_info.since = QDateTime::currentDateTimeUtc();

    connect(m_relay.get(), &Relay::identified, this, [this] {
        m_info.client = m_relay->client();
        m_info.identified = true;
        Q_EMIT changed();
    });
    connect(m_relay.get(), &Relay::serverLost, this, &BridgedSession::replaceChild);
    connect(m_relay.get(), &Relay::serverHangs, this, [this] {
        keepStderr("conductor-companion: this server answered nothing for 20 s, not even a ping, and was ended\n");
        if (m_child)
            m_child->kill();
    });
    connect(m_relay.get(), &Relay::idle, this, &BridgedSession::renewIfIdle, Qt::QueuedConnection); // the answer goes out first
    connect(m_relay.get(), &Relay::clientLost, this, &BridgedSession::leave);
    connect(m_relay.get(), &Relay::passed, this, &BridgedSession::keep);
    connect(m_relay.get(), &Relay::answeredInstead, this, &BridgedSession::answeredInstead);
    m_backOff.setSingleShot(true);
    m_backOff.callOnTimeout(this, &BridgedSession::startChild);
}

BridgedSession::~BridgedSession() = default;

void BridgedSession::begin()
{
    startChild();
}

void BridgedSession::startChild()
{
    if (m_leaving)
        return;
    m_child = std::make_unique<Child>(m_command);
    connect(m_child.get(), &Child::wrote, this, &BridgedSession::keepStderr);
    Result<std::unique_ptr<Link>> link = m_child->start();
    if (!link) {
        m_info.lastExit = link.error().message;
        m_child.reset();
        ++m_info.restarts;
        startLater(m_diedUnheard + 1);
        return;
    }
    m_info.serverPid = m_child->pid();
    m_info.outdated = false;
    m_info.serverPids << m_info.serverPid;
    m_relay->serveWith(std::move(*link));
    Q_EMIT changed();
}

// A child that had answered something is replaced at once; one that died unheard, later and later.
void BridgedSession::replaceChild()
{
    if (m_leaving)
        return;
    const bool isRenewed = std::exchange(m_renewing, false);
    m_info.restarts += !isRenewed;
    startLater(isRenewed || m_relay->hasAnswered() ? 0 : m_diedUnheard + 1);
}

// deaths: in a row of servers that had not answered, or could not even be started.
void BridgedSession::startLater(int deaths)
{
    m_diedUnheard = deaths;
    retireChild();
    Q_EMIT changed();
    if (m_diedUnheard > mostBackOffs) {
        m_relay->end(u"The server process cannot be kept running (%1). Conductor Companion shows what it wrote"_s.arg(m_info.lastExit));
        return;
    }
    m_backOff.start(backOffAfter(m_diedUnheard));
}

void BridgedSession::renew()
{
    m_renewing = true;
    renewIfIdle();
}

void BridgedSession::lookAtProgram()
{
    const bool outdated = m_child && m_child->isOutdated();
    if (outdated == m_info.outdated)
        return;
    m_info.outdated = outdated;
    Q_EMIT changed();
}

void BridgedSession::renewIfIdle()
{
    if (m_renewing && !m_leaving && m_child && m_relay->isIdle())
        m_relay->releaseServer();
}

// Its link is closed; it is gone already or will be made to go.
void BridgedSession::retireChild()
{
    m_info.serverPid = 0;
    if (!m_child)
        return;
    Child *retired = m_child.release();
    retired->setParent(this);
    ++m_retiring;
    connect(retired, &Child::exited, this, [this, retired](const QString &how) {
        m_info.lastExit = how;
        if (how != u"exit code 0")
            Q_EMIT childDied(retired->pid(), retired->startedAt(), how);
        --m_retiring;
        retired->deleteLater();
        Q_EMIT changed();
        endIfOver();
    });
    retired->end();
}

void BridgedSession::leave()
{
    if (m_leaving)
        return;
    m_leaving = true;
    m_backOff.stop();
    m_relay->hangUp(); // the child reads the end of its input, the door that we are gone
    retireChild();
    endIfOver();
}

void BridgedSession::dismiss()
{
    if (!m_leaving)
        m_relay->dismiss();
    leave();
}

void BridgedSession::endIfOver()
{
    if (m_leaving && m_retiring == 0)
        Q_EMIT ended();
}

void BridgedSession::keep(Relay::Direction direction, const QByteArray &line)
{
    m_traffic.push_back({QDateTime::currentDateTimeUtc(), direction, line});
    m_trafficBytes += line.size();
    m_info.bytes += line.size();
    while (m_trafficBytes > keptTraffic && m_traffic.size() > 1) {
        m_trafficBytes -= m_traffic.front().line.size();
        m_traffic.pop_front();
    }
    if (m_relay->calls() == m_info.calls && m_relay->errors() == m_info.errors)
        return;
    m_info.calls = m_relay->calls();
    m_info.errors = m_relay->errors();
    m_info.lastCall = QDateTime::currentDateTimeUtc();
    m_info.identified = true;
    Q_EMIT changed();
}

void BridgedSession::keepStderr(const QByteArray &text)
{
    m_stderr += text;
    if (m_stderr.size() > keptStderr)
        m_stderr.remove(0, m_stderr.size() - keptStderr);
}

} // namespace mcp
