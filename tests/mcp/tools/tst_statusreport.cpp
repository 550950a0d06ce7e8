// What a model is told about an execution: how far it is, what waits for what, what to call next, within the bytes it may cost,
// however large the run is and whatever its names are.
#include "mcp/server/wireform.h"
#include "mcp/tools/failurereport.h"
#include "mcp/tools/statusreport.h"
#include "support/graphs.h"
#include "support/scriptedtransport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp::tools;
using support::sampleExecution;

namespace {

const QDateTime swarmTime = QDateTime::fromMSecsSinceEpoch(1795346107650); // a minute after the swarm's failure

Situation situationOf(Execution execution, const QDateTime &now)
{
    return {.execution = std::make_shared<const Execution>(std::move(execution)), .now = now};
}

Situation swarm() { return situationOf(sampleExecution(u"swarm22.execution.json"_s), swarmTime); }

// With the text and the data: some clients show a model the one, some the other.
qsizetype bytes(const mcp::Answer &answer)
{
    return QJsonDocument(mcp::answerJson(answer, mcp::newestHandshake)).toJson(QJsonDocument::Compact).size();
}

// What the group of blocked tasks that this one is in waits for.
QStringList waitsOf(const mcp::Answer &answer, const QString &ref)
{
    const QJsonArray groups = answer.structured[u"blocked"].toArray();
    for (const QJsonValue &group : groups) {
        if (group[u"tasks"].toArray().contains(ref))
            return group[u"waits_for"].toVariant().toStringList();
    }
    return {};
}

QStringList textsOf(const QJsonValue &array)
{
    return array.toVariant().toStringList();
}

} // namespace

class TestStatusReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheSwarm()
    {
        Situation situation = swarm();
        situation.earlier = {.runs = 12, .medianMs = 300'000, .slowestMs = 500'000};
        situation.lastPolls = {{u"agent_test"_s, QDateTime()}};
        const mcp::Answer answer = summaryOf(situation);
        const QString &text = answer.text;
        for (const QString &part : {u"is RUNNING"_s, u"36 %: 8 of 22 done, 3 running, 2 queued, 1 retrying in 9 min (build_api), 8 blocked"_s,
                                    u"build_api attempt 2 of 4, due in 9 min: compile error: missing symbol Foo"_s, u"build_auth waits for build_api"_s,
                                    u"Critical path"_s, u"Expected: 12 runs completed before, half of them within 5 min"_s,
                                    u"Nobody has ever polled queue agent_test: start a worker"_s, u"Next: conductor_recover_workflow"_s, u"\"retry_now\""_s,
                                    u"More: detail swarm"_s})
            QVERIFY2(text.contains(part), qPrintable(part + u"\n" + text));
        QCOMPARE(answer.structured[u"done"], 8);
        QCOMPARE(answer.structured[u"total"], 22);
        QCOMPARE(answer.structured[u"percent"], 36);
        QCOMPARE(answer.structured[u"expected_ms"], 300'000);
        QCOMPARE(textsOf(answer.structured[u"retrying"]), QStringList{u"build_api"_s});
        QCOMPARE(waitsOf(answer, u"build_auth"_s), QStringList{u"build_api"_s});
        QCOMPARE(answer.structured[u"blocked_count"], 8);
    }

    void forksAndJoinsAreLookedThrough()
    {
        const mcp::Answer answer = swarmOf(swarm());
        QCOMPARE(waitsOf(answer, u"synth_findings"_s), QStringList({u"research_tech"_s, u"research_legal"_s}));
        QCOMPARE(waitsOf(answer, u"review_perf"_s), QStringList({u"synth_findings"_s, u"design_system"_s, u"integrate_all"_s}));
        QVERIFY2(answer.text.contains(u"review_security, review_perf, review_docs wait for "), qPrintable(answer.text));
        QVERIFY2(!answer.text.contains(u"wait for join_") && !answer.text.contains(u"waits for fork_"), qPrintable(answer.text));
    }

    void showsTheSwarmAsABoard()
    {
        const QString text = swarmOf(swarm()).text;
        for (const QString &part : {u"Completed (8): "_s, u"Failed and retrying (1): build_api"_s, u"In progress (3): "_s, u"Queued (2): "_s, u"Blocked (8): "_s, u"Critical path"_s})
            QVERIFY2(text.contains(part), qPrintable(part + u"\n" + text));
    }

    void staysWithinItsBytes_data()
    {
        QTest::addColumn<QString>("run");
        QTest::addColumn<int>("most");
        QTest::newRow("a swarm of 22") << u"swarm22"_s << 3 * 1024;
        QTest::newRow("all kinds of tasks") << u"kitchen_sink"_s << 3 * 1024;
        QTest::newRow("a dynamic fork of 1,000") << u"fork"_s << 6 * 1024;
        QTest::newRow("1,000 tasks not begun") << u"wide"_s << 6 * 1024;
        QTest::newRow("1,000 tasks with hostile names") << u"hostile"_s << 6 * 1024;
    }

    void staysWithinItsBytes()
    {
        QFETCH(QString, run);
        QFETCH(int, most);
        Situation situation = run == u"swarm22" ? swarm()
            : run == u"kitchen_sink"            ? situationOf(sampleExecution(u"kitchen_sink.execution_running.json"_s), swarmTime)
            : run == u"fork"                    ? situationOf(support::dynamicFork(998), swarmTime)
                                                : situationOf(unbegun(run == u"hostile"), swarmTime);
        situation.earlier = {.runs = 50, .medianMs = 300'000, .slowestMs = 500'000};
        situation.lastPolls = {{u"agent_build"_s, {}}, {u"agent_test"_s, swarmTime.addSecs(-700)}, {u"agent_review"_s, swarmTime}};
        for (const mcp::Answer &answer : {summaryOf(situation), swarmOf(situation)}) {
            QVERIFY2(bytes(answer) <= most, qPrintable(QString::number(bytes(answer)) + u'\n' + answer.text));
            QVERIFY2(answer.text.contains(u"\nMore: "), qPrintable(answer.text));
            QVERIFY2(answer.structured[u"total"].toInt() > 0, qPrintable(run));
        }
    }

    void largeRunsSayHowManyAreNotNamed()
    {
        const mcp::Answer answer = summaryOf(situationOf(support::dynamicFork(998), swarmTime));
        QVERIFY2(answer.text.contains(u"Failed (30): ") && answer.text.contains(u" and 24 more"), qPrintable(answer.text));
        QCOMPARE(answer.structured[u"failed_count"], 30);
        QCOMPARE(textsOf(answer.structured[u"failed"]).size(), 6);
    }

    void theNextCallFits_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("call");
        QTest::newRow("failed") << u"f_retries"_s << u"conductor_get_workflow_status {\"detail\":\"failure\""_s;
        QTest::newRow("waiting for a signal") << u"waits"_s << u"conductor_update_task {"_s;
        QTest::newRow("terminated for its time") << u"f_wf_timeout"_s << u"conductor_get_workflow_status {\"detail\":\"failure\""_s;
    }

    void theNextCallFits()
    {
        QFETCH(QString, name);
        QFETCH(QString, call);
        const Execution execution = sampleExecution(name + u".execution.json");
        const QString text = summaryOf(situationOf(execution, support::momentOf(execution))).text;
        QVERIFY2(text.contains(u"Next: "_s + call), qPrintable(text));
    }

    void saysWhatWillNeverCome()
    {
        const Execution execution = sampleExecution(u"join_partial.execution.json"_s);
        QJsonObject json = support::sample(u"join_partial.execution.json"_s).toObject();
        QJsonArray tasks = json[u"tasks"].toArray();
        for (QJsonValueRef task : tasks) {
            QJsonObject one = task.toObject();
            if (one[u"workflowTask"][u"type"].toString() == u"JOIN") {
                QJsonObject input = one[u"inputData"].toObject();
                input[u"joinOn"] = QJsonArray{u"nobody"_s};
                one[u"inputData"] = input;
            }
            task = one;
        }
        json[u"tasks"] = tasks;
        const QString text = summaryOf(situationOf(*Execution::fromJson(json), support::momentOf(execution))).text;
        QVERIFY2(text.contains(u"waits in vain for nobody"), qPrintable(text));
    }

    void goesThroughSubWorkflowsToTheInnermostReason()
    {
        auto transport = std::make_shared<support::ScriptedTransport>();
        transport->then(support::sample(u"sub_failed_child.execution.json"_s));
        transport->then(QJsonArray()); // its log
        const auto parent = std::make_shared<const Execution>(sampleExecution(u"sub_failed_parent.execution.json"_s));
        const Result<mcp::Answer> answer = support::awaited(failureOf(Client(transport), parent));
        QVERIFY(answer);
        for (const QString &part : {u"sub-workflow f_inline 0b3df2a0-9852-3e9b-afce-64325eaf7075"_s, u"Failing task: i ("_s, u"Cause (script-error)"_s,
                                    u"conductor_create_workflow with the mended definition of f_inline"_s, QString(parent->id)})
            QVERIFY2(answer->text.contains(part), qPrintable(part + u"\n" + answer->text));
        QCOMPARE(answer->structured[u"failed_workflow_id"], u"0b3df2a0-9852-3e9b-afce-64325eaf7075"_s);
        QCOMPARE(support::line(transport->asked.front()), u"GET /workflow/0b3df2a0-9852-3e9b-afce-64325eaf7075"_s);
    }

    void aFailureTellsAttemptsCauseAndCall()
    {
        auto transport = std::make_shared<support::ScriptedTransport>();
        transport->then(QJsonArray{QJsonObject{{u"log"_s, u"connecting"_s}, {u"createdTime"_s, 1}}});
        transport->then(Failure({Error::Kind::Network, u"down"_s})); // polls and definition: worth telling without
        const auto run = std::make_shared<const Execution>(sampleExecution(u"f_retries.execution.json"_s));
        const Result<mcp::Answer> answer = support::awaited(failureOf(Client(transport), run));
        QVERIFY(answer);
        for (const QString &part : {u"Failing task: flaky"_s, u"3 of 3 attempts"_s, u"Attempt 1: FAILED"_s, u"Attempt 3: FAILED"_s, u"connecting"_s, u"Call: conductor_recover_workflow"_s})
            QVERIFY2(answer->text.contains(part), qPrintable(part + u"\n" + answer->text));
        QVERIFY2(bytes(*answer) <= 6 * 1024, qPrintable(QString::number(bytes(*answer))));
    }

    void whatHasNotFailedSaysWhatItWaitsFor()
    {
        auto transport = std::make_shared<support::ScriptedTransport>();
        const auto run = std::make_shared<const Execution>(sampleExecution(u"waits.execution.json"_s));
        const Result<mcp::Answer> answer = support::awaited(failureOf(Client(transport), run));
        QVERIFY(answer);
        QVERIFY2(answer->text.contains(u"nothing in it has failed") && answer->text.contains(u"signal"), qPrintable(answer->text));
        QVERIFY2(transport->asked.empty(), "nothing to ask the server for");
    }

private:
    // 1,000 tasks of which none was scheduled.
    static Execution unbegun(bool hostile)
    {
        QJsonObject definition = support::wideDefinition(1000).json;
        if (hostile) {
            QByteArray text = QJsonDocument(definition).toJson(QJsonDocument::Compact);
            text.replace("work_", QByteArray("\\u202e\\ud83d\\ude80\\u0001" + QByteArray(200, 'x') + '_'));
            definition = QJsonDocument::fromJson(text).object();
        }
        const QJsonObject json{{u"workflowId"_s, u"0b3df2a0-9852-3e9b-afce-64325eaf7075"_s}, {u"workflowName"_s, u"wide"_s}, {u"status"_s, u"RUNNING"_s},
                               {u"createTime"_s, qint64(1795346046000)}, {u"tasks"_s, QJsonArray()}, {u"workflowDefinition"_s, definition}};
        return *Execution::fromJson(json);
    }
};

QTEST_GUILESS_MAIN(TestStatusReport)
#include "tst_statusreport.moc"
