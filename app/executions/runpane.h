// The pane beside the graph: the task that is selected, or else the run. The run page owns it.
#pragma once

#include "app/core/clock.h"
#include "app/executions/runtasks.h"
#include "app/executions/taskdetail.h"

class QStackedWidget;

namespace app {

class ElidedLabel;
class RunDetail;
class StatusBadge;

class RunPane : public QWidget
{
    Q_OBJECT

public:
    RunPane(RunActions &actions, Clock clock, QWidget *parent = nullptr);

    void showRun(std::shared_ptr<const conductor::Execution> execution);
    void showTask(std::shared_ptr<const conductor::Execution> execution, const conductor::Graph &graph, const QString &ref, int node);
    void tick(); // time has passed

    TaskDetail &task() { return *m_task; }

Q_SIGNALS:
    void closeRequested();
    void copied();

private:
    ElidedLabel *m_title;
    StatusBadge *m_badge;
    QStackedWidget *m_stack;
    RunDetail *m_run;
    TaskDetail *m_task;
};

} // namespace app
