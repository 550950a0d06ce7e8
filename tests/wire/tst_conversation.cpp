// The main job of conductor-mcp against a real Conductor: an AI client makes a workflow, runs it, watches it, steers it and does
// its tasks. The same through the companion, without it, and with the configuration file of the Python server.
#include "conductor/profile/profilestore.h"
#include "support/hostprocess.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"
#include "support/samples.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using support::McpProcess;

namespace {

// The swarm of the samples under another name, its tasks too, so that no other test's worker takes them.
QJsonValue renamed(QJsonValue json, const QString &prefix)
{
    if (json.isArray()) {
        QJsonArray array = json.toArray();
        for (QJsonValueRef element : array)
            element = renamed(element, prefix);
        return array;
    }
    if (!json.isObject())
        return json;
    QJsonObject object = json.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == u"name" && it->toString().startsWith(u"agent_"))
            it.value() = QString(prefix + it->toString());
        else if (it->isArray() || it->isObject())
            it.value() = renamed(it.value(), prefix);
    }
    return object;
}

} // namespace

class TestConversation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWholeConversation_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("alone") << u"alone"_s;
        QTest::newRow("bridged") << u"bridged"_s;
        QTest::newRow("configuration file") << u"file"_s;
    }

    void theWholeConversation()
    {
        QFETCH(QString, way);
        prefix = way + u"_%1_"_s.arg(QCoreApplication::applicationPid());
        support::HostProcess host;
        if (way == u"bridged")
            QVERIFY(host.start());
        McpProcess client({.arguments = argumentsFor(way), .bareEnvironment = way == u"alone"});
        mcp = &client;
        QVERIFY(client.start());
        QVERIFY(!client.handshake().isEmpty());
        QCOMPARE(client.ask(u"tools/list"_s)[u"result"][u"tools"].toArray().size(), 20);

        defineTheSwarm();
        const QString id = startTheSwarm();
        doSomeWork();
        look(id);
        steer(id);
        search(id);
        askTheApi();
        if (way == u"bridged")
            QVERIFY2(host.sessionsShown() > 0, "the companion shows the session");

        QVERIFY2(client.garbage.isEmpty(), client.garbage.value(0).constData());
        client.closeInput();
        QVERIFY(client.waitForExit(3000));
    }

