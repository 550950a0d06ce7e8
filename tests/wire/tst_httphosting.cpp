// The HTTP server of a profile, from the switch on the servers page to its end: with a real keyring, a real Conductor and the real
// programs. Who has the token is served and seen, everybody else is refused; frozen, killed, given a new token or another port,
// it does what it should; and nothing of it outlives the companion, however that ends.
#include "mcp/host/httptoken.h"
#include "support/auditrows.h"
#include "support/hostprocess.h"
#include "support/httpclient.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"
#include "support/serverspagefixture.h"

#include <QApplication>
#include <QClipboard>
#include <QProcess>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTcpServer>

#include <csignal>

using namespace Qt::StringLiterals;
using mcp::HttpInfo;
using mcp::SessionInfo;
using support::awaited;
using support::HttpClient;
using support::McpProcess;
using support::ServersPageFixture;

namespace {

const QString freeTool = u"conductor_get_task_queue_size"_s;

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

// Also when whoever has to take its exit code has not done so yet.
bool hasEnded(qint64 pid)
{
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return true;
    const QByteArray content = stat.readAll();
    return content.mid(content.lastIndexOf(')') + 2, 1) == "Z";
}

bool worked(const QJsonObject &result)
{
    return !result.isEmpty() && !result[u"isError"].toBool();
}

} // namespace

