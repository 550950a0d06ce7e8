// Servers that others started are told with their parents, ours are not among them, and looking leaves them running.
#include "mcp/host/otherservers.h"

#include <QProcess>
#include <QtTest>

using namespace Qt::StringLiterals;

class TestOtherServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatOthersStarted()
    {
        QProcess server;
        server.start(QStringLiteral(PROGRAMS_DIR) + u"/conductor-mcp"_s, {u"--profile"_s, u"of another"_s});
        QVERIFY(server.waitForStarted(10000));
        const qint64 pid = server.processId();
        QTRY_VERIFY(find(pid)); // until the program stands in the place of the forked one
        const mcp::OtherServer found = *find(pid);
        QCOMPARE(found.parentPid, QCoreApplication::applicationPid());
        QVERIFY2(found.parent.startsWith(u"tst_otherserver"), qPrintable(found.parent));
        QVERIFY2(found.command.endsWith(u"conductor-mcp --profile of another"), qPrintable(found.command));
        QVERIFY(std::abs(found.since.secsTo(QDateTime::currentDateTimeUtc())) < 60);

        QVERIFY(!find(pid, {pid}));
        QVERIFY(!find(pid, {QCoreApplication::applicationPid()})); // a child of ours
        QCOMPARE(server.state(), QProcess::Running);
        server.closeWriteChannel();
        QVERIFY(server.waitForFinished(10000));
        QVERIFY(!find(pid));
    }

private:
    static std::optional<mcp::OtherServer> find(qint64 pid, const QSet<qint64> &known = {})
    {
        for (const mcp::OtherServer &server : mcp::otherServers(known)) {
            if (server.pid == pid)
                return server;
        }
        return {};
    }
};

QTEST_GUILESS_MAIN(TestOtherServers)
#include "tst_otherservers.moc"
