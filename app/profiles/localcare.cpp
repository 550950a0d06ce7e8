#include "app/profiles/localcare.h"

#include "app/profiles/localpanel.h"

using conductor::Demo;
using conductor::LocalServer;

namespace app {

LocalCare::LocalCare(Services &services, LocalPanel &panel, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_panel(panel)
{
    connect(&panel, &LocalPanel::startRequested, this, [this](bool demo) { m_services.startLocalServer(demo ? Services::Demo::With : Services::Demo::Without); });
    connect(&panel, &LocalPanel::stopRequested, this, [this] { m_services.stopLocalServer(); });
    connect(&services.demo(), &Demo::changed, this, &LocalCare::refresh);
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &LocalCare::refresh);
}

void LocalCare::setLive(bool live)
{
    if (live)
        m_tick.start();
    else
        m_tick.stop();
}

void LocalCare::refresh()
{
    const LocalServer &server = m_services.localServer();
    m_panel.show({.state = server.state(),
                  .url = server.url(),
                  .logFile = server.logFile(),
                  .lastLines = server.lastLines(),
                  .trouble = server.trouble(),
                  .demoTrouble = m_services.demo().trouble(),
                  .demoWanted = m_services.demo().isWanted()});
}

} // namespace app
