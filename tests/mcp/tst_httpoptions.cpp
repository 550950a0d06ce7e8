// Who may reach the HTTP server: nobody is let in by a default, a typing error or a file that others can read.
#include "mcp/commandline.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestHttpOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsAddresses_data()
    {
        QTest::addColumn<QString>("at");
        QTest::addColumn<QString>("host"); // empty: refused
        QTest::addColumn<int>("port");
        QTest::newRow("port") << u"8900"_s << u"127.0.0.1"_s << 8900;
        QTest::newRow("name") << u"localhost:8900"_s << u"127.0.0.1"_s << 8900;
        QTest::newRow("IPv4") << u"0.0.0.0:1"_s << u"0.0.0.0"_s << 1;
        QTest::newRow("IPv6") << u"[::1]:8900"_s << u"::1"_s << 8900;
        QTest::newRow("IPv6 without brackets") << u"::1:8900"_s << QString() << 0;
        QTest::newRow("another name") << u"example.com:8900"_s << QString() << 0;
        QTest::newRow("no port") << u"127.0.0.1:"_s << QString() << 0;
        QTest::newRow("no address") << u":8900"_s << QString() << 0;
        QTest::newRow("too large") << u"65536"_s << QString() << 0;
        QTest::newRow("negative") << u"-1"_s << QString() << 0;
    }

    void understandsAddresses()
    {
        QFETCH(QString, at);
        QFETCH(QString, host);
        const auto address = HttpOptions{.at = at}.address();
        QCOMPARE(bool(address), !host.isEmpty());
        if (address) {
            QCOMPARE(address->host.toString(), host);
            QTEST(int(address->port), "port");
        }
    }

    void refusesWhatDoesNotGoTogether_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says"); // empty: it is fine
        QTest::newRow("token") << QStringList{u"--http"_s, u"8900"_s, u"--token-file"_s, u"t"_s} << QString();
        QTest::newRow("open on this machine") << QStringList{u"--no-auth"_s, u"--http=[::1]:8900"_s} << QString();
        QTest::newRow("remote with a token") << QStringList{u"--http"_s, u"0.0.0.0:8900"_s, u"--allow-remote"_s, u"--token-file=t"_s} << QString();
        QTest::newRow("a profile's token") << QStringList{u"--http"_s, u"8900"_s, u"--profile"_s, u"p"_s} << QString();
        QTest::newRow("no profile and no token") << QStringList{u"--http"_s, u"8900"_s, u"--local_dev"_s} << u"--token-file"_s;
        QTest::newRow("a file with a server and no token") << QStringList{u"--http"_s, u"8900"_s, u"--config"_s, u"c"_s} << u"--token-file"_s;
        QTest::newRow("a profile open on this machine") << QStringList{u"--http"_s, u"8900"_s, u"--no-auth"_s, u"--profile"_s, u"p"_s} << QString();
        QTest::newRow("supervised") << QStringList{u"--http"_s, u"8900"_s, u"--profile"_s, u"p"_s, u"--supervised"_s, u"3"_s} << QString();
        QTest::newRow("supervised after no number") << QStringList{u"--http"_s, u"8900"_s, u"--profile"_s, u"p"_s, u"--supervised"_s, u"-1"_s} << u"a number"_s;
        QTest::newRow("supervised without --http") << QStringList{u"--supervised"_s, u"0"_s} << u"go with --http"_s;
        QTest::newRow("both") << QStringList{u"--http"_s, u"8900"_s, u"--no-auth"_s, u"--token-file"_s, u"t"_s} << u"one of"_s;
        QTest::newRow("remote unasked") << QStringList{u"--http"_s, u"0.0.0.0:8900"_s, u"--token-file"_s, u"t"_s} << u"--allow-remote"_s;
        QTest::newRow("remote and open") << QStringList{u"--http"_s, u"[::]:8900"_s, u"--allow-remote"_s, u"--no-auth"_s} << u"--no-auth is for"_s;
        QTest::newRow("without --http") << QStringList{u"--no-auth"_s} << u"go with --http"_s;
        QTest::newRow("without an address") << QStringList{u"--http"_s} << u"needs a value"_s;
        QTest::newRow("a bad address") << QStringList{u"--http"_s, u"here"_s, u"--no-auth"_s} << u"neither PORT"_s;
    }

    void refusesWhatDoesNotGoTogether()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const QString problem = CommandLine::read(arguments).problem;
        QCOMPARE(problem.isEmpty(), says.isEmpty());
        QVERIFY2(problem.contains(says), qPrintable(problem));
    }

    void readsATokenThatOnlyWeCanRead_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("permissions");
        QTest::addColumn<QByteArray>("token"); // empty: refused
        QTest::newRow("good") << QByteArray("0123456789abcdef\n") << 0x6000 << QByteArray("0123456789abcdef");
        QTest::newRow("readable by the group") << QByteArray("0123456789abcdef\n") << 0x6040 << QByteArray();
        QTest::newRow("readable by all") << QByteArray("0123456789abcdef\n") << 0x6004 << QByteArray();
        QTest::newRow("short") << QByteArray("0123456789") << 0x6000 << QByteArray();
        QTest::newRow("empty") << QByteArray("\n") << 0x6000 << QByteArray();
        QTest::newRow("two lines") << QByteArray("0123456789abcdef\n0123456789abcdef\n") << 0x6000 << QByteArray();
        QTest::newRow("huge") << QByteArray(10000, 'a') << 0x6000 << QByteArray();
    }

    void readsATokenThatOnlyWeCanRead()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, permissions);
        QFETCH(QByteArray, token);
        const QTemporaryDir directory;
        QFile file(directory.filePath(u"token"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
        file.close();
        QVERIFY(file.setPermissions(QFile::Permissions(permissions)));
        const auto read = HttpOptions{.tokenFile = file.fileName()}.token();
        QCOMPARE(read.value_or(QByteArray()), token);
        QVERIFY(!HttpOptions{.tokenFile = directory.filePath(u"none"_s)}.token());
    }
};

QTEST_GUILESS_MAIN(TestHttpOptions)
#include "tst_httpoptions.moc"
