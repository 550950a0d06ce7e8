// One run of a server: its graph or its tasks, and a pane about what is selected, all kept at what the server says. The window
// owns it; it has no line in the sidebar and is opened from the pages that list runs.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/servers.h"

#include <memory>

class QButtonGroup;
class QSplitter;
class QStackedWidget;
class QTimer;

namespace app {

class EmptyState;
class FilterChip;
class LiveRun;
class LoadingBar;
class MessageBar;
class ReasonBox;
class RunActions;
class RunGraph;
class RunHeader;
class RunPane;
class RunTasksModel;
class SearchField;
class Table;

class RunPage : public Page
{
    Q_OBJECT

public:
    enum class View { Graph, Tasks };

    RunPage(Servers &servers, Clock clock, QWidget *parent = nullptr);
    ~RunPage() override;

    // back: where Esc leads from here, as in "Back to the executions".
    void open(const QString &serverId, const QString &executionId, const QString &back = {});
    QString executionId() const;
    void setView(View view);
    void showDetails(); // of the run, while no task is selected
    void selectTask(const QString &ref); // as in the attempts; empty for none

    void setLive(bool live) override;
    void refresh() override;
    void focusSearch() override;
    void focusContent() override;
    bool closePane() override;

Q_SIGNALS:
    void backRequested();

private:
    struct Selection {
        QString nodeId; // in the graph, which may show another turn of its loop after a poll
        QString ref;    // as in the attempts
    };
    struct Step { // on the way into sub-workflows
        QString executionId;
        QString nodeId;
    };

    void build();
    QWidget *buildTools();
    void buildTasks();
    void connectParts();
    void openRun(const QString &executionId, const QString &nodeId);
    void openChild(const QString &executionId);
    void activate();
    void goBack();
    void runChanged();
    void runAnswered();
    void runFailed();
    void showFailure();
    void nodeSelected(const QString &nodeId);
    void rowSelected();
    void showSelection();
    void showPane();
    void showActions();
    int selectedNode() const;
    void recover(); // what the reason's button offers
    void tick();

    Servers &m_servers;
    Clock m_clock;
    QString m_serverId;
    QString m_back;
    bool m_live = false;
    bool m_syncing = false; // graph and table follow each other
    bool m_paneWanted = false;
    bool m_isStale = false;
    Selection m_selected;
    QString m_toSelect; // once the run is there
    std::vector<Step> m_trail;
    std::unique_ptr<LiveRun> m_run; // null before open()

    RunActions *m_actions;
    RunHeader *m_header;
    MessageBar *m_message;
    ReasonBox *m_reason;
    LoadingBar *m_loading;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QSplitter *m_splitter;
    QStackedWidget *m_views;
    RunGraph *m_graph;
    Table *m_table;
    RunTasksModel *m_tasks;
    SearchField *m_filter;
    QButtonGroup *m_viewButtons;
    FilterChip *m_details;
    RunPane *m_pane;
    QTimer *m_tick;
};

} // namespace app
