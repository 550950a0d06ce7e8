#include "app/activity/activitypage.h"

#include "app/activity/activitycharts.h"
#include "app/activity/activitydetail.h"
#include "app/activity/activityfilters.h"
#include "app/activity/activityreports.h"
#include "app/activity/againpane.h"
#include "app/activity/callsview.h"
#include "app/activity/clientneeds.h"
#include "app/activity/storypane.h"
#include "app/look/metrics.h"
#include "app/widgets/buttons.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/noteline.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/placement.h"
#include "app/widgets/searchfield.h"
#include "conductor/base/hostile.h"

#include <QButtonGroup>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using conductor::Done;
using conductor::Error;
using conductor::Failure;
using conductor::harmless;
using conductor::Reply;
using conductor::Result;
using mcp::AuditEntry;

namespace app {
namespace {

constexpr qint64 mostOfAStory = 5000;
constexpr Pace pace{.fast = 500ms, .slow = 2s, .longest = 30s};

} // namespace

ActivityPage::ActivityPage(Setup setup, Servers &servers, Clock clock, QWidget *parent)
    : Page(parent)
    , m_setup(std::move(setup))
    , m_servers(servers)
    , m_clock(std::move(clock))
    , m_reader(std::make_unique<AuditReader>(m_setup.audit))
    , m_poller(std::make_unique<Poller>([this] { return look(); }, pace))
    , m_header(new PageHeader(tr("Activity")))
    , m_field(new SearchField(tr("Search the calls"), tr("Any text: a tool, an id, a reason")))
    , m_views(new QButtonGroup(this))
    , m_filters(new ActivityFilters)
    , m_notes(new NoteLine)
    , m_message(new MessageBar)
    , m_loading(new LoadingBar)
    , m_reports(new ActivityReports(*m_reader, m_setup.askPath, *m_message, *m_loading, this))
    , m_stack(new QStackedWidget)
    , m_calls(new CallsView(m_clock))
    , m_clients(new ClientNeeds)
    , m_story(new StoryPane)
    , m_again(new AgainPane(m_servers, m_setup.carryOut))
    , m_empty(new EmptyState)
{
    build();
    connectParts();
}

ActivityPage::~ActivityPage() = default;

void ActivityPage::build()
{
    auto *verifyButton = new IconButton(u"shield-check", tr("Verify that nothing was changed"));
    auto *exportButton = new IconButton(u"download", tr("Export the calls"));
    auto *refreshButton = new IconButton(u"refresh-cw", tr("Refresh (F5)"));
    auto *formats = new QMenu(exportButton);
    connect(formats->addAction(tr("As JSON lines …")), &QAction::triggered, this, [this] { m_reports->exportAs(AuditReader::Format::JsonLines, exported()); });
    connect(formats->addAction(tr("As a table (CSV) …")), &QAction::triggered, this, [this] { m_reports->exportAs(AuditReader::Format::Csv, exported()); });
    exportButton->setMenu(formats);
    exportButton->setPopupMode(QToolButton::InstantPopup);
    connect(verifyButton, &QToolButton::clicked, m_reports, &ActivityReports::verify);
    connect(refreshButton, &QToolButton::clicked, this, &ActivityPage::refresh);
    m_header->setSearch(m_field);
    for (QToolButton *each : {static_cast<QToolButton *>(verifyButton), static_cast<QToolButton *>(exportButton), static_cast<QToolButton *>(refreshButton)})
        m_header->addButton(each);
    m_notes->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::unit);
    m_stack->insertWidget(CallsContent, m_calls);
    m_stack->insertWidget(ChartsContent, new QWidget); // until the charts are wanted
    m_stack->insertWidget(ClientsContent, m_clients);
    m_stack->insertWidget(StoryContent, m_story);
    m_stack->insertWidget(AgainContent, m_again);
    m_stack->insertWidget(EmptyContent, m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(buildFilters());
    layout->addWidget(m_notes);
    layout->addLayout(withinMargins(m_message));
    layout->addWidget(m_loading);
    layout->addWidget(m_stack, 1);
}

QWidget *ActivityPage::buildFilters()
{
    m_filterLine = new QWidget;
    auto *line = new QHBoxLayout(m_filterLine);
    line->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::rowGap);
    line->setSpacing(Metrics::unit + 2);
    for (const auto &[view, word] : {std::pair(View::Calls, tr("Calls")), std::pair(View::Charts, tr("Charts")), std::pair(View::Clients, tr("What clients need"))}) {
        auto *chip = new FilterChip({.glyph = {}, .word = word});
        chip->setChecked(view == View::Calls);
        m_views->addButton(chip, int(view));
        line->addWidget(chip);
    }
    markView();
    line->addSpacing(Metrics::groupGap);
    line->addWidget(m_filters);
    line->addStretch();
    return m_filterLine;
}

