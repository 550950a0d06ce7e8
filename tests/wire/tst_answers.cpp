// The answers of the tools against a real Conductor: what they say is so, and the calls they name as the next ones work.
#include "conductor/definition/history.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using support::McpProcess;

namespace {

QJsonObject task(const QString &ref, const QString &type, QJsonObject more = {})
{
    more[u"taskReferenceName"] = ref;
    more[u"type"] = type;
    if (!more.contains(u"name"))
        more[u"name"] = ref;
    return more;
}

QJsonObject script(const QString &ref, const QString &expression)
{
    return task(ref, u"INLINE"_s, {{u"inputParameters"_s, QJsonObject{{u"evaluatorType"_s, u"graaljs"_s}, {u"expression"_s, expression}, {u"n"_s, u"${workflow.input.n}"_s}}}});
}

} // namespace

class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(mcp.start());
        QVERIFY(!mcp.handshake().isEmpty());
        prefix = u"answers_%1_"_s.arg(QCoreApplication::applicationPid());
    }

    void severalStartsInOneCallAreWaitedFor()
    {
        const QString name = define(u"sum"_s, {script(u"s"_s, u"$.n * 2"_s)}, {{u"inputParameters"_s, QJsonArray{u"n"_s}},
                                                                               {u"outputParameters"_s, QJsonObject{{u"twice"_s, u"${s.output.result}"_s}}}});
        const QJsonObject result = good(u"conductor_execute_workflow"_s, {{u"name"_s, name},
                                                                          {u"inputs"_s, QJsonArray{QJsonObject{{u"n"_s, 1}}, QJsonObject{{u"n"_s, 2}}, QJsonObject{{u"n"_s, 3}}}},
                                                                          {u"correlation_id"_s, QString(prefix + u"three")},
                                                                          {u"wait_seconds"_s, 30}});
        const QJsonArray runs = result[u"structuredContent"][u"executions"].toArray();
        QCOMPARE(runs.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(runs[i][u"status"].toString(), u"COMPLETED"_s);
            QCOMPARE(runs[i][u"output"][u"twice"].toInt(), 2 * (i + 1));
        }
        QVERIFY(text(u"conductor_search_workflows"_s, {{u"query"_s, QString(u"correlation:"_s + prefix + u"three")}}).startsWith(u"3 executions"));
    }

    void inputsAreComparedWithTheDefinition()
    {
        const QString name = define(u"inputs"_s, {script(u"s"_s, u"1"_s)}, {{u"inputParameters"_s, QJsonArray{u"n"_s, u"goal"_s}}});
        const QString refused = refusal(u"conductor_execute_workflow"_s, {{u"name"_s, name}, {u"input"_s, QJsonObject{{u"n"_s, 1}, {u"gaol"_s, u"x"_s}}}});
        QVERIFY2(refused.contains(u"expects goal and does not know gaol"), qPrintable(refused));
        QVERIFY(text(u"conductor_search_workflows"_s, {{u"query"_s, QString(u"type:"_s + name)}}).startsWith(u"0 executions"));
        const QString told = text(u"conductor_execute_workflow"_s, {{u"name"_s, name}, {u"input"_s, QJsonObject{{u"n"_s, 1}}}, {u"wait_seconds"_s, 20}});
        QVERIFY2(told.contains(u"inputs not given: goal") && told.contains(u"COMPLETED"), qPrintable(told));
        QVERIFY(refusal(u"conductor_execute_workflow"_s, {{u"name"_s, QString(prefix + u"nothing")}}).contains(u"conductor_list_workflows"));
    }

    void aDryRunDoesNothingAndLeavesNothing()
    {
        const QJsonObject choice = task(u"way"_s, u"SWITCH"_s, {{u"evaluatorType"_s, u"value-param"_s},
                                                               {u"expression"_s, u"k"_s},
                                                               {u"inputParameters"_s, QJsonObject{{u"k"_s, u"${ask.output.kind}"_s}}},
                                                               {u"decisionCases"_s, QJsonObject{{u"gold"_s, QJsonArray{task(u"gift"_s, u"SIMPLE"_s, {{u"name"_s, QString(prefix + u"gift")}})}}}},
                                                               {u"defaultCase"_s, QJsonArray{task(u"plain"_s, u"SIMPLE"_s)}}});
        const QJsonObject http = task(u"ask"_s, u"HTTP"_s, {{u"inputParameters"_s, QJsonObject{{u"uri"_s, u"http://127.0.0.1:1/never"_s}, {u"method"_s, u"POST"_s}}}});
        const QJsonObject uses = task(u"uses"_s, u"SIMPLE"_s, {{u"inputParameters"_s, QJsonObject{{u"link"_s, u"${ask.output.link}"_s}}}});
        const QString name = define(u"rehearsed"_s, {http, choice, uses, task(u"person"_s, u"HUMAN"_s)});
        const QJsonObject result = good(u"conductor_execute_workflow"_s, {{u"name"_s, name}, {u"dry_run"_s, true}, {u"mocks"_s, QJsonObject{{u"ask"_s, QJsonObject{{u"kind"_s, u"gold"_s}}}}}});
        const QString told = McpProcess::textOf(result);
        QVERIFY2(told.contains(u"ask → way → gift → uses → person"), qPrintable(told));
        QVERIFY2(told.contains(u"uses: input link is empty, ${ask.output.link} came to nothing; ask's output has kind"), qPrintable(told));
        QCOMPARE(result[u"structuredContent"][u"status"].toString(), u"COMPLETED"_s);
        QVERIFY(text(u"conductor_search_workflows"_s, {{u"query"_s, QString(u"type:"_s + name + u"*")}}).startsWith(u"0 executions"));
    }

    void aFailureInASubWorkflowIsExplainedAndPutRight()
    {
        const QString child = define(u"child"_s, {script(u"boom"_s, u"null.x"_s)});
        const QString parent = define(u"parent"_s, {task(u"sub"_s, u"SUB_WORKFLOW"_s, {{u"subWorkflowParam"_s, QJsonObject{{u"name"_s, child}}}})});
        const QString id = started(parent, {});
        waitFor(id, u"FAILED"_s);
        const QJsonObject failure = good(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, QJsonArray{id}}, {u"detail"_s, u"failure"_s}});
        const QString told = McpProcess::textOf(failure);
        QVERIFY2(told.contains(u"It happened in its sub-workflow "_s + child) && told.contains(u"Failing task: boom") && told.contains(u"Cause (script-error)"), qPrintable(told));
        QCOMPARE(failure[u"structuredContent"][u"causes"][0][u"rule"].toString(), u"script-error"_s);

        QVERIFY2(told.contains(u"Call: conductor_create_workflow"), qPrintable(told));
        define(u"child"_s, {script(u"boom"_s, u"42"_s)});
        followTheCall(failure);
        waitFor(id, u"COMPLETED"_s);
    }

    void runsAreFoundByTheTaskThatFailed()
    {
        const QString broken = define(u"broken"_s, {script(u"breaks"_s, u"null.x"_s)});
        const QString other = define(u"other"_s, {script(u"fine"_s, u"'breaks'"_s), script(u"falls"_s, u"null.x"_s)}); // mentions it only
        const QString id = started(broken, {});
        waitFor(id, u"FAILED"_s);
        waitFor(started(other, {}), u"FAILED"_s);
        const QString since = u" since:10m type:"_s + prefix + u"*"_s;
        QString told;
        QTRY_VERIFY2_WITH_TIMEOUT((told = text(u"conductor_search_workflows"_s, {{u"query"_s, QString(u"failed-task:breaks"_s + since)}}), told.contains(id)), qPrintable(told), 30000);
        QVERIFY2(told.startsWith(u"1 execution.") && told.contains(u"Looked at all ") && told.contains(u"for those that failed at breaks."), qPrintable(told));
        told = text(u"conductor_search_workflows"_s, {{u"query"_s, QString(u"failed-task:nothing_like_it"_s + since)}});
        QVERIFY2(told.startsWith(u"0 executions.") && told.contains(u" failed runs for those that failed at nothing_like_it."), qPrintable(told));
    }

    void whatWasReplacedIsKept()
    {
        const QString name = define(u"replaced"_s, {script(u"s"_s, u"1"_s)}, {{u"description"_s, u"as it was"_s}});
        const QString told = text(u"conductor_create_workflow"_s, {{u"definition"_s, QJsonObject{{u"name"_s, name}, {u"version"_s, 1}, {u"tasks"_s, QJsonArray{script(u"s"_s, u"2"_s)}}}},
                                                                   {u"overwrite"_s, true}});
        QVERIFY2(told.startsWith(u"Replaced ") && told.contains(u"kept in Conductor Companion: Definitions, History."), qPrintable(told));
        const conductor::DefinitionHistory history(support::realServer());
        const std::vector<conductor::EarlierDefinition> earlier = history.of(name);
        QCOMPARE(earlier.size(), size_t(1));
        QVERIFY(!earlier[0].client.isEmpty());
        QCOMPARE((*history.read(earlier[0]))[u"description"].toString(), u"as it was"_s);
    }

    void aWorkersFailureInASubWorkflowIsPutRight_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("cause");
        QTest::newRow("no use to try again") << u"FAILED_WITH_TERMINAL_ERROR"_s << u"terminal-error"_s;
        QTest::newRow("retries used up") << u"FAILED"_s << u"missing-definition"_s; // no better rule fits: the reason speaks for itself
    }

    void aWorkersFailureInASubWorkflowIsPutRight()
    {
        QFETCH(QString, status);
        QFETCH(QString, cause);
        const QString queue = prefix + status;
        const QJsonObject work = task(u"work"_s, u"SIMPLE"_s, {{u"name"_s, queue}, {u"retryCount"_s, 0}, {u"taskDefinition"_s, QJsonObject{{u"name"_s, queue}, {u"retryCount"_s, 0}}}});
        const QString child = define(u"worked_"_s + status, {work});
        const QString parent = define(u"waits_"_s + status, {task(u"sub"_s, u"SUB_WORKFLOW"_s, {{u"subWorkflowParam"_s, QJsonObject{{u"name"_s, child}}}}), script(u"end"_s, u"1"_s)});
        const QString id = started(parent, {});
        workOn(queue, status);
        waitFor(id, u"FAILED"_s);
        const QJsonObject failure = good(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, QJsonArray{id}}, {u"detail"_s, u"failure"_s}});
        const QString told = McpProcess::textOf(failure);
        QVERIFY2(told.contains(u"Reason: disk full") && told.contains(u"(%1)"_s.arg(cause)), qPrintable(told));
        followTheCall(failure);
        workOn(queue, u"COMPLETED"_s);
        waitFor(id, u"COMPLETED"_s);
    }

    void anEmptyExpressionIsFound()
    {
        const QJsonObject call = task(u"call"_s, u"HTTP"_s, {{u"inputParameters"_s, QJsonObject{{u"uri"_s, u"${workflow.input.adress}"_s}, {u"method"_s, u"GET"_s}}},
                                                            {u"taskDefinition"_s, QJsonObject{{u"name"_s, u"call"_s}, {u"retryCount"_s, 0}}}});
        const QString id = started(define(u"dangling"_s, {call}), {{u"address"_s, u"http://127.0.0.1:1/"_s}});
        waitFor(id, u"FAILED"_s);
        const QString told = text(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, QJsonArray{id}}, {u"detail"_s, u"failure"_s}});
        QVERIFY2(told.contains(u"Cause (dangling-expression): Input uri is empty: ${workflow.input.adress}") && told.contains(u"the run's input has address"), qPrintable(told));
    }

    void anHttpStatusIsTheCause()
    {
        const QString nowhere = support::realServer().toString() + u"/workflow/no-such-run";
        const QJsonObject call = task(u"ask"_s, u"HTTP"_s, {{u"inputParameters"_s, QJsonObject{{u"uri"_s, nowhere}, {u"method"_s, u"GET"_s}}},
                                                           {u"taskDefinition"_s, QJsonObject{{u"name"_s, u"ask"_s}, {u"retryCount"_s, 0}}}});
        const QString id = started(define(u"http"_s, {call}), {});
        waitFor(id, u"FAILED"_s);
        const QString told = text(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, QJsonArray{id}}, {u"detail"_s, u"failure"_s}});
        QVERIFY2(told.contains(u"Cause (http-status): A service answered with HTTP status 404. Evidence: "_s + nowhere), qPrintable(told));
    }

    void aQueueWithoutAWorkerIsTold()
    {
        const QString queue = prefix + u"lonely";
        const QString id = started(define(u"stuck"_s, {task(u"alone"_s, u"SIMPLE"_s, {{u"name"_s, queue}}), task(u"after"_s, u"SIMPLE"_s)}), {});
        QString told;
        QTRY_VERIFY2_WITH_TIMEOUT((told = text(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, QJsonArray{id}}}),
                                   told.contains(u"Nobody has ever polled queue "_s + queue + u": start a worker")),
                                  qPrintable(told), 60000);
        QVERIFY2(told.contains(u"Blocked (1): after waits for alone"), qPrintable(told));
        const QString failure = text(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, QJsonArray{id}}, {u"detail"_s, u"failure"_s}});
        QVERIFY2(failure.contains(u"nothing in it has failed") && failure.contains(u"alone is in the queue "_s + queue), qPrintable(failure));
        good(u"conductor_terminate_workflow"_s, {{u"workflow_ids"_s, QJsonArray{id}}});
    }

    void theNextCallOfASummaryWorks()
    {
        const QString id = started(define(u"asks"_s, {task(u"person"_s, u"HUMAN"_s)}), {});
        QString told;
        QTRY_VERIFY2_WITH_TIMEOUT((told = text(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, QJsonArray{id}}}), told.contains(u"waits for a person")), qPrintable(told), 30000);
        follow(told.section(u"Next: "_s, 1).section(u" lets "_s, 0, 0));
        waitFor(id, u"COMPLETED"_s);
        const QString refused = refusal(u"conductor_pause_workflow"_s, {{u"workflow_ids"_s, QJsonArray{id}}});
        QVERIFY2(refused.contains(u"has ended") && !refused.contains(u"Go on with"), qPrintable(refused));
    }

    void progressIsToldWhileOneWaits()
    {
        const QString name = define(u"slow"_s, {task(u"pause"_s, u"WAIT"_s, {{u"inputParameters"_s, QJsonObject{{u"duration"_s, u"1 seconds"_s}}}})});
        const int call = mcp.post(u"tools/call"_s, {{u"name"_s, u"conductor_execute_workflow"_s},
                                                    {u"arguments"_s, QJsonObject{{u"name"_s, name}, {u"wait_seconds"_s, 40}}},
                                                    {u"_meta"_s, QJsonObject{{u"progressToken"_s, u"p"_s}}}});
        QVERIFY(mcp.waitForAnswer(call, 60000));
        double last = -1;
        int told = 0;
        for (const QJsonObject &message : std::as_const(mcp.messages)) {
            if (message[u"method"].toString() != u"notifications/progress")
                continue;
            QVERIFY(message[u"params"][u"progress"].toDouble() > last);
            last = message[u"params"][u"progress"].toDouble();
            ++told;
        }
        QVERIFY(told > 0);
        QVERIFY(McpProcess::textOf((*mcp.answerTo(call))[u"result"].toObject()).contains(u"COMPLETED"));
    }

    void aStoredDefinitionIsComparedTaskByTask()
    {
        const QJsonArray before{script(u"a"_s, u"1"_s), script(u"b"_s, u"2"_s)};
        const QJsonArray after{script(u"a"_s, u"3"_s), task(u"c"_s, u"SUB_WORKFLOW"_s, {{u"subWorkflowParam"_s, QJsonObject{{u"name"_s, QString(prefix + u"not_there")}}}})};
        const QString name = define(u"compared"_s, before);
        const QJsonObject changed{{u"name"_s, name}, {u"version"_s, 1}, {u"tasks"_s, after}};
        const QString refused = refusal(u"conductor_create_workflow"_s, {{u"definition"_s, changed}});
        for (const QString &part : {u"exists already"_s, u"~ a: inputParameters.expression \"1\" → \"3\""_s, u"+ c at tasks[1]"_s, u"- b, was at tasks[1]"_s, QString(prefix + u"not_there")})
            QVERIFY2(refused.contains(part), qPrintable(part + u"\n" + refused));
        const QJsonObject stored = good(u"conductor_create_workflow"_s, {{u"definition"_s, changed}, {u"overwrite"_s, true}});
        QCOMPARE(stored[u"structuredContent"][u"changes"].toArray().size(), 3);
        QVERIFY2(McpProcess::textOf(stored).contains(u"hazard at tasks[1]"), qPrintable(McpProcess::textOf(stored)));
    }

    void manyAreSteeredAtOnceAndEachIsAnswered()
    {
        const QString name = define(u"many"_s, {task(u"person"_s, u"HUMAN"_s)});
        QJsonArray ids;
        for (int i = 0; i < 3; ++i)
            ids << started(name, {});
        ids << u"no-such-id"_s;
        const QJsonObject paused = good(u"conductor_pause_workflow"_s, {{u"workflow_ids"_s, ids}});
        QCOMPARE(paused[u"structuredContent"][u"done"].toArray().size(), 3);
        QCOMPARE(paused[u"structuredContent"][u"refused"].toArray().size(), 1);
        QVERIFY(McpProcess::textOf(paused).contains(u"no-such-id: not paused"));
        const QString several = text(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, ids}});
        QCOMPARE(several.count(u"is PAUSED"), 3);
        QVERIFY2(several.contains(u"no-such-id: "), qPrintable(several));
        ids.removeLast();
        QCOMPARE(good(u"conductor_terminate_workflow"_s, {{u"workflow_ids"_s, ids}, {u"reason"_s, u"enough"_s}})[u"structuredContent"][u"done"].toArray().size(), 3);
        QCOMPARE(good(u"conductor_recover_workflow"_s, {{u"workflow_ids"_s, ids}, {u"action"_s, u"retry"_s}})[u"structuredContent"][u"done"].toArray().size(), 3);
        good(u"conductor_terminate_workflow"_s, {{u"workflow_ids"_s, ids}});
    }

    void metricsNameTheSlowestTask()
    {
        const QString name = define(u"timed"_s, {task(u"nap"_s, u"WAIT"_s, {{u"name"_s, QString(prefix + u"nap")}, {u"inputParameters"_s, QJsonObject{{u"duration"_s, u"1 seconds"_s}}}}),
                                                 script(u"quick"_s, u"1"_s)});
        QVERIFY(text(u"conductor_execute_workflow"_s, {{u"name"_s, name}, {u"wait_seconds"_s, 40}}).contains(u"COMPLETED"));
        const QJsonObject metrics = good(u"conductor_get_workflow_metrics"_s, {{u"name"_s, name}});
        const QJsonObject figures = metrics[u"structuredContent"].toObject();
        QCOMPARE(figures[u"slowest_tasks"][0][u"task"].toString(), QString(prefix + u"nap"));
        QVERIFY(figures[u"slowest_tasks"][0][u"median_ms"].toInt() >= 1000);
        QVERIFY2(McpProcess::textOf(metrics).contains(u"Slowest tasks of all"), qPrintable(McpProcess::textOf(metrics)));
        QVERIFY(figures[u"duration_ms"][u"p50"].toInt() >= 1000);
    }

    void requestsAreCheckedBeforeTheyAreSent()
    {
        const QString refused = refusal(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"POST"_s}, {u"path"_s, u"/api/workflow"_s}, {u"confirm"_s, true},
                                                                             {u"body"_s, QJsonObject{{u"workflowName"_s, u"x"_s}}}});
        QVERIFY2(refused.contains(u"body.name is missing") && refused.contains(u"body.workflowName is not known"), qPrintable(refused));
        const QString asked = refusal(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"/api/tasks/poll/{tasktype}"_s},
                                                                           {u"path_parameters"_s, QJsonObject{{u"tasktype"_s, u"x"_s}}}});
        QVERIFY2(asked.contains(u"confirm"), qPrintable(asked)); // a GET that takes work away
        const QString wrong = refusal(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"/api/workflow/search"_s}, {u"query"_s, QJsonObject{{u"size"_s, u"many"_s}}}});
        QVERIFY2(wrong.contains(u"size must be of type integer"), qPrintable(wrong));
    }

    void longAnswersAreReadPageByPage()
    {
        const QString name = define(u"long"_s, {script(u"s"_s, u"1"_s)}, {{u"description"_s, QString(QString(30'000, u'x') + u"end")}});
        const QString path = u"/api/metadata/workflow/"_s + name;
        QString whole;
        int pages = 0;
        for (int offset = 0; pages == 0 || offset > 0; ++pages) {
            const QJsonObject page = good(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, path}, {u"offset"_s, offset}});
            whole += McpProcess::textOf(page).section(u"\n… "_s, 0, 0);
            offset = page[u"structuredContent"][u"next_offset"].toInt();
        }
        QCOMPARE(pages, 2);
        QCOMPARE(QJsonDocument::fromJson(whole.toUtf8())[u"description"].toString().size(), 30'003);
    }

    void cleanupTestCase()
    {
        mcp.closeInput();
        QVERIFY(mcp.waitForExit(3000));
        QVERIFY2(mcp.garbage.isEmpty(), mcp.garbage.value(0).constData());
    }

private:
    QJsonObject good(const QString &tool, const QJsonObject &arguments)
    {
        const QJsonObject result = mcp.call(tool, arguments, 60000);
        if (result.isEmpty() || result[u"isError"].toBool())
            qWarning("%s: %s", qPrintable(tool), qPrintable(McpProcess::textOf(result)));
        return result[u"isError"].toBool() ? QJsonObject() : result;
    }

    QString text(const QString &tool, const QJsonObject &arguments) { return McpProcess::textOf(good(tool, arguments)); }

    QString refusal(const QString &tool, const QJsonObject &arguments)
    {
        const QJsonObject result = mcp.call(tool, arguments, 60000);
        return result[u"isError"].toBool() ? McpProcess::textOf(result) : QString();
    }

    // Stores a workflow and answers its name.
    QString define(const QString &name, const QJsonArray &tasks, QJsonObject more = {})
    {
        more[u"name"] = QString(prefix + name);
        more[u"version"] = 1;
        more[u"tasks"] = tasks;
        good(u"conductor_create_workflow"_s, {{u"definition"_s, more}, {u"overwrite"_s, true}});
        return prefix + name;
    }

    QString started(const QString &name, const QJsonObject &input)
    {
        return good(u"conductor_execute_workflow"_s, {{u"name"_s, name}, {u"input"_s, input}})[u"structuredContent"][u"workflow_id"].toString();
    }

    // Takes one task and ends it.
    void workOn(const QString &queue, const QString &status)
    {
        QString taskId;
        const auto isTaken = [&] { // once only: what is polled is taken
            if (taskId.isEmpty())
                taskId = good(u"conductor_poll_task"_s, {{u"task_type"_s, queue}})[u"structuredContent"][u"tasks"][0][u"task_id"].toString();
            return !taskId.isEmpty();
        };
        QVERIFY(QTest::qWaitFor(isTaken, 30000));
        QVERIFY(!good(u"conductor_update_task"_s, {{u"task_id"_s, taskId}, {u"status"_s, status}, {u"reason"_s, u"disk full"_s}}).isEmpty());
    }

    void waitFor(const QString &id, const QString &status)
    {
        QString told;
        QTRY_VERIFY2_WITH_TIMEOUT((told = text(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, QJsonArray{id}}}), told.contains(u"is "_s + status)), qPrintable(told), 60000);
    }

    // The last call that an answer names, as a model would make it: a tool's name, then its arguments as JSON.
    void followTheCall(const QJsonObject &answer)
    {
        follow(answer[u"structuredContent"][u"recovery"].toString());
    }

    void follow(const QString &call)
    {
        const qsizetype begin = call.lastIndexOf(u"conductor_");
        const QString tool = call.mid(begin).section(u' ', 0, 0);
        const QJsonObject arguments = QJsonDocument::fromJson(call.mid(begin + tool.size()).toUtf8()).object();
        QVERIFY2(!arguments.isEmpty(), qPrintable(call));
        QVERIFY2(!good(tool, arguments).isEmpty(), qPrintable(call));
    }

    McpProcess mcp{{.environment = {{u"CONDUCTOR_SERVER_URL"_s, support::realServer().toString()}}}};
    QString prefix;
};

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
