// A local server comes up, is watched, comes back and goes, whatever happens to it or to us; nothing of it is left over. The java
// is a stand-in; tst_realserver runs the real one.
#include "conductor/local/standin.h"

#include <QTcpServer>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;
using State = LocalServer::State;

namespace {

constexpr int patienceMs = 30'000; // an interpreter starts slowly on a busy machine

LocalServer::Patience quick()
{
    LocalServer::Patience patience;
    patience.ready = 20s;
    patience.end = 500ms;
    patience.lock = 300ms;
    patience.restarts = {50ms, 50ms};
    return patience;
}

QString textOf(const std::optional<Error> &trouble)
{
    return trouble ? sentence(*trouble) : u"no trouble"_s;
}

} // namespace

#define TRY_STATE(server, expected) \
    QTRY_VERIFY2_WITH_TIMEOUT((server).state() == (expected), qPrintable(QVariant::fromValue((server).state()).toString() + u": "_s + textOf((server).trouble())), patienceMs)

class TestLocalServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_scratch.isValid());
        m_directory = m_scratch.filePath(u"%1/server"_s.arg(++m_count));
        QVERIFY(QDir().mkpath(m_directory));
        support::placeJar();
        support::useStandInJava();
        say("serve");
    }

    void isAbsentWithoutItsJar()
    {
        QVERIFY(QDir(cacheDirectory()).removeRecursively());
        LocalServer server(m_directory, quick());
        QCOMPARE(server.state(), State::Stopped);
        server.start();
        TRY_STATE(server, State::Absent);
        QCOMPARE(server.trouble()->kind, Error::Kind::NotFound);
        QVERIFY2(server.trouble()->message.contains(serverPins().jarFile), qPrintable(server.trouble()->message));
        QVERIFY2(server.trouble()->hint.contains(u"installer/server-files.sh"_s), qPrintable(server.trouble()->hint));

        support::placeJar(1000); // half fetched
        server.start();
        TRY_STATE(server, State::Absent);
        QVERIFY2(server.trouble()->message.contains(u"not whole"_s), qPrintable(server.trouble()->message));

        support::placeJar();
        server.start();
        TRY_STATE(server, State::Ready);
    }

    void comesUpAndStops()
    {
        LocalServer server(m_directory, quick());
        QList<State> seen;
        connect(&server, &LocalServer::stateChanged, this, [&](State state) { seen << state; });
        QVERIFY(server.url().isEmpty());
        server.start();
        server.start(); // once is enough
        TRY_STATE(server, State::Ready);
        QVERIFY(!server.trouble());
        QVERIFY(support::lives(server.processId()));
        QCOMPARE(server.url().host(), u"127.0.0.1"_s);
        QCOMPARE(server.url().path(), u"/api"_s);
        const QUrl url = server.url();
        const qint64 process = server.processId();

        server.stop();
        TRY_STATE(server, State::Stopped);
        QVERIFY(!support::lives(process));
        QCOMPARE(server.processId(), 0);
        QCOMPARE(seen, (QList<State>{State::Starting, State::Ready, State::Stopping, State::Stopped}));

        server.start();
        TRY_STATE(server, State::Ready);
        QCOMPARE(server.url(), url); // the port it had before
        LocalServer later(m_directory, quick());
        server.stop();
        TRY_STATE(server, State::Stopped);
        later.start();
        TRY_STATE(later, State::Ready);
        QCOMPARE(later.url(), url); // and after we were started anew
    }

    void takesAnotherPortWhenItsOwnIsTaken()
    {
        QTcpServer somebody;
        QVERIFY(somebody.listen(QHostAddress::LocalHost));
        support::writeText(m_directory + u"/port"_s, QByteArray::number(somebody.serverPort()));
        LocalServer server(m_directory, quick());
        server.start();
        TRY_STATE(server, State::Ready);
        QVERIFY(server.url().port() != somebody.serverPort());
        QFile kept(m_directory + u"/port"_s);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll().trimmed().toInt(), server.url().port());
    }

    void triesAnotherPortWhenItLosesTheRace()
    {
        say("port-lost");
        LocalServer server(m_directory, quick());
        server.start();
        TRY_STATE(server, State::Ready);
    }

    void isNotFooledByAnotherProgramOnItsPort()
    {
        say("foreign");
        LocalServer::Patience patience = quick();
        patience.ready = 2s;
        LocalServer server(m_directory, patience);
        server.start();
        TRY_STATE(server, State::Failed);
        QCOMPARE(server.trouble()->kind, Error::Kind::Timeout);
        QCOMPARE(server.processId(), 0);
    }

    void givesUpOnOneThatNeverAnswers()
    {
        say("silent");
        LocalServer::Patience patience = quick();
        patience.ready = 1s;
        LocalServer server(m_directory, patience);
        server.start();
        TRY_STATE(server, State::Failed);
        QCOMPARE(server.trouble()->kind, Error::Kind::Timeout);
        QVERIFY2(server.trouble()->message.contains(u"within 1 s"_s), qPrintable(server.trouble()->message));
        QCOMPARE(server.processId(), 0);
        say("serve");
        server.start();
        TRY_STATE(server, State::Ready);
    }

    void saysWhyItDied()
    {
        say("die");
        LocalServer server(m_directory, quick());
        server.start();
        TRY_STATE(server, State::Failed);
        QVERIFY2(textOf(server.trouble()).contains(u"jar is damaged"_s), qPrintable(textOf(server.trouble())));
        QVERIFY2(server.lastLines().contains(u"Error: Invalid or corrupt jarfile x.jar"_s), qPrintable(server.lastLines().join(u'\n')));
        QFile log(server.logFile());
        QVERIFY(log.open(QIODevice::ReadOnly));
        QVERIFY(log.readAll().contains("corrupt jarfile"));
    }

    void comesBackAfterACrash()
    {
        LocalServer server(m_directory, quick());
        server.start();
        TRY_STATE(server, State::Ready);
        const QUrl url = server.url();
        const qint64 first = server.processId();
        QStringList troubles;
        connect(&server, &LocalServer::stateChanged, this, [&](State state) {
            if (state == State::Starting)
                troubles << textOf(server.trouble());
        });
        kill(pid_t(first), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(troubles.size(), 1, patienceMs);
        QVERIFY2(troubles.first().contains(u"signal 9"_s), qPrintable(troubles.first()));
        QVERIFY2(troubles.first().contains(u"started again"_s), qPrintable(troubles.first()));
        TRY_STATE(server, State::Ready);
        QVERIFY(server.processId() != first);
        QCOMPARE(server.url(), url);
        QVERIFY(!server.trouble());
    }

    void givesUpOnOneThatCrashesAgainAndAgain()
    {
        LocalServer server(m_directory, quick()); // two restarts
        server.start();
        for (int crash = 0; crash < 2; ++crash) {
            TRY_STATE(server, State::Ready);
            kill(pid_t(server.processId()), SIGKILL);
            QTRY_VERIFY_WITH_TIMEOUT(server.state() != State::Ready, patienceMs);
        }
        TRY_STATE(server, State::Ready);
        kill(pid_t(server.processId()), SIGKILL);
        TRY_STATE(server, State::Failed);
        QVERIFY2(server.trouble()->message.contains(u"3 times in a row"_s), qPrintable(server.trouble()->message));
    }

    void oneThatSettledMayCrashAnew()
    {
        LocalServer::Patience patience = quick();
        patience.restarts = {20ms};
        patience.settled = 0ms;
        LocalServer server(m_directory, patience);
        server.start();
        for (int crash = 0; crash < 3; ++crash) {
            TRY_STATE(server, State::Ready);
            kill(pid_t(server.processId()), SIGKILL);
            QTRY_VERIFY_WITH_TIMEOUT(server.state() != State::Ready, patienceMs);
        }
        TRY_STATE(server, State::Ready);
    }

    void isKilledWhenItDoesNotWantToEnd()
    {
        say("stubborn");
        LocalServer server(m_directory, quick());
        server.start();
        TRY_STATE(server, State::Ready);
        const qint64 process = server.processId();
        QElapsedTimer clock;
        clock.start();
        server.stop();
        TRY_STATE(server, State::Stopped);
        QVERIFY(clock.elapsed() >= 450);
        QVERIFY(!support::lives(process));
    }

    void endsWhatAWrapperScriptStarted()
    {
        say("script");
        LocalServer server(m_directory, quick());
        server.start();
        TRY_STATE(server, State::Ready);
        QFile file(m_directory + u"/child"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const qint64 child = file.readAll().toLongLong();
        QVERIFY(child > 0 && support::lives(child));
        server.stop();
        TRY_STATE(server, State::Stopped);
        QTRY_VERIFY_WITH_TIMEOUT(!support::lives(child), patienceMs);
    }

    void stopsAtAnyMoment()
    {
        say("silent");
        LocalServer server(m_directory, quick());
        server.start();
        server.stop(); // before its Java is found
        QCOMPARE(server.state(), State::Stopped);
        server.start();
        QTRY_VERIFY_WITH_TIMEOUT(server.processId() > 0 && !server.lastLines().isEmpty(), patienceMs);
        const qint64 process = server.processId();
        server.stop(); // before it is ready
        QCOMPARE(server.state(), State::Stopping);
        say("serve");
        server.start(); // and before it has stopped
        TRY_STATE(server, State::Ready);
        QVERIFY(!support::lives(process));
    }

    void twoDoNotShareADirectory()
    {
        LocalServer first(m_directory, quick());
        first.start();
        TRY_STATE(first, State::Ready);
        LocalServer second(m_directory, quick());
        second.start();
        TRY_STATE(second, State::Failed);
        QCOMPARE(second.trouble()->kind, Error::Kind::Conflict);
        QVERIFY2(second.trouble()->message.contains(u"process %1"_s.arg(getpid())), qPrintable(second.trouble()->message));
        QVERIFY(support::lives(first.processId()));

        first.stop();
        TRY_STATE(first, State::Stopped);
        second.start();
        TRY_STATE(second, State::Ready);
    }

    void goesWithItsOwner()
    {
        qint64 process = 0;
        {
            LocalServer server(m_directory, quick());
            server.start();
            TRY_STATE(server, State::Ready);
            process = server.processId();
        }
        QVERIFY(process > 0);
        QVERIFY(!support::lives(process));
    }

    void goesWhenWeAreKilled()
    {
        QProcess host;
        host.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        host.start(QStringLiteral(LOCALSERVERHOST), {m_directory});
        QTRY_VERIFY_WITH_TIMEOUT(host.canReadLine(), patienceMs);
        const qint64 process = host.readLine().trimmed().toLongLong();
        QVERIFY(process > 0 && support::lives(process));

        host.kill(); // SIGKILL: nothing of it can clean up
        QVERIFY(host.waitForFinished(patienceMs));
        QTRY_VERIFY_WITH_TIMEOUT(!support::lives(process), 5000);
        LocalServer next(m_directory, quick()); // and the directory is free
        next.start();
        TRY_STATE(next, State::Ready);
    }

    void seesNothingOfOurEnvironment()
    {
        qputenv("CONDUCTOR_AUTH_SECRET", "canary-7c1f");
        qputenv("SPRING_PROFILES_ACTIVE", "canary");
        LocalServer server(m_directory, quick());
        server.start();
        TRY_STATE(server, State::Ready);
        const QString environment = server.lastLines().join(u'\n');
        QVERIFY(environment.contains(u"PATH="_s));
        QVERIFY2(!environment.contains(u"canary"_s), qPrintable(environment));
        qunsetenv("CONDUCTOR_AUTH_SECRET");
        qunsetenv("SPRING_PROFILES_ACTIVE");
    }

    void saysWhenItsDirectoryCannotBeUsed()
    {
        const QString file = m_directory + u"/a-file"_s;
        support::writeText(file, "x");
        LocalServer server(file, quick());
        server.start();
        TRY_STATE(server, State::Failed);
        QCOMPARE(server.trouble()->kind, Error::Kind::Validation);
        QVERIFY2(server.trouble()->message.contains(file), qPrintable(server.trouble()->message));
    }

private:
    void say(const QByteArray &mode) { support::writeText(m_directory + u"/mode"_s, mode); }

    QTemporaryDir m_scratch;
    QString m_directory;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestLocalServer)
#include "tst_localserver.moc"
