#include "app/executions/runactions.h"

#include "app/executions/actiondialog.h"
#include "app/look/icons.h"
#include "conductor/base/hostile.h"
#include "conductor/insight/explanation.h"

#include <algorithm>

using conductor::BulkOutcome;
using conductor::Done;
using conductor::Error;
using conductor::Execution;
using conductor::Executions;
using conductor::ExecutionStatus;
using conductor::Failure;
using conductor::Graph;
using conductor::harmless;
using conductor::Reply;
using conductor::Result;

namespace app {
namespace {

constexpr std::chrono::seconds patience{30};

bool isDelayed(const Graph &graph)
{
    return std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const Graph::Node &node) { return node.state == Graph::State::Retrying && node.due.isValid(); });
}

} // namespace

RunActions::RunActions(QWidget *page)
    : QObject(page)
    , pause(add(u"pause", tr("Pause"), tr("Schedule nothing more; tasks at work go on")))
    , resume(add(u"play", tr("Resume"), tr("Go on with the paused run")))
    , retry(add(u"rotate-ccw", tr("Retry"), tr("The failed tasks again; what is done stays done")))
    , retryNow(add(u"zap", tr("Retry now"), tr("Delayed attempts are due at once")))
    , rerun(add(u"repeat", tr("Rerun from here …"), tr("This task and all after it again")))
    , skip(add(u"skip-forward", tr("Skip this task …"), tr("The run goes on without it")))
    , nudge(add(u"send", tr("Let the server decide"), tr("The server looks at timeouts and at what comes next, now")))
    , restart(add(u"refresh-cw", tr("Restart …"), tr("From the beginning, under the same id")))
    , terminate(add(u"circle-stop", tr("Terminate …"), tr("End the run and its sub-workflows")))
    , m_page(page)
{
    connect(pause, &QAction::triggered, this, [this] { send(Order::Pause, m_target); });
    connect(resume, &QAction::triggered, this, [this] { send(Order::Resume, m_target); });
    connect(retry, &QAction::triggered, this, [this] { send(Order::Retry, m_target); });
    connect(retryNow, &QAction::triggered, this, [this] { send(Order::RetryNow, m_target); });
    connect(nudge, &QAction::triggered, this, [this] { send(Order::Nudge, m_target); });
    connect(rerun, &QAction::triggered, this, &RunActions::askRerun);
    connect(skip, &QAction::triggered, this, &RunActions::askSkip);
    connect(restart, &QAction::triggered, this, &RunActions::askRestart);
    connect(terminate, &QAction::triggered, this, &RunActions::askTerminate);
    show(nullptr, nullptr, nullptr, {});
}

QAction *RunActions::add(QStringView iconName, const QString &text, const QString &what)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setToolTip(what);
    return action;
}

void RunActions::setClient(conductor::Client client, bool isProduction)
{
    m_target.client = std::move(client);
    m_isProduction = isProduction;
}

void RunActions::show(const Execution *execution, const Graph *graph, const Graph::Node *node, const QString &taskId)
{
    const ExecutionStatus status = execution ? execution->status : ExecutionStatus::Unknown;
    const bool isRunning = status == ExecutionStatus::Running;
    const bool hasEnded = execution && conductor::isTerminal(status);
    const bool isTask = node && node->role != Graph::Role::Merge && node->role != Graph::Role::Join && node->role != Graph::Role::Placeholder;
    m_target.runId = execution ? execution->id : QString();
    m_target.runName = execution ? execution->name : QString();
    m_target.taskRef = node ? node->ref : QString();
    m_target.taskId = taskId;
    if (execution) {
        const auto failure = conductor::explainFailure(*execution);
        m_target.failedInChild = failure && failure->recovery == conductor::Explanation::Recovery::RetryInChild;
    }

    pause->setEnabled(isRunning);
    resume->setEnabled(status == ExecutionStatus::Paused);
    retry->setEnabled(hasEnded && status != ExecutionStatus::Completed);
    retryNow->setEnabled(isRunning && graph && isDelayed(*graph));
    nudge->setEnabled(isRunning);
    restart->setEnabled(hasEnded);
    terminate->setEnabled(execution && !hasEnded);
    rerun->setEnabled(hasEnded && !taskId.isEmpty());
    skip->setEnabled(isRunning && isTask && !node->isReached());
}

void RunActions::send(Order order, Target target, QString reason)
{
    if (m_sending.contains(int(order)) || !target.client || target.runId.isEmpty())
        return;
    m_sending << int(order);
    carryOut(order, std::move(target), std::move(reason));
}

Reply<Done> RunActions::carryOut(Order order, Target target, QString reason)
{
    const Result<Done> result = co_await outcome(sendOne(order, target, reason));
    m_sending.remove(int(order));
    if (result) {
        Q_EMIT said(doneWord(order));
        Q_EMIT sent();
    } else {
        Q_EMIT failed(failedWord(order).arg(harmless(result.error().message, 240)), result.error());
    }
    co_return Done{};
}

