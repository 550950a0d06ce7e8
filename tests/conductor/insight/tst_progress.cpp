// What a run's numbers say is what happened: nothing is counted twice, and what waits says for what.
#include "conductor/insight/progress.h"
#include "support/graphs.h"

#include <QDir>
#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleExecution;

namespace {

const QDateTime now = QDateTime::fromMSecsSinceEpoch(1795346107650); // a minute after the swarm's failure

const TaskProgress *of(const Progress &progress, const QString &ref)
{
    const auto found = std::find_if(progress.open.begin(), progress.open.end(), [&](const TaskProgress &task) { return task.ref == ref; });
    return found == progress.open.end() ? nullptr : &*found;
}

} // namespace

class TestProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTheSwarm()
    {
        const Progress progress = progressOf(sampleExecution(u"swarm22.execution.json"_s), now);
        QCOMPARE(progress.workers.total, 22);
        QCOMPARE(progress.workers.done, 8);
        QCOMPARE(progress.workers.running, 3);
        QCOMPARE(progress.workers.queued, 2);
        QCOMPARE(progress.workers.retrying, 1);
        QCOMPARE(progress.workers.blocked, 8);
        QCOMPARE(progress.workers.failed, 0);
        QCOMPARE(progress.tasks, progress.workers);
        QCOMPARE(sentence(progress, now), u"8 of 22 done, 3 running, 2 queued, 1 retrying in 9 min (build_api), 8 blocked"_s);
    }

    void ofTheSwarmsSecondTry()
    {
        const Progress progress = progressOf(sampleExecution(u"swarm22.execution_retry_in_progress.json"_s), now);
        QCOMPARE(progress.workers.retrying, 1);
        QCOMPARE(progress.workers.blocked, 8);
        QCOMPARE(sentence(progress, now), u"8 of 22 done, 3 running, 2 queued, 1 retrying (build_api), 8 blocked"_s);
        const TaskProgress *retry = of(progress, u"build_api"_s);
        QCOMPARE(retry->attempt, 2);
        QCOMPARE(retry->attempts, 4);
    }

    void saysWhatIsWaitedFor()
    {
        const Progress progress = progressOf(sampleExecution(u"swarm22.execution.json"_s), now);
        QCOMPARE(of(progress, u"build_auth"_s)->waitsFor, QStringList{u"build_api"_s});
        QCOMPARE(of(progress, u"synth_findings"_s)->waitsFor, QStringList{u"join_research"_s});
        QCOMPARE(of(progress, u"build_api"_s)->reason, u"compile error: missing symbol Foo"_s);
        QCOMPARE(of(progress, u"build_api"_s)->due.toMSecsSinceEpoch(), 1795346647650);
        QVERIFY(!of(progress, u"plan"_s));
        QVERIFY2(progress.open.front().state != Graph::State::Blocked, "what is at work comes first");
    }

    void ofTheKitchenSink()
    {
        const Progress running = progressOf(sampleExecution(u"kitchen_sink.execution_running.json"_s), now);
        QCOMPARE(running.tasks.queued, 3);
        QCOMPARE(running.tasks.undecided, 2); // emit_event, stop_here
        QCOMPARE(running.workers.total, 5);   // pack_order, three scores, pick_task
        const Progress completed = progressOf(sampleExecution(u"kitchen_sink.execution_completed.json"_s), now);
        QCOMPARE(completed.tasks.done, completed.tasks.total);
        QCOMPARE(completed.tasks.total, 18); // without `never`, which stands behind a TERMINATE
        QCOMPARE(sentence(completed, now), u"Completed in 6 s: 18 of 18 done"_s);
    }

    void ofEndsOfAllKinds_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("said");
        QTest::newRow("retries") << u"f_retries"_s << u"Failed after 4 s: 1 of 3 done, 1 failed (flaky), 1 not reached"_s;
        QTest::newRow("optional") << u"f_optional"_s << u"Completed in 7 s: 2 of 2 done, 1 failed but optional"_s;
        QTest::newRow("timeout") << u"f_timeout"_s << u"Timed out after 10 s: 0 of 1 done, 1 failed (slow)"_s;
        QTest::newRow("workflow timeout") << u"f_wf_timeout"_s << u"Timed out after 9 min: 0 of 1 done, 1 canceled"_s;
        QTest::newRow("skipped") << u"skipped"_s << u"Completed in 14 ms: 2 of 2 done, 1 skipped"_s;
        QTest::newRow("loop") << u"f_nested"_s << u"Completed in 346 ms: 3 of 3 done"_s;
        QTest::newRow("waits") << u"waits"_s << QString();
    }

    void ofEndsOfAllKinds()
    {
        QFETCH(QString, name);
        QFETCH(QString, said);
        const Execution run = sampleExecution(name + u".execution.json");
        const QString actual = sentence(progressOf(run, support::momentOf(run)), support::momentOf(run));
        if (said.isEmpty())
            QCOMPARE(actual, u"0 of 5 done, 1 running, 4 waiting (w, w2 and 2 more)"_s);
        else
            QCOMPARE(actual, said);
    }

    void aPausedRunSaysSo()
    {
        QJsonObject json = support::sample(u"swarm22.execution.json"_s).toObject();
        json[u"status"_s] = u"PAUSED"_s;
        QVERIFY(sentence(progressOf(*Execution::fromJson(json), now), now).startsWith(u"Paused: 8 of 22 done"));
    }

    void cellsAreCounted()
    {
        const Progress progress = progressOf(support::dynamicFork(998), now);
        QCOMPARE(progress.tasks.total, 1000);
        QCOMPARE(progress.tasks.failed, 30);
        QCOMPARE(progress.tasks.retrying, 30);
        QVERIFY(!progress.isOpenEnded);
    }

    void nobodyIsCountedTwice()
    {
        for (const QString &name : QDir(QStringLiteral(SAMPLES_DIR)).entryList({u"*.execution*.json"_s})) {
            const Execution run = sampleExecution(name);
            for (const TaskCounts &counts : {progressOf(run, now).tasks, progressOf(run, now).workers}) {
                QCOMPARE(counts.done + counts.running + counts.queued + counts.waiting + counts.retrying + counts.blocked + counts.failed + counts.canceled
                             + counts.notReached,
                         counts.total);
            }
        }
    }

    void aForkThatHasNotSpawnedLeavesTheTotalOpen()
    {
        QJsonObject json = support::sample(u"kitchen_sink.execution_running.json"_s).toObject();
        QJsonArray tasks = json[u"tasks"].toArray();
        while (tasks.last()[u"seq"].toInt() > 13)
            tasks.removeLast();
        json[u"tasks"_s] = tasks;
        const Progress progress = progressOf(*Execution::fromJson(json), now);
        QVERIFY(progress.isOpenEnded);
        QVERIFY(sentence(progress, now).contains(u"of at least "));
    }
};

QTEST_GUILESS_MAIN(TestProgress)
#include "tst_progress.moc"
