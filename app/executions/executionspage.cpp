#include "app/executions/executionspage.h"

#include "app/executions/executionstable.h"
#include "app/executions/livesearch.h"
#include "app/executions/searchtext.h"
#include "app/look/statuslook.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/noteline.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/placement.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QTimer>
#include <QUuid>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::ExecutionStatus;

namespace app {
namespace {

constexpr std::chrono::seconds tickEvery{1};
enum StackIndex { tableIndex, emptyIndex };

} // namespace

ExecutionsPage::ExecutionsPage(Servers &servers, Settings &settings, Clock clock, QWidget *parent)
    : Page(parent)
    , m_servers(servers)
    , m_settings(settings)
    , m_clock(std::move(clock))
    , m_header(new PageHeader(tr("Executions")))
    , m_field(new SearchField(tr("Search executions"), tr("type:agent*  status:failed  since:1d  or any text or id", "type, status, failed and since stay as they are")))
    , m_notes(new NoteLine)
    , m_message(new MessageBar)
    , m_loading(new LoadingBar)
    , m_stack(new QStackedWidget)
    , m_table(new Table(tr("Executions")))
    , m_empty(new EmptyState)
    , m_tick(new QTimer(this))
{
    build();
    connect(m_field, &SearchField::searched, this, &ExecutionsPage::searchTextChanged);
    connect(m_field, &SearchField::entered, this, [this](const QString &text) {
        if (!QUuid::fromString(text.trimmed()).isNull()) // an id alone: the run itself, whether the server's index knows it or not
            Q_EMIT openRequested(text.trimmed());
    });
    connect(m_message, &MessageBar::actionRequested, this, &ExecutionsPage::refresh);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_emptyAction)
            m_emptyAction();
    });
    connect(&m_servers, &Servers::currentChanged, this, &ExecutionsPage::connectServer);
    m_tick->setInterval(tickEvery);
    connect(m_tick, &QTimer::timeout, this, [this] {
        if (m_search)
            m_search->model().tick();
    });
    connectServer();
}

ExecutionsPage::~ExecutionsPage()
{
    m_table->setModel(nullptr); // the search goes with its model before the table does
}

void ExecutionsPage::build()
{
    auto *refreshButton = new IconButton(u"refresh-cw", tr("Refresh (F5)"));
    connect(refreshButton, &QToolButton::clicked, this, &ExecutionsPage::refresh);
    m_header->setSearch(m_field);
    m_header->addButton(refreshButton);
    m_notes->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::unit);
    buildTable();
    m_stack->insertWidget(tableIndex, underTitle(m_table));
    m_stack->insertWidget(emptyIndex, m_empty);

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

QWidget *ExecutionsPage::buildFilters()
{
    auto *filters = new QWidget;
    auto *line = new QHBoxLayout(filters);
    line->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::unit);
    line->setSpacing(Metrics::unit + 2);
    for (const auto status : {ExecutionStatus::Running, ExecutionStatus::Paused, ExecutionStatus::Failed, ExecutionStatus::TimedOut, ExecutionStatus::Completed,
                              ExecutionStatus::Terminated}) {
        auto *chip = new FilterChip(statusLook(status));
        connect(chip, &QAbstractButton::clicked, this, &ExecutionsPage::statusesToggled);
        line->addWidget(chip);
        m_chips.emplace_back(conductor::word(status), chip);
    }
    line->addStretch();
    return filters;
}

void ExecutionsPage::buildTable()
{
    connect(setExecutionDelegates(*m_table), &IdDelegate::copyRequested, this, &ExecutionsPage::copyId);
    m_table->setDensity(m_settings.get(setting::density));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &Table::chosen, this, &ExecutionsPage::open);
    connect(m_table, &Table::endIsNear, this, [this] {
        if (m_search)
            m_search->loadMore();
    });
    connect(m_table, &Table::columnsChanged, this, [this] { m_settings.set(setting::executionColumns, m_table->columns()); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &ExecutionsPage::offerRowActions);
}

void ExecutionsPage::connectServer()
{
    const ServerEntry *server = m_servers.current();
    m_table->setModel(nullptr);
    m_search.reset();
    m_message->close();
    m_serverId = server ? server->id : QString();
    const std::optional<conductor::Client> client = m_servers.client(m_serverId);
    if (!client) {
        showEmptiness();
        updateHint();
        return;
    }

    m_search = std::make_unique<LiveSearch>(*client, m_clock);
    connect(m_search.get(), &LiveSearch::shown, this, &ExecutionsPage::answerShown);
    connect(m_search.get(), &LiveSearch::failed, this, &ExecutionsPage::answerFailed);
    connect(m_search.get(), &LiveSearch::loadingChanged, m_loading, &LoadingBar::setLoading);
    connect(m_search.get(), &LiveSearch::aboutToShow, m_table, &Table::rememberPlace);
    m_table->setModel(&m_search->model());
    showColumns();
    m_stack->setCurrentIndex(tableIndex);
    m_field->setQuietly(m_settings.get(setting::executionSearch, m_serverId));
    searchTextChanged(m_field->text());
    m_search->setLive(m_live);
}

void ExecutionsPage::showColumns()
{
    if (const QByteArray saved = m_settings.get(setting::executionColumns); !saved.isEmpty()) {
        m_table->restoreColumns(saved);
        return;
    }
    setExecutionColumnWidths(*m_table);
    m_table->setColumnHidden(ExecutionsModel::Correlation, true);
}

