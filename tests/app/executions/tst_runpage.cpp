// The run page as people use it: what is selected and where one looks stays over polls, actions ask and send what they say, and a
// run that is gone, a server that is silent, and texts that are hostile are shown for what they are.
#include "app/executions/runpage.h"

#include "app/executions/actiondialog.h"
#include "app/executions/graphview.h"
#include "app/executions/liverun.h"
#include "app/executions/reasonbox.h"
#include "app/executions/runactions.h"
#include "app/executions/runpane.h"
#include "app/executions/runtasksmodel.h"
#include "app/executions/runview.h"
#include "app/widgets/elidedlabel.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/idlabel.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/table.h"
#include "support/graphs.h"
#include "support/scriptedtransport.h"

#include <QCheckBox>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTreeView>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::RunPage;
using conductor::Error;
using conductor::Failure;
using conductor::Graph;

namespace {

// Answers for the runs it was given, and remembers everything else it was asked to do.
class Runs : public conductor::Transport
{
public:
    conductor::Reply<QJsonValue> send(conductor::Request request) override
    {
        const QString path = request.segments.join(u'/');
        asked << support::line(request);
        bodies << request.body;
        if (error)
            return conductor::answered<QJsonValue>(Failure(*error));
        if (request.verb != conductor::Request::Verb::Get)
            return conductor::answered<QJsonValue>(refusal ? conductor::Result<QJsonValue>(Failure(*refusal)) : QJsonValue(bulkAnswer));
        if (path.endsWith(u"/log"_s))
            return conductor::answered<QJsonValue>(QJsonValue(logs));
        const bool isStatus = path.endsWith(u"/status"_s);
        const QJsonObject run = runs.value(request.segments.value(1));
        if (run.isEmpty() || (isStatus && !hasStatus))
            return conductor::answered<QJsonValue>(Failure({Error::Kind::NotFound, u"No such workflow found by id: x"_s, {}, 404}));
        if (isStatus)
            return conductor::answered<QJsonValue>(QJsonValue(QJsonObject{{u"workflowId"_s, run[u"workflowId"]}, {u"status"_s, run[u"status"]}}));
        return conductor::answered<QJsonValue>(QJsonValue(run));
    }

    QString add(const QJsonValue &run)
    {
        const QString id = run[u"workflowId"].toString();
        runs[id] = run.toObject();
        return id;
    }

    int count(const QString &line) const { return int(asked.count(line)); }

    QHash<QString, QJsonObject> runs;
    QJsonArray logs;
    QJsonObject bulkAnswer;
    bool hasStatus = true;
    std::optional<Error> error;
    std::optional<Error> refusal; // of what changes something
    QStringList asked;
    QList<QJsonValue> bodies;
};

// The attempt at the reference changed; the newest one.
void change(QJsonObject &run, const QString &ref, const QJsonObject &values)
{
    QJsonArray tasks = run[u"tasks"].toArray();
    for (qsizetype i = tasks.size() - 1; i >= 0; --i) {
        QJsonObject task = tasks[i].toObject();
        if (task[u"referenceTaskName"].toString() != ref)
            continue;
        for (auto it = values.begin(); it != values.end(); ++it)
            task[it.key()] = *it;
        tasks[i] = task;
        break;
    }
    run[u"tasks"] = tasks;
}

} // namespace

class TestRunPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_shared<Runs>();
        m_servers = std::make_unique<app::Servers>([this](const app::ServerEntry &) { return conductor::Client(m_server); });
        m_servers->show({{.id = u"one"_s, .name = u"One"_s}, {.id = u"prod"_s, .name = u"Prod"_s, .production = true}});
    }

    void cleanup()
    {
        m_page.reset();
        m_servers.reset();
    }

    void showsTheRun()
    {
        openSample(u"swarm22.execution.json"_s);
        QVERIFY(view()->isVisible());
        QCOMPARE(view()->graph().title, u"agent_swarm_22"_s);
        QVERIFY(said(u"8 of 22 done, 3 running, 2 queued"_s));
        QCOMPARE(m_page->findChild<app::IdLabel *>()->id(), m_id);
        QVERIFY(m_page->findChild<app::StatusBadge *>()->isVisible());
        QVERIFY(pane()->isHidden());
        QCOMPARE(tasks()->rowCount(), 30); // 22 agents, 4 forks, 4 joins
    }

    void aPollKeepsSelectionScaleAndScroll()
    {
        openSample(u"swarm22.execution.json"_s);
        view()->actualSize();
        view()->zoomIn();
        view()->zoomIn();
        view()->zoomIn();
        m_page->view().selectTask(u"plan"_s);
        const int scroll = view()->verticalScrollBar()->maximum(); // what is selected is out of sight
        view()->verticalScrollBar()->setValue(scroll);
        QVERIFY(!view()->viewport()->rect().intersects(view()->nodeRect(view()->graph().find(view()->selected()))));
        const QString selected = view()->selected();
        const double scale = view()->scale();
        const quint64 revision = view()->revision();

        change(m_server->runs[m_id], u"research_tech"_s, {{u"status"_s, u"COMPLETED"_s}, {u"endTime"_s, 1795346100000.0}});
        m_page->refresh();
        QTRY_COMPARE(state(u"research_tech"_s), Graph::State::Done);

        QCOMPARE(view()->selected(), selected);
        QCOMPARE(view()->scale(), scale);
        QCOMPARE(view()->verticalScrollBar()->value(), scroll);
        QCOMPARE(view()->revision(), revision + 1);
        QVERIFY(pane()->isVisible());
    }

    void anAnswerThatIsTheSameChangesNothing()
    {
        openSample(u"swarm22.execution.json"_s);
        const quint64 revision = view()->revision();
        const int before = m_server->count(u"GET /workflow/"_s + m_id);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->count(u"GET /workflow/"_s + m_id) >= before + 2, 5000); // polled each second
        QCOMPARE(view()->revision(), revision);
    }

    void openJsonNodesStayOpen()
    {
        QJsonObject run = support::sample(u"swarm22.execution.json"_s).toObject();
        change(run, u"plan"_s, {{u"inputData"_s, QJsonObject{{u"a"_s, QJsonObject{{u"b"_s, QJsonObject{{u"c"_s, 1}}}}}}}});
        open(run);
        m_page->view().selectTask(u"plan"_s);
        const auto trees = pane()->task().findChildren<QTreeView *>();
        QTreeView *tree = *std::find_if(trees.begin(), trees.end(), [](const QTreeView *each) { return each->accessibleName().startsWith(u"Input of the task"_s); });
        const QModelIndex outer = tree->model()->index(0, 0);
        if (tree->model()->canFetchMore(outer))
            tree->model()->fetchMore(outer);
        const QModelIndex inner = tree->model()->index(0, 0, outer);
        QVERIFY(inner.isValid());
        tree->expand(inner);

        change(m_server->runs[m_id], u"research_tech"_s, {{u"status"_s, u"COMPLETED"_s}});
        m_page->refresh();
        QTRY_COMPARE(state(u"research_tech"_s), Graph::State::Done);
        QVERIFY(tree->isExpanded(inner));
    }

    void graphAndTableFollowEachOther()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->view().setMode(app::RunView::Mode::Tasks);
        const int row = tasks()->rowOf(u"build_views"_s);
        table()->setCurrentIndex(tasks()->index(row, 0));
        QCOMPARE(view()->selected(), u"fork_main/fork_build/build_views"_s);
        QVERIFY(pane()->isVisible());

        m_page->view().setMode(app::RunView::Mode::Graph);
        view()->select(u"plan"_s);
        QCOMPARE(table()->selectionModel()->selectedRows().value(0).row(), tasks()->rowOf(u"plan"_s));
        view()->select({});
        QVERIFY(pane()->isHidden());
        QVERIFY(!table()->selectionModel()->hasSelection());
    }

    void aTurnOfALoopIsShownWhenItsRowIsChosen()
    {
        openSample(u"f_nested.execution.json"_s);
        m_page->view().setMode(app::RunView::Mode::Tasks);
        const int row = tasks()->rowOf(u"sw__1"_s);
        QVERIFY(row >= 0);
        QVERIFY(tasks()->rows()[size_t(row)].nodeId.isEmpty()); // turn 2 is shown
        table()->setCurrentIndex(tasks()->index(row, 0));
        QVERIFY(!view()->selected().isEmpty());
        QCOMPARE(view()->graph().nodes[size_t(view()->graph().find(view()->selected()))].runRef, u"sw__1"_s);
        QCOMPARE(title(), u"sw__1"_s);
    }

    void skippedTasksAreListed()
    {
        openSample(u"skipped.execution.json"_s);
        int skipped = 0;
        for (const app::RunTask &task : tasks()->rows())
            skipped += task.look.word == u"Skipped"_s;
        QCOMPARE(skipped, 1);
    }

    void filtersTheTasks()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->focusSearch();
        QVERIFY(table()->isVisible());
        QTest::keyClicks(m_page->findChild<app::SearchField *>(), u"build_"_s);
        QTRY_COMPARE(tasks()->rowCount(), 6);
        QVERIFY(m_page->closePane()); // Esc clears it
        QCOMPARE(tasks()->rowCount(), 30);
    }

    void saysWhyATaskWaits()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->view().selectTask(u"build_auth"_s);
        QVERIFY2(taskReason()->text().startsWith(u"build_auth waits for build_api."_s), qPrintable(taskReason()->text()));
        m_page->view().selectTask(u"research_legal"_s);
        QVERIFY2(taskReason()->text().contains(u"no worker has taken it"_s), qPrintable(taskReason()->text()));
    }

    void attemptsStandSideBySide()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->view().selectTask(u"build_api"_s);
        auto *attempts = pane()->task().findChild<app::Table *>();
        QVERIFY(attempts->isVisible());
        QCOMPARE(attempts->model()->rowCount(), 2);
        QCOMPARE(attempts->currentIndex().row(), 1);
        const QString newest = pane()->task().attemptId();
        attempts->setCurrentIndex(attempts->model()->index(0, 0));
        QVERIFY(pane()->task().attemptId() != newest);
        QVERIFY2(taskReason()->text().contains(u"compile error"_s), qPrintable(taskReason()->text()));
    }

    void readsTheLogOnlyWhenAskedFor()
    {
        m_server->logs = {QJsonObject{{u"log"_s, u"started \u202Edrow"_s}, {u"createdTime"_s, 1795346100000.0}}};
        openSample(u"swarm22.execution.json"_s);
        m_page->view().selectTask(u"plan"_s);
        QVERIFY(m_server->asked.filter(u"/log"_s).isEmpty());
        pane()->task().findChild<QTabWidget *>()->setCurrentIndex(2);
        auto *log = pane()->task().findChildren<app::PlainTextPane *>().last();
        QTRY_VERIFY(log->toPlainText().contains(u"started"_s));
        QVERIFY(!log->toPlainText().contains(QChar(0x202E)));
    }

    void followsTheLogOfATaskAtWork()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->view().selectTask(u"research_tech"_s);
        pane()->task().findChild<QTabWidget *>()->setCurrentIndex(2);
        auto *log = pane()->task().findChildren<app::PlainTextPane *>().last();
        QTRY_COMPARE(log->toPlainText(), u"The worker has written no log."_s);
        m_server->logs = {QJsonObject{{u"log"_s, u"half way"_s}, {u"createdTime"_s, 1795346100000.0}}};
        QTRY_VERIFY_WITH_TIMEOUT(log->toPlainText().contains(u"half way"_s), 3000); // the run itself is as it was
    }

    void statesEnableWhatMakesSense_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<QStringList>("enabled");
        QTest::newRow("running") << u"RUNNING"_s << QStringList{u"pause"_s, u"retryNow"_s, u"nudge"_s, u"terminate"_s};
        QTest::newRow("paused") << u"PAUSED"_s << QStringList{u"resume"_s, u"terminate"_s};
        QTest::newRow("failed") << u"FAILED"_s << QStringList{u"retry"_s, u"restart"_s};
        QTest::newRow("timed out") << u"TIMED_OUT"_s << QStringList{u"retry"_s, u"restart"_s};
        QTest::newRow("terminated") << u"TERMINATED"_s << QStringList{u"retry"_s, u"restart"_s};
        QTest::newRow("completed") << u"COMPLETED"_s << QStringList{u"restart"_s};
        QTest::newRow("of a later server") << u"DREAMING"_s << QStringList{u"terminate"_s};
    }

    void statesEnableWhatMakesSense()
    {
        QFETCH(QString, status);
        QFETCH(QStringList, enabled);
        QJsonObject run = support::sample(u"swarm22.execution.json"_s).toObject();
        run[u"status"] = status;
        open(run);
        const std::pair<QString, QAction *> all[] = {{u"pause"_s, actions()->pause},     {u"resume"_s, actions()->resume}, {u"retry"_s, actions()->retry},
                                                     {u"retryNow"_s, actions()->retryNow}, {u"nudge"_s, actions()->nudge},   {u"restart"_s, actions()->restart},
                                                     {u"terminate"_s, actions()->terminate}};
        QStringList found;
        for (const auto &[name, action] : all) {
            if (action->isEnabled())
                found << name;
        }
        QCOMPARE(found, enabled);
        QVERIFY(!actions()->rerun->isEnabled()); // nothing is selected
        QVERIFY(!actions()->skip->isEnabled());
    }

    void tasksEnableWhatMakesSense()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->view().selectTask(u"release"_s);
        QVERIFY(actions()->skip->isEnabled()); // its turn has not come
        QVERIFY(!actions()->rerun->isEnabled()); // the run goes on
        m_page->view().selectTask(u"plan"_s);
        QVERIFY(!actions()->skip->isEnabled());
        openSample(u"sub_failed_parent.execution.json"_s);
        m_page->view().selectTask(u"s"_s);
        QVERIFY(actions()->rerun->isEnabled());
    }

    void sendsWhatNeedsNoQuestion()
    {
        openSample(u"swarm22.execution.json"_s);
        actions()->pause->trigger();
        QTRY_COMPARE(m_server->count(u"PUT /workflow/bulk/pause"_s), 1);
        QTRY_COMPARE(m_said.size(), 1);
        actions()->nudge->trigger();
        QTRY_COMPARE(m_server->count(u"PUT /workflow/decide/"_s + m_id), 1);
        QTRY_COMPARE(m_said.size(), 2);
        actions()->retryNow->trigger();
        QTRY_COMPARE(m_server->count(u"POST /workflow/%1/resetcallbacks"_s.arg(m_id)), 1);
    }

    void looksAtOnceAfterAnAction()
    {
        openSample(u"swarm22.execution.json"_s);
        const int before = m_server->count(u"GET /workflow/"_s + m_id);
        m_server->runs[m_id][u"status"_s] = u"PAUSED"_s;
        actions()->pause->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(actions()->resume->isEnabled(), 700);
        QVERIFY(m_server->count(u"GET /workflow/"_s + m_id) > before);
    }

    void asksBeforeItTerminates()
    {
        openSample(u"swarm22.execution.json"_s);
        actions()->terminate->trigger();
        auto *dialog = m_page->findChild<app::ActionDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(buttonOf(*dialog, u"Cancel"_s)->isDefault());
        QCOMPARE(m_server->asked.filter(u"terminate"_s).size(), 0);
        QTest::keyClick(dialog, Qt::Key_Return); // the default is to leave it
        QTRY_VERIFY(m_page->findChildren<app::ActionDialog *>().isEmpty());
        QCOMPARE(m_server->asked.filter(u"terminate"_s).size(), 0);

        actions()->terminate->trigger();
        dialog = m_page->findChild<app::ActionDialog *>();
        QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"runs away"_s);
        QTest::mouseClick(buttonOf(*dialog, u"Terminate the run"_s), Qt::LeftButton);
        QTRY_COMPARE(m_server->asked.filter(u"POST /workflow/bulk/terminate?reason=runs"_s).size(), 1);
    }

    void onProductionTheNameIsTyped()
    {
        m_servers->setCurrent(u"prod"_s);
        openSample(u"swarm22.execution.json"_s, u"prod"_s);
        actions()->terminate->trigger();
        auto *dialog = m_page->findChild<app::ActionDialog *>();
        QPushButton *confirm = buttonOf(*dialog, u"Terminate the run"_s);
        QVERIFY(!confirm->isEnabled());
        QTest::keyClicks(dialog->findChildren<QLineEdit *>().last(), u"agent_swarm_22"_s);
        QVERIFY(confirm->isEnabled());
    }

    void restartsWithTheNewestDefinition()
    {
        openSample(u"sub_failed_parent.execution.json"_s);
        actions()->restart->trigger();
        auto *dialog = m_page->findChild<app::ActionDialog *>();
        dialog->findChild<QCheckBox *>()->setChecked(true);
        QTest::mouseClick(buttonOf(*dialog, u"Restart the run"_s), Qt::LeftButton);
        QTRY_COMPARE(m_server->count(u"POST /workflow/bulk/restart?useLatestDefinitions=true"_s), 1);
    }

    void rerunsFromTheTaskThatWasSelectedWhenAsked()
    {
        openSample(u"kitchen_sink.execution_completed.json"_s);
        m_page->view().selectTask(u"prepare"_s);
        const QString taskId = pane()->task().attemptId();
        actions()->rerun->trigger();
        m_page->view().selectTask(u"remember"_s);
        QTest::mouseClick(buttonOf(*m_page->findChild<app::ActionDialog *>(), u"Rerun from prepare"_s), Qt::LeftButton);
        QTRY_COMPARE(m_server->count(u"POST /workflow/%1/rerun"_s.arg(m_id)), 1);
        const qsizetype at = m_server->asked.indexOf(u"POST /workflow/%1/rerun"_s.arg(m_id));
        QCOMPARE(m_server->bodies[at][u"reRunFromTaskId"].toString(), taskId);
    }

    void skipsTheSelectedTask()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->view().selectTask(u"release"_s);
        actions()->skip->trigger();
        QTest::mouseClick(buttonOf(*m_page->findChild<app::ActionDialog *>(), u"Skip release"_s), Qt::LeftButton);
        QTRY_COMPARE(m_server->count(u"PUT /workflow/%1/skiptask/release"_s.arg(m_id)), 1);
    }

    void retriesWithinTheFailedSubWorkflow()
    {
        openSample(u"sub_failed_parent.execution.json"_s);
        actions()->retry->trigger();
        QTRY_COMPARE(m_server->count(u"POST /workflow/%1/retry?resumeSubworkflowTasks=true"_s.arg(m_id)), 1);
    }

    void saysWhatTheServerRefused()
    {
        openSample(u"swarm22.execution.json"_s);
        m_server->bulkAnswer = {{u"bulkErrorResults"_s, QJsonObject{{m_id, u"It has ended"_s}}}};
        actions()->pause->trigger();
        QTRY_VERIFY(message()->isVisible());
        QVERIFY(message()->text().contains(u"The run was not paused: It has ended"_s));
        QVERIFY(m_said.isEmpty());
        m_page->refresh();
        QTRY_VERIFY(m_server->asked.last().startsWith(u"GET /workflow"_s));
        QVERIFY(message()->isVisible()); // a poll does not take it away
        QVERIFY(m_page->closePane());
        QVERIFY(message()->isHidden());
    }

    void explainsAFailedRunAndOpensItsSubWorkflow()
    {
        const QString child = m_server->add(support::sample(u"sub_failed_child.execution.json"_s));
        openSample(u"sub_failed_parent.execution.json"_s);
        auto *reason = m_page->findChild<app::ReasonBox *>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(reason && reason->isVisible());
        QVERIFY2(reason->text().contains(u"boom"_s), qPrintable(reason->text()));
        QVERIFY(!reason->text().contains(u"failure reason"_s)); // the innermost only

        Q_EMIT reason->actionRequested();
        QTRY_COMPARE(m_page->executionId(), child);
        QTRY_VERIFY(view()->graph().title != QString());
        QVERIFY(m_page->closePane()); // back to the run that started it
        QTRY_COMPARE(m_page->executionId(), m_id);
        QTRY_COMPARE(view()->selected(), u"s"_s);
    }

    void enterLeadsIntoASubWorkflowOrToThePane()
    {
        const QString child = m_server->add(support::sample(u"sub_failed_child.execution.json"_s));
        openSample(u"sub_failed_parent.execution.json"_s);
        m_page->view().selectTask(u"s"_s);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Return);
        QTRY_COMPARE(m_page->executionId(), child);

        openSample(u"swarm22.execution.json"_s);
        m_page->view().selectTask(u"plan"_s);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Return);
        QCOMPARE(m_page->executionId(), m_id);
        QVERIFY(pane()->isAncestorOf(QApplication::focusWidget()));
    }

    void escapeClosesOneThingAtATime()
    {
        openSample(u"swarm22.execution.json"_s);
        QSignalSpy back(m_page.get(), &RunPage::backRequested);
        m_page->view().selectTask(u"plan"_s);
        QVERIFY(m_page->closePane());
        QVERIFY(pane()->isHidden());
        QCOMPARE(view()->selected(), QString());
        QCOMPARE(back.size(), 0);
        QVERIFY(m_page->closePane());
        QCOMPARE(back.size(), 1);
    }

    void aRunThatIsNotThere()
    {
        make();
        m_page->open(u"one"_s, u"nobody"_s);
        auto *empty = m_page->findChild<app::EmptyState *>();
        QTRY_VERIFY(empty->isVisible());
        QVERIFY(empty->accessibleName().startsWith(u"The server has no run with this id"_s));
        QVERIFY(!actions()->terminate->isEnabled());
    }

    void aRunThatIsRemovedStaysInSightAndSaysSo()
    {
        openSample(u"swarm22.execution.json"_s);
        m_server->runs.clear();
        QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible(), 3000);
        QVERIFY(message()->text().startsWith(u"This run is no longer on the server"_s));
        QVERIFY(view()->isVisible());
        QCOMPARE(view()->graph().title, u"agent_swarm_22"_s);
    }

    void anUnreachableServerKeepsThePicture()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->view().selectTask(u"plan"_s);
        m_server->error = Error{Error::Kind::Network, u"Connection refused"_s, u"Is it running?"_s};
        m_page->refresh();
        QTRY_VERIFY(message()->isVisible());
        QVERIFY(message()->text().startsWith(u"What is shown is not current: Connection refused."_s));
        QCOMPARE(view()->selected(), u"plan"_s);
        QCOMPARE(m_servers->current()->health.state, app::ServerHealth::State::Trouble);

        m_server->error.reset();
        Q_EMIT message()->actionRequested();
        QTRY_VERIFY(message()->isHidden());
        QCOMPARE(m_servers->current()->health.state, app::ServerHealth::State::Ready);
    }

    void anEndedRunIsAskedForItsStatusOnly()
    {
        openSample(u"kitchen_sink.execution_completed.json"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->count(u"GET /workflow/%1/status"_s.arg(m_id)) >= 2, 6000);
        QCOMPARE(m_server->count(u"GET /workflow/"_s + m_id), 1);
        m_server->runs[m_id][u"status"_s] = u"RUNNING"_s; // somebody restarted it
        QTRY_VERIFY_WITH_TIMEOUT(actions()->pause->isEnabled(), 2500);
    }

    void anOldServerWithoutStatus()
    {
        m_server->hasStatus = false;
        openSample(u"kitchen_sink.execution_completed.json"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->count(u"GET /workflow/"_s + m_id) >= 3, 8000);
        QCOMPARE(m_server->count(u"GET /workflow/%1/status"_s.arg(m_id)), 1); // asked once in vain
        QVERIFY(message()->isHidden());
    }

    void isSilentWhileNobodyLooks()
    {
        openSample(u"swarm22.execution.json"_s);
        m_page->setLive(false);
        m_server->asked.clear();
        m_page->refresh();
        QCoreApplication::processEvents();
        QCOMPARE(m_server->asked, QStringList());
        m_page->setLive(true);
        QTRY_COMPARE(m_server->asked, QStringList({u"GET /workflow/"_s + m_id}));
    }

    void hostileTextsAreHarmless()
    {
        QJsonObject run = support::sample(u"sub_failed_parent.execution.json"_s).toObject();
        const QString evil = u"<b>x</b>\u202Egnp\u0007\n"_s;
        run[u"workflowName"] = evil;
        change(run, u"s"_s, {{u"reasonForIncompletion"_s, evil}, {u"workerId"_s, evil}});
        open(run);
        m_page->view().selectTask(u"s"_s);
        for (const auto *label : m_page->findChildren<QLabel *>()) {
            QVERIFY2(!label->text().contains(QChar(0x202E)), qPrintable(label->text()));
            QVERIFY(label->textFormat() == Qt::PlainText || !label->text().contains(u"<b>"_s));
        }
        for (const auto *label : m_page->findChildren<app::ElidedLabel *>())
            QVERIFY2(!label->text().contains(QChar(0x202E)), qPrintable(label->text()));
    }

    void anotherServerInFrontLeavesTheRun()
    {
        openSample(u"swarm22.execution.json"_s);
        QSignalSpy back(m_page.get(), &RunPage::backRequested);
        m_servers->setCurrent(u"prod"_s);
        QCOMPARE(back.size(), 1);
    }

    void aStripIsListedCellByCell()
    {
        QJsonObject run = support::dynamicForkJson(998);
        open(run);
        QCOMPARE(tasks()->rowCount(), 1002); // with list, fork, join and publish; the strip itself is no task
    }