class TestHttpHosting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        port = freePort();
        on = std::make_unique<ServersPageFixture>(nullptr, conductor::ProfileStore::standardPath(),
                                                  mcp::Host::Setup{support::conductorMcp(), mcp::rendezvousPath()});
        on->open();
        if (on->idOf(u"real"_s).isEmpty())
            on->add({.name = u"real"_s, .url = support::realServer()});
        id = on->idOf(u"real"_s);
        QVERIFY(!id.isEmpty());
    }

    void cleanup()
    {
        on.reset();
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10'000);
        QVERIFY(mcp::FreezeFile().set(mcp::Freeze::Normal));
    }

    void withoutATokenItSaysWhatToDo()
    {
        McpProcess mcp({.arguments = {u"--http"_s, u"0"_s, u"--profile"_s, u"real"_s}});
        QVERIFY(mcp.start());
        QVERIFY(mcp.waitForExit(10'000));
        QCOMPARE(mcp.exitCode(), 1);
        QTRY_VERIFY2(mcp.errorOutput.contains("Switch the HTTP server on in Conductor Companion"), mcp.errorOutput.constData());
        QVERIFY(mcp.errorOutput.contains("--token-file") && mcp.errorOutput.contains("--no-auth"));
    }

    void servesWhoHasTheToken()
    {
        switchOn();
        const QByteArray token = tokenInTheKeyring();
        QCOMPARE(token.size(), 43); // 256 bits as base64url
        QVERIFY(on->press(u"Copy header"_s));
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QString(u"Authorization: Bearer "_s + QString::fromLatin1(token)));
        QVERIFY(on->press(u"Copy address"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:%1/mcp"_s.arg(port));

        QCOMPARE(statusFor("0123456789012345678901234567890123456789012"), 401);
        HttpClient client(port, token);
        QCOMPARE(client.shakeHands(u"by handshake"_s), u"2025-11-25"_s);
        QVERIFY(worked(client.call(freeTool)));
        HttpClient modern(port, token);
        for (int i = 0; i < 3; ++i)
            QVERIFY(worked(modern.callModern(u"stateless"_s, freeTool)));
        QTRY_COMPARE_WITH_TIMEOUT(callsOf(u"by handshake"_s), QList<qint64>{1}, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(callsOf(u"stateless"_s), QList<qint64>{3}, 10'000); // one row, not three
        QTRY_VERIFY2(on->says(u"Clients: 2   Calls: 4   Errors: 0   Restarts: 0"_s), qPrintable(on->texts()));
        QCOMPARE(rowOf(u"stateless"_s).profile, u"real"_s);
        const QList<mcp::AuditEntry> audited = support::auditedCalls();
        QCOMPARE(std::count_if(audited.begin(), audited.end(), [](const mcp::AuditEntry &entry) { return entry.client == u"stateless"; }), 3);

        QVERIFY(on->services.freeze().set(mcp::Freeze::Stopped));
        QVERIFY(client.call(freeTool)[u"isError"].toBool());
        QVERIFY(modern.callModern(u"stateless"_s, freeTool)[u"isError"].toBool());
        QVERIFY(on->services.freeze().set(mcp::Freeze::Normal));
        QVERIFY(worked(client.call(freeTool)));
    }

    void isStartedAgainWhenItIsKilled()
    {
        switchOn();
        const QByteArray token = tokenInTheKeyring();
        QCOMPARE(restartsIn(HttpClient(port, token).get("/metrics")), 0);
        const qint64 first = server().pid;
        QCOMPARE(::kill(pid_t(first), SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(server().state == HttpInfo::State::Serving && server().pid != first, 10'000);
        HttpClient client(port, token);
        QCOMPARE(client.shakeHands(u"afterwards"_s), u"2025-11-25"_s);
        QVERIFY(worked(client.call(freeTool)));
        QCOMPARE(restartsIn(client.get("/metrics")), 1);
        QTRY_COMPARE(rowOf(u"afterwards"_s).restarts, 1);
        QVERIFY(on->says(u"Restarts: 1"_s));
    }

    void takesANewTokenAtOnce()
    {
        switchOn();
        const QByteArray old = tokenInTheKeyring();
        const qint64 process = server().pid;
        QCOMPARE(statusFor(old), 200);
        QVERIFY(on->press(u"New token…"_s) && on->press(u"Make a new token"_s));
        QTRY_VERIFY_WITH_TIMEOUT(statusFor(old) == 401, 10'000);
        const QByteArray token = tokenInTheKeyring();
        QVERIFY(token != old);
        QTRY_COMPARE_WITH_TIMEOUT(statusFor(token), 200, 10'000);
        QCOMPARE(server().pid, process); // without a restart
    }

    void aTakenPortIsSaidAndNotTriedForEver()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, port));
        on->services.start();
        choosePortAndSwitch();
        QTRY_VERIFY2_WITH_TIMEOUT(on->says(u"Another program has that port"_s), qPrintable(on->texts()), 20'000);
        QCOMPARE(server().state, HttpInfo::State::Failed);
        QCOMPARE(server().restarts, 0);
        QTRY_VERIFY(support::descendants().isEmpty());
        other.close();
        QVERIFY(on->press(u"Try again"_s));
        QTRY_COMPARE_WITH_TIMEOUT(server().state, HttpInfo::State::Serving, 20'000);
    }

    void followsItsPortAndItsSwitch()
    {
        switchOn();
        const QByteArray token = tokenInTheKeyring();
        const quint16 before = port;
        port = freePort();
        on->page->findChild<QSpinBox *>()->setValue(port);
        Q_EMIT on->page->findChild<QSpinBox *>()->editingFinished();
        QTRY_COMPARE_WITH_TIMEOUT(statusFor(token), 200, 20'000);
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost, before)); // it is free again
        QTest::mouseClick(on->box(u"Serve AI clients over HTTP"_s), Qt::LeftButton, {}, {8, 8});
        QTRY_COMPARE_WITH_TIMEOUT(server().state, HttpInfo::State::Off, 10'000);
        QTRY_VERIFY(support::descendants().isEmpty());
    }

    // A server that a person starts serves with the same token, and goes on when nobody watches it.
    void aServerOnItsOwnHasTheSameToken()
    {
        switchOn();
        const QByteArray token = tokenInTheKeyring();
        McpProcess mcp({.arguments = {u"--http"_s, u"0"_s, u"--profile"_s, u"real"_s}});
        QVERIFY(mcp.start());
        QTRY_VERIFY2_WITH_TIMEOUT(mcp.errorOutput.contains("serving at"), mcp.errorOutput.constData(), 10'000);
        const QString said = QString::fromUtf8(mcp.errorOutput);
        const quint16 own = QRegularExpression(u"127\\.0\\.0\\.1:(\\d+)"_s).match(said).captured(1).toUShort();
        mcp.closeInput(); // nobody's standard input says anything of it
        HttpClient client(own, token);
        QCOMPARE(client.shakeHands(u"of its own"_s), u"2025-11-25"_s);
        QVERIFY(worked(client.call(freeTool)));
        QTRY_COMPARE(rowOf(u"of its own"_s).serverPid, mcp.pid());
    }

    void endsWithTheCompanion_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("asked to") << SIGTERM;
        QTest::newRow("killed") << SIGKILL;
    }

    void endsWithTheCompanion()
    {
        QFETCH(int, signal);
        switchOn();
        const QByteArray token = tokenInTheKeyring();
        on.reset(); // this companion goes, another one comes
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10'000);
        QProcess companion;
        companion.setProcessChannelMode(QProcess::MergedChannels);
        companion.start(QStringLiteral(PROGRAMS_DIR) + u"/conductor-companion"_s, {u"--headless"_s});
        QByteArray said;
        QTRY_VERIFY2_WITH_TIMEOUT((said += companion.readAll()).contains("over HTTP at"), said.constData(), 20'000);
        QCOMPARE(statusFor(token), 200);
        QCOMPARE(support::descendants().size(), 2);
        const qint64 server = QRegularExpression(u"/mcp, process (\\d+)"_s).match(QString::fromUtf8(said)).captured(1).toLongLong();
        QVERIFY(support::descendants().contains(server));

        ::kill(pid_t(companion.processId()), signal);
        QTRY_COMPARE_WITH_TIMEOUT(companion.state(), QProcess::NotRunning, 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(server), 10'000);
    }

private:
    void switchOn()
    {
        on->services.start();
        choosePortAndSwitch();
        QTRY_VERIFY2_WITH_TIMEOUT(on->says(u"AI clients reach it at http://127.0.0.1:%1/mcp"_s.arg(port)), qPrintable(on->texts()), 20'000);
        QCOMPARE(server().state, HttpInfo::State::Serving);
    }

    void choosePortAndSwitch()
    {
        on->page->findChild<QSpinBox *>()->setValue(port);
        Q_EMIT on->page->findChild<QSpinBox *>()->editingFinished();
        QCheckBox *box = on->box(u"Serve AI clients over HTTP"_s);
        QTRY_VERIFY(box->isEnabled());
        if (!box->isChecked())
            QTest::mouseClick(box, Qt::LeftButton, {}, {8, 8});
    }

    HttpInfo server() { return on->services.hosting().http(id); }

    QByteArray tokenInTheKeyring()
    {
        return awaited(mcp::httpToken(on->services.secrets(), *on->services.profiles().find(id)), 10'000).value_or(QByteArray());
    }

    int statusFor(const QByteArray &token)
    {
        HttpClient client(port, token);
        client.shakeHands(u"status"_s);
        return client.lastStatus();
    }

    SessionInfo rowOf(const QString &client)
    {
        const std::vector<SessionInfo> &all = on->services.hosting().sessions();
        const auto found = std::find_if(all.begin(), all.end(), [&](const SessionInfo &session) { return session.client.name == client; });
        return found == all.end() ? SessionInfo() : *found;
    }

    QList<qint64> callsOf(const QString &client)
    {
        QList<qint64> calls;
        for (const SessionInfo &session : on->services.hosting().sessions()) {
            if (session.client.name == client && session.kind == SessionInfo::Kind::Http)
                calls << session.calls;
        }
        return calls;
    }

    static int restartsIn(const QByteArray &metrics)
    {
        const QRegularExpressionMatch match = QRegularExpression(u"^mcp_server_restarts_total (\\d+)$"_s, QRegularExpression::MultilineOption).match(QString::fromUtf8(metrics));
        return match.hasMatch() ? match.captured(1).toInt() : -1;
    }

    std::unique_ptr<ServersPageFixture> on;
    QString id;
    quint16 port = 0;
};

QTEST_MAIN(TestHttpHosting)
#include "tst_httphosting.moc"
