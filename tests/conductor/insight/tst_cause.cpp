// What lies behind a failure is found by rules, each with its evidence; a failure that no rule fits is left to its own words.
#include "conductor/insight/cause.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleExecution;

namespace {

constexpr qint64 begin = 1795346046000;

// A run that failed in one task, as the server would answer it.
struct Made {
    QString type = u"SIMPLE"_s;
    QString status = u"FAILED"_s;
    QString reason = {};
    QString runStatus = u"FAILED"_s;
    QJsonObject template_ = {}; // inputParameters of the definition
    QJsonObject input = {};
    QJsonObject output = {};
    int started = 10; // 0: never
    int timeoutSeconds = 0; // of the workflow
};

Execution made(const Made &run)
{
    const QJsonObject task{{u"taskReferenceName"_s, u"call"_s}, {u"name"_s, u"call_task"_s}, {u"type"_s, run.type}, {u"inputParameters"_s, run.template_}};
    const QJsonObject before{{u"taskReferenceName"_s, u"fetch"_s}, {u"name"_s, u"fetch"_s}, {u"type"_s, u"SIMPLE"_s}};
    const QJsonObject fetched{{u"taskId"_s, u"t0"_s},   {u"referenceTaskName"_s, u"fetch"_s}, {u"taskDefName"_s, u"fetch"_s}, {u"status"_s, u"COMPLETED"_s}, {u"seq"_s, 1},
                              {u"workflowTask"_s, before}, {u"outputData"_s, QJsonObject{{u"body"_s, 1}, {u"status"_s, 200}}}};
    const QJsonObject failed{{u"taskId"_s, u"t1"_s},          {u"referenceTaskName"_s, u"call"_s}, {u"taskDefName"_s, u"call_task"_s}, {u"status"_s, run.status}, {u"seq"_s, 2},
                             {u"scheduledTime"_s, begin}, {u"startTime"_s, run.started ? begin + run.started : 0}, {u"endTime"_s, begin + 1000},
                             {u"workflowTask"_s, task},       {u"inputData"_s, run.input}, {u"outputData"_s, run.output}, {u"reasonForIncompletion"_s, run.reason}};
    return *Execution::fromJson(QJsonObject{{u"workflowId"_s, u"w"_s}, {u"workflowName"_s, u"made"_s}, {u"status"_s, run.runStatus}, {u"reasonForIncompletion"_s, run.reason},
                                            {u"input"_s, QJsonObject{{u"goal"_s, u"x"_s}}}, {u"tasks"_s, QJsonArray{fetched, failed}},
                                            {u"workflowDefinition"_s, QJsonObject{{u"name"_s, u"made"_s}, {u"timeoutSeconds"_s, run.timeoutSeconds}, {u"tasks"_s, QJsonArray{before, task}}}}});
}

std::vector<Cause> causes(const Execution &execution, const Clues &clues = {})
{
    const std::optional<Explanation> failure = explainFailure(execution);
    return failure ? causesOf(execution, *failure, clues) : std::vector<Cause>();
}

QString first(const std::vector<Cause> &found) { return found.empty() ? QString() : found.front().rule; }

} // namespace

