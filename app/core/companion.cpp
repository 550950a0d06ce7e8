#include "app/core/companion.h"

#include "app/console/consolepage.h"
#include "app/definitions/definitionspage.h"
#include "app/executions/executionspage.h"
#include "app/executions/runpage.h"
#include "app/executions/searchtext.h"
#include "app/mcphost/mcppage.h"
#include "app/overview/overviewpage.h"
#include "app/profiles/serverspage.h"

#include <QApplication>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace app {
namespace {

const QString overviewId = u"overview"_s;
const QString executionsId = u"executions"_s;
const QString runId = u"run"_s;
const QString definitionsId = u"definitions"_s;
const QString mcpId = u"mcp"_s;
const QString consoleId = u"console"_s;
const QString serversId = u"servers"_s;

} // namespace

Companion::Companion(QApplication &application, Services &services, Servers::Connect connectTo, QString settingsPath, Clock clock)
    : m_application(application)
    , m_services(services)
    , m_clock(std::move(clock))
    , m_settings(std::move(settingsPath))
    , m_theme(application, m_settings.get(setting::scheme), m_settings.get(setting::desktopWasDark))
    , m_servers(std::move(connectTo))
    , m_window(std::make_unique<MainWindow>(m_servers, m_settings))
    , m_tray(std::make_unique<Tray>(m_window->actions(), m_servers))
{
    m_application.setQuitOnLastWindowClosed(false);
    m_servers.prefer(m_settings.get(setting::currentServer));
    addPages();
    connectServices();
    m_window->setCanHide([this] { return m_tray->isThere(); });
    connect(m_window.get(), &MainWindow::painted, this, &Companion::startTheRest);
    connect(m_window.get(), &MainWindow::hiddenByClose, this, &Companion::tellTrayStays);
    connect(m_window.get(), &MainWindow::quitRequested, this, &Companion::quitRequested);
    connect(m_tray.get(), &Tray::thereChanged, this, &Companion::trayThere);
    connect(&m_settings, &Settings::notSaved, m_window.get(), [this](const conductor::Error &error) { m_window->say(conductor::sentence(error)); });
    connect(&m_theme, &Theme::changed, this, &Companion::tintTray);
    tintTray();
}

Companion::~Companion() = default;

void Companion::start(Start start)
{
    m_start = start;
    m_window->openLastPage();
    if (start == Start::Shown)
        m_window->show();
    else
        QTimer::singleShot(0, this, &Companion::startTheRest);
}

void Companion::raise()
{
    m_window->raiseToUser();
}

void Companion::addPages()
{
    m_window->addPage({overviewId, u"layout-dashboard"_s, tr("Overview"), tr("What runs and what failed, on every server"), [this] {
                           auto *page = new OverviewPage(m_servers, m_clock);
                           connect(page, &OverviewPage::openRequested, this, &Companion::openExecution);
                           connect(page, &OverviewPage::serverWanted, this, &Companion::addServer);
                           connect(page, &OverviewPage::localServerWanted, this, &Companion::startLocalServer);
                           connect(page, &OverviewPage::searchRequested, this, [this](const QString &server, const QString &text) {
                               m_servers.setCurrent(server);
                               if (auto *executions = qobject_cast<ExecutionsPage *>(m_window->showPage(executionsId)))
                                   executions->setSearch(text);
                           });
                           return page;
                       }});
    m_window->addPage({executionsId, u"activity"_s, tr("Executions"), tr("Search and watch runs"), [this] {
                           auto *page = new ExecutionsPage(m_servers, m_settings, m_clock);
                           connect(page, &ExecutionsPage::openRequested, this,
                                   [this](const QString &id) { openExecution(m_servers.current()->id, id); });
                           connect(page, &ExecutionsPage::serverWanted, this, &Companion::addServer);
                           connect(page, &ExecutionsPage::definitionsWanted, m_window.get(), [this] { m_window->showPage(definitionsId); });
                           return page;
                       }});
    m_window->addPage({.id = runId,
                       .iconName = u"workflow"_s,
                       .word = tr("Run"),
                       .tip = tr("One run as a graph and as tasks"),
                       .make =
                           [this] {
                               auto *page = new RunPage(m_servers, m_clock);
                               connect(page, &RunPage::backRequested, this, [this] { m_window->showPage(m_beforeRun)->focusContent(); });
                               return page;
                           },
                       .within = executionsId});
    m_window->addPage({definitionsId, u"workflow"_s, tr("Definitions"), tr("Read, write and start workflows"), [this] {
                           auto *page = new DefinitionsPage(m_servers, m_settings, m_clock);
                           connect(page, &DefinitionsPage::openExecutionRequested, this,
                                   [this](const QString &id) { openExecution(m_servers.current()->id, id); });
                           connect(page, &DefinitionsPage::runsRequested, this, [this](const QString &name) {
                               if (auto *executions = qobject_cast<ExecutionsPage *>(m_window->showPage(executionsId)))
                                   executions->setSearch(searchTerm(u"type"_s, name));
                           });
                           connect(page, &DefinitionsPage::serverWanted, this, &Companion::addServer);
                           return page;
                       }});
    m_window->addPage({mcpId, u"bot"_s, tr("MCP"), tr("AI clients and the servers that serve them"),
                       [this] { return new McpPage(m_services.hosting(), m_servers, m_clock); }});
    m_window->addPage({consoleId, u"terminal"_s, tr("Console"), tr("Call the tools of a server as an AI client does"), [this] {
                           auto *page = new ConsolePage(m_services.profiles(), m_servers, m_clock, serverProcesses(serverProgram()));
                           connect(page, &ConsolePage::serverWanted, this, &Companion::addServer);
                           return page;
                       }});
    m_window->addPage({serversId, u"server"_s, tr("Servers"), tr("Conductor servers, their keys, and one of your own"),
                       [this] { return new ServersPage(m_services, m_servers, m_clock); }});
}

