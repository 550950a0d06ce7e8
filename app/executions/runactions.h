// What can be done to a run and to the task that is selected in it: an action each, enabled where the server would accept it. Asks
// before what cannot be taken back, sends, and tells how it went. The run page owns it and shows the actions.
#pragma once

#include "conductor/api/client.h"
#include "conductor/graph/graph.h"

#include <QAction>
#include <QObject>
#include <QSet>

#include <optional>

class QWidget;

namespace app {

class ActionDialog;

class RunActions : public QObject
{
    Q_OBJECT

public:
    explicit RunActions(QWidget *page); // dialogs open over it

    void setClient(conductor::Client client, bool isProduction);
    // graph and execution of now; node: the selected one, or null; ref and taskId: of the attempt that is shown
    void show(const conductor::Execution *execution, const conductor::Graph *graph, const conductor::Graph::Node *node, const QString &taskId);

    QAction *pause;
    QAction *resume;
    QAction *retry;
    QAction *retryNow;  // a delayed retry, instead of when it is due
    QAction *rerun;     // from the selected task
    QAction *skip;      // the selected task, before its turn
    QAction *nudge;     // "decide": let the server look at the run now
    QAction *restart;
    QAction *terminate;

    QList<QAction *> ofRun() const { return {pause, resume, retry, retryNow, nudge, restart, terminate}; }
    QList<QAction *> ofTask() const { return {rerun, skip}; }

Q_SIGNALS:
    void sent();                    // the server has accepted it: look again
    void said(const QString &text); // "Paused"
    void failed(const QString &what, const conductor::Error &error);

private:
    enum class Order { Pause, Resume, Retry, RetryNow, Nudge, Restart, RestartLatest, Rerun, Skip, Terminate };

    // What an order is about: as it was when somebody was asked, whatever is selected meanwhile.
    struct Target {
        std::optional<conductor::Client> client;
        QString runId;
        QString runName;
        QString taskRef; // as in the definition
        QString taskId;
        bool failedInChild = false;
    };

    QAction *add(QStringView iconName, const QString &text, const QString &what);
    void send(Order order, Target target, QString reason = {});
    conductor::Reply<conductor::Done> carryOut(Order order, Target target, QString reason);
    static conductor::Reply<conductor::Done> sendOne(Order order, Target target, QString reason);
    static conductor::Reply<conductor::Done> sendBulk(Order order, Target target, QString reason);
    ActionDialog *ask(const QString &verb, const QString &consequence);
    void present(ActionDialog *dialog);
    void askTerminate();
    void askRestart();
    void askRerun();
    void askSkip();
    static QString doneWord(Order order);
    static QString failedWord(Order order);

    QWidget *m_page;
    Target m_target;
    bool m_isProduction = false;
    QSet<int> m_sending; // orders under way: none is sent twice by a double click
};

} // namespace app