private:
    void make()
    {
        m_page = std::make_unique<RunPage>(*m_servers, app::systemTime);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->setLive(true);
        m_said.clear();
        connect(m_page.get(), &app::Page::said, this, [this](const QString &text) { m_said << text; });
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void open(const QJsonValue &run, const QString &server = u"one"_s)
    {
        m_id = m_server->add(run);
        if (!m_page)
            make();
        m_page->open(server, m_id);
        QTRY_VERIFY(view()->isVisible() && !view()->graph().nodes.empty());
    }

    void openSample(const QString &name, const QString &server = u"one"_s) { open(support::sample(name), server); }

    Graph::State state(const QString &ref) const
    {
        const int node = view()->graph().findRef(ref);
        return node >= 0 ? view()->graph().nodes[size_t(node)].state : Graph::State::Unknown;
    }

    // Some line of the page says it.
    bool said(const QString &text) const
    {
        const auto labels = m_page->findChildren<app::ElidedLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const app::ElidedLabel *label) { return label->text().contains(text); });
    }

    static QPushButton *buttonOf(const QWidget &dialog, const QString &text)
    {
        const auto buttons = dialog.findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [&](const QPushButton *button) { return button->text() == text; });
        return found == buttons.end() ? nullptr : *found;
    }

    app::GraphView *view() const { return m_page->findChild<app::GraphView *>(); }
    app::RunPane *pane() const { return m_page->findChild<app::RunPane *>(); }
    app::RunTasksModel *tasks() const { return m_page->findChild<app::RunTasksModel *>(); }
    app::RunActions *actions() const { return m_page->findChild<app::RunActions *>(); }
    app::MessageBar *message() const { return m_page->findChild<app::MessageBar *>(); }
    app::ReasonBox *taskReason() const { return pane()->task().findChild<app::ReasonBox *>(); }
    QString title() const { return pane()->findChild<app::ElidedLabel *>()->text(); }

    app::Table *table() const
    {
        const auto tables = m_page->findChildren<app::Table *>();
        const auto found = std::find_if(tables.begin(), tables.end(), [this](const app::Table *table) { return table->model() == tasks(); });
        return found == tables.end() ? nullptr : *found;
    }

    std::shared_ptr<Runs> m_server;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<RunPage> m_page;
    QString m_id;
    QStringList m_said;
};

QTEST_MAIN(TestRunPage)
#include "tst_runpage.moc"
