#include "app/executions/runpage.h"

#include "app/executions/liverun.h"
#include "app/executions/reasonbox.h"
#include "app/executions/runactions.h"
#include "app/executions/rungraph.h"
#include "app/executions/runheader.h"
#include "app/executions/runpane.h"
#include "app/executions/runtasksmodel.h"
#include "app/look/statuslook.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"
#include "conductor/insight/explanation.h"

#include <QButtonGroup>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

using namespace Qt::StringLiterals;
using conductor::Graph;
using conductor::harmless;
using Recovery = conductor::Explanation::Recovery;

namespace app {

// The places of m_stack, in the order of build().
enum RunPageStack { blankIndex, contentIndex, emptyIndex };

RunPage::RunPage(Servers &servers, Clock clock, QWidget *parent)
    : Page(parent)
    , m_servers(servers)
    , m_clock(std::move(clock))
    , m_actions(new RunActions(this))
    , m_header(new RunHeader(*m_actions, m_clock))
    , m_message(new MessageBar)
    , m_reason(new ReasonBox)
    , m_loading(new LoadingBar)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_views(new QStackedWidget)
    , m_graph(new RunGraph(m_clock))
    , m_table(new Table(tr("Tasks of the run")))
    , m_tasks(new RunTasksModel(m_clock, this))
    , m_filter(new SearchField(tr("Filter the tasks"), tr("Filter by name, type, status or worker")))
    , m_viewButtons(new QButtonGroup(this))
    , m_details(new FilterChip({.family = conductor::StatusFamily::Active, .glyph = u"info"_s, .word = tr("Details")}))
    , m_pane(new RunPane(*m_actions, m_clock))
    , m_tick(new QTimer(this))
{
    build();
    connectParts();
    m_tick->setInterval(std::chrono::seconds(1));
    connect(m_tick, &QTimer::timeout, this, &RunPage::tick);
}

RunPage::~RunPage() = default;

void RunPage::connectParts()
{
    connect(m_header, &RunHeader::backRequested, this, &RunPage::goBack);
    connect(m_header, &RunHeader::parentRequested, this, [this](const QString &id) {
        m_trail.clear();
        openRun(id, {});
    });
    connect(m_header, &RunHeader::idCopied, this, [this] { Q_EMIT said(tr("Id copied")); });
    connect(m_pane, &RunPane::copied, this, [this] { Q_EMIT said(tr("Copied")); });
    connect(m_message, &MessageBar::actionRequested, this, &RunPage::refresh);
    connect(m_empty, &EmptyState::actionRequested, this, &RunPage::refresh);
    connect(m_reason, &ReasonBox::actionRequested, this, &RunPage::recover);
    connect(m_actions, &RunActions::said, this, &Page::said);
    connect(m_actions, &RunActions::sent, this, &RunPage::refresh);
    connect(m_actions, &RunActions::failed, this, [this](const QString &what, const conductor::Error &error) {
        m_isStale = false;
        m_message->sayError(what, error);
    });
    connect(m_graph, &RunGraph::selectionChanged, this, &RunPage::nodeSelected);
    connect(m_graph, &RunGraph::activated, this, &RunPage::activate);
    connect(m_table, &Table::chosen, this, &RunPage::activate);
    connect(m_graph, &RunGraph::rebuilt, this, [this] {
        if (m_run && m_run->execution())
            m_tasks->show(tasksOf(*m_run->execution(), m_graph->graph()));
        showSelection();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunPage::rowSelected);
    connect(m_filter, &SearchField::searched, m_tasks, &RunTasksModel::filter);
    connect(m_pane, &RunPane::closeRequested, this, [this] {
        m_paneWanted = false;
        nodeSelected({});
    });
    connect(&m_pane->task(), &TaskDetail::attemptChosen, this, &RunPage::showActions);
    connect(&m_pane->task(), &TaskDetail::childRequested, this, &RunPage::openChild);
    connect(&m_pane->task(), &TaskDetail::logWanted, this, [this](const QString &taskId) { m_run->readLog(taskId); });
    connect(&m_servers, &Servers::currentChanged, this, [this] {
        if (isVisible() && (!m_servers.current() || m_servers.current()->id != m_serverId))
            Q_EMIT backRequested();
    });
}

void RunPage::open(const QString &serverId, const QString &executionId, const QString &back)
{
    m_serverId = serverId;
    m_back = back;
    m_trail.clear();
    openRun(executionId, {});
}

void RunPage::openRun(const QString &executionId, const QString &nodeId)
{
    m_run.reset();
    m_message->close();
    m_reason->show(ReasonBox::Words());
    m_selected = {};
    m_toSelect = nodeId;
    m_paneWanted = false;
    m_filter->setQuietly({});
    m_tasks->filter({});
    m_tasks->show({});
    m_graph->clear();
    m_header->showUnknown(executionId);
    m_header->setBack(m_trail.empty() ? (m_back.isEmpty() ? tr("Back") : m_back) : tr("Back to the run that started it"));
    m_actions->show(nullptr, nullptr, nullptr, {});
    showPane();
    m_stack->setCurrentIndex(blankIndex);
    const std::optional<conductor::Client> client = m_servers.client(m_serverId);
    if (!client)
        return;
    m_actions->setClient(*client, m_servers.find(m_serverId)->production);
    m_run = std::make_unique<LiveRun>(*client, executionId);
    connect(m_run.get(), &LiveRun::changed, this, &RunPage::runChanged);
    connect(m_run.get(), &LiveRun::answered, this, &RunPage::runAnswered);
    connect(m_run.get(), &LiveRun::failed, this, &RunPage::runFailed);
    connect(m_run.get(), &LiveRun::loadingChanged, m_loading, &LoadingBar::setLoading);
    connect(m_run.get(), &LiveRun::logRead, &m_pane->task(), &TaskDetail::showLog);
    connect(m_run.get(), &LiveRun::logFailed, &m_pane->task(), &TaskDetail::showLogError);
    m_run->setLive(m_live);
}

QString RunPage::executionId() const
{
    return m_run ? m_run->id() : QString();
}

void RunPage::openChild(const QString &executionId)
{
    m_trail.push_back({m_run->id(), m_selected.nodeId});
    openRun(executionId, {});
}

// Enter, double click: into the sub-workflow, or else to what the pane says.
void RunPage::activate()
{
    const int node = selectedNode();
    const QString child = node < 0 ? QString() : m_graph->graph().nodes[size_t(node)].childId;
    if (!child.isEmpty())
        openChild(child);
    else
        m_pane->task().focusContent();
}

void RunPage::goBack()
{
    if (m_trail.empty()) {
        Q_EMIT backRequested();
        return;
    }
    const Step step = m_trail.back();
    m_trail.pop_back();
    openRun(step.executionId, step.nodeId);
}

void RunPage::setLive(bool live)
{
    m_live = live;
    if (m_run)
        m_run->setLive(live);
    if (live)
        m_tick->start();
    else
        m_tick->stop();
}

void RunPage::refresh()
{
    if (m_run)
        m_run->refresh();
}

void RunPage::focusSearch()
{
    setView(View::Tasks);
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void RunPage::focusContent()
{
    if (m_views->currentIndex() == int(View::Graph))
        m_graph->view().setFocus(Qt::OtherFocusReason);
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

// The message, then the pane, then the page itself.
bool RunPage::closePane()
{
    if (!m_message->isHidden()) {
        m_message->close();
    } else if (m_filter->hasFocus() && !m_filter->text().isEmpty()) {
        m_filter->setQuietly({});
        m_tasks->filter({});
    } else if (!m_pane->isHidden()) {
        m_paneWanted = false;
        nodeSelected({});
        focusContent();
    } else {
        goBack();
    }
    return true;
}

void RunPage::runChanged()
{
    const auto &execution = m_run->execution();
    const bool isFirst = m_stack->currentIndex() != contentIndex;
    m_graph->show(execution);
    m_table->rememberPlace();
    m_tasks->show(tasksOf(*execution, m_graph->graph()));
    m_table->returnToPlace();
    m_header->show(*execution, m_graph->graph());
    showFailure();
    m_stack->setCurrentIndex(contentIndex);
    if (!m_toSelect.isEmpty())
        m_graph->view().select(std::exchange(m_toSelect, {}));
    showSelection();
    if (isFirst)
        focusContent();
}

void RunPage::runAnswered()
{
    m_servers.tellAnswered(m_serverId);
    if (std::exchange(m_isStale, false))
        m_message->close();
}

void RunPage::runFailed()
{
    const conductor::Error &error = *m_run->error();
    if (m_run->isGone())
        m_servers.tellAnswered(m_serverId);
    else
        m_servers.tellFailed(m_serverId, error);
    if (m_stack->currentIndex() == contentIndex) {
        m_isStale = true;
        const QString what = m_run->isGone() ? tr("This run is no longer on the server. What is shown is what was last read of it.")
                                             : tr("What is shown is not current: %1.").arg(harmless(error.message, 160));
        m_message->sayError(what, error, tr("Try again"));
        return;
    }
    const QString what = m_run->isGone() ? tr("The server has no run with this id; it may have been removed") : tr("The run could not be read");
    m_empty->showError(what, error);
    m_stack->setCurrentIndex(emptyIndex);
}

// Of a run that has ended badly: the innermost reason and what makes sense now.
void RunPage::showFailure()
{
    const conductor::Execution &run = *m_run->execution();
    const std::optional<conductor::Explanation> failure = conductor::isTerminal(run.status) ? conductor::explainFailure(run) : std::nullopt;
    if (!failure) {
        m_reason->show(ReasonBox::Words());
        return;
    }
    const StatusLook look = statusLook(run.status, run.statusWord);
    QString reason = harmless(failure->reason, 220);
    if (reason.isEmpty())
        reason = tr("No reason was given");
    const QString text = failure->ref.isEmpty() ? reason : tr("%1: %2", "a task, and why it failed").arg(harmless(failure->ref, 80), reason);
    const QString action = failure->recovery == Recovery::RetryInChild && !failure->childId.isEmpty() ? tr("Open the sub-workflow")
        : failure->ref.isEmpty()                                                                       ? QString()
                                                                                                       : tr("Show the task");
    m_reason->show({look.family, look.glyph, text, harmless(run.reason, 2000, conductor::Lines::Keep), failure->advice, action});
}

void RunPage::recover()
{
    const std::optional<conductor::Explanation> failure = conductor::explainFailure(*m_run->execution());
    if (!failure)
        return;
    selectTask(failure->ref);
    if (failure->recovery == Recovery::RetryInChild && !failure->childId.isEmpty())
        openChild(failure->childId);
}

// Elapsed times go on without an answer.
void RunPage::tick()
{
    if (!m_run || !m_run->execution())
        return;
    m_header->tick(*m_run->execution(), m_graph->graph());
    if (m_views->currentIndex() == int(View::Tasks))
        m_tasks->tick();
    if (m_pane->isVisible())
        m_pane->tick();
}

} // namespace app