void Companion::addServer()
{
    if (auto *page = qobject_cast<ServersPage *>(m_window->showPage(serversId)))
        page->add();
}

void Companion::startLocalServer()
{
    m_services.startLocalServer(Services::Demo::With);
    if (auto *page = qobject_cast<ServersPage *>(m_window->showPage(serversId)))
        page->showLocalServer();
}

void Companion::openExecution(const QString &serverId, const QString &executionId)
{
    QString back = tr("Back to the executions");
    m_beforeRun = executionsId;
    if (qobject_cast<OverviewPage *>(m_window->currentPage())) {
        m_beforeRun = overviewId;
        back = tr("Back to the overview");
    } else if (qobject_cast<DefinitionsPage *>(m_window->currentPage())) {
        m_beforeRun = definitionsId;
        back = tr("Back to the definitions");
    }
    m_servers.setCurrent(serverId);
    auto *page = qobject_cast<RunPage *>(m_window->showPage(runId));
    page->open(serverId, executionId, back);
    page->focusContent();
}

void Companion::connectServices()
{
    Actions &actions = m_window->actions();
    mcp::FreezeFile &freeze = m_services.freeze();
    actions.offerFreeze(freeze.current());
    connect(&freeze, &mcp::FreezeFile::changed, this, [&actions](Freeze now) { actions.setFreeze(now); });
    connect(&actions, &Actions::freezeChosen, this, [this, &actions, &freeze](Freeze wanted) {
        if (const conductor::Result<conductor::Done> set = freeze.set(wanted); !set)
            m_window->say(conductor::sentence(set.error()));
        actions.setFreeze(freeze.current()); // what is in force, whatever was wanted
    });
    connect(&m_services.hosting(), &Hosting::sessionsChanged, this, &Companion::showClients);
    connect(&m_services.hosting(), &Hosting::raiseAsked, this, &Companion::raise);
}

void Companion::showClients()
{
    const int clients = int(m_services.hosting().sessions().size());
    m_tray->show({.line = clients == 0 ? QString() : clients == 1 ? tr("1 AI client") : tr("%1 AI clients").arg(QLocale().toString(clients))});
    m_window->setSidebarNote(mcpId, clients > 0 ? QLocale().toString(clients) : QString());
}

void Companion::startTheRest()
{
    if (m_restStarted)
        return;
    m_restStarted = true;
    m_services.start();
    m_tray->start();
    watchDesktop();
    if (!m_settings.complaint().isEmpty())
        m_window->say(m_settings.complaint());
    if (m_start == Start::Hidden && !m_tray->isThere())
        m_window->showMinimized();
}

void Companion::watchDesktop()
{
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")) // asking for a bus that is not there would start one
        return;
    m_desktop = std::make_unique<DesktopScheme>(QDBusConnection::sessionBus());
    connect(m_desktop.get(), &DesktopScheme::found, this, [this](bool dark) {
        m_settings.set(setting::desktopWasDark, dark);
        m_theme.setDesktopDark(dark);
    });
    m_desktop->watch();
}

void Companion::tintTray()
{
    m_tray->setOnDark(panelIsDark(qEnvironmentVariable("XDG_CURRENT_DESKTOP"), m_theme.isDark()));
}

void Companion::trayThere(bool there)
{
    if (!there && m_window->isHidden() && m_restStarted)
        m_window->showMinimized(); // nobody is left who could bring it back
}

void Companion::tellTrayStays()
{
    if (m_settings.get(setting::toldTrayStays))
        return;
    m_settings.set(setting::toldTrayStays, true);
    m_tray->tell(tr("Conductor Companion keeps running"), tr("AI clients stay connected. Open it again from its icon, or quit it there."));
}

} // namespace app
