// One task of a run: why it waits or failed, its attempts side by side, times, input, output and log of one of them. The pane of the
// run page owns it.
#pragma once

#include "app/core/clock.h"
#include "app/widgets/valuelist.h"
#include "conductor/api/tasks.h"
#include "conductor/graph/blockage.h"

#include <QWidget>

class QPushButton;
class QTabWidget;

namespace app {

class AttemptsModel;
class FactsArea;
class JsonView;
class PlainTextPane;
class ReasonBox;
class RunActions;
class Table;

class TaskDetail : public QWidget
{
    Q_OBJECT

public:
    TaskDetail(RunActions &actions, Clock clock, QWidget *parent = nullptr);

    // ref: as in the attempts; node: of it in the graph, -1 for a cell of a strip.
    void show(std::shared_ptr<const conductor::Execution> execution, const conductor::Graph &graph, const QString &ref, int node);
    using QWidget::show;
    void tick(); // time has passed
    void focusContent();

    QString attemptId() const; // of the attempt that is shown; empty when there is none
    void followLog(); // the log of an attempt at work, while it is looked at
    void showLog(const QString &taskId, const std::vector<conductor::TaskLogLine> &lines);
    void showLogError(const QString &taskId, const conductor::Error &error);

Q_SIGNALS:
    void attemptChosen();
    void childRequested(const QString &executionId);
    void logWanted(const QString &taskId);
    void copied();

private:
    void build(RunActions &actions);
    void buildAttempts();
    void chooseAttempt();
    void showAttempt();
    void showReason();
    void wantLog();
    const conductor::TaskAttempt *attempt() const;
    std::vector<NamedValue> facts(const conductor::TaskAttempt &attempt) const;

    Clock m_clock;
    std::shared_ptr<const conductor::Execution> m_execution;
    QString m_ref;
    QString m_chosen; // an attempt's id; empty: the newest, whichever that is
    QString m_logId;
    bool m_showing = false; // what is selected in the table follows; nobody chose it
    std::vector<conductor::Blockage> m_blockage;
    std::vector<const conductor::TaskAttempt *> m_attempts; // within m_execution
    ReasonBox *m_reason;
    QPushButton *m_child;
    Table *m_table;
    AttemptsModel *m_model;
    QTabWidget *m_tabs;
    FactsArea *m_facts;
    JsonView *m_input;
    JsonView *m_output;
    PlainTextPane *m_log;
};

} // namespace app
