// The local server with the real jar and a real Java: comes up in its own directory, serves the API, leaves nothing behind.
#include "conductor/local/standin.h"
#include "support/realserver.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using State = LocalServer::State;

class TestRealServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesUpServesAndGoes()
    {
        const QString jar = cacheDirectory() + u"/server/"_s + serverPins().jarFile;
        QVERIFY(QDir().mkpath(QFileInfo(jar).path()));
        QVERIFY(QFile::link(support::realServerJar(), jar));
        qputenv("CONDUCTOR_JAVA", QFile::encodeName(support::realServerJava()));

        LocalServer::Patience patience;
        patience.ready = std::chrono::seconds(240); // a busy test machine
        LocalServer server(dataDirectory() + u"/local-server"_s, patience);
        server.start();
        QTRY_VERIFY2_WITH_TIMEOUT(server.state() == State::Ready || server.state() == State::Failed, qPrintable(server.lastLines().join(u'\n')), 250'000);
        QVERIFY2(server.state() == State::Ready, qPrintable(server.trouble() ? sentence(*server.trouble()) : QString()));

        const Client client = Client::to(server.url(), fixedKey({}));
        QCOMPARE(support::settled(client.send(get(u"version"_s)))->toString(), u"3.32.3"_s);
        QVERIFY(QFile::exists(server.directory() + u"/c123.db"_s));
        const qint64 process = server.processId();
        server.stop();
        QTRY_COMPARE_WITH_TIMEOUT(server.state(), State::Stopped, 15'000);
        QVERIFY(!support::lives(process));
        QVERIFY(!server.trouble());
        QVERIFY2(!QFile::exists(homeDirectory() + u"/worker-payload"_s), "the server writes into HOME");
    }
};

QTEST_GUILESS_MAIN(TestRealServer)
#include "tst_realserver.moc"
