// A failed run is explained by its culprit, its innermost reason and the call that a real server accepts next.
#include "conductor/insight/explanation.h"
#include "support/graphs.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleExecution;
using Recovery = Explanation::Recovery;

class TestExplanation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explains_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("ref");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<int>("attempts");
        QTest::addColumn<int>("recovery");
        QTest::newRow("retries exhausted") << u"f_retries"_s << u"flaky"_s << u"connection reset by peer (attempt 3)"_s << 3 << int(Recovery::Retry);
        QTest::newRow("terminal") << u"f_terminal"_s << u"fatal"_s << u"bad credentials (attempt 1)"_s << 1 << int(Recovery::Rerun);
        QTest::newRow("no answer") << u"f_timeout"_s << u"slow"_s
                                   << u"responseTimeout: 1 exceeded for the taskId: a496623f-cdad-49e0-8779-522205b673e6 with Task Definition: f_slow"_s << 1
                                   << int(Recovery::Retry);
        QTest::newRow("run too long") << u"f_wf_timeout"_s << u"w"_s
                                      << u"Workflow timed out after 578 seconds. Timeout configured as 2 seconds. Timeout policy configured to TIME_OUT_WF"_s
                                      << 1 << int(Recovery::Retry);
        QTest::newRow("in the child") << u"sub_failed_parent"_s << u"s"_s << u"Error evaluating the script `Error: boom`"_s << 1 << int(Recovery::RetryInChild);
        QTest::newRow("script") << u"sub_failed_child"_s << u"i"_s << u"Error evaluating the script `Error: boom`"_s << 1 << int(Recovery::RestartLatest);
    }

    void explains()
    {
        QFETCH(QString, name);
        const std::optional<Explanation> found = explainFailure(sampleExecution(name + u".execution.json"));
        QVERIFY(found);
        QTEST(found->ref, "ref");
        QTEST(found->reason, "reason");
        QTEST(found->attempts, "attempts");
        QTEST(int(found->recovery), "recovery");
        QVERIFY(!found->advice.isEmpty());
        QVERIFY(!found->taskId.isEmpty());
    }

    void namesTheChild()
    {
        QCOMPARE(explainFailure(sampleExecution(u"sub_failed_parent.execution.json"_s))->childId, u"0b3df2a0-9852-3e9b-afce-64325eaf7075"_s);
    }

    void aRunningRetryIsExplained()
    {
        const std::optional<Explanation> found = explainFailure(sampleExecution(u"swarm22.execution.json"_s));
        QVERIFY(found);
        QCOMPARE(found->ref, u"build_api"_s);
        QCOMPARE(found->reason, u"compile error: missing symbol Foo"_s);
        QCOMPARE(found->recovery, Recovery::WaitForRetry);
        QCOMPARE(found->attempts, 2);
        QCOMPARE(found->attemptsAllowed, 4);
        QCOMPARE(found->input[u"agent"].toString(), u"build_api"_s);
    }

    void successNeedsNoExplanation()
    {
        QVERIFY(!explainFailure(sampleExecution(u"kitchen_sink.execution_completed.json"_s)));
        QVERIFY(!explainFailure(sampleExecution(u"kitchen_sink.execution_running.json"_s)));
        QVERIFY(!explainFailure(sampleExecution(u"f_optional.execution.json"_s)));
    }

    void aRunWithoutTasksBlamesItsDefinition()
    {
        QJsonObject json = support::sample(u"f_retries.execution.json"_s).toObject();
        json[u"tasks"_s] = QJsonArray();
        json[u"reasonForIncompletion"_s] = u"Fork task definition is not followed by a join task.  Check the blueprint"_s;
        const std::optional<Explanation> found = explainFailure(*Execution::fromJson(json));
        QCOMPARE(found->recovery, Recovery::RestartLatest);
        QVERIFY(found->ref.isEmpty());
        QVERIFY(found->reason.startsWith(u"Fork task definition"));
    }

    void terminateIsOnPurpose()
    {
        QJsonObject json = support::sample(u"kitchen_sink.execution_completed.json"_s).toObject();
        json[u"status"_s] = u"FAILED"_s;
        const std::optional<Explanation> found = explainFailure(*Execution::fromJson(json));
        QCOMPARE(found->ref, u"finish"_s);
        QCOMPARE(found->recovery, Recovery::Restart);
        QCOMPARE(found->reason, u"all done"_s);
    }
};

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_explanation.moc"
