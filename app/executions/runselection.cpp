// The part of the run page that keeps graph, table and pane at one selection, and the part that builds it.
#include "app/executions/runpage.h"

#include "app/executions/liverun.h"
#include "app/executions/reasonbox.h"
#include "app/executions/runactions.h"
#include "app/executions/rungraph.h"
#include "app/executions/runheader.h"
#include "app/executions/runpane.h"
#include "app/executions/runtasksmodel.h"
#include "app/look/metrics.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using conductor::Graph;

namespace app {
namespace {

constexpr int paneWidth = 412;

} // namespace

void RunPage::build()
{
    buildTasks();
    m_views->insertWidget(int(View::Graph), m_graph);
    auto *tablePlace = new QWidget; // its rows begin under the title
    auto *place = new QVBoxLayout(tablePlace);
    place->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, 0, 0, 0);
    place->addWidget(m_table);
    m_views->insertWidget(int(View::Tasks), tablePlace);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_views);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({1080 - paneWidth, paneWidth});
    m_pane->hide();

    auto *content = new QWidget;
    auto *inside = new QVBoxLayout(content);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(Metrics::unit);
    inside->addWidget(buildTools());
    inside->addWidget(m_splitter, 1);
    m_stack->addWidget(new QWidget);
    m_stack->addWidget(content);
    m_stack->addWidget(m_empty);

    auto *messages = new QVBoxLayout;
    messages->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, 0);
    messages->setSpacing(Metrics::unit);
    messages->addWidget(m_message);
    messages->addWidget(m_reason);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(messages);
    layout->addWidget(m_loading);
    layout->addWidget(m_stack, 1);
}

QWidget *RunPage::buildTools()
{
    auto *tools = new QWidget;
    auto *line = new QHBoxLayout(tools);
    line->setContentsMargins(Metrics::pageMargin, Metrics::unit, Metrics::pageMargin - 4, 0);
    line->setSpacing(Metrics::unit);
    for (const auto &[view, word] : {std::pair(View::Graph, tr("Graph")), std::pair(View::Tasks, tr("Tasks"))}) {
        auto *chip = new FilterChip({.glyph = {}, .word = word});
        m_viewButtons->addButton(chip, int(view));
        line->addWidget(chip);
    }
    m_viewButtons->button(int(View::Graph))->setChecked(true);
    connect(m_viewButtons, &QButtonGroup::idClicked, this, [this](int id) { setView(View(id)); });
    m_filter->setMaximumWidth(360);
    m_filter->hide();
    line->addWidget(m_filter, 1);
    line->addStretch();
    line->addWidget(m_graph->tools());
    m_details->setToolTip(tr("Show the pane beside the graph: the selected task, or the run"));
    line->addSpacing(Metrics::rowGap);
    line->addWidget(m_details);
    connect(m_details, &QAbstractButton::clicked, this, [this](bool wanted) {
        m_paneWanted = wanted;
        if (wanted)
            showDetails();
        else
            nodeSelected({});
    });
    return tools;
}

void RunPage::buildTasks()
{
    m_table->setModel(m_tasks);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegateForColumn(RunTasksModel::Status, new StatusDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(RunTasksModel::Duration, new DurationDelegate(m_table));
    m_table->setItemDelegateForColumn(RunTasksModel::Type, new CellDelegate(TextStyle::Hint, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(RunTasksModel::Worker, new CellDelegate(TextStyle::Hint, Qt::ElideMiddle, m_table));
    m_table->setItemDelegateForColumn(RunTasksModel::Reason, new CellDelegate(TextStyle::Hint, Qt::ElideRight, m_table));
    const int character = m_table->fontMetrics().averageCharWidth();
    const std::pair<RunTasksModel::Column, int> widths[] = {{RunTasksModel::Task, 25},     {RunTasksModel::Status, 18},   {RunTasksModel::Attempts, 10},
                                                            {RunTasksModel::Queue, 12},    {RunTasksModel::Duration, 20}, {RunTasksModel::Type, 18},
                                                            {RunTasksModel::Worker, 16}};
    for (const auto &[column, characters] : widths)
        m_table->setColumnWidth(column, std::max(characters * character, m_table->header()->sectionSizeHint(column)));
}

void RunPage::setView(View view)
{
    m_viewButtons->button(int(view))->setChecked(true);
    for (QAbstractButton *button : m_viewButtons->buttons()) // Tab comes to the chosen one, arrows to the other
        button->setFocusPolicy(button->isChecked() ? Qt::TabFocus : Qt::NoFocus);
    m_views->setCurrentIndex(int(view));
    m_filter->setVisible(view == View::Tasks);
    m_graph->tools()->setVisible(view == View::Graph);
}

void RunPage::showDetails()
{
    m_paneWanted = true;
    showPane();
}

void RunPage::selectTask(const QString &ref)
{
    const QString nodeId = ref.isEmpty() ? QString() : m_graph->idOf(ref);
    m_graph->view().select(nodeId.isEmpty() && !ref.isEmpty() ? m_graph->showTurnOf(ref) : nodeId);
}

void RunPage::nodeSelected(const QString &nodeId)
{
    if (m_syncing)
        return;
    m_selected = {nodeId, {}};
    showSelection();
}

void RunPage::rowSelected()
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
void RunPage::showSelection()
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

void RunPage::showPane()
{
    const auto execution = m_run ? m_run->execution() : nullptr;
    const bool isTask = !m_selected.ref.isEmpty();
    const bool wanted = execution && (isTask || m_paneWanted);
    m_details->setChecked(wanted);
    if (isTask && execution)
        m_pane->showTask(execution, m_graph->graph(), m_selected.ref, selectedNode());
    else if (wanted)
        m_pane->showRun(execution);
    m_pane->setVisible(wanted);
}

void RunPage::showActions()
{
    const auto execution = m_run ? m_run->execution() : nullptr;
    if (!execution)
        return;
    const int node = selectedNode();
    const Graph &graph = m_graph->graph();
    const QString taskId = m_selected.ref.isEmpty() ? QString() : m_pane->task().attemptId();
    m_actions->show(execution.get(), &graph, node >= 0 ? &graph.nodes[size_t(node)] : nullptr, taskId);
}

// -1 for a cell of a strip, and for none.
int RunPage::selectedNode() const
{
    return m_selected.nodeId.isEmpty() ? -1 : m_graph->graph().find(m_selected.nodeId);
}

} // namespace app
