// conductor-mcp over HTTP as a process, against a real Conductor: the main calls of an AI client, several clients at once, the
// token, what the companion sees of each client, and its end.
#include "support/hostprocess.h"
#include "support/httpclient.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"
#include "support/samples.h"

#include "conductor/profile/profilestore.h"
#include "mcp/host/host.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QtTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::HttpClient;
using support::McpProcess;

namespace {

const QByteArray token = "a-token-of-this-test-only";

} // namespace

class TestHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        tokenFile = QDir::homePath() + u"/token"_s;
        QFile file(tokenFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QCOMPARE(file.write(token), token.size());
        conductor::ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"real"_s, .url = support::realServer()}));
    }

    void theMainCalls()
    {
        McpProcess mcp({.arguments = {u"--http"_s, u"0"_s, u"--token-file"_s, tokenFile, u"--profile"_s, u"real"_s}});
        const quint16 port = started(mcp);
        QVERIFY(port > 0);
        HttpClient client(port, token);
        QCOMPARE(client.shakeHands(u"one"_s), u"2025-11-25"_s);
        QCOMPARE(client.ask(u"tools/list"_s)[u"tools"].toArray().size(), 20);

        QJsonObject swarm = support::sample(u"swarm22.definition.json"_s).toObject();
        const QString name = u"http_%1"_s.arg(QCoreApplication::applicationPid());
        swarm[u"name"] = name;
        good(client.call(u"conductor_create_workflow"_s, {{u"definition"_s, swarm}}));
        const QString id = good(client.call(u"conductor_execute_workflow"_s, {{u"name"_s, name}, {u"input"_s, QJsonObject{{u"goal"_s, u"Ship"_s}}}}))[u"structuredContent"][u"workflow_id"].toString();
        QVERIFY(!id.isEmpty());
        HttpClient other(port, token);
        QCOMPARE(other.shakeHands(u"other"_s), u"2025-11-25"_s);
        QString text;
        QTRY_VERIFY_WITH_TIMEOUT((text = McpProcess::textOf(good(other.call(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, id}}))), text.contains(u"of 22 done")), 10000);
        good(other.call(u"conductor_terminate_workflow"_s, {{u"workflow_ids"_s, QJsonArray{id}}}));
        QVERIFY(McpProcess::textOf(good(client.call(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, id}}))).contains(u"TERMINATED"));
        const QJsonObject refused = client.call(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, u"no-such-id"_s}});
        QVERIFY(refused[u"isError"].toBool());

        HttpClient stranger(port, "a-token-of-somebody-else");
        stranger.ask(u"ping"_s);
        QCOMPARE(stranger.lastStatus(), 401);
        QVERIFY2(!mcp.errorOutput.contains(token), "no secret in what it says");
        ::kill(pid_t(mcp.pid()), SIGTERM);
        QVERIFY(mcp.waitForExit(3000));
        QCOMPARE(mcp.exitCode(), 0);
    }

    // One process, two clients: the companion shows two sessions, each with its own calls.
    void theCompanionSeesEachClient()
    {
        support::HostProcess host;
        QVERIFY(host.start());
        McpProcess mcp({.arguments = {u"--http"_s, u"0"_s, u"--token-file"_s, tokenFile, u"--profile"_s, u"real"_s}});
        const quint16 port = started(mcp);
        HttpClient busy(port, token);
        HttpClient idle(port, token);
        QVERIFY(!busy.shakeHands(u"busy"_s).isEmpty());
        QVERIFY(!idle.shakeHands(u"idle"_s).isEmpty());
        for (int i = 0; i < 3; ++i)
            good(busy.call(u"conductor_get_task_queue_size"_s, {}));
        const QString server = QString::number(mcp.pid());
        QTRY_VERIFY2(host.lines.contains(u"session busy %1 3 0"_s.arg(server)), qPrintable(host.lines.join(u'\n')));
        QTRY_VERIFY(host.lines.contains(u"session idle %1 0 0"_s.arg(server)));
        QVERIFY(host.lines.filter(QRegularExpression(u"session idle .* 3 0"_s)).isEmpty());
    }

    // Each request of the modern era has a session of its own; the companion shows the client that makes them.
    void theCompanionSeesAClientWithoutSessions()
    {
        support::HostProcess host;
        QVERIFY(host.start());
        McpProcess mcp({.arguments = {u"--http"_s, u"0"_s, u"--token-file"_s, tokenFile, u"--profile"_s, u"real"_s}});
        const quint16 port = started(mcp);
        HttpClient client(port, token);
        for (int i = 0; i < 3; ++i)
            good(client.callModern(u"first"_s, u"conductor_get_task_queue_size"_s));
        good(client.callModern(u"second"_s, u"conductor_get_task_queue_size"_s));
        const QString server = QString::number(mcp.pid());
        QTRY_VERIFY2(host.lines.contains(u"session first %1 3 0"_s.arg(server)), qPrintable(host.lines.join(u'\n')));
        QTRY_VERIFY2(host.lines.contains(u"session second %1 1 0"_s.arg(server)), qPrintable(host.lines.join(u'\n')));
        good(client.callModern(u"first"_s, u"conductor_get_task_queue_size"_s));
        QTRY_VERIFY2(host.lines.contains(u"session first %1 4 0"_s.arg(server)), qPrintable(host.lines.join(u'\n')));
        QVERIFY2(!host.lines.contains(u"ended"_s), qPrintable(host.lines.join(u'\n')));
    }

    // A person is asked about what clients over HTTP want to destroy, in either era, and by whom is seen.
    void theCompanionIsAskedForThem()
    {
        mcp::Host host({support::conductorMcp(), mcp::rendezvousPath()});
        QHash<QString, mcp::SessionInfo> rows;
        QList<mcp::Approval> asked;
        connect(&host, &mcp::Host::sessionChanged, this, [&rows](const mcp::SessionInfo &session) { rows.insert(session.id, session); });
        connect(&host, &mcp::Host::approvalChanged, this, [&](const mcp::Approval &approval) {
            if (approval.state != mcp::Approval::State::Waiting)
                return;
            asked << approval;
            host.choose(approval.id, mcp::Approvals::Choice::Deny);
        });
        QSignalSpy listening(&host, &mcp::Host::started);
        host.start();
        QCOMPARE(listening.size(), 1);
        McpProcess mcp({.arguments = {u"--http"_s, u"0"_s, u"--token-file"_s, tokenFile, u"--profile"_s, u"real"_s}});
        const quint16 port = started(mcp);
        const QJsonObject arguments{{u"workflow_ids"_s, QJsonArray{u"no-such-id"_s}}};
        HttpClient client(port, token);
        QVERIFY(!client.shakeHands(u"by handshake"_s).isEmpty());
        QVERIFY(client.call(u"conductor_terminate_workflow"_s, arguments)[u"isError"].toBool());
        for (int i = 0; i < 2; ++i)
            QVERIFY(client.callModern(u"stateless"_s, u"conductor_terminate_workflow"_s, arguments)[u"isError"].toBool());
        QCOMPARE(asked.size(), 3);
        const QStringList names{u"by handshake"_s, u"stateless"_s, u"stateless"_s};
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(asked[i].request.tool, u"conductor_terminate_workflow"_s);
            QTRY_COMPARE(rows.value(asked[i].session).client.name, names[i]);
        }
        QCOMPARE(asked[1].session, asked[2].session);
        QSignalSpy stopped(&host, &mcp::Host::stopped);
        host.stop();
        QTRY_COMPARE(stopped.size(), 1);
    }

    void saysWhyItDoesNotStart_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no token") << QStringList{u"--http"_s, u"0"_s} << QByteArray("--token-file FILE");
        QTest::newRow("no file") << QStringList{u"--http"_s, u"0"_s, u"--token-file"_s, u"/nowhere/token"_s} << QByteArray("/nowhere/token");
        QTest::newRow("an address that is not ours") << QStringList{u"--http"_s, u"192.0.2.1:0"_s, u"--allow-remote"_s, u"--token-file"_s, tokenFile} << QByteArray("192.0.2.1");
    }

    void saysWhyItDoesNotStart()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        McpProcess mcp({.arguments = arguments + QStringList{u"--local_dev"_s}});
        QVERIFY(mcp.start());
        QVERIFY(mcp.waitForExit(5000));
        QVERIFY(mcp.exitCode() != 0);
        QTRY_VERIFY2(mcp.errorOutput.contains(says), mcp.errorOutput.constData());
    }

private:
    // The port it says it serves at; 0 when it does not.
    quint16 started(McpProcess &mcp)
    {
        static const QRegularExpression address(u"serving at http://127\\.0\\.0\\.1:(\\d+)/mcp"_s);
        QRegularExpressionMatch match;
        const bool said = mcp.start() && QTest::qWaitFor([&] { return (match = address.match(QString::fromUtf8(mcp.errorOutput))).hasMatch(); }, 10000);
        return said ? match.captured(1).toUShort() : 0;
    }

    QJsonObject good(const QJsonObject &result)
    {
        if (result.isEmpty() || result[u"isError"].toBool())
            QTest::qFail(qPrintable(McpProcess::textOf(result)), __FILE__, __LINE__);
        return result;
    }

    QString tokenFile;
};

QTEST_GUILESS_MAIN(TestHttp)
#include "tst_http.moc"