void ActivityPage::connectParts()
{
    connect(m_field, &SearchField::searched, this, &ActivityPage::filterChanged);
    connect(m_filters, &ActivityFilters::changed, this, &ActivityPage::filterChanged);
    connect(m_views, &QButtonGroup::idClicked, this, [this](int id) { showView(View(id)); });
    connect(m_message, &MessageBar::actionRequested, this, &ActivityPage::refresh);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_emptyAction)
            m_emptyAction();
    });
    connect(m_calls, &CallsView::moreRequested, this, [this] {
        m_wanted = std::min(m_wanted + pageSize, mostRows);
        refresh();
    });
    ActivityDetail &detail = m_calls->detail();
    connect(&detail, &ActivityDetail::runRequested, this, &ActivityPage::openRun);
    connect(&detail, &ActivityDetail::copied, this, [this] { Q_EMIT said(tr("Copied")); });
    connect(&detail, &ActivityDetail::storyRequested, this, [this, &detail] { showStory(detail.call().client, {detail.call().pid}); });
    connect(&detail, &ActivityDetail::againRequested, this, [this, &detail] {
        m_again->show(detail.call());
        showContent(AgainContent);
        m_again->focusFirst();
    });
    connect(m_clients, &ClientNeeds::copied, this, [this] { Q_EMIT said(tr("Copied. Add the flags to the client's entry for conductor-mcp")); });
    connect(m_story, &StoryPane::copied, this, [this] { Q_EMIT said(tr("Copied as Markdown")); });
    connect(m_story, &StoryPane::saveRequested, this, [this] { m_reports->saveStory(m_story->story().markdown()); });
    connect(m_story, &StoryPane::backRequested, this, &ActivityPage::leavePane);
    connect(m_again, &AgainPane::backRequested, this, &ActivityPage::leavePane);
    connect(m_again, &AgainPane::called, this, [this] { m_poller->wake(); });
}

void ActivityPage::setLive(bool live)
{
    m_poller->setLive(live);
    if (!live)
        m_reader->rest();
}

void ActivityPage::refresh()
{
    m_version = -1;
    m_poller->wake();
}

void ActivityPage::filterChanged()
{
    m_wanted = pageSize;
    refresh();
}

void ActivityPage::showView(View view)
{
    m_view = view;
    m_views->button(int(view))->setChecked(true);
    markView();
    if (view == View::Charts && !m_charts) {
        m_charts = new ActivityCharts;
        delete m_stack->widget(ChartsContent);
        m_stack->insertWidget(ChartsContent, m_charts);
    }
    showContent(view == View::Calls ? CallsContent : view == View::Charts ? ChartsContent : ClientsContent);
    refresh();
}

void ActivityPage::leavePane()
{
    showView(m_view);
    focusContent();
}

// Tab reaches the chosen view, arrows the others.
void ActivityPage::markView()
{
    const QList<QAbstractButton *> all = m_views->buttons();
    for (QAbstractButton *each : all)
        each->setFocusPolicy(each->isChecked() ? Qt::TabFocus : Qt::NoFocus);
}

