// The demo drives its workflows on a real server as it promises: one stumble per swarm, an approval, never too many runs; it
// outlives an absence of the server, and what it left half done is taken up.
#include "conductor/local/demodefinitions.h"
#include "conductor/local/demoworkers.h"
#include "support/realserver.h"
#include "support/samples.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QUuid>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;
using support::settled;

namespace {

constexpr int runPatienceMs = 60'000;

// Passes bytes on to the real server, until it is cut.
class Wire : public QTcpServer
{
public:
    explicit Wire(const QUrl &target) : m_target(target)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *near = nextPendingConnection();
            auto *far = new QTcpSocket(near);
            connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
            connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
            connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
            connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
            far->connectToHost(m_target.host(), quint16(m_target.port()));
        });
        listen(QHostAddress::LocalHost);
        m_port = serverPort();
    }

    QUrl url() const { return QUrl(u"http://127.0.0.1:%1/api"_s.arg(m_port)); }
    void cut()
    {
        close();
        const QList<QTcpSocket *> sockets = findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly);
        for (QTcpSocket *socket : sockets)
            socket->abort();
    }
    void mend() { QVERIFY(listen(QHostAddress::LocalHost, m_port)); }

private:
    QUrl m_target;
    quint16 m_port = 0;
};

DemoWorkers::Pace quick()
{
    DemoWorkers::Pace pace;
    pace.shortestTask = 10ms;
    pace.longestTask = 100ms;
    pace.look = 100ms;
    pace.tend = 200ms;
    pace.approval = 300ms;
    pace.newRun = 1h;
    pace.longestPause = 500ms;
    return pace;
}

PolledTask taskOf(const QString &executionId, const QString &ref, int retryCount)
{
    PolledTask task;
    task.executionId = executionId;
    task.workflowName = demoSwarm.toString();
    task.attempt.id = executionId + ref;
    task.attempt.ref = ref;
    task.attempt.retryCount = retryCount;
    return task;
}

QStringList agents()
{
    QStringList refs;
    visit(support::sampleDefinition(u"swarm22.definition.json"_s).tasks, [&](const WorkflowTask &task) {
        if (task.kind() == TaskKind::Worker)
            refs << task.ref;
    });
    return refs;
}

} // namespace

class TestDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Registered before the demo does: it leaves alone what is there, and a test need not wait 20 s for a retry.
        QJsonArray tasks = demoDefinitions(support::realServer()).tasks;
        for (QJsonValueRef element : tasks) {
            QJsonObject task = element.toObject();
            task[u"retryDelaySeconds"] = 1;
            element = task;
        }
        QVERIFY(settled(m_client.taskDefinitions().create(tasks)));
        QVERIFY(settled(installDemo(m_client, support::realServer())));
    }

    void cleanup()
    {
        for (;;) {
            const Result<ExecutionPage> running = settled(m_client.executions().search(ofDemo(u"RUNNING"_s)));
            QVERIFY(running);
            QStringList ids;
            for (const ExecutionSummary &row : running->rows)
                ids << row.id;
            if (ids.isEmpty())
                break;
            QVERIFY(settled(m_client.executions().terminate(ids, u"the test is over"_s)));
        }
    }

    // --- what workers answer ---

    void oneAgentOfEachRunStumblesOnce()
    {
        QSet<QString> stumblers;
        for (int run = 0; run < 50; ++run) {
            const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
            QStringList failed;
            for (const QString &ref : agents()) {
                const TaskUpdate answer = demoAnswer(taskOf(id, ref, 0));
                QCOMPARE(answer.executionId, id);
                if (answer.status == u"FAILED") {
                    failed << ref;
                    QVERIFY(!answer.reason.isEmpty());
                } else {
                    QCOMPARE(answer.status, u"COMPLETED"_s);
                    QVERIFY2(!answer.output[u"summary"].toString().isEmpty(), qPrintable(ref));
                    QVERIFY2(!answer.logs.isEmpty(), qPrintable(ref));
                }
            }
            QCOMPARE(failed.size(), 1);
            QCOMPARE(demoAnswer(taskOf(id, failed.first(), 1)).status, u"COMPLETED"_s);
            stumblers << failed.first();
        }
        QVERIFY(stumblers.size() > 1);

        // A join that looks between a failure and its retry fails with it, and so does the run: 3.32.3 under load.
        visit(support::sampleDefinition(u"swarm22.definition.json"_s).tasks, [&](const WorkflowTask &task) {
            for (const QString &ref : task.joinOn)
                QVERIFY2(!stumblers.contains(ref), qPrintable(ref));
        });
    }

    // --- definitions ---

    void definitionsAreMadeReadyForTheServer()
    {
        const DemoDefinitions definitions = demoDefinitions(QUrl(u"http://127.0.0.1:4711/api"_s));
        QStringList names;
        for (const QJsonObject &workflow : definitions.workflows)
            names << workflow[u"name"].toString();
        QCOMPARE(names, (QStringList{u"ks_child"_s, demoKitchenSink.toString(), demoSwarm.toString()}));
        QCOMPARE(healthAddress(definitions.workflows.at(1)), u"http://127.0.0.1:4711/health"_s);

        QSet<QString> queues;
        for (const QJsonValue &task : definitions.tasks) {
            queues << task[u"name"].toString();
            QVERIFY2(task[u"retryDelaySeconds"].toInt() <= 20, qPrintable(task[u"name"].toString()));
        }
        const QStringList served = demoQueues();
        QCOMPARE(queues, QSet<QString>(served.begin(), served.end()));
    }

    void whatAPersonChangedStays()
    {
        const auto before = *settled(m_client.definitions().get(demoKitchenSink.toString()));
        QJsonObject changed = before->json;
        changed[u"description"] = u"mine now"_s;
        QVERIFY(settled(m_client.definitions().create(changed, Definitions::Existing::Replace)));

        // The server has moved to another port since.
        QVERIFY(settled(installDemo(m_client, QUrl(u"http://127.0.0.1:4711/api"_s))));
        const auto moved = *settled(m_client.definitions().get(demoKitchenSink.toString()));
        QCOMPARE(moved->description, u"mine now"_s);
        QCOMPARE(healthAddress(moved->json), u"http://127.0.0.1:4711/health"_s);
        QCOMPARE(moved->tasks.size(), before->tasks.size());
        QCOMPARE(settled(m_client.taskDefinitions().get(u"agent_build"_s))->retryDelaySeconds, 1);

        QVERIFY(settled(installDemo(m_client, support::realServer())));
        QCOMPARE(healthAddress((*settled(m_client.definitions().get(demoKitchenSink.toString())))->json),
                 support::realServer().resolved(QUrl(u"/health"_s)).toString());
    }

    // --- workers ---

    void drivesOneOfEachToItsEnd()
    {
        DemoWorkers workers(m_client, quick());
        QStringList started;
        connect(&workers, &DemoWorkers::runStarted, this, [&](const QString &id) { started << id; });
        workers.start();
        workers.start(); // once is enough
        QTRY_COMPARE_WITH_TIMEOUT(started.size(), 2, runPatienceMs);
        for (const QString &id : std::as_const(started))
            QTRY_VERIFY_WITH_TIMEOUT(isTerminal(statusOf(id)), runPatienceMs);

        const auto swarm = *settled(m_client.executions().get(started.at(0)));
        QCOMPARE(swarm->name, demoSwarm.toString());
        QCOMPARE(swarm->status, ExecutionStatus::Completed);
        QCOMPARE(swarm->correlationId, DemoWorkers::correlationId());
        QVERIFY(!swarm->input[u"goal"].toString().isEmpty());
        QVERIFY(!swarm->output[u"release"].toString().isEmpty());
        const auto failed = std::count_if(swarm->attempts.begin(), swarm->attempts.end(), [](const TaskAttempt &attempt) { return isFailure(attempt.status); });
        QCOMPARE(failed, 1);
        for (const TaskAttempt &attempt : swarm->attempts) {
            if (attempt.kind() != TaskKind::Worker)
                continue;
            QVERIFY2(attempt.workerId.startsWith(u"demo-"_s), qPrintable(attempt.ref));
            QVERIFY2(settled(m_client.tasks().log(attempt.id))->size() >= 2, qPrintable(attempt.ref));
        }

        const auto sink = *settled(m_client.executions().get(started.at(1)));
        QCOMPARE(sink->name, demoKitchenSink.toString());
        QCOMPARE(sink->status, ExecutionStatus::Completed);
        for (const TaskAttempt &attempt : sink->attempts)
            QVERIFY2(attempt.status == TaskStatus::Completed, qPrintable(attempt.ref + u' ' + attempt.statusWord + u' ' + attempt.reason));

        QVERIFY(!workers.trouble());
        workers.stop();
        QVERIFY(!workers.isWorking());
        QCOMPARE(workers.tasksAtWork(), 0);
    }

    void leavesWhatIsNotItsOwnToItsOwner()
    {
        const StartOrder order{.name = demoKitchenSink.toString(), .input = demoInput(demoKitchenSink, 0), .correlationId = u"mine"_s};
        const QString mine = *settled(m_client.executions().start(order));
        DemoWorkers::Pace pace = quick();
        pace.approval = 0ms;
        DemoWorkers workers(m_client, pace);
        QStringList started;
        connect(&workers, &DemoWorkers::runStarted, this, [&](const QString &id) { started << id; });
        workers.start();
        QTRY_COMPARE_WITH_TIMEOUT(openTask(mine), u"approval"_s, runPatienceMs); // workers serve it as far as a person is needed
        QCOMPARE(started.size(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(started.at(1)), ExecutionStatus::Completed, runPatienceMs); // its own was approved
        QCOMPARE(openTask(mine), u"approval"_s);
        QCOMPARE(statusOf(mine), ExecutionStatus::Running);
    }

    void outlivesAnAbsenceOfTheServer()
    {
        Wire wire(support::realServer());
        DemoWorkers workers(Client::to(wire.url(), fixedKey({})), quick());
        QStringList started;
        connect(&workers, &DemoWorkers::runStarted, this, [&](const QString &id) { started << id; });
        workers.start();
        QTRY_COMPARE_WITH_TIMEOUT(started.size(), 2, runPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(workers.tasksAtWork() > 0, runPatienceMs);

        wire.cut();
        QTRY_VERIFY_WITH_TIMEOUT(workers.trouble(), runPatienceMs);
        QCOMPARE(workers.trouble()->kind, Error::Kind::Network);
        QVERIFY(workers.isWorking());
        wire.mend();
        QTRY_VERIFY_WITH_TIMEOUT(!workers.trouble(), runPatienceMs);
        for (const QString &id : std::as_const(started))
            QTRY_COMPARE_WITH_TIMEOUT(statusOf(id), ExecutionStatus::Completed, runPatienceMs);
    }

    void takesUpWhatAnEarlierDemoLeft()
    {
        DemoWorkers::Pace slow = quick();
        slow.shortestTask = slow.longestTask = 1h;
        QString swarm;
        {
            DemoWorkers earlier(m_client, slow);
            connect(&earlier, &DemoWorkers::runStarted, this, [&](const QString &id) { swarm = swarm.isEmpty() ? id : swarm; });
            earlier.start();
            QTRY_VERIFY_WITH_TIMEOUT(!swarm.isEmpty() && earlier.tasksAtWork() > 0, runPatienceMs);
        }
        QCOMPARE(openTask(swarm), u"plan"_s);
        QCOMPARE((*settled(m_client.executions().get(swarm)))->attempts.at(0).status, TaskStatus::InProgress);

        DemoWorkers later(m_client, quick());
        later.start();
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(swarm), ExecutionStatus::Completed, runPatienceMs);
    }

    void keepsToItsNumbers()
    {
        DemoWorkers::Pace pace = quick();
        pace.newRun = 0ms;
        pace.endedRunsKept = 3;
        DemoWorkers workers(m_client, pace);
        int started = 0;
        connect(&workers, &DemoWorkers::runStarted, this, [&] { ++started; });
        workers.start();
        while (started < 6) {
            const int before = started;
            QTRY_VERIFY_WITH_TIMEOUT(started > before, runPatienceMs);
            const Result<ExecutionPage> running = settled(m_client.executions().search(ofDemo(u"RUNNING"_s)));
            QVERIFY(running);
            QVERIFY2(running->total <= 2, qPrintable(QString::number(running->total)));
        }
        workers.stop();
        // Tidied up with each new run: those that were kept, and those that ended since.
        QVERIFY2(endedRuns() <= 3 + 2, qPrintable(QString::number(endedRuns())));
    }

private:
    static ExecutionQuery ofDemo(const QString &status)
    {
        return {.names = {demoSwarm.toString(), demoKitchenSink.toString()}, .statuses = {status}, .size = 100};
    }

    static QString healthAddress(const QJsonObject &definition)
    {
        const QJsonArray tasks = definition[u"tasks"].toArray();
        for (const QJsonValue &task : tasks) {
            if (task[u"taskReferenceName"] == u"self_health"_s)
                return task[u"inputParameters"][u"http_request"][u"uri"].toString();
        }
        return {};
    }

    ExecutionStatus statusOf(const QString &id) const { return settled(m_client.executions().state(id)).value_or(ExecutionState()).status; }

    int endedRuns() const
    {
        ExecutionQuery query = ofDemo(u"COMPLETED"_s);
        query.correlationId = DemoWorkers::correlationId();
        return int(settled(m_client.executions().search(query)).value_or(ExecutionPage()).total);
    }

    // The one task that is open; several, joined.
    QString openTask(const QString &id) const
    {
        QStringList open;
        const auto run = *settled(m_client.executions().get(id));
        for (const TaskAttempt &attempt : run->attempts) {
            if (!isTerminal(attempt.status))
                open << attempt.ref;
        }
        return open.join(u' ');
    }

    const Client m_client = support::realClient();
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
