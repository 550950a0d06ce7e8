// The run page against the real server: what workers do to a run of 22 agents is on the screen within two seconds of their call,
// while selection, scale and place stay; and what the page's actions send is what the server does.
#include "app/executions/runpage.h"

#include "app/executions/actiondialog.h"
#include "app/executions/graphview.h"
#include "app/executions/runactions.h"
#include "app/executions/runpane.h"
#include "app/executions/runtasksmodel.h"
#include "app/executions/runview.h"
#include "app/widgets/messagebar.h"
#include "support/realserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::realClient;
using support::settled;
using State = Graph::State;

namespace {

constexpr int soon = 2000; // ms

} // namespace

class TestLiveRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(settled(m_client.taskDefinitions().create(ownSample(u"swarm22.taskdefs.json"_s).array())));
        QJsonObject definition = ownSample(u"swarm22.definition.json"_s).object();
        definition[u"name"] = m_name;
        QVERIFY(settled(m_client.definitions().create(definition, Definitions::Existing::Replace)));
    }

    void init()
    {
        m_id = settled(m_client.executions().start({.name = m_name})).value_or(QString());
        QVERIFY(!m_id.isEmpty());
        m_servers = std::make_unique<app::Servers>([this](const app::ServerEntry &) { return m_client; });
        m_servers->show({{.id = u"real"_s, .name = u"Real"_s}});
        m_page = std::make_unique<app::RunPage>(*m_servers, app::systemTime);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->setLive(true);
        m_page->open(u"real"_s, m_id);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"plan"_s), State::Queued, 10'000);
    }

    void cleanup()
    {
        m_page.reset();
        m_servers.reset();
        settled(m_client.executions().terminate({m_id}, u"the test is over"_s)); // its tasks leave the queues
    }

    void eachChangeIsSeenWithinTwoSeconds()
    {
        m_page->view().selectTask(u"design_flows"_s);
        view()->actualSize();
        view()->zoomIn();
        view()->horizontalScrollBar()->setValue(30);
        view()->verticalScrollBar()->setValue(50);
        const QString selected = view()->selected();
        const double scale = view()->scale();
        const QPoint place = placeOf(selected);
        QVERIFY(!selected.isEmpty() && view()->verticalScrollBar()->value() > 0);

        PolledTask plan = take(u"agent_plan"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"plan"_s), State::Running, soon);
        finish(plan, u"COMPLETED"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"plan"_s), State::Done, soon);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"design_brand"_s), State::Queued, soon);
        QCOMPARE(state(u"synth_findings"_s), State::Blocked);

        PolledTask build = take(u"agent_build"_s);
        finish(build, u"FAILED"_s, u"compile error"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(build.attempt.ref), State::Retrying, soon);

        PolledTask brand = take(u"agent_design"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"design_brand"_s), State::Running, soon);
        finish(brand, u"COMPLETED"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"design_flows"_s), State::Queued, soon);
        QTRY_VERIFY_WITH_TIMEOUT(!pane()->task().attemptId().isEmpty(), soon); // the pane is about it and knows its attempt now

        QCOMPARE(view()->selected(), selected);
        QCOMPARE(view()->scale(), scale);
        QCOMPARE(placeOf(selected), place); // whatever grew or shrank around it
        QVERIFY(pane()->isVisible());
    }

    void theWholeSwarmComesToItsEnd()
    {
        QElapsedTimer patience;
        patience.start();
        while (actions()->pause->isEnabled() && patience.elapsed() < 60'000) {
            for (const QString &agent : m_agents) {
                const auto polled = settled(m_client.tasks().poll({.taskType = own(agent), .workerId = u"rp"_s, .count = 8, .waitMs = 20}));
                for (const PolledTask &task : polled.value_or(std::vector<PolledTask>()))
                    finish(task, u"COMPLETED"_s);
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(actions()->restart->isEnabled(), soon);
        QVERIFY(!actions()->retry->isEnabled());
        for (const app::RunTask &task : m_page->findChild<app::RunTasksModel *>()->rows())
            QCOMPARE(task.look.word, u"Done"_s);
    }

    void actionsDoWhatTheySay()
    {
        actions()->pause->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(actions()->resume->isEnabled(), soon);
        QCOMPARE(settled(m_client.executions().state(m_id))->status, ExecutionStatus::Paused);
        actions()->resume->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(actions()->pause->isEnabled(), soon);

        actions()->nudge->trigger();
        PolledTask plan = take(u"agent_plan"_s);
        finish(plan, u"FAILED"_s, u"no idea"_s);
        QTRY_VERIFY_WITH_TIMEOUT(actions()->retryNow->isEnabled(), soon);
        actions()->retryNow->trigger();
        QCOMPARE(take(u"agent_plan"_s).attempt.retryCount, 1); // not in ten minutes

        actions()->terminate->trigger();
        m_page->findChild<app::ActionDialog *>()->findChild<QLineEdit *>()->setText(u"seen enough"_s);
        confirm(u"Terminate the run"_s);
        QTRY_VERIFY_WITH_TIMEOUT(actions()->retry->isEnabled(), soon);
        const auto ended = *settled(m_client.executions().get(m_id));
        QCOMPARE(ended->status, ExecutionStatus::Terminated);
        QCOMPARE(ended->reason, u"seen enough"_s);

        actions()->retry->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(actions()->pause->isEnabled(), soon);
        QVERIFY2(message()->isHidden(), qPrintable(message()->text()));
    }

    // In a run of its own: this server cannot retry one that has a skipped task.
    void aTaskIsSkippedBeforeItsTurn()
    {
        m_page->view().selectTask(u"design_flows"_s);
        actions()->skip->trigger();
        confirm(u"Skip design_flows"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"design_flows"_s), State::Skipped, soon);
        QTRY_VERIFY(!actions()->skip->isEnabled());
        QVERIFY2(message()->isHidden(), qPrintable(message()->text()));
    }

    void aTaskIsRerunAndTheRunRestarted()
    {
        finish(take(u"agent_plan"_s), u"FAILED_WITH_TERMINAL_ERROR"_s, u"cannot plan"_s);
        QTRY_VERIFY_WITH_TIMEOUT(actions()->retry->isEnabled(), soon);
        m_page->view().selectTask(u"plan"_s);
        actions()->rerun->trigger();
        confirm(u"Rerun from plan"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"plan"_s), State::Queued, soon);

        settled(m_client.executions().terminate({m_id}, u"once more"_s));
        QTRY_VERIFY_WITH_TIMEOUT(actions()->restart->isEnabled(), soon);
        actions()->restart->trigger();
        confirm(u"Restart the run"_s);
        QTRY_VERIFY_WITH_TIMEOUT(actions()->pause->isEnabled(), soon);
        QVERIFY2(message()->isHidden(), qPrintable(message()->text()));
    }

    void aRemovedRunSaysSo()
    {
        QVERIFY(settled(m_client.executions().remove(m_id)));
        QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible(), soon);
        QVERIFY(message()->text().startsWith(u"This run is no longer on the server"_s));
    }

