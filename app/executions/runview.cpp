#include "app/executions/runview.h"

#include "app/executions/runactions.h"
#include "app/executions/rungraph.h"
#include "app/executions/runpane.h"
#include "app/executions/runtasksmodel.h"
#include "app/look/metrics.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/placement.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"

#include <QApplication>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using conductor::Graph;

namespace app {
namespace {

constexpr int usualWidth = 1080;
constexpr int paneWidth = 412;

} // namespace

RunView::RunView(RunActions &actions, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_views(new QStackedWidget)
    , m_graph(new RunGraph(clock))
    , m_table(new Table(tr("Tasks of the run")))
    , m_tasks(new RunTasksModel(clock, this))
    , m_filter(new SearchField(tr("Filter the tasks"), tr("Filter by name, type, status or worker")))
    , m_modes(new QButtonGroup(this))
    , m_details(new FilterChip({.family = conductor::StatusFamily::Active, .glyph = u"info"_s, .word = tr("Details")}))
    , m_pane(new RunPane(actions, clock))
{
    build();
    connectParts();
}

void RunView::connectParts()
{
    connect(m_graph, &RunGraph::selectionChanged, this, &RunView::nodeSelected);
    connect(m_graph, &RunGraph::activated, this, &RunView::activate);
    connect(m_graph, &RunGraph::rebuilt, this, [this] {
        showTasks();
        showSelection();
    });
    connect(m_table, &Table::chosen, this, &RunView::activate);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunView::rowSelected);
    connect(m_filter, &SearchField::searched, m_tasks, &RunTasksModel::filter);
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { setMode(Mode(id)); });
    connect(m_details, &QAbstractButton::clicked, this, [this](bool wanted) {
        if (wanted)
            showDetails();
        else
            closePane();
    });
    connect(m_pane, &RunPane::closeRequested, this, &RunView::closePane);
    connect(m_pane, &RunPane::copied, this, &RunView::copied);
    connect(&m_pane->task(), &TaskDetail::attemptChosen, this, &RunView::showActions);
    connect(&m_pane->task(), &TaskDetail::childRequested, this, &RunView::childRequested);
    connect(&m_pane->task(), &TaskDetail::logWanted, this, &RunView::logWanted);
}

void RunView::build()
{
    buildTasks();
    m_views->insertWidget(int(Mode::Graph), m_graph);
    m_views->insertWidget(int(Mode::Tasks), underTitle(m_table));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_views);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({usualWidth - paneWidth, paneWidth});
    m_pane->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::unit);
    layout->addWidget(buildTools());
    layout->addWidget(m_splitter, 1);
}

QWidget *RunView::buildTools()
{
    auto *tools = new QWidget;
    auto *line = new QHBoxLayout(tools);
    line->setContentsMargins(Metrics::pageMargin, Metrics::unit, Metrics::pageMargin - 4, 0);
    line->setSpacing(Metrics::unit);
    for (const auto &[mode, word] : {std::pair(Mode::Graph, tr("Graph")), std::pair(Mode::Tasks, tr("Tasks"))}) {
        auto *chip = new FilterChip({.glyph = {}, .word = word});
        m_modes->addButton(chip, int(mode));
        line->addWidget(chip);
    }
    m_modes->button(int(Mode::Graph))->setChecked(true);
    m_filter->setMaximumWidth(360);
    m_filter->hide();
    line->addWidget(m_filter, 1);
    line->addStretch();
    line->addWidget(m_graph->tools());
    m_details->setToolTip(tr("Show the pane beside the graph: the selected task, or the run"));
    line->addSpacing(Metrics::rowGap);
    line->addWidget(m_details);
    return tools;
}

