// Sessions survive what kills servers: a child of the companion, the companion itself; and a freeze outlives both. Every read is
// answered right, and when the client goes no process is left.
#include "conductor/profile/profilestore.h"
#include "mcp/policy/freeze.h"
#include "support/hostprocess.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"

#include <QJsonArray>
#include <QtTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::HostProcess;
using support::McpProcess;

namespace {

constexpr int calls = 200;

} // namespace

class TestSurvival : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        conductor::ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"real"_s, .url = support::realServer()}));
    }

    void init()
    {
        QVERIFY(mcp::FreezeFile().set(mcp::Freeze::Normal));
        QVERIFY(support::descendants().isEmpty());
    }

    void cleanup()
    {
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10000);
    }

    void killingTheServerLosesNothing()
    {
        HostProcess host;
        QVERIFY(host.start());
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        QTRY_VERIFY_WITH_TIMEOUT(host.serverPid() > 0, 10000);

        const QList<int> ids = postReads(client);
        QVERIFY(client.waitForAnswer(ids[calls / 4], 60000)); // in the middle
        const qint64 killed = host.serverPid();
        QCOMPARE(::kill(pid_t(killed), SIGKILL), 0);
        allAreRight(client, ids);

        QTRY_VERIFY_WITH_TIMEOUT(host.serverPid() != killed && host.serverPid() > 0, 10000);
        QVERIFY2(host.lines.last().section(u' ', 4, 4).toInt() >= 1, qPrintable(host.lines.last()));
        leaves(client);
    }

    void killingTheCompanionLosesNothing()
    {
        HostProcess host;
        QVERIFY(host.start());
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();

        const QList<int> ids = postReads(client);
        QVERIFY(client.waitForAnswer(ids[calls / 4], 60000));
        QCOMPARE(::kill(pid_t(host.pid()), SIGKILL), 0);
        allAreRight(client, ids);

        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool()); // the door serves on
        // The companion's server noticed that its parent is gone: only the door is left, besides what the test holds.
        QTRY_COMPARE_WITH_TIMEOUT(support::descendants(), QList<qint64>{client.pid()}, 10000);
        leaves(client);
    }

    void aCompanionThatComesLaterSeesUs()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        HostProcess host;
        QVERIFY(host.start());
        QTRY_VERIFY_WITH_TIMEOUT(host.sessionsShown() > 0, 10000);
        QVERIFY2(host.lines.last().startsWith(u"session test-client"), qPrintable(host.lines.last()));
        client.call(u"conductor_search_workflows"_s);
        QTRY_VERIFY_WITH_TIMEOUT(host.lines.last().section(u' ', 3, 3).toInt() == 1, 10000);
        leaves(client);
        QTRY_COMPARE_WITH_TIMEOUT(host.lines.last(), u"ended"_s, 10000);
    }

    void probesMakeNoRow()
    {
        HostProcess host;
        QVERIFY(host.start());
        McpProcess probe({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(probe.start());
        QVERIFY(probe.ask(u"server/discover"_s).contains(u"error"));
        leaves(probe);
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        QTRY_COMPARE_WITH_TIMEOUT(host.sessionsShown() > 0, true, 10000);
        QVERIFY(!host.lines.contains(u"ended"_s));
        leaves(client);
    }

    void quittingTheCompanionEndsItsChildrenAndNotTheClients()
    {
        HostProcess host;
        QVERIFY(host.start());
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        host.process.terminate();
        QTRY_COMPARE_WITH_TIMEOUT(host.process.state(), QProcess::NotRunning, 10000);
        QTRY_COMPARE_WITH_TIMEOUT(support::descendants(), QList<qint64>{client.pid()}, 10000);
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());
        leaves(client);
    }

    void aFreezeOutlivesTheCompanion()
    {
        {
            HostProcess host;
            QVERIFY(host.start());
            McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
            QVERIFY(client.start());
            client.handshake();
            QVERIFY(mcp::FreezeFile().set(mcp::Freeze::ReadOnly));
            QVERIFY(isRefused(client));
            QCOMPARE(::kill(pid_t(host.pid()), SIGKILL), 0);
            QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool()); // reading goes on, and the door with it
            QVERIFY(isRefused(client));
            leaves(client);
        }
        McpProcess anew({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(anew.start());
        anew.handshake();
        QVERIFY(isRefused(anew));
        QVERIFY(!anew.call(u"conductor_search_workflows"_s)[u"isError"].toBool()); // reading goes on
        leaves(anew);
    }

    void aServerThatHangsIsReplaced()
    {
        HostProcess host;
        QVERIFY(host.start());
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());
        QTRY_VERIFY_WITH_TIMEOUT(host.serverPid() > 0, 10000);
        const qint64 hung = host.serverPid();
        QCOMPARE(::kill(pid_t(hung), SIGSTOP), 0);
        const QJsonObject result = client.call(u"conductor_search_workflows"_s, {}, 60000); // 10 s, a ping, 10 s
        QVERIFY2(!result.isEmpty() && !result[u"isError"].toBool(), qPrintable(McpProcess::textOf(result)));
        QVERIFY(host.serverPid() != hung);
        QTRY_VERIFY(::kill(pid_t(hung), 0) != 0);
        leaves(client);
    }

    void twoClientsUseTheSameIds()
    {
        HostProcess host;
        QVERIFY(host.start());
        McpProcess one({.arguments = {u"--profile"_s, u"real"_s}}), other({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(one.start() && other.start());
        one.handshake();
        other.handshake();
        const QList<int> ofOne = postReads(one), ofOther = postReads(other);
        QCOMPARE(ofOne, ofOther);
        allAreRight(one, ofOne);
        allAreRight(other, ofOther);
        leaves(one);
        leaves(other);
    }

    void aProfileMayDemandTheCompanion()
    {
        conductor::ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"governed"_s, .url = support::realServer(), .requiresCompanion = true}));
        McpProcess alone({.arguments = {u"--profile"_s, u"governed"_s}});
        QVERIFY(alone.start());
        QVERIFY(alone.waitForExit(5000));
        QCOMPARE(alone.exitCode(), 1);
        QVERIFY(alone.errorOutput.contains("Conductor Companion"));

        HostProcess host;
        QVERIFY(host.start());
        McpProcess client({.arguments = {u"--profile"_s, u"governed"_s}});
        QVERIFY(client.start());
        client.handshake();
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());
        QCOMPARE(::kill(pid_t(host.pid()), SIGKILL), 0);
        QVERIFY(client.waitForExit(5000)); // the client reads the end of its input
    }

