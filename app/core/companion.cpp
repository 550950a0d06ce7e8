#include "app/core/companion.h"

#include "app/activity/activitypage.h"
#include "app/approvals/approvaltext.h"
#include "app/approvals/inboxpage.h"
#include "app/clients/clientspage.h"
#include "app/console/consolepage.h"
#include "app/definitions/definitionspage.h"
#include "app/executions/executionspage.h"
#include "app/executions/runpage.h"
#include "app/executions/searchtext.h"
#include "app/mcphost/mcppage.h"
#include "app/notifications/desktopnotifier.h"
#include "app/overview/overviewpage.h"
#include "app/profiles/serverspage.h"

#include <QApplication>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {
namespace {

const QString overviewId = u"overview"_s;
const QString executionsId = u"executions"_s;
const QString runId = u"run"_s;
const QString definitionsId = u"definitions"_s;
const QString mcpId = u"mcp"_s;
const QString inboxId = u"inbox"_s;
const QString activityId = u"activity"_s;
const QString clientsId = u"clients"_s;
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
    , m_oldKeys(services.profiles(), m_inbox, serversId, m_clock)
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
                       [this] {
                           auto *page = new McpPage(m_services.hosting(), m_clock);
                           connect(page, &McpPage::clientsWanted, m_window.get(), [this] { m_window->showPage(clientsId)->focusContent(); });
                           connect(page, &McpPage::storyRequested, this, [this](const QString &client, const QList<qint64> &pids) {
                               if (auto *activity = qobject_cast<ActivityPage *>(m_window->showPage(activityId)))
                                   activity->showStory(client, pids);
                           });
                           return page;
                       }});
    m_window->addPage({activityId, u"history"_s, tr("Activity"), tr("What AI clients did, and on which servers"), [this] {
                           ActivityPage::Setup setup;
                           setup.carryOut = [](ToolCall call) { return carryOut(serverProgram(), std::move(call)); };
                           auto *page = new ActivityPage(setup, m_servers, m_clock);
                           connect(page, &ActivityPage::openRequested, this, &Companion::openExecution);
                           connect(page, &ActivityPage::clientsWanted, m_window.get(), [this] { m_window->showPage(clientsId)->focusContent(); });
                           return page;
                       }});
    m_window->addPage({clientsId, u"plug"_s, tr("AI clients"), tr("Register your servers in AI clients"), [this] { return new ClientsPage(m_clients, m_servers); }});
    m_window->addPage({inboxId, u"inbox"_s, tr("Inbox"), tr("Calls of AI clients to allow or deny, and what else waits for you"), [this] {
                           auto *page = new InboxPage(m_services.hosting(), m_inbox, m_settings, m_clock);
                           connect(page, &InboxPage::pageWanted, m_window.get(), [this](const QString &id) { m_window->showPage(id); });
                           return page;
                       }});
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
    } else if (qobject_cast<ActivityPage *>(m_window->currentPage())) {
        m_beforeRun = activityId;
        back = tr("Back to the activity");
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
    connect(&m_services.hosting(), &Hosting::approvalsChanged, this, &Companion::showClients);
    connect(&m_inbox, &Inbox::changed, this, &Companion::showClients);
    connect(m_tray.get(), &Tray::inboxWanted, this, [this] { showInbox({}); });
    showClients(); // keys may be old already
    connect(&m_services.hosting(), &Hosting::raiseAsked, this, &Companion::raise);
}

void Companion::showClients()
{
    const QLocale locale;
    const int clients = int(m_services.hosting().sessions().size());
    const auto &approvals = m_services.hosting().approvals();
    const int waiting = int(std::count_if(approvals.begin(), approvals.end(), isWaiting));
    const int needsYou = waiting + int(m_inbox.items().size());
    m_tray->show({.line = clients == 0 ? QString() : clients == 1 ? tr("1 AI client") : tr("%1 AI clients").arg(locale.toString(clients)),
                  .needsYou = needsYou,
                  .approvals = waiting});
    m_window->setSidebarNote(mcpId, clients > 0 ? locale.toString(clients) : QString());
    m_window->setSidebarNote(inboxId, needsYou > 0 ? locale.toString(needsYou) : QString());
}

// The person asked for it: the window never comes to the front for an approval by itself.
void Companion::showInbox(const QString &approval)
{
    m_window->raiseToUser();
    if (auto *page = qobject_cast<InboxPage *>(m_window->showPage(inboxId)))
        page->showApproval(approval);
}

void Companion::startNotices()
{
    const bool hasBus = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"); // asking for a bus that is not there would start one
    const auto byTray = [this](const QString &title, const QString &text) { m_tray->tell(title, text); };
    m_notifier = std::make_unique<DesktopNotifier>(hasBus ? QDBusConnection::sessionBus() : QDBusConnection(QString()), byTray);
    m_notices = std::make_unique<ApprovalNotices>(m_services.hosting(), m_settings, *m_notifier, m_clock);
    connect(m_notices.get(), &ApprovalNotices::showRequested, this, &Companion::showInbox);
}

void Companion::startTheRest()
{
    if (m_restStarted)
        return;
    m_restStarted = true;
    m_services.start();
    m_tray->start();
    watchDesktop();
    watchClientFiles();
    startNotices();
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

void Companion::watchClientFiles()
{
    connect(&m_clients, &LiveClients::changed, this, [this] {
        const int drifted = m_clients.drifted();
        m_window->setSidebarNote(clientsId, drifted > 0 ? QLocale().toString(drifted) : QString());
        if (drifted == 0) {
            m_inbox.remove(InboxItem::Kind::DriftedClient, clientsId);
            return;
        }
        InboxItem item{.kind = InboxItem::Kind::DriftedClient, .id = clientsId, .action = tr("Open AI clients"), .page = clientsId, .since = m_clock()};
        item.title = drifted == 1 ? tr("An AI client dropped or changed our entry") : tr("%1 AI clients dropped or changed our entry").arg(QLocale().toString(drifted));
        item.detail = tr("It may not reach the server any more. The page AI clients shows what changed and repairs it.");
        m_inbox.put(item);
    });
    connect(&m_clients, &LiveClients::driftSeen, m_window.get(), [this](const QString &sentence) { m_window->say(tr("%1. The page AI clients repairs it").arg(sentence)); });
    m_clients.start();
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
