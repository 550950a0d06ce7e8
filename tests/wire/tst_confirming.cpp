// Without a companion, a call that destroys something waits for the client's own person, in both eras: what is declined, changed, used
// twice or asked about something that has changed since destroys nothing; and the flags of a server hold for what it lists and does.
#include "conductor/api/client.h"
#include "conductor/profile/profilestore.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::McpProcess;
using support::settled;

namespace {

const QString terminate = u"conductor_terminate_workflow"_s;

QJsonObject answerOf(bool allow)
{
    return {{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"allow"_s, allow}}}};
}

} // namespace

class TestConfirming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"real"_s, .url = support::realServer()}));
        QVERIFY(profiles.add({.name = u"prod"_s, .url = support::realServer(), .production = true}));
        QVERIFY(profiles.add({.name = u"wrong"_s, .url = support::realServer(), .sections = {{u"mcp"_s, QJsonObject{{u"toolsets"_s, QJsonArray{u"all of it"_s}}}}}}));
        workflow = u"confirming_%1"_s.arg(QCoreApplication::applicationPid());
        const QJsonObject hold{{u"name"_s, u"hold"_s}, {u"taskReferenceName"_s, u"hold"_s}, {u"type"_s, u"HUMAN"_s}};
        const QJsonObject definition{{u"name"_s, workflow}, {u"version"_s, 1}, {u"schemaVersion"_s, 2}, {u"ownerEmail"_s, u"test@example.com"_s},
                                     {u"timeoutPolicy"_s, u"ALERT_ONLY"_s}, {u"timeoutSeconds"_s, 0}, {u"tasks"_s, QJsonArray{hold}}};
        QVERIFY(settled(server.definitions().create(definition, Definitions::Existing::Refuse)));
    }

    void init()
    {
        const Result<QString> started = settled(server.executions().start({.name = workflow}));
        QVERIFY(started);
        run = *started;
    }

    void theHandshakeEraAsksOnTheStream()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        shakeHands(client);
        const int declined = client.postCall(terminate, arguments());
        QVERIFY(answerQuestion(client, answerOf(false)));
        QVERIFY(client.waitForAnswer(declined));
        QVERIFY((*client.answerTo(declined))[u"result"][u"isError"].toBool());
        QCOMPARE(status(), ExecutionStatus::Running);
        const int allowed = client.postCall(terminate, arguments());
        QVERIFY(answerQuestion(client, answerOf(true)));
        QVERIFY(client.waitForAnswer(allowed));
        QVERIFY2(!(*client.answerTo(allowed))[u"result"][u"isError"].toBool(), qPrintable(McpProcess::textOf((*client.answerTo(allowed))[u"result"].toObject())));
        QCOMPARE(status(), ExecutionStatus::Terminated);
    }

    void theModernEraIsCalledAgainWithTheAnswer()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        const QJsonObject asks = client.ask(u"tools/call"_s, modern(arguments()))[u"result"].toObject();
        QCOMPARE(asks[u"resultType"].toString(), u"input_required"_s);
        const QString key = asks[u"inputRequests"].toObject().keys().value(0);
        QVERIFY2(asks[u"inputRequests"][key][u"params"][u"message"].toString().contains(run), "the question names the run");
        QCOMPARE(status(), ExecutionStatus::Running);

        QJsonObject changed = modern(arguments());
        changed[u"inputResponses"] = QJsonObject{{key, answerOf(true)}};
        changed[u"requestState"] = QString(asks[u"requestState"].toString() + u'x');
        QCOMPARE(client.ask(u"tools/call"_s, changed)[u"error"][u"code"].toInt(), -32602);
        QCOMPARE(status(), ExecutionStatus::Running);

        QVERIFY(settled(server.executions().pause({run}))); // not what was asked about any more
        QJsonObject again = modern(arguments());
        again[u"inputResponses"] = QJsonObject{{key, answerOf(true)}};
        again[u"requestState"] = asks[u"requestState"];
        const QJsonObject anew = client.ask(u"tools/call"_s, again)[u"result"].toObject();
        QCOMPARE(anew[u"resultType"].toString(), u"input_required"_s);
        QCOMPARE(status(), ExecutionStatus::Paused);

        const QString second = anew[u"inputRequests"].toObject().keys().value(0);
        QVERIFY(second != key);
        QJsonObject third = modern(arguments());
        third[u"inputResponses"] = QJsonObject{{second, answerOf(true)}};
        third[u"requestState"] = anew[u"requestState"];
        const QJsonObject done = client.ask(u"tools/call"_s, third)[u"result"].toObject();
        QVERIFY2(!done[u"isError"].toBool(), qPrintable(McpProcess::textOf(done)));
        QCOMPARE(status(), ExecutionStatus::Terminated);
        QCOMPARE(client.ask(u"tools/call"_s, third)[u"error"][u"code"].toInt(), -32602); // good once
    }

    void productionNeedsSomebodyToAsk()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"prod"_s}});
        QVERIFY(client.start());
        client.handshake();
        const QJsonObject refused = client.call(terminate, arguments());
        QVERIFY(refused[u"isError"].toBool() && McpProcess::textOf(refused).contains(u"production"));
        QCOMPARE(status(), ExecutionStatus::Running);
        QVERIFY(!client.call(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, run}})[u"isError"].toBool());
    }

    void flagsHoldForListsAndCalls()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s, u"--toolsets"_s, u"insight,api"_s, u"--read-only"_s}});
        QVERIFY(client.start());
        client.handshake();
        QCOMPARE(client.ask(u"tools/list"_s)[u"result"][u"tools"].toArray().size(), 7);
        QCOMPARE(client.ask(u"tools/call"_s, {{u"name"_s, terminate}, {u"arguments"_s, arguments()}})[u"error"][u"code"].toInt(), -32602);
        const QJsonObject refused = client.call(u"conductor_invoke_api_endpoint"_s,
                                                {{u"method"_s, u"DELETE"_s}, {u"path"_s, QString(u"/api/workflow/"_s + run)}, {u"confirm"_s, true}});
        QVERIFY(refused[u"isError"].toBool());
        QCOMPARE(status(), ExecutionStatus::Running);
        QVERIFY(!client.call(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, QString(u"/api/workflow/"_s + run)}})[u"isError"].toBool());
    }

    void whatCannotBeObeyedIsAnErrorAtTheStart()
    {
        for (const QStringList &asked : {QStringList{u"--profile"_s, u"wrong"_s}, QStringList{u"--profile"_s, u"real"_s, u"--tools"_s, u"erase"_s}}) {
            McpProcess client({.arguments = asked});
            QVERIFY(client.start());
            QVERIFY(client.waitForExit(10000));
            QCOMPARE(client.exitCode(), 2);
            QVERIFY2(client.errorOutput.contains("There is no tool"), client.errorOutput.constData()); // tool or toolset
        }
    }