void RunView::buildTasks()
{
    m_table->setModel(m_tasks);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegateForColumn(RunTasksModel::Status, new StatusDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(RunTasksModel::Duration, new DurationDelegate(m_table));
    m_table->setItemDelegateForColumn(RunTasksModel::Type, new CellDelegate(TextStyle::Hint, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(RunTasksModel::Worker, new CellDelegate(TextStyle::Hint, Qt::ElideMiddle, m_table));
    m_table->setItemDelegateForColumn(RunTasksModel::Reason, new CellDelegate(TextStyle::Hint, Qt::ElideRight, m_table));
    const std::pair<RunTasksModel::Column, int> widths[] = {{RunTasksModel::Task, 25},     {RunTasksModel::Status, 18},   {RunTasksModel::Attempts, 10},
                                                            {RunTasksModel::Queue, 12},    {RunTasksModel::Duration, 20}, {RunTasksModel::Type, 18},
                                                            {RunTasksModel::Worker, 16}};
    for (const auto &[column, characters] : widths)
        m_table->setColumnCharacters(column, characters);
}

void RunView::show(std::shared_ptr<const conductor::Execution> execution)
{
    m_execution = std::move(execution);
    m_graph->show(m_execution);
    showTasks();
    showSelection();
}

void RunView::showTasks()
{
    if (!m_execution)
        return;
    m_table->rememberPlace();
    m_tasks->show(tasksOf(*m_execution, m_graph->graph()));
    m_table->returnToPlace();
}

void RunView::clear()
{
    m_execution.reset();
    m_selected = {};
    m_paneWanted = false;
    m_filter->setQuietly({});
    m_tasks->filter({});
    m_tasks->show({});
    m_graph->clear();
    m_actions.show(nullptr, nullptr, nullptr, {});
    showPane();
}

void RunView::tick()
{
    if (m_views->currentIndex() == int(Mode::Tasks))
        m_tasks->tick();
    if (m_pane->isVisible())
        m_pane->tick();
}

const Graph &RunView::graph() const
{
    return m_graph->graph();
}

TaskDetail &RunView::task()
{
    return m_pane->task();
}

void RunView::focusSearch()
{
    setMode(Mode::Tasks);
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void RunView::focusContent()
{
    if (m_views->currentIndex() == int(Mode::Graph))
        m_graph->view().setFocus(Qt::OtherFocusReason);
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

bool RunView::closePane()
{
    if (m_filter->hasFocus() && !m_filter->text().isEmpty()) {
        m_filter->setQuietly({});
        m_tasks->filter({});
        return true;
    }
    if (m_pane->isHidden())
        return false;
    const bool hadFocus = m_pane->isAncestorOf(QApplication::focusWidget());
    m_paneWanted = false;
    select({});
    if (hadFocus)
        focusContent();
    return true;
}

void RunView::setMode(Mode mode)
{
    m_modes->button(int(mode))->setChecked(true);
    for (QAbstractButton *button : m_modes->buttons()) // Tab comes to the chosen one, arrows to the other
        button->setFocusPolicy(button->isChecked() ? Qt::TabFocus : Qt::NoFocus);
    m_views->setCurrentIndex(int(mode));
    m_filter->setVisible(mode == Mode::Tasks);
    m_graph->tools()->setVisible(mode == Mode::Graph);
}

void RunView::showDetails()
{
    m_paneWanted = true;
    showPane();
}

void RunView::selectTask(const QString &ref)
{
    const QString nodeId = ref.isEmpty() ? QString() : m_graph->idOf(ref);
    m_graph->view().select(nodeId.isEmpty() && !ref.isEmpty() ? m_graph->showTurnOf(ref) : nodeId);
}

void RunView::select(const QString &nodeId)
{
    m_graph->view().select(nodeId);
    nodeSelected(nodeId);
}

// Enter, double click: into the sub-workflow, or else to what the pane says.
void RunView::activate()
{
    const int node = selectedNode();
    const QString child = node < 0 ? QString() : graph().nodes[size_t(node)].childId;
    if (!child.isEmpty())
        Q_EMIT childRequested(child);
    else
        m_pane->task().focusContent();
}

void RunView::nodeSelected(const QString &nodeId)
{
    if (m_syncing)
        return;
    m_selected = {nodeId, {}};
    showSelection();
}

void RunView::rowSelected()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (m_syncing || rows.isEmpty())
        return;
    const RunTask task = m_tasks->rows()[size_t(rows.first().row())];
    m_selected = {task.nodeId, task.key};
    if (task.nodeId.isEmpty())
        m_selected.nodeId = m_graph->showTurnOf(task.key);
    showSelection();
}

// What is selected is the node; its reference follows from the turn that is shown. Only what the graph has no node for is known by
// its reference alone.
void RunView::showSelection()
{
    if (std::exchange(m_syncing, true))
        return;
    if (!m_selected.nodeId.isEmpty())
        m_selected.ref = m_graph->refOf(m_selected.nodeId);
    if (m_graph->view().selected() != m_selected.nodeId) // selecting again would scroll back to it
        m_graph->view().select(m_selected.nodeId);
    const int row = m_selected.ref.isEmpty() ? -1 : m_tasks->rowOf(m_selected.ref);
    if (row < 0)
        m_table->clearSelection();
    else if (!m_table->selectionModel()->isRowSelected(row))
        m_table->setCurrentIndex(m_tasks->index(row, 0));
    m_syncing = false;
    showPane();
    showActions();
}

void RunView::showPane()
{
    const auto &execution = m_execution;
    const bool isTask = !m_selected.ref.isEmpty();
    const bool wanted = execution && (isTask || m_paneWanted);
    m_details->setChecked(wanted);
    if (isTask && execution)
        m_pane->showTask(execution, m_graph->graph(), m_selected.ref, selectedNode());
    else if (wanted)
        m_pane->showRun(execution);
    m_pane->setVisible(wanted);
}

void RunView::showActions()
{
    if (!m_execution)
        return;
    const int node = selectedNode();
    const Graph &graph = m_graph->graph();
    const QString taskId = m_selected.ref.isEmpty() ? QString() : m_pane->task().attemptId();
    m_actions.show(m_execution.get(), &graph, node >= 0 ? &graph.nodes[size_t(node)] : nullptr, taskId);
}

// -1 for a cell of a strip, and for none.
int RunView::selectedNode() const
{
    return m_selected.nodeId.isEmpty() ? -1 : m_graph->graph().find(m_selected.nodeId);
}

} // namespace app
