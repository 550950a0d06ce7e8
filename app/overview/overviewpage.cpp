#include "app/overview/overviewpage.h"

#include "app/look/metrics.h"
#include "app/overview/serversection.h"
#include "app/overview/serverwatch.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/pageheader.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace app {
namespace {

constexpr std::chrono::seconds tickEvery{1};

} // namespace

OverviewPage::OverviewPage(Servers &servers, Clock clock, QWidget *parent)
    : Page(parent)
    , m_servers(servers)
    , m_clock(std::move(clock))
    , m_header(new PageHeader(tr("Overview")))
    , m_stack(new QStackedWidget)
    , m_sections(new QVBoxLayout)
    , m_empty(new EmptyState)
    , m_tick(new QTimer(this))
{
    auto *refreshButton = new IconButton(u"refresh-cw", tr("Refresh (F5)"));
    connect(refreshButton, &QToolButton::clicked, this, &OverviewPage::refresh);
    m_header->addButton(refreshButton);

    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    m_sections->setSpacing(2 * Metrics::groupGap);
    column->addLayout(m_sections);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    m_stack->addWidget(scroll);
    m_stack->addWidget(m_empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);

    m_empty->showFirstUse(u"server", tr("There is no server yet"), tr("Add a Conductor server to see its runs and to let AI clients use it."), tr("Add a server"),
                          tr("Start a local server with samples"));
    connect(m_empty, &EmptyState::actionRequested, this, &OverviewPage::serverWanted);
    connect(m_empty, &EmptyState::linkRequested, this, &OverviewPage::localServerWanted);
    connect(&m_servers, &Servers::listChanged, this, &OverviewPage::showServers);
    connect(&m_servers, &Servers::healthChanged, this, [this](const QString &id) {
        if (const auto found = m_watched.find(id); found != m_watched.end())
            found->second.section->show(*m_servers.find(id));
    });
    m_tick->setInterval(tickEvery);
    connect(m_tick, &QTimer::timeout, this, [this] {
        for (const auto &[id, watched] : m_watched)
            watched.watch->tick();
    });
    showServers();
}

OverviewPage::~OverviewPage()
{
    for (const auto &[id, watched] : m_watched)
        delete watched.section; // before the models it shows
}

void OverviewPage::setLive(bool live)
{
    m_live = live;
    for (const auto &[id, watched] : m_watched)
        watched.watch->setLive(live);
    if (live)
        m_tick->start();
    else
        m_tick->stop();
}

void OverviewPage::refresh()
{
    for (const auto &[id, watched] : m_watched)
        watched.watch->refresh();
}

// A server that stays keeps its section; one that points elsewhere now is watched anew.
void OverviewPage::showServers()
{
    for (auto it = m_watched.begin(); it != m_watched.end();) {
        const ServerEntry *server = m_servers.find(it->first);
        if (server && server->url == it->second.server.url) {
            it->second.server = *server;
            it->second.section->show(*server);
            ++it;
            continue;
        }
        delete it->second.section;
        it = m_watched.erase(it);
    }
    for (const ServerEntry &server : m_servers.all()) {
        if (!m_watched.contains(server.id))
            watch(server);
        m_sections->removeWidget(m_watched.at(server.id).section);
        m_sections->addWidget(m_watched.at(server.id).section);
    }
    m_stack->setCurrentIndex(m_servers.all().empty() ? 1 : 0);
}

void OverviewPage::watch(const ServerEntry &server)
{
    auto watch = std::make_unique<ServerWatch>(*m_servers.client(server.id), m_clock);
    auto *section = new ServerSection(server, *watch);
    const QString id = server.id;
    connect(watch.get(), &ServerWatch::changed, this, [this, id, asked = watch.get()] { tellHealth(id, *asked); });
    connect(section, &ServerSection::openRequested, this, [this, id](const QString &execution) { Q_EMIT openRequested(id, execution); });
    connect(section, &ServerSection::searchRequested, this, [this, id](const QString &text) { Q_EMIT searchRequested(id, text); });
    watch->setLive(m_live);
    m_watched.insert_or_assign(id, Watched{server, std::move(watch), section});
}

void OverviewPage::tellHealth(const QString &id, const ServerWatch &watch)
{
    if (watch.error())
        m_servers.tellFailed(id, *watch.error());
    else
        m_servers.tellAnswered(id);
}

} // namespace app