void ActivityPage::showContent(Content content)
{
    const bool apart = content == StoryContent || content == AgainContent;
    m_stack->setCurrentIndex(content);
    m_filterLine->setVisible(!apart);
    m_field->setVisible(!apart);
    m_filters->setEnabled(m_view != View::Clients);
    m_field->setEnabled(m_view != View::Clients);
    if (apart)
        m_notes->say({});
}

mcp::AuditQuery ActivityPage::query() const
{
    mcp::AuditQuery query = m_filters->query(m_clock());
    query.text = m_field->text().trimmed();
    return query;
}

// What the filter leaves, or all where it does not count.
mcp::AuditQuery ActivityPage::exported() const
{
    return m_view == View::Clients ? mcp::AuditQuery() : query();
}

bool ActivityPage::isFiltered() const
{
    return m_filters->isSet() || !m_field->text().trimmed().isEmpty();
}

// The cheapest question first: has anything been written since? Only then the rows are read.
Reply<Activity> ActivityPage::look()
{
    const bool anew = m_version < 0;
    const Result<qint64> version = co_await conductor::outcome(m_reader->version());
    if (!version && version.error().kind == Error::Kind::NotFound) {
        m_message->close();
        showEmptiness(true);
        Q_EMIT read();
        co_return Activity::Idle;
    }
    if (!version) {
        showTrouble(version.error());
        co_return Failure(version.error());
    }
    m_calls->tick();
    if (!anew && *version == m_version)
        co_return m_calls->hasOpen() ? Activity::Busy : Activity::Idle;
    m_version = *version;
    m_loading->setLoading(true);
    const Result<Done> done = co_await conductor::outcome(readView());
    m_loading->setLoading(false);
    if (!done && done.error().kind != Error::Kind::Cancelled) {
        m_version = -1;
        showTrouble(done.error());
        co_return Failure(done.error());
    }
    co_return m_calls->hasOpen() ? Activity::Busy : Activity::Idle;
}

Reply<Done> ActivityPage::readView()
{
    const View view = m_view;
    m_filters->offer(co_await m_reader->names());
    if (view == View::Charts) {
        const mcp::CallStatistics statistics = co_await m_reader->statistics(query());
        if (view != m_view)
            co_return Done{}; // another one is wanted by now, and asked for
        m_header->setHint(tr("%1 calls").arg(QLocale().toString(statistics.calls)));
        if (m_charts)
            m_charts->show(statistics);
        if (statistics.calls == 0)
            showEmptiness(!isFiltered());
        else if (m_stack->currentIndex() == EmptyContent)
            showContent(ChartsContent);
    } else if (view == View::Clients) {
        const qint64 since = m_clock().toMSecsSinceEpoch() - ClientNeeds::days * qint64(86'400'000);
        const std::vector<AuditReader::ClientUsage> usage = co_await m_reader->usage(since);
        if (view != m_view)
            co_return Done{};
        m_header->setHint(tr("In the last %1 days").arg(ClientNeeds::days));
        m_clients->show(usage);
        if (m_stack->currentIndex() == EmptyContent)
            showContent(ClientsContent);
    } else {
        mcp::AuditQuery asked = query();
        asked.newest = m_wanted + 1;
        const AuditReader::Rows rows = co_await m_reader->rows(asked);
        if (view != m_view)
            co_return Done{};
        showRows(*rows);
    }
    Q_EMIT read();
    co_return Done{};
}

void ActivityPage::showRows(const std::vector<AuditEntry> &rows)
{
    const bool more = qint64(rows.size()) > m_wanted;
    if (more)
        m_calls->show(std::vector<AuditEntry>(rows.begin(), rows.begin() + m_wanted), m_wanted < mostRows);
    else
        m_calls->show(rows, false);
    const QString count = QLocale().toString(m_calls->count());
    m_header->setHint(more ? tr("The newest %1 calls").arg(count) : tr("%1 calls").arg(count));
    const int content = m_stack->currentIndex();
    if (content == StoryContent || content == AgainContent)
        return;
    m_notes->say(more && m_wanted >= mostRows ? QStringList{tr("No more than %1 calls are shown. Narrow the filter for older ones, or export all.").arg(count)} : QStringList());
    if (rows.empty())
        showEmptiness(!isFiltered());
    else
        showContent(CallsContent);
}

