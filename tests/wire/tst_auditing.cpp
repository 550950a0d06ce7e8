// What a call did is known even when the server died over it: its row is on the disk before Conductor is asked, and the companion
// closes it as unknown. The processes are ours, Conductor is a socket that takes the request and never answers.
#include "conductor/profile/profilestore.h"
#include "mcp/audit/chain.h"
#include "support/auditrows.h"
#include "support/hostprocess.h"
#include "support/mcpprocess.h"

#include <QDir>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace mcp;
using support::McpProcess;

class TestAuditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                requests += socket->readAll();
                rowsAtRequest = support::auditRows();
            });
        });
        conductor::ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"silent"_s, .url = QUrl(u"http://127.0.0.1:%1/api"_s.arg(server.serverPort()))}));
    }

    void init()
    {
        QDir(QDir::homePath() + u"/.local"_s).removeRecursively();
        requests.clear();
        rowsAtRequest.clear();
    }

    void cleanup()
    {
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10000);
    }

    void aKilledServersCallIsClosedAsUnknown()
    {
        support::HostProcess host;
        QVERIFY(host.start());
        McpProcess client({.arguments = {u"--profile"_s, u"silent"_s}});
        QVERIFY(client.start());
        client.handshake();
        const int id = client.postCall(u"conductor_create_task_definition"_s, definition);
        QTRY_VERIFY_WITH_TIMEOUT(!requests.isEmpty(), 10000);
        QCOMPARE(rowsAtRequest.size(), 1); // before the request went out
        QCOMPARE(word(rowsAtRequest[0].kind), u"begun"_s);
        QCOMPARE(rowsAtRequest[0].client, u"test-client"_s);
        QCOMPARE(rowsAtRequest[0].profile, u"silent"_s);
        QCOMPARE(rowsAtRequest[0].effect, u"add"_s);

        QTRY_VERIFY_WITH_TIMEOUT(host.serverPid() > 0, 10000);
        const qint64 killed = host.serverPid();
        QCOMPARE(rowsAtRequest[0].pid, killed);
        QCOMPARE(::kill(pid_t(killed), SIGKILL), 0);
        QVERIFY(client.waitForAnswer(id));
        QVERIFY((*client.answerTo(id))[u"result"][u"isError"].toBool());

        QTRY_COMPARE_WITH_TIMEOUT(support::auditRows().size(), 2, 10000);
        const AuditEntry call = support::auditedCalls().first();
        QCOMPARE(call.outcome, u"unknown"_s);
        QVERIFY2(call.detail.contains(u"killed by signal 9"), qPrintable(call.detail));
        QVERIFY(chainHolds());
        client.closeInput();
        QVERIFY(client.waitForExit(5000));
    }

    // A read is asked again of each new server, until the companion gives it up and answers itself: then the row is its own.
    void whatTheCompanionAnswersItselfIsKept()
    {
        support::HostProcess host;
        QVERIFY(host.start());
        McpProcess client({.arguments = {u"--profile"_s, u"silent"_s}});
        QVERIFY(client.start());
        client.handshake();
        const int id = client.postCall(u"conductor_get_task_definition"_s, {{u"name"_s, u"audited"_s}});
        qint64 killed = 0;
        for (int i = 0; i < 4; ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(requests.contains("/audited"), 10000);
            QTRY_VERIFY_WITH_TIMEOUT(host.serverPid() > 0 && host.serverPid() != killed, 10000);
            requests.clear();
            killed = host.serverPid();
            QCOMPARE(::kill(pid_t(killed), SIGKILL), 0);
        }
        QVERIFY(client.waitForAnswer(id));
        QTRY_COMPARE_WITH_TIMEOUT(support::auditRows().size(), 1, 10000);
        const AuditEntry call = support::auditedCalls().first();
        QCOMPARE(call.tool, u"conductor_get_task_definition"_s);
        QCOMPARE(call.client, u"test-client"_s);
        QCOMPARE(call.profile, u"silent"_s);
        QCOMPARE(call.outcome, u"error"_s);
        QVERIFY2(call.detail.contains(u"4 times"), qPrintable(call.detail));
        QCOMPARE(call.pid, host.pid());
        client.closeInput();
        QVERIFY(client.waitForExit(5000));
    }

    void aServerThatEndsOverACallClosesItItself()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"silent"_s}});
        QVERIFY(client.start());
        client.handshake();
        client.postCall(u"conductor_create_task_definition"_s, definition);
        QTRY_VERIFY_WITH_TIMEOUT(!requests.isEmpty(), 10000);
        client.closeInput();
        QVERIFY(client.waitForExit(5000));
        QCOMPARE(support::auditRows().size(), 2);
        QCOMPARE(support::auditedCalls().first().outcome, u"unknown"_s);
        QVERIFY(chainHolds());
    }

    void probesLeaveNoAudit()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"silent"_s}});
        QVERIFY(client.start());
        client.handshake();
        client.ask(u"tools/list"_s);
        client.closeInput();
        QVERIFY(client.waitForExit(5000));
        QVERIFY(!QFile::exists(AuditStore::standardPath()));
    }

private:
    static bool chainHolds()
    {
        AuditStore store;
        const auto opened = store.open(AuditStore::Access::Read);
        const auto report = opened ? verifyChain(store) : conductor::Failure(opened.error());
        return report && report->holds() && report->rows > 0;
    }

    const QJsonObject definition{{u"definition"_s, QJsonObject{{u"name"_s, u"audited"_s}}}};
    QTcpServer server;
    QByteArray requests;
    QList<AuditEntry> rowsAtRequest;
};

QTEST_GUILESS_MAIN(TestAuditing)
#include "tst_auditing.moc"