Reply<Done> RunActions::sendOne(Order order, Target target, QString reason)
{
    const Executions executions = target.client->within({}, QDeadlineTimer(patience)).executions();
    switch (order) {
    case Order::Retry:
        return executions.retry(target.runId, target.failedInChild ? Executions::SubWorkflows::Resume : Executions::SubWorkflows::Leave);
    case Order::RetryNow:
        return executions.resetCallbacks(target.runId);
    case Order::Nudge:
        return executions.decide(target.runId);
    case Order::Rerun:
        return executions.rerun(target.runId, {.fromTaskId = target.taskId});
    case Order::Skip:
        return executions.skipTask(target.runId, target.taskRef, {}, {});
    default:
        return sendBulk(order, target, reason);
    }
}

// A bulk call says what it refused instead of failing.
Reply<Done> RunActions::sendBulk(Order order, Target target, QString reason)
{
    const Executions executions = target.client->within({}, QDeadlineTimer(patience)).executions();
    const QStringList ids{target.runId};
    Reply<BulkOutcome> reply;
    switch (order) {
    case Order::Pause:
        reply = executions.pause(ids);
        break;
    case Order::Resume:
        reply = executions.resume(ids);
        break;
    case Order::Restart:
        reply = executions.restart(ids, Executions::Definitions::Current);
        break;
    case Order::RestartLatest:
        reply = executions.restart(ids, Executions::Definitions::Latest);
        break;
    default:
        reply = executions.terminate(ids, reason);
    }
    const BulkOutcome done = co_await reply;
    if (!done.refused.isEmpty())
        co_return Failure({Error::Kind::Conflict, done.refused.constBegin().value()});
    co_return Done{};
}

ActionDialog *RunActions::ask(const QString &verb, const QString &consequence)
{
    const QString object = tr("%1, run %2", "the name of a workflow, and the id of its run").arg(harmless(m_target.runName, 80), harmless(m_target.runId, 60));
    return new ActionDialog(verb, object, consequence, m_page);
}

void RunActions::present(ActionDialog *dialog)
{
    if (m_isProduction)
        dialog->demandName(m_target.runName);
    dialog->open();
}

void RunActions::askTerminate()
{
    ActionDialog *dialog = ask(tr("Terminate the run"), tr("Its tasks at work are canceled, and its sub-workflows. A retry can bring it back later."));
    dialog->askText(tr("Reason"), tr("Said in the run, for whoever looks at it later"));
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, target = m_target] { send(Order::Terminate, target, dialog->text()); });
    present(dialog);
}

void RunActions::askRestart()
{
    ActionDialog *dialog = ask(tr("Restart the run"), tr("All its tasks with their outputs are wiped, and it begins anew under the same id."));
    dialog->offer(tr("With the newest version of the definition"));
    connect(dialog, &ActionDialog::confirmed, this,
            [this, dialog, target = m_target] { send(dialog->isTicked() ? Order::RestartLatest : Order::Restart, target); });
    present(dialog);
}

void RunActions::askRerun()
{
    ActionDialog *dialog = ask(tr("Rerun from %1", "a task").arg(harmless(m_target.taskRef, 60)),
                               tr("The task runs again with the same input. What came after it is wiped with its outputs."));
    connect(dialog, &ActionDialog::confirmed, this, [this, target = m_target] { send(Order::Rerun, target); });
    present(dialog);
}

void RunActions::askSkip()
{
    ActionDialog *dialog = ask(tr("Skip %1", "a task").arg(harmless(m_target.taskRef, 60)),
                               tr("It does not run, and has no output that tasks after it could use. This cannot be taken back."));
    connect(dialog, &ActionDialog::confirmed, this, [this, target = m_target] { send(Order::Skip, target); });
    present(dialog);
}

QString RunActions::doneWord(Order order)
{
    switch (order) {
    case Order::Pause:
        return tr("The run is paused");
    case Order::Resume:
        return tr("The run goes on");
    case Order::Retry:
        return tr("The failed tasks are tried again");
    case Order::RetryNow:
        return tr("Delayed attempts are due now");
    case Order::Nudge:
        return tr("The server has looked at the run");
    case Order::Restart:
    case Order::RestartLatest:
        return tr("The run begins anew");
    case Order::Rerun:
        return tr("The run goes on from that task");
    case Order::Skip:
        return tr("The task will be skipped");
    case Order::Terminate:
        return tr("The run is terminated");
    }
    return {};
}

QString RunActions::failedWord(Order order)
{
    switch (order) {
    case Order::Pause:
        return tr("The run was not paused: %1.");
    case Order::Resume:
        return tr("The run was not resumed: %1.");
    case Order::Retry:
    case Order::RetryNow:
        return tr("The run was not retried: %1.");
    case Order::Nudge:
        return tr("The server did not look at the run: %1.");
    case Order::Restart:
    case Order::RestartLatest:
        return tr("The run was not restarted: %1.");
    case Order::Rerun:
        return tr("The run was not rerun: %1.");
    case Order::Skip:
        return tr("The task was not skipped: %1.");
    case Order::Terminate:
        return tr("The run was not terminated: %1.");
    }
    return {};
}

} // namespace app