private:
    QString own(const QString &agent) const { return u"rp_%1_%2"_s.arg(m_run, agent); }

    // A sample whose agents are this test's own: other queues stay as they are.
    QJsonDocument ownSample(const QString &name) const
    {
        QFile file(QStringLiteral(SAMPLES_DIR) + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QJsonDocument::fromJson(file.readAll().replace("\"agent_", own(u"agent_"_s).prepend(u'"').toUtf8()));
    }

    PolledTask take(const QString &agent) const
    {
        const auto polled = settled(m_client.tasks().poll({.taskType = own(agent), .workerId = u"rp"_s, .waitMs = 3000}));
        return polled && !polled->empty() ? polled->front() : PolledTask();
    }

    void finish(const PolledTask &task, const QString &status, const QString &reason = {}) const
    {
        settled(m_client.tasks().update({.executionId = task.executionId, .taskId = task.attempt.id, .status = status, .reason = reason, .workerId = u"rp"_s}));
    }

    void confirm(const QString &verb) const
    {
        const auto buttons = m_page->findChild<app::ActionDialog *>()->findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [&](const QPushButton *button) { return button->text() == verb; });
        QVERIFY(found != buttons.end());
        (*found)->click();
    }

    QPoint placeOf(const QString &nodeId) const { return view()->nodeRect(view()->graph().find(nodeId)).topLeft(); }

    State state(const QString &ref) const
    {
        const int node = view()->graph().findRef(ref);
        return node >= 0 ? view()->graph().nodes[size_t(node)].state : State::Unknown;
    }

    app::GraphView *view() const { return m_page->findChild<app::GraphView *>(); }
    app::MessageBar *message() const { return m_page->findChild<app::MessageBar *>(); }
    app::RunPane *pane() const { return m_page->findChild<app::RunPane *>(); }
    app::RunActions *actions() const { return m_page->findChild<app::RunActions *>(); }

    const Client m_client = realClient();
    const QString m_run = QString::number(QRandomGenerator::global()->bounded(0x10000000, 0x7fffffff), 16);
    const QString m_name = own(u"swarm"_s);
    const QStringList m_agents{u"agent_plan"_s,  u"agent_research"_s, u"agent_synth"_s,     u"agent_design"_s, u"agent_build"_s,
                               u"agent_infra"_s, u"agent_integrate"_s, u"agent_review"_s, u"agent_release"_s};
    QString m_id;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<app::RunPage> m_page;
};

QTEST_MAIN(TestLiveRun)
#include "tst_liverun.moc"