void ExecutionsPage::setSearch(const QString &text)
{
    m_field->setQuietly(text);
    searchTextChanged(text);
}

QString ExecutionsPage::search() const
{
    return m_field->text();
}

void ExecutionsPage::setLive(bool live)
{
    m_live = live;
    if (m_search)
        m_search->setLive(live);
    if (live)
        m_tick->start();
    else
        m_tick->stop();
}

// The text is read anew: since:1h counts from now.
void ExecutionsPage::refresh()
{
    if (!m_search)
        return;
    const SearchText read = readSearch(m_field->text(), m_clock());
    if (read.query == m_search->query())
        m_search->refresh();
    else
        searchTextChanged(m_field->text());
}

void ExecutionsPage::focusSearch()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void ExecutionsPage::focusContent()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

bool ExecutionsPage::closePane()
{
    if (!m_message->isHidden()) {
        m_message->close();
        return true;
    }
    if (m_field->hasFocus() && m_stack->currentIndex() == tableIndex) {
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (!m_field->text().isEmpty()) {
        setSearch({});
        return true;
    }
    return false;
}

void ExecutionsPage::searchTextChanged(const QString &text)
{
    const SearchText read = readSearch(text, m_clock());
    m_complaints = read.complaints;
    for (const auto &[status, chip] : m_chips)
        chip->setChecked(read.query.statuses.contains(status));
    updateNotes();
    if (!m_search)
        return;
    m_settings.set(setting::executionSearch, text, m_serverId);
    m_search->search(read.query);
}

void ExecutionsPage::statusesToggled()
{
    QStringList wanted;
    for (const auto &[status, chip] : m_chips) {
        if (chip->isChecked())
            wanted << status;
    }
    setSearch(withStatuses(m_field->text(), wanted));
}

void ExecutionsPage::answerShown()
{
    m_table->returnToPlace();
    m_message->close();
    m_servers.tellAnswered(m_serverId);
    updateHint();
    updateNotes();
    if (m_search->model().rowCount() > 0)
        m_stack->setCurrentIndex(tableIndex);
    else
        showEmptiness();
}

void ExecutionsPage::answerFailed()
{
    const conductor::Error &error = *m_search->error();
    m_servers.tellFailed(m_serverId, error);
    if (m_search->model().rowCount() > 0) {
        m_message->sayError(tr("The list is not current: %1.").arg(conductor::harmless(error.message, 160)), error, tr("Try again"));
        return;
    }
    m_empty->showError(tr("The executions could not be read"), error);
    m_emptyAction = [this] { refresh(); };
    m_stack->setCurrentIndex(emptyIndex);
    updateHint();
}

void ExecutionsPage::showEmptiness()
{
    if (!m_search) {
        m_empty->showFirstUse(u"server", tr("There is no server yet"), tr("Add the Conductor server whose runs you want to see."), tr("Add a server"));
        m_emptyAction = [this] { Q_EMIT serverWanted(); };
    } else if (isFiltered()) {
        m_empty->showNoMatch(tr("No execution matches"), tr("Nothing on this server fits what is in the search box."));
        m_emptyAction = [this] { setSearch({}); };
    } else {
        m_empty->showFirstUse(u"activity", tr("Nothing has run here yet"), tr("A run appears here as soon as somebody starts a workflow."), tr("Show the definitions"));
        m_emptyAction = [this] { Q_EMIT definitionsWanted(); };
    }
    m_stack->setCurrentIndex(emptyIndex);
}

void ExecutionsPage::updateHint()
{
    const bool known = m_search && m_search->isAnswered();
    m_header->setHint(known ? tr("%1 found", "a number of executions").arg(QLocale().toString(m_search->total())) : QString());
}

void ExecutionsPage::updateNotes()
{
    QStringList notes = m_complaints;
    if (m_search && m_search->isWidened())
        notes << tr("No run matches the name %1 exactly: runs of workflows whose name contains it are shown.")
                     .arg(conductor::harmless(m_search->query().names.value(0), 60));
    m_notes->say(notes);
}

void ExecutionsPage::open(const QModelIndex &index)
{
    Q_EMIT openRequested(index.data(ExecutionsModel::ExecutionIdRole).toString());
}

void ExecutionsPage::offerRowActions(QPoint position)
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    const QString id = index.data(ExecutionsModel::ExecutionIdRole).toString();
    const QString name = index.siblingAtColumn(ExecutionsModel::Name).data().toString();
    const QString correlation = index.data(ExecutionsModel::CorrelationIdRole).toString();

    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Open")), &QAction::triggered, this, [this, id] { Q_EMIT openRequested(id); });
    connect(menu->addAction(tr("Copy the id")), &QAction::triggered, this, [this, id] { copyId(id); });
    menu->addSeparator();
    connect(menu->addAction(tr("Runs of the same workflow")), &QAction::triggered, this, [this, name] { setSearch(searchTerm(u"type"_s, name)); });
    QAction *correlated = menu->addAction(tr("Runs with the same correlation id"));
    correlated->setEnabled(!correlation.isEmpty());
    connect(correlated, &QAction::triggered, this, [this, correlation] { setSearch(searchTerm(u"correlation"_s, correlation)); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void ExecutionsPage::copyId(const QString &id)
{
    QGuiApplication::clipboard()->setText(id);
    Q_EMIT said(tr("Id copied"));
}

bool ExecutionsPage::isFiltered() const
{
    return !(m_search->query() == conductor::ExecutionQuery{});
}

} // namespace app
