// conductor-mcp as a process: how it starts, what it writes where, and that it ends whenever it should, leaving nothing.
#include "support/mcpprocess.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

#include <csignal>
#include <functional>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using support::McpProcess;

namespace {

// A server that takes requests and never answers: what a call waits for.
class SilentServer : public QTcpServer
{
public:
    SilentServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this] { ++asked; });
            connect(socket, &QTcpSocket::disconnected, this, [this] { ++left; });
        });
    }
    McpProcess::Options options() const { return {.environment = {{u"CONDUCTOR_SERVER_URL"_s, u"http://127.0.0.1:%1/api"_s.arg(serverPort())}}}; }

    int asked = 0;
    int left = 0;
};

bool isGone(pid_t pid)
{
    return ::kill(pid, 0) != 0;
}

} // namespace

class TestStdio : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesAHandshakeBeforeAnythingElse()
    {
        McpProcess mcp({.arguments = {u"--local_dev"_s}}); // nothing listens there
        QVERIFY(mcp.start());
        QCOMPARE(mcp.handshake()[u"protocolVersion"].toString(), u"2025-11-25"_s);
        QVERIFY(!mcp.ask(u"tools/list"_s)[u"result"][u"tools"].toArray().isEmpty());
        QVERIFY2(mcp.errorOutput.isEmpty(), mcp.errorOutput.constData());
    }

    void answersBeforeInitialize()
    {
        McpProcess mcp({.arguments = {u"--local_dev"_s}});
        QVERIFY(mcp.start());
        QCOMPARE(mcp.ask(u"server/discover"_s)[u"error"][u"code"].toInt(), -32601);
        QVERIFY(!mcp.handshake().isEmpty());
        QVERIFY(!mcp.handshake().isEmpty()); // again
    }

    void worksWithABareEnvironmentFromTheRoot()
    {
        McpProcess mcp({.arguments = {u"--local_dev"_s}, .bareEnvironment = true});
        mcp.process.setWorkingDirectory(u"/"_s);
        QVERIFY(mcp.start());
        QVERIFY(!mcp.handshake().isEmpty());
    }

    void ignoresWhatOlderClientsPass()
    {
        McpProcess mcp({.arguments = {u"stdio"_s, u"--stdio"_s, u"--local_dev"_s}});
        QVERIFY(mcp.start());
        QVERIFY(!mcp.handshake().isEmpty());
    }

    void withoutAServerToolsSayWhatToDo()
    {
        QTcpServer closed;
        closed.listen(QHostAddress::LocalHost);
        const QString url = u"http://127.0.0.1:%1/api"_s.arg(closed.serverPort());
        closed.close();
        McpProcess mcp({.environment = {{u"CONDUCTOR_SERVER_URL"_s, url}}});
        QVERIFY(mcp.start());
        mcp.handshake();
        const QJsonObject result = mcp.call(u"conductor_search_workflows"_s);
        QVERIFY(result[u"isError"].toBool());
        QVERIFY2(McpProcess::textOf(result).contains(u"refuses the connection. Is the server running"), qPrintable(McpProcess::textOf(result)));
    }

    void readsLinesHoweverTheyCome()
    {
        McpProcess mcp({.arguments = {u"--local_dev"_s}});
        QVERIFY(mcp.start());
        mcp.process.write("{\"jsonrpc\":\"2.0\",\"id\":901,\"meth");
        mcp.process.waitForBytesWritten();
        mcp.process.write("od\":\"ping\"}\r\n\n\r\n{\"jsonrpc\":\"2.0\",\"id\":902,\"method\":\"ping\"}\n{\"jsonrpc\":\"2.0\",\"id\":903,\"method\":\"ping\"}\n");
        for (const int id : {901, 902, 903})
            QVERIFY(mcp.waitForAnswer(id));
        const QByteArray megabyte = "{\"jsonrpc\":\"2.0\",\"id\":904,\"method\":\"ping\",\"params\":{\"x\":\"" + QByteArray(1 << 20, 'y') + "\"}}";
        mcp.send(megabyte);
        QVERIFY(mcp.waitForAnswer(904));
    }

    void refusesWhatIsTooLongAndGoesOn()
    {
        McpProcess mcp({.arguments = {u"--local_dev"_s}});
        QVERIFY(mcp.start());
        mcp.send(QByteArray(17 * 1024 * 1024, 'x'));
        QTRY_COMPARE_WITH_TIMEOUT(mcp.messages.size(), 1, 30000);
        QCOMPARE(mcp.messages[0][u"error"][u"code"].toInt(), -32600);
        QVERIFY(mcp.ask(u"ping"_s).contains(u"result"));
    }

    void whatIsPrintedNeverReachesTheProtocol()
    {
        // Qt's own messages are made to go to standard output: they must end up in standard error.
        McpProcess mcp({.arguments = {u"--local_dev"_s}, .environment = {{u"QT_LOGGING_TO_CONSOLE"_s, u"1"_s}, {u"QT_DEBUG_PLUGINS"_s, u"1"_s}, {u"QT_LOGGING_RULES"_s, u"*=true"_s}}});
        QVERIFY(mcp.start());
        mcp.handshake();
        mcp.call(u"conductor_search_workflows"_s);
        mcp.closeInput();
        QVERIFY(mcp.waitForExit(5000));
        QVERIFY2(mcp.garbage.isEmpty(), mcp.garbage.value(0).constData());
        QVERIFY(!mcp.errorOutput.isEmpty());
    }

    void endsAtTheEndOfItsInput()
    {
        McpProcess mcp({.arguments = {u"--local_dev"_s}});
        QVERIFY(mcp.start());
        mcp.handshake();
        mcp.closeInput();
        QVERIFY(mcp.waitForExit(1000));
        QCOMPARE(mcp.exitCode(), 0);
    }

    void answersWhatItHasReadBeforeItEnds()
    {
        McpProcess mcp({.arguments = {u"--local_dev"_s}});
        QVERIFY(mcp.start());
        const int id = mcp.post(u"tools/list"_s);
        mcp.process.write("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}"); // the last line without its end
        mcp.closeInput();
        QVERIFY(mcp.waitForExit(1000));
        QVERIFY(mcp.answerTo(id) && mcp.answerTo(77));
    }

    void endsThoughACallHangs_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("end of input") << 0;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }

    void endsThoughACallHangs()
    {
        QFETCH(int, signal);
        SilentServer server;
        McpProcess mcp(server.options());
        QVERIFY(mcp.start());
        mcp.handshake();
        mcp.postCall(u"conductor_search_workflows"_s);
        QTRY_COMPARE(server.asked, 1);
        if (signal == 0)
            mcp.closeInput();
        else
            ::kill(pid_t(mcp.pid()), signal);
        QVERIFY(mcp.waitForExit(1500));
        QCOMPARE(mcp.exitCode(), 0);
    }

    void cancellingClosesTheRequest()
    {
        SilentServer server;
        McpProcess mcp(server.options());
        QVERIFY(mcp.start());
        mcp.handshake();
        const int id = mcp.postCall(u"conductor_search_workflows"_s);
        QTRY_COMPARE(server.asked, 1);
        mcp.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + QByteArray::number(id) + "}}");
        QTRY_COMPARE(server.left, 1);
        QVERIFY(mcp.ask(u"ping"_s).contains(u"result"));
        QVERIFY(!mcp.answerTo(id));
    }

    void endsWhenWhoStartedItIsKilled()
    {
        // A parent in between, which starts the server with pipes that stay open here, and is killed.
        int toServer[2], fromServer[2], pidPipe[2];
        QVERIFY(::pipe(toServer) == 0 && ::pipe(fromServer) == 0 && ::pipe(pidPipe) == 0);
        const QByteArray program = support::conductorMcp().toLocal8Bit();
        const pid_t parent = ::fork();
        if (parent == 0) {
            const pid_t server = ::fork();
            if (server == 0) {
                ::dup2(toServer[0], 0);
                ::dup2(fromServer[1], 1);
                ::execl(program.constData(), program.constData(), "--local_dev", nullptr);
                ::_exit(127);
            }
            [[maybe_unused]] const ssize_t written = ::write(pidPipe[1], &server, sizeof server);
            ::pause();
            ::_exit(0);
        }
        pid_t server = 0;
        QCOMPARE(::read(pidPipe[0], &server, sizeof server), ssize_t(sizeof server));
        const QByteArray ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n";
        QCOMPARE(::write(toServer[1], ping.constData(), size_t(ping.size())), ssize_t(ping.size()));
        char answer[256] = {};
        QVERIFY(::read(fromServer[0], answer, sizeof answer) > 0); // it serves

        ::kill(parent, SIGKILL);
        ::waitpid(parent, nullptr, 0);
        QTRY_VERIFY_WITH_TIMEOUT(isGone(server), 2000);
        for (const int fd : {toServer[0], toServer[1], fromServer[0], fromServer[1], pidPipe[0], pidPipe[1]})
            ::close(fd);
    }

    void withoutStandardInputItSaysSo()
    {
        const QByteArray program = support::conductorMcp().toLocal8Bit();
        const pid_t pid = ::fork();
        if (pid == 0) {
            ::close(0);
            ::execl(program.constData(), program.constData(), "--local_dev", nullptr);
            ::_exit(127);
        }
        int status = 0;
        pid_t ended = 0;
        QTRY_VERIFY_WITH_TIMEOUT((ended = ended > 0 ? ended : ::waitpid(pid, &status, WNOHANG)) == pid, 5000);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 2);
    }

    void wrongArgumentsAreToldApart()
    {
        McpProcess mcp({.arguments = {u"--colour"_s}});
        QVERIFY(mcp.start());
        QVERIFY(mcp.waitForExit(5000));
        QCOMPARE(mcp.exitCode(), 2);
        QVERIFY(mcp.errorOutput.contains("--colour"));
        QVERIFY(mcp.garbage.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStdio)
#include "tst_stdio.moc"
