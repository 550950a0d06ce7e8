#include "app/core/headless.h"

#include "conductor/base/hostile.h"

#include <cstdio>

using namespace Qt::StringLiterals;
using conductor::LocalServer;

namespace app {

Headless::Headless(Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&m_services.hosting(), &Hosting::running, this, [this] { say(tr("AI clients are served through %1").arg(mcp::rendezvousPath())); });
    connect(&m_services.hosting(), &Hosting::failed, this, [this](const conductor::Error &error) {
        say(conductor::sentence(error));
        m_exitCode = 1;
        m_services.stop();
    });
    connect(&m_services.hosting(), &Hosting::sessionsChanged, this, &Headless::saySessions);
    connect(&m_services.hosting(), &Hosting::httpChanged, this, &Headless::sayHttp);
    connect(&m_services.localServer(), &LocalServer::stateChanged, this, &Headless::sayLocalServer);
    connect(&m_services, &Services::localServerProfiled, this, [this](const conductor::Profile &profile) {
        say(tr("An AI client uses it with: %1 --profile \"%2\"").arg(serverProgram(), profile.name));
    });
    connect(&m_services, &Services::stopped, this, [this] { Q_EMIT finished(m_exitCode); });
    connect(&m_lifeline, &mcp::Lifeline::cut, &m_services, &Services::stop);
}

void Headless::start()
{
    say(tr("Running without a window. Ctrl-C ends it."));
    m_services.start();
}

void Headless::say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

void Headless::sayLocalServer(LocalServer::State state)
{
    const LocalServer &server = m_services.localServer();
    switch (state) {
    case LocalServer::State::Starting:
        say(tr("The local Conductor server is starting …"));
        break;
    case LocalServer::State::Ready:
        say(tr("The local Conductor server is ready at %1").arg(server.url().toString()));
        break;
    case LocalServer::State::Absent:
    case LocalServer::State::Failed:
        say(server.trouble() ? conductor::sentence(*server.trouble()) : tr("The local Conductor server failed"));
        break;
    case LocalServer::State::Stopping:
    case LocalServer::State::Stopped:
        break;
    }
}

void Headless::saySessions()
{
    QStringList now;
    for (const mcp::SessionInfo &session : m_services.hosting().sessions()) {
        now << session.id;
        if (!m_known.contains(session.id))
            say(tr("%1 %2 is connected, process %3")
                    .arg(conductor::harmless(session.client.name, 80), conductor::harmless(session.client.version, 40))
                    .arg(session.kind == mcp::SessionInfo::Kind::Http ? session.serverPid : session.clientPid));
    }
    m_known = now;
}

void Headless::sayHttp(const QString &profileId)
{
    const mcp::HttpInfo server = m_services.hosting().http(profileId);
    const conductor::Profile *profile = m_services.profiles().find(profileId);
    const QString name = profile ? profile->name : profileId;
    QString line;
    switch (server.state) {
    case mcp::HttpInfo::State::Serving:
        line = tr("AI clients reach %1 over HTTP at %2, process %3").arg(name, server.address).arg(server.pid);
        break;
    case mcp::HttpInfo::State::Restarting:
        line = tr("The HTTP server of %1 ended (%2) and is started again").arg(name, server.lastExit);
        break;
    case mcp::HttpInfo::State::Failed:
        line = tr("The HTTP server of %1 does not run: %2").arg(name, server.trouble ? conductor::harmless(conductor::sentence(*server.trouble), 600) : QString());
        break;
    case mcp::HttpInfo::State::Off:
        line = tr("The HTTP server of %1 is off").arg(name);
        break;
    case mcp::HttpInfo::State::Starting:
        return;
    }
    if (std::exchange(m_saidOfHttp[profileId], line) != line)
        say(line);
}

} // namespace app
