// The companion as a program, with a window and without: an AI client's server is its child and the client shows in it, a second
// start raises the first, closing the window ends nothing, and when it is ended its children go while the client is served on.
#include "conductor/profile/profilestore.h"
#include "support/hostprocess.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"

#include <QFile>
#include <QtTest>

using namespace Qt::StringLiterals;
using support::McpProcess;

namespace {

// conductor-companion, with what it says on standard output.
class CompanionProcess : public QObject
{
public:
    explicit CompanionProcess(const QStringList &arguments)
    {
        process.setProgram(QStringLiteral(PROGRAMS_DIR) + u"/conductor-companion"_s);
        process.setArguments(arguments);
        process.setProcessChannelMode(QProcess::MergedChannels);
        connect(&process, &QProcess::readyReadStandardOutput, this, [this] { said += QString::fromUtf8(process.readAllStandardOutput()); });
        process.start();
    }

    ~CompanionProcess() override
    {
        process.disconnect(this);
        process.kill();
        process.waitForFinished(5000);
    }

    qint64 pid() const { return process.processId(); }
    bool ends(int exitCode)
    {
        const bool ended = QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, 20000);
        if (!ended || process.exitCode() != exitCode)
            qWarning("%d: %s", process.exitCode(), qPrintable(said));
        return ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == exitCode;
    }

    QProcess process;
    QString said;
};

QString xdotool(const QStringList &arguments)
{
    QProcess tool;
    tool.start(u"xdotool"_s, arguments);
    tool.waitForFinished(10000);
    return QString::fromUtf8(tool.readAllStandardOutput()).trimmed();
}

QString window(const CompanionProcess &companion)
{
    return xdotool({u"search"_s, u"--all"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(companion.pid()), u"--name"_s, u"Conductor Companion"_s}).section(u'\n', 0, 0);
}

bool listens()
{
    return QFile::exists(qEnvironmentVariable("CONDUCTOR_COMPANION_SOCKET"));
}

} // namespace

class TestCompanion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        conductor::ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"real"_s, .url = support::realServer()}));
    }

    void cleanup()
    {
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10000);
    }

    void withoutAWindow()
    {
        CompanionProcess companion({u"--headless"_s});
        QTRY_VERIFY2_WITH_TIMEOUT(companion.said.contains(u"AI clients are served through"), qPrintable(companion.said), 20000);
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());
        QTRY_VERIFY2_WITH_TIMEOUT(companion.said.contains(u"test-client"), qPrintable(companion.said), 10000);

        CompanionProcess second({u"--headless"_s});
        QVERIFY(second.ends(1));
        QVERIFY2(second.said.contains(u"running already"), qPrintable(second.said));

        endsAndLeavesTheClientServed(companion, client);
    }

    void withAWindow()
    {
        CompanionProcess companion({});
        QTRY_VERIFY_WITH_TIMEOUT(!window(companion).isEmpty() && listens(), 20000);
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());
        QCOMPARE(support::descendants().size(), 3); // the companion, its server for the client, the client's door

        QVERIFY(closes(companion)); // into the tray
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());

        CompanionProcess second({});
        QVERIFY(second.ends(0));
        QTRY_VERIFY_WITH_TIMEOUT(!window(companion).isEmpty(), 10000); // raised

        endsAndLeavesTheClientServed(companion, client);
    }

private:
    // As a person does, who tries again when a busy machine has not taken the key.
    static bool closes(const CompanionProcess &companion)
    {
        return QTest::qWaitFor(
            [&] {
                const QString shown = window(companion);
                if (!shown.isEmpty())
                    xdotool({u"windowactivate"_s, u"--sync"_s, shown, u"key"_s, u"alt+F4"_s});
                return shown.isEmpty();
            },
            30000);
    }

    static void endsAndLeavesTheClientServed(CompanionProcess &companion, McpProcess &client)
    {
        companion.process.terminate();
        QVERIFY(companion.ends(0));
        QTRY_COMPARE_WITH_TIMEOUT(support::descendants(), QList<qint64>{client.pid()}, 10000);
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());
        QVERIFY2(client.garbage.isEmpty(), client.garbage.value(0).constData());
        client.closeInput();
        QVERIFY(client.waitForExit(3000));
    }
};

QTEST_GUILESS_MAIN(TestCompanion)
#include "tst_companion.moc"