private:
    static QList<int> postReads(McpProcess &client)
    {
        QList<int> ids;
        for (int i = 0; i < calls; ++i)
            ids << client.postCall(u"conductor_search_workflows"_s, {{u"query"_s, u"type:none-such-%1"_s.arg(i)}, {u"limit"_s, 1}});
        return ids;
    }

    static void allAreRight(McpProcess &client, const QList<int> &ids)
    {
        for (qsizetype i = 0; i < ids.size(); ++i) {
            QVERIFY2(client.waitForAnswer(ids[i], 60000), qPrintable(QString::number(ids[i])));
            const QJsonObject result = (*client.answerTo(ids[i]))[u"result"].toObject();
            QVERIFY2(!result[u"isError"].toBool(), qPrintable(McpProcess::textOf(result)));
            QVERIFY2(McpProcess::textOf(result).contains(u"none-such-%1,"_s.arg(i)), qPrintable(McpProcess::textOf(result)));
        }
        int answers = 0;
        for (const QJsonObject &message : std::as_const(client.messages))
            answers += ids.contains(message[u"id"].toInt());
        QCOMPARE(answers, int(ids.size())); // each once
    }

    static bool isRefused(McpProcess &client)
    {
        const QJsonObject result = client.call(u"conductor_create_task_definition"_s, {{u"definition"_s, QJsonObject{{u"name"_s, u"frozen_out"_s}}}});
        return result[u"isError"].toBool() && McpProcess::textOf(result).contains(u"read only");
    }

    static void leaves(McpProcess &client)
    {
        QVERIFY2(client.garbage.isEmpty(), client.garbage.value(0).constData());
        client.closeInput();
        QVERIFY(client.waitForExit(3000));
    }
};

QTEST_GUILESS_MAIN(TestSurvival)
#include "tst_survival.moc"