private:
    QStringList argumentsFor(const QString &way)
    {
        if (way == u"file") {
            const QString path = QDir::homePath() + u"/conductor.json"_s;
            QFile file(path);
            [[maybe_unused]] const bool opened = file.open(QIODevice::WriteOnly);
            file.write(QJsonDocument(QJsonObject{{u"CONDUCTOR_SERVER_URL"_s, support::realServer().toString()}}).toJson());
            return {u"--config"_s, path};
        }
        conductor::ProfileStore profiles;
        [[maybe_unused]] const auto loaded = profiles.load();
        if (profiles.profiles().empty()) {
            const auto added = profiles.add(
                {.name = u"real"_s, .url = support::realServer(), .sections = {{u"mcp"_s, QJsonObject{{u"gate"_s, QJsonObject{{u"destroy"_s, u"allow"_s}}}}}}}); // nobody is there
            if (!added)
                qFatal("%s", qPrintable(added.error().message));
        }
        return {u"--profile"_s, u"real"_s};
    }

    QJsonObject good(const QString &tool, const QJsonObject &arguments)
    {
        const QJsonObject result = mcp->call(tool, arguments, 60000);
        if (result.isEmpty() || result[u"isError"].toBool())
            qWarning("%s: %s", qPrintable(tool), qPrintable(McpProcess::textOf(result)));
        return result.isEmpty() || result[u"isError"].toBool() ? QJsonObject() : result;
    }

    QString refusal(const QString &tool, const QJsonObject &arguments)
    {
        const QJsonObject result = mcp->call(tool, arguments, 60000);
        return result[u"isError"].toBool() ? McpProcess::textOf(result) : QString();
    }

    void defineTheSwarm()
    {
        const QJsonArray tasks = renamed(support::sample(u"swarm22.taskdefs.json"_s), prefix).toArray();
        for (const QJsonValue &task : tasks)
            QVERIFY(!good(u"conductor_create_task_definition"_s, {{u"definition"_s, task}}).isEmpty());
        QVERIFY(refusal(u"conductor_create_task_definition"_s, {{u"definition"_s, tasks[0]}}).contains(u"exists already"));
        QVERIFY(McpProcess::textOf(good(u"conductor_get_task_definition"_s, {{u"name"_s, tasks[0][u"name"]}})).contains(u"retryDelaySeconds"));

        const QJsonObject swarm = renamed(support::sample(u"swarm22.definition.json"_s), prefix).toObject();
        name = swarm[u"name"].toString();
        QVERIFY(!good(u"conductor_create_workflow"_s, {{u"definition"_s, swarm}}).isEmpty());
        QVERIFY(refusal(u"conductor_create_workflow"_s, {{u"definition"_s, swarm}}).contains(u"overwrite"));
        QVERIFY(McpProcess::textOf(good(u"conductor_list_workflows"_s, {{u"filter"_s, prefix}})).contains(name));
        QVERIFY(McpProcess::textOf(good(u"conductor_get_workflow_metadata"_s, {{u"name"_s, name}})).contains(u"goal"));
        QVERIFY(refusal(u"conductor_get_workflow_metadata"_s, {{u"name"_s, u"no-such-workflow"_s}}).contains(u"conductor_list_workflows"));
    }

    QString startTheSwarm()
    {
        const QJsonObject started = good(u"conductor_execute_workflow"_s, {{u"name"_s, name}, {u"input"_s, QJsonObject{{u"goal"_s, u"Ship"_s}}}, {u"correlation_id"_s, prefix}});
        return started[u"structuredContent"][u"workflow_id"].toString();
    }

    // Polls a queue until it gives so many tasks, and ends each.
    int work(const QString &agent, int count, const QString &status)
    {
        int done = 0;
        [[maybe_unused]] const bool all = QTest::qWaitFor(
            [&] {
                const QJsonObject polled = good(u"conductor_poll_task"_s, {{u"task_type"_s, QString(prefix + agent)}, {u"count"_s, count - done}, {u"worker_id"_s, u"tester"_s}});
                const QJsonArray tasks = polled[u"structuredContent"][u"tasks"].toArray();
                for (const QJsonValue &task : tasks)
                    done += !good(u"conductor_update_task"_s, {{u"task_id"_s, task[u"task_id"]},
                                                               {u"status"_s, status},
                                                               {u"reason"_s, u"no quota"_s},
                                                               {u"output"_s, QJsonObject{{u"summary"_s, u"fine"_s}}},
                                                               {u"logs"_s, QJsonArray{u"at work"_s}}})
                                 .isEmpty();
                return done == count;
            },
            20000);
        return done;
    }

    void doSomeWork()
    {
        QCOMPARE(work(u"agent_plan"_s, 1, u"COMPLETED"_s), 1);
        QCOMPARE(work(u"agent_research"_s, 2, u"COMPLETED"_s), 2);
        QCOMPARE(work(u"agent_design"_s, 1, u"FAILED"_s), 1);
    }

    void look(const QString &id)
    {
        QString text;
        QTRY_VERIFY_WITH_TIMEOUT((text = McpProcess::textOf(good(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, id}})), text.contains(u"retrying")), 10000);
        QVERIFY2(text.contains(u"3 of 22 done"), qPrintable(text));
        QVERIFY2(text.contains(u"retrying in") && text.contains(u"design_brand"), qPrintable(text));
        for (const QString &detail : {u"summary"_s, u"swarm"_s}) {
            const QJsonObject told = good(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, id}, {u"detail"_s, detail}});
            QVERIFY2(McpProcess::textOf(told).contains(u"Blocked (13): "), qPrintable(McpProcess::textOf(told)));
            QVERIFY2(QJsonDocument(told).toJson(QJsonDocument::Compact).size() <= 3 * 1024, qPrintable(McpProcess::textOf(told)));
        }
        const QString failure = McpProcess::textOf(good(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, id}, {u"detail"_s, u"failure"_s}}));
        QVERIFY2(failure.contains(u"no quota") && failure.contains(u"retry_now"), qPrintable(failure));
        const QString history = McpProcess::textOf(good(u"conductor_get_execution_history"_s, {{u"workflow_id"_s, id}, {u"task"_s, u"plan"_s}}));
        QVERIFY2(history.contains(u"COMPLETED") && history.contains(u"at work"), qPrintable(history));
        const QString queues = McpProcess::textOf(good(u"conductor_get_task_queue_size"_s, {{u"task_types"_s, QJsonArray{QString(prefix + u"agent_build"_s)}}}));
        QVERIFY2(queues.contains(u"2 waiting"), qPrintable(queues));
        QVERIFY(refusal(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, u"no-such-id"_s}}).contains(u"conductor_search_workflows"));
    }

    void steer(const QString &id)
    {
        const QJsonObject one{{u"workflow_ids"_s, QJsonArray{id}}};
        QVERIFY(McpProcess::textOf(good(u"conductor_pause_workflow"_s, one)).contains(u"paused"));
        QVERIFY(McpProcess::textOf(good(u"conductor_get_workflow_status"_s, one)).contains(u"PAUSED"));
        QVERIFY(McpProcess::textOf(good(u"conductor_resume_workflow"_s, one)).contains(u"resumed"));
        QVERIFY(refusal(u"conductor_resume_workflow"_s, one).contains(u"not PAUSED"));
        recover(id, {{u"action"_s, u"retry_now"_s}});
        recover(id, {{u"action"_s, u"decide"_s}});
        QVERIFY(McpProcess::textOf(good(u"conductor_terminate_workflow"_s, {{u"workflow_ids"_s, QJsonArray{id}}, {u"reason"_s, u"enough"_s}})).contains(u"terminated"));
        recover(id, {{u"action"_s, u"retry"_s}});
        good(u"conductor_terminate_workflow"_s, one);
        recover(id, {{u"action"_s, u"rerun"_s}, {u"task"_s, u"plan"_s}});
        good(u"conductor_terminate_workflow"_s, one);
        recover(id, {{u"action"_s, u"restart"_s}, {u"use_latest_definition"_s, true}});
        recover(id, {{u"action"_s, u"skip"_s}, {u"task"_s, u"release"_s}}); // last: 3.32.3 cannot retry a run with a skipped task
    }

    void recover(const QString &id, QJsonObject arguments)
    {
        arguments[u"workflow_ids"] = QJsonArray{id};
        QVERIFY2(!good(u"conductor_recover_workflow"_s, arguments).isEmpty(), qPrintable(arguments[u"action"].toString()));
    }

    void search(const QString &id)
    {
        // The name of no workflow, but a part of ours.
        const QString part = prefix + u"agent"_s;
        QString text = McpProcess::textOf(good(u"conductor_search_workflows"_s, {{u"query"_s, u"type:%1 AND status:RUNNING"_s.arg(part)}}));
        QVERIFY2(text.contains(id) && text.contains(u"No workflow is named exactly"), qPrintable(text));
        text = McpProcess::textOf(good(u"conductor_search_workflows"_s, {{u"query"_s, u"type:%1* status:FAILED"_s.arg(part)}}));
        QVERIFY2(text.startsWith(u"0 executions"), qPrintable(text));
        QVERIFY(refusal(u"conductor_search_workflows"_s, {{u"query"_s, u"status:RUNNING OR status:FAILED"_s}}).contains(u"OR is not possible"));
        text = McpProcess::textOf(good(u"conductor_get_workflow_metrics"_s, {{u"name"_s, name}, {u"since"_s, u"1h"_s}}));
        QVERIFY2(text.startsWith(u"1 execution of "_s + name), qPrintable(text));
    }

    void askTheApi()
    {
        const QString planTask = prefix + u"agent_plan"_s;
        const QString path = u"/api/metadata/taskdefs/"_s + planTask;
        QString text = McpProcess::textOf(good(u"conductor_list_api_endpoints"_s, {{u"words"_s, u"taskdefs"_s}, {u"method"_s, u"GET"_s}}));
        QVERIFY2(text.contains(u"GET /api/metadata/taskdefs/{tasktype}"), qPrintable(text));
        text = McpProcess::textOf(good(u"conductor_get_api_endpoint_schema"_s, {{u"method"_s, u"POST"_s}, {u"path"_s, u"/api/workflow"_s}}));
        QVERIFY2(text.contains(u"correlationId"), qPrintable(text));
        text = McpProcess::textOf(good(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"/api/metadata/taskdefs/{tasktype}"_s},
                                                                            {u"path_parameters"_s, QJsonObject{{u"tasktype"_s, planTask}}}}));
        QVERIFY2(text.contains(planTask), qPrintable(text));
        QVERIFY(refusal(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"DELETE"_s}, {u"path"_s, path}})
                    .contains(u"confirm"));
        QVERIFY(!good(u"conductor_invoke_api_endpoint"_s,
                      {{u"method"_s, u"DELETE"_s}, {u"path"_s, path}, {u"confirm"_s, true}})
                     .isEmpty());
        QVERIFY(refusal(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"http://127.0.0.1:1/api/version"_s}}).contains(u"own paths"));
    }

    McpProcess *mcp = nullptr;
    QString prefix;
    QString name;
};

QTEST_GUILESS_MAIN(TestConversation)
#include "tst_conversation.moc"