class TestCause : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofRealRuns_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("rule");
        QTest::newRow("retries used up, by a connection") << u"f_retries"_s << u"unreachable"_s;
        QTest::newRow("terminal") << u"f_terminal"_s << u"terminal-error"_s;
        QTest::newRow("no answer") << u"f_timeout"_s << u"no-answer-in-time"_s;
        QTest::newRow("run too long") << u"f_wf_timeout"_s << u"run-too-long"_s;
        QTest::newRow("script") << u"sub_failed_child"_s << u"script-error"_s;
    }

    void ofRealRuns()
    {
        QFETCH(QString, name);
        const std::vector<Cause> found = causes(sampleExecution(name + u".execution.json"));
        QTEST(first(found), "rule");
        for (const Cause &cause : found)
            QVERIFY2(!cause.claim.isEmpty() && !cause.evidence.isEmpty() && !cause.remedy.isEmpty(), qPrintable(cause.rule));
    }

    void byReason_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("rule");
        QTest::newRow("no join") << u"SIMPLE"_s << u"Fork task definition is not followed by a join task.  Check the blueprint"_s << u"fork-without-join"_s;
        QTest::newRow("evaluator") << u"SWITCH"_s << u"No evaluator registered for type: zzz"_s << u"unknown-evaluator"_s;
        QTest::newRow("no child") << u"SUB_WORKFLOW"_s << u"No such workflow defined. name=nope, version=1"_s << u"missing-definition"_s;
        QTest::newRow("payload") << u"SIMPLE"_s << u"The payload size: 11534344 of workflow: x is greater than the permissible limit: 10485760 bytes"_s
                                 << u"payload-too-large"_s;
        QTest::newRow("jq") << u"JSON_JQ_TRANSFORM"_s << u"Cannot index number"_s << u"script-error"_s;
        QTest::newRow("provider") << u"LLM_CHAT_COMPLETE"_s << u"OpenAI Responses API call failed: api.openai.com"_s << u"unreachable"_s;
        QTest::newRow("status in words") << u"SIMPLE"_s << u"upload: response code 503 from store"_s << u"http-status"_s;
        QTest::newRow("no rule") << u"SIMPLE"_s << u"compile error: missing symbol Foo"_s << QString();
        QTest::newRow("a number is no status") << u"SIMPLE"_s << u"expected 404 rows, found 12"_s << QString();
    }

    void byReason()
    {
        QFETCH(QString, type);
        QFETCH(QString, reason);
        QTEST(first(causes(made({.type = type, .reason = reason}))), "rule");
    }

    void httpStatusSaysWhere()
    {
        const std::vector<Cause> found = causes(made({.type = u"HTTP"_s,
                                                      .reason = u"{\"error\":\"no\"}"_s,
                                                      .input = {{u"http_request"_s, QJsonObject{{u"uri"_s, u"https://shop.example/order?key=secret"_s}}}},
                                                      .output = {{u"response"_s, QJsonObject{{u"statusCode"_s, 401}}}}}));
        QCOMPARE(first(found), u"http-status"_s);
        QCOMPARE(found.front().evidence, u"https://shop.example/order"_s); // a query may hold a key
        QVERIFY2(found.front().remedy.contains(u"credentials"), qPrintable(found.front().remedy));
    }

    void anEmptyExpressionIsNamedWithWhatThereWas()
    {
        const std::vector<Cause> found = causes(made({.reason = u"url is missing"_s,
                                                      .template_ = {{u"url"_s, u"${fetch.output.link}"_s}, {u"goal"_s, u"${workflow.input.goal}"_s}},
                                                      .input = {{u"url"_s, QJsonValue::Null}, {u"goal"_s, u"x"_s}}}));
        QCOMPARE(first(found), u"dangling-expression"_s);
        QCOMPARE(found.front().claim, u"Input url is empty: ${fetch.output.link} came to nothing"_s);
        QCOMPARE(found.front().evidence, u"fetch's output has body, status"_s);
        const std::vector<Cause> within = causes(made({.reason = u"bad uri"_s,
                                                       .template_ = {{u"http_request"_s, QJsonObject{{u"uri"_s, u"https://x/${workflow.input.id}"_s}}}},
                                                       .input = {{u"http_request"_s, QJsonObject{{u"uri"_s, u"https://x/null"_s}}}}}));
        QCOMPARE(first(within), u"dangling-expression"_s);
        QCOMPARE(within.front().evidence, u"the run's input has goal"_s);
    }

    void filledExpressionsAreNoCause()
    {
        QVERIFY(causes(made({.reason = u"boom"_s, .template_ = {{u"goal"_s, u"${workflow.input.goal}"_s}, {u"id"_s, u"${CPEWF_TASK_ID}"_s}}, .input = {{u"goal"_s, u"x"_s}}})).empty());
    }

    void aQueueThatNobodyPolls()
    {
        const Execution run = made({.status = u"TIMED_OUT"_s, .reason = u"timed out"_s, .runStatus = u"TIMED_OUT"_s, .started = 0});
        QCOMPARE(first(causes(run, {.lastPoll = QDateTime()})), u"no-poller"_s);
        QCOMPARE(first(causes(run, {.lastPoll = QDateTime::fromMSecsSinceEpoch(1795346000000)})), u"no-poller"_s);
        QCOMPARE(first(causes(run, {.lastPoll = QDateTime::fromMSecsSinceEpoch(1795346046500)})), u"no-answer-in-time"_s);
        QCOMPARE(first(causes(run)), u"no-answer-in-time"_s); // nobody asked: nothing is claimed
    }

    void timeoutsThatCannotBeKept_data()
    {
        QTest::addColumn<int>("response");
        QTest::addColumn<int>("timeout");
        QTest::addColumn<int>("retries");
        QTest::addColumn<int>("ofRun");
        QTest::addColumn<QString>("rule");
        QTest::newRow("answer later than the end") << 10 << 5 << 0 << 0 << u"contradicting-timeouts"_s;
        QTest::newRow("task longer than the run") << 10 << 100 << 0 << 60 << u"contradicting-timeouts"_s;
        QTest::newRow("retries longer than the run") << 10 << 0 << 3 << 60 << u"contradicting-timeouts"_s;
        QTest::newRow("all well") << 10 << 30 << 1 << 600 << u"no-answer-in-time"_s;
    }

    void timeoutsThatCannotBeKept()
    {
        QFETCH(int, response);
        QFETCH(int, timeout);
        QFETCH(int, retries);
        QFETCH(int, ofRun);
        TaskDefinition task;
        task.name = u"call_task"_s;
        task.retryCount = retries;
        task.timeoutSeconds = timeout;
        task.responseTimeoutSeconds = response;
        const Execution run = made({.status = u"TIMED_OUT"_s, .reason = u"late"_s, .runStatus = u"TIMED_OUT"_s, .timeoutSeconds = ofRun});
        QTEST(first(causes(run, {.taskDefinition = task})), "rule");
    }

    void onPurposeAndByHandAreNoFaults()
    {
        QCOMPARE(first(causes(made({.type = u"TERMINATE"_s, .status = u"COMPLETED"_s, .reason = u"enough"_s}))), u"ended-on-purpose"_s);
        QCOMPARE(first(causes(made({.status = u"CANCELED"_s, .reason = u"stop"_s, .runStatus = u"TERMINATED"_s}))), u"terminated"_s);
    }

    void hostileWordsAreMadeHarmless()
    {
        const std::vector<Cause> found = causes(made({.reason = u"response code 500 \u202e"_s + QString(5000, u'x')}));
        QCOMPARE(first(found), u"http-status"_s);
        QVERIFY(found.front().evidence.size() < 400);
        QVERIFY(!found.front().evidence.contains(QChar(0x202e)));
    }
};

QTEST_GUILESS_MAIN(TestCause)
#include "tst_cause.moc"
