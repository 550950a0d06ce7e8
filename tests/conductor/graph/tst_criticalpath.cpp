// The chain of attempts that decides how long a run takes is found through forks, loops, switches and retries.
#include "conductor/graph/criticalpath.h"
#include "support/graphs.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleExecution;

namespace {

QStringList refs(const CriticalPath &path)
{
    QStringList refs;
    for (const CriticalStep &step : path.steps)
        refs << step.ref;
    return refs;
}

} // namespace

class TestCriticalPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTheKitchenSink()
    {
        const Execution sink = sampleExecution(u"kitchen_sink.execution_completed.json"_s);
        const CriticalPath path = criticalPath(sink, {});
        // The branch with the 2 s pause, not the two quick ones; the last item scored; every turn of the loop; the case taken.
        QCOMPARE(refs(path),
                 (QStringList{u"prepare"_s, u"remember"_s, u"jq_totals"_s, u"self_health"_s, u"gold_perk"_s, u"pack_order"_s, u"short_pause"_s, u"plan_items"_s,
                              u"score_2"_s, u"tick__1"_s, u"tick__2"_s, u"tick__3"_s, u"pick_task"_s, u"approval"_s, u"emit_event"_s, u"finish"_s}));
        QVERIFY(path.totalMs > 6000 && path.totalMs <= sink.durationMs({}) + 100);
        const qint64 told = path.idleMs + path.delayMs + path.queueMs + path.workMs;
        QVERIFY2(std::abs(told - path.totalMs) < 200, qPrintable(u"%1 of %2 ms"_s.arg(told).arg(path.totalMs)));
        for (const CriticalStep &step : path.steps)
            QVERIFY(step.idleMs >= 0 && step.delayMs >= 0 && step.queueMs >= 0 && step.workMs >= 0);
    }

    void everyAttemptIsAStep()
    {
        const CriticalPath path = criticalPath(sampleExecution(u"f_retries.execution.json"_s), {});
        QCOMPARE(refs(path), (QStringList{u"start_note"_s, u"flaky"_s, u"flaky"_s, u"flaky"_s}));
        QCOMPARE(path.steps[3].retryCount, 2);
    }

    void ofARunThatGoesOn()
    {
        const Execution swarm = sampleExecution(u"swarm22.execution.json"_s);
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(1795346107650);
        const CriticalPath path = criticalPath(swarm, now);
        // What has been open the longest: scheduled with the fork, right after the plan.
        QCOMPARE(path.steps.front().ref, u"plan"_s);
        QVERIFY(path.steps.back().isOpen);
        QCOMPARE(path.steps.back().ended, now);
        QCOMPARE(path.steps.size(), size_t(2));
    }

    void throughLoopsAndSwitches()
    {
        const CriticalPath path = criticalPath(sampleExecution(u"f_nested.execution.json"_s), {});
        QCOMPARE(path.steps.size(), size_t(4));
        QCOMPARE(path.steps[0].ref, u"o__1"_s);
        QVERIFY(path.steps[1].ref == u"a__1" || path.steps[1].ref == u"b__1");
        QCOMPARE(path.steps[2].ref, u"e__2"_s);
    }

    void throughADynamicFork()
    {
        QVERIFY(refs(criticalPath(support::dynamicFork(998), QDateTime::fromMSecsSinceEpoch(1795346107650))).contains(u"list_images"_s));
    }

    void ofNothing()
    {
        Execution empty;
        empty.definition = std::make_shared<const WorkflowDefinition>();
        QVERIFY(criticalPath(empty, QDateTime::currentDateTimeUtc()).steps.empty());
    }
};

QTEST_GUILESS_MAIN(TestCriticalPath)
#include "tst_criticalpath.moc"
