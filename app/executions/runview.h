// What a run holds: its graph or the list of its tasks, and the pane about what is selected, all three at one selection. The run
// page owns it and hands it each new execution.
#pragma once

#include "app/core/clock.h"
#include "conductor/graph/graph.h"

#include <QWidget>

class QButtonGroup;
class QSplitter;
class QStackedWidget;

namespace app {

class FilterChip;
class RunActions;
class RunGraph;
class RunPane;
class RunTasksModel;
class SearchField;
class Table;
class TaskDetail;

class RunView : public QWidget
{
    Q_OBJECT

public:
    enum class Mode { Graph, Tasks };

    RunView(RunActions &actions, Clock clock, QWidget *parent = nullptr);

    void show(std::shared_ptr<const conductor::Execution> execution);
    using QWidget::show;
    void clear(); // another run is to come
    void tick();  // time has passed

    const conductor::Graph &graph() const;
    TaskDetail &task();

    void setMode(Mode mode);
    void showDetails();                  // of the run, while no task is selected
    void selectTask(const QString &ref); // as in the attempts; empty for none
    void select(const QString &nodeId);
    const QString &selected() const { return m_selected.nodeId; }

    void focusSearch();
    void focusContent();
    bool closePane(); // Esc; false when nothing was open

Q_SIGNALS:
    void childRequested(const QString &executionId);
    void logWanted(const QString &taskId);
    void copied();

private:
    struct Selection {
        QString nodeId; // in the graph, which may show another turn of its loop after a poll
        QString ref;    // as in the attempts
    };

    void build();
    QWidget *buildTools();
    void buildTasks();
    void connectParts();
    void nodeSelected(const QString &nodeId);
    void rowSelected();
    void activate();
    void showTasks();
    void showSelection();
    void showPane();
    void showActions();
    int selectedNode() const;

    RunActions &m_actions;
    std::shared_ptr<const conductor::Execution> m_execution; // null before it was read
    Selection m_selected;
    bool m_syncing = false; // graph and table follow each other
    bool m_paneWanted = false;

    QSplitter *m_splitter;
    QStackedWidget *m_views;
    RunGraph *m_graph;
    Table *m_table;
    RunTasksModel *m_tasks;
    SearchField *m_filter;
    QButtonGroup *m_modes;
    FilterChip *m_details;
    RunPane *m_pane;
};

} // namespace app