private:
    QJsonObject arguments() const { return {{u"workflow_ids"_s, QJsonArray{run}}}; }

    static QJsonObject modern(const QJsonObject &arguments)
    {
        const QJsonObject meta{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                               {u"io.modelcontextprotocol/clientCapabilities"_s, QJsonObject{{u"elicitation"_s, QJsonObject()}}},
                               {u"io.modelcontextprotocol/clientInfo"_s, QJsonObject{{u"name"_s, u"modern"_s}, {u"version"_s, u"1"_s}}}};
        return {{u"name"_s, terminate}, {u"arguments"_s, arguments}, {u"_meta"_s, meta}};
    }

    static void shakeHands(McpProcess &client)
    {
        client.ask(u"initialize"_s, {{u"protocolVersion"_s, u"2025-11-25"_s},
                                     {u"capabilities"_s, QJsonObject{{u"elicitation"_s, QJsonObject()}}},
                                     {u"clientInfo"_s, QJsonObject{{u"name"_s, u"asked"_s}, {u"version"_s, u"1"_s}}}});
        client.send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    }

    // The newest question that was not answered.
    bool answerQuestion(McpProcess &client, const QJsonObject &answer)
    {
        QJsonValue id;
        const bool asked = QTest::qWaitFor([&] {
            for (const QJsonObject &message : std::as_const(client.messages)) {
                if (message[u"method"] == u"elicitation/create"_s && !answered.contains(message[u"id"].toString()))
                    id = message[u"id"];
            }
            return !id.isNull() && !id.isUndefined();
        }, 20000);
        answered << id.toString();
        client.send(QJsonDocument(QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"result"_s, answer}}).toJson(QJsonDocument::Compact));
        return asked;
    }

    ExecutionStatus status()
    {
        const Result<std::shared_ptr<const Execution>> execution = settled(server.executions().get(run));
        return execution ? (*execution)->status : ExecutionStatus::Unknown;
    }

    Client server = support::realClient();
    QString workflow;
    QString run;
    QStringList answered;
};

QTEST_GUILESS_MAIN(TestConfirming)
#include "tst_confirming.moc"
