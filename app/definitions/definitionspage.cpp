#include "app/definitions/definitionspage.h"

#include "app/definitions/definitiondesk.h"
#include "app/definitions/definitionlist.h"
#include "app/definitions/livedefinitions.h"
#include "app/widgets/toast.h"
#include "conductor/base/hostile.h"

#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr std::chrono::seconds tickEvery{5};

} // namespace

DefinitionsPage::DefinitionsPage(Servers &servers, Settings &settings, Clock clock, QWidget *parent)
    : Page(parent)
    , m_servers(servers)
    , m_stack(new QStackedWidget)
    , m_list(new DefinitionList(settings, std::move(clock)))
    , m_desk(new DefinitionDesk(m_drafts, settings))
    , m_toast(nullptr)
    , m_tick(new QTimer(this))
{
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_desk);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_toast = new Toast(this);

    connect(m_list, &DefinitionList::openRequested, this, [this](const QString &name) { open(name); });
    connect(m_list, &DefinitionList::newRequested, this, &DefinitionsPage::openNew);
    connect(m_list, &DefinitionList::refreshRequested, this, &DefinitionsPage::refresh);
    connect(m_list, &DefinitionList::runsRequested, this, &DefinitionsPage::runsRequested);
    connect(m_list, &DefinitionList::said, this, &Page::said);
    connect(m_list, &DefinitionList::serverWanted, this, &DefinitionsPage::serverWanted);
    connect(m_desk, &DefinitionDesk::closed, this, &DefinitionsPage::showList);
    connect(m_desk, &DefinitionDesk::draftsChanged, this, &DefinitionsPage::showRows);
    connect(m_desk, &DefinitionDesk::versionsChanged, this, &DefinitionsPage::refresh);
    connect(m_desk, &DefinitionDesk::started, this, &DefinitionsPage::started);
    connect(m_desk, &DefinitionDesk::said, this, &Page::said);
    connect(m_toast, &Toast::actionRequested, this, [this] { Q_EMIT openExecutionRequested(m_startedId); });
    connect(&m_servers, &Servers::currentChanged, this, &DefinitionsPage::connectServer);
    m_tick->setInterval(tickEvery);
    connect(m_tick, &QTimer::timeout, m_list, &DefinitionList::tick);
    connectServer();
}

DefinitionsPage::~DefinitionsPage() = default;

void DefinitionsPage::connectServer()
{
    m_desk->leave(); // while its drafts still belong to the server of before
    m_definitions.reset();
    m_list->clear();
    m_stack->setCurrentWidget(m_list);
    const ServerEntry *server = m_servers.current();
    m_serverId = server ? server->id : QString();
    const std::optional<conductor::Client> client = m_servers.client(m_serverId);
    if (!client) {
        m_list->showNoServer();
        return;
    }
    m_desk->setServer(*server, *client);
    m_definitions = std::make_unique<LiveDefinitions>(*client);
    connect(m_definitions.get(), &LiveDefinitions::shown, this, [this] {
        m_servers.tellAnswered(m_serverId);
        showRows();
        m_desk->compareWith(m_definitions->versions());
    });
    connect(m_definitions.get(), &LiveDefinitions::failed, this, [this] {
        m_servers.tellFailed(m_serverId, *m_definitions->error());
        m_list->showError(*m_definitions->error());
    });
    connect(m_definitions.get(), &LiveDefinitions::loadingChanged, m_list, &DefinitionList::setLoading);
    m_definitions->setLive(m_live);
}

void DefinitionsPage::showRows()
{
    if (!m_definitions || !m_definitions->isAnswered())
        return;
    QStringList drafts;
    for (const Draft &draft : m_drafts.of(m_serverId))
        drafts << draft.name;
    drafts.removeDuplicates();
    m_list->show(definitionRows(m_definitions->versions(), drafts));
}

void DefinitionsPage::open(const QString &name, int version)
{
    if (!m_definitions)
        return;
    m_stack->setCurrentWidget(m_desk);
    m_desk->open(name, version);
}

void DefinitionsPage::openNew()
{
    if (!m_definitions)
        return;
    QString name = u"new_workflow"_s;
    const auto isTaken = [this](const QString &wanted) {
        const auto &versions = m_definitions->versions();
        return m_drafts.newestOf(m_serverId, wanted)
            || std::any_of(versions.begin(), versions.end(), [&](const conductor::DefinitionVersion &version) { return version.name == wanted; });
    };
    for (int number = 2; isTaken(name); ++number)
        name = u"new_workflow_%1"_s.arg(number);
    m_stack->setCurrentWidget(m_desk);
    m_desk->openNew(name);
}

void DefinitionsPage::showList()
{
    m_desk->leave();
    m_stack->setCurrentWidget(m_list);
    m_list->focusTable();
}

void DefinitionsPage::started(const QString &executionId, const QString &name)
{
    m_startedId = executionId;
    m_toast->say(tr("%1 was started").arg(conductor::harmless(name, 60)), tr("Open"));
}

bool DefinitionsPage::isListShown() const
{
    return m_stack->currentWidget() == m_list;
}

void DefinitionsPage::setLive(bool live)
{
    m_live = live;
    if (m_definitions)
        m_definitions->setLive(live);
    if (live)
        m_tick->start();
    else
        m_tick->stop();
}

void DefinitionsPage::refresh()
{
    if (m_definitions)
        m_definitions->refresh();
}

void DefinitionsPage::focusSearch()
{
    if (isListShown())
        m_list->focusSearch();
    else
        m_desk->openFind();
}

void DefinitionsPage::focusContent()
{
    if (isListShown())
        m_list->focusTable();
    else
        m_desk->setFocus(Qt::OtherFocusReason);
}

bool DefinitionsPage::closePane()
{
    if (isListShown())
        return m_list->closePane();
    if (!m_desk->closePane())
        showList();
    return true;
}

} // namespace app
