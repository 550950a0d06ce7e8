#include "mcp/host/door.h"

#include "mcp/tools/catalogue.h"
#include "mcp/transport/sessionlink.h"
#include "mcp/transport/socketlink.h"

#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp {

Door::Door(Configuration configuration, QString session, int out, QObject *parent)
    : QObject(parent)
    , m_configuration(std::move(configuration))
    , m_session(std::move(session))
    , m_out(out)
{
    connect(&m_lifeline, &Lifeline::cut, this, [this] { Q_EMIT finished(0); });
    m_lastWords.setSingleShot(true);
    m_lastWords.callOnTimeout(this, [this] { Q_EMIT finished(0); });
}

Door::~Door() = default;

void Door::begin()
{
    const bool bridgeable = m_session.isEmpty() && m_configuration.source == Configuration::Source::Profile;
    if (!bridgeable) {
        serveAlone();
        return;
    }
    if (const Result<Policy> policy = policyFor(m_configuration); !policy) { // the companion's server could only die of it
        refuse(sentence(policy.error()), 2);
        return;
    }
    auto *knock = new Knock(introduction(Hello::Purpose::Bridge, m_configuration), this);
    connect(knock, &Knock::welcomed, this, [this, knock](std::shared_ptr<QLocalSocket> socket, const QByteArray &early) {
        knock->deleteLater();
        bridge(std::move(socket), early);
    });
    connect(knock, &Knock::alone, this, [this, knock] {
        knock->deleteLater();
        serveAlone();
    });
    knock->begin();
}

void Door::serveAlone()
{
    m_service = std::make_unique<Service>(m_configuration);
    if (const Result<Done> ready = m_service->ready(); !ready) {
        refuse(sentence(ready.error()), 2);
        return;
    }
    if (m_session.isEmpty() && refuseWithoutCompanion())
        return;
    m_own = m_service->makeSession(m_session);
    m_client = std::make_unique<StdioLink>(STDIN_FILENO, m_out);
    connect(m_client.get(), &Link::received, m_own.get(), &Session::receive);
    connect(m_client.get(), &Link::overlong, m_own.get(), &Session::refuseOverlong);
    connect(m_client.get(), &Link::closed, this, &Door::clientLeft);
    connect(m_client.get(), &Link::drained, this, [this] { m_client->setPaused(false); });
    connect(m_own.get(), &Session::sends, this, [this](const QByteArray &line) {
        m_client->send(line);
        if (m_client->unsent() >= Link::highWater)
            m_client->setPaused(true); // a client that does not read gets no more to read
    });
    connect(m_own.get(), &Session::settled, this, [this] {
        if (m_lastWords.isActive())
            m_lastWords.start(0ms);
    });
}

void Door::bridge(std::shared_ptr<QLocalSocket> socket, const QByteArray &early)
{
    m_relay = std::make_unique<Relay>(std::make_unique<StdioLink>(STDIN_FILENO, m_out), tools::catalogueOfEffects());
    connect(m_relay.get(), &Relay::dismissed, this, [this] { m_dismissed = true; });
    connect(m_relay.get(), &Relay::serverLost, this, &Door::goOnAlone);
    connect(m_relay.get(), &Relay::clientLost, this, &Door::clientLeft);
    connect(m_relay.get(), &Relay::settled, this, [this] {
        if (m_lastWords.isActive())
            m_lastWords.start(0ms);
    });
    m_relay->serveWith(std::make_unique<SocketLink>(std::move(socket), early));
}

void Door::goOnAlone()
{
    if (m_dismissed) {
        m_relay->end(u"This session was ended in Conductor Companion; reconnect to begin another"_s);
        m_lastWords.start(0ms);
        return;
    }
    m_service = std::make_unique<Service>(m_configuration);
    if (refuseWithoutCompanion())
        return;
    m_relay->serveWith(std::make_unique<SessionLink>(m_service->makeSession()));
}

bool Door::refuseWithoutCompanion()
{
    if (!m_service->requiresCompanion())
        return false;
    refuse(u"this profile may be used only while Conductor Companion runs; start it, then connect again"_s, 1);
    return true;
}

void Door::refuse(const QString &why, int exitCode)
{
    std::fprintf(stderr, "conductor-mcp: %s\n", qPrintable(why));
    Q_EMIT finished(exitCode);
}

int Door::unanswered() const
{
    return m_relay ? m_relay->outstanding() : m_own ? m_own->pending() : 0;
}

// What was read already is answered if that is done soon; then nothing holds us.
void Door::clientLeft()
{
    m_lastWords.start(unanswered() == 0 ? 0ms : 800ms);
}

} // namespace mcp