void ActivityPage::showTrouble(const Error &error)
{
    if (m_calls->count() > 0 || m_stack->currentIndex() == StoryContent || m_stack->currentIndex() == AgainContent) {
        m_message->sayError(tr("The list is not current: %1.").arg(harmless(error.message, 160)), error, tr("Try again"));
    } else {
        m_empty->showError(tr("The audit could not be read"), error);
        m_emptyAction = [this] { refresh(); };
        showContent(EmptyContent);
    }
    Q_EMIT read();
}

void ActivityPage::showEmptiness(bool nothingKept)
{
    const int content = m_stack->currentIndex();
    if (content == StoryContent || content == AgainContent)
        return;
    if (nothingKept) {
        m_empty->showFirstUse(u"bot", tr("No AI client has called a tool yet"), tr("Each call of an AI client is kept here: who, what, on which server, and how it ended."),
                              tr("Connect an AI client"));
        m_emptyAction = [this] { Q_EMIT clientsWanted(); };
        m_header->setHint({});
    } else {
        m_empty->showNoMatch(tr("No call matches"), tr("Nothing that was kept fits the filter."));
        m_emptyAction = [this] {
            m_field->setQuietly({});
            m_filters->clear();
        };
    }
    m_notes->say({});
    showContent(EmptyContent);
}

void ActivityPage::showStory(const QString &client, const QList<qint64> &pids)
{
    readStory(client, pids);
}

Reply<Done> ActivityPage::readStory(QString client, QList<qint64> pids)
{
    mcp::AuditQuery asked;
    asked.client = client;
    asked.pids = pids;
    asked.newest = mostOfAStory;
    const Result<AuditReader::Rows> rows = co_await conductor::outcome(m_reader->session(asked));
    if (!rows) {
        m_message->sayError(tr("The story cannot be told: %1.").arg(harmless(rows.error().message, 160)), rows.error());
        co_return Done{};
    }
    if ((*rows)->empty()) {
        m_message->say(MessageBar::Kind::Info, tr("This client has not called a tool yet."));
        co_return Done{};
    }
    m_story->show(SessionStory::of(**rows));
    showContent(StoryContent);
    m_story->focusFirst();
    co_return Done{};
}

// On the server of that name, else on the one in front.
void ActivityPage::openRun(const QString &executionId)
{
    const QString &profile = m_calls->detail().call().profile;
    const auto &all = m_servers.all();
    const auto named = std::find_if(all.begin(), all.end(), [&](const ServerEntry &server) { return server.name == profile; });
    const ServerEntry *server = named != all.end() ? &*named : m_servers.current();
    if (server)
        Q_EMIT openRequested(server->id, executionId);
    else
        m_message->say(MessageBar::Kind::Warning, tr("There is no server of the name %1 any more: add it to open its runs.").arg(harmless(profile, 80)));
}

void ActivityPage::focusSearch()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void ActivityPage::focusContent()
{
    if (m_stack->currentIndex() == CallsContent)
        m_calls->focusFirst();
    else if (m_stack->currentIndex() == ClientsContent)
        m_clients->focusFirst();
    else
        m_views->button(int(m_view))->setFocus(Qt::OtherFocusReason);
}

bool ActivityPage::closePane()
{
    if (!m_message->isHidden()) {
        m_message->close();
        return true;
    }
    if (m_stack->currentIndex() == StoryContent || m_stack->currentIndex() == AgainContent) {
        leavePane();
        return true;
    }
    if (m_stack->currentIndex() == CallsContent && m_calls->unselect())
        return true;
    if (!isFiltered())
        return false;
    m_field->setQuietly({});
    m_filters->clear();
    return true;
}

} // namespace app
