// The list of servers: which one is in front, and how each is, through every change of the list.
#include "app/core/servers.h"
#include "support/scriptedtransport.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using app::ServerEntry;
using app::ServerHealth;
using app::Servers;
using conductor::Error;

class TestServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsThePreferredInFront()
    {
        Servers servers(connectNowhere);
        servers.prefer(u"b"_s);
        servers.show({entry(u"a"_s), entry(u"b"_s)});
        QCOMPARE(servers.current()->id, u"b"_s);
    }

    void putsTheFirstInFrontWhenThePreferredIsGone()
    {
        Servers servers(connectNowhere);
        servers.prefer(u"gone"_s);
        servers.show({entry(u"a"_s), entry(u"b"_s)});
        QCOMPARE(servers.current()->id, u"a"_s);
    }

    void keepsTheCurrentOneAndItsHealth()
    {
        Servers servers(connectNowhere);
        servers.show({entry(u"a"_s), entry(u"b"_s)});
        servers.setCurrent(u"b"_s);
        servers.tellAnswered(u"b"_s);
        QSignalSpy current(&servers, &Servers::currentChanged);

        servers.show({entry(u"c"_s), entry(u"b"_s)});
        QCOMPARE(servers.current()->id, u"b"_s);
        QCOMPARE(servers.current()->health.state, ServerHealth::State::Ready);
        QCOMPARE(current.size(), 0);

        servers.show({entry(u"c"_s)});
        QCOMPARE(servers.current()->id, u"c"_s);
        QCOMPARE(current.size(), 1);
    }

    void tellsWhenTheCurrentOnePointsElsewhere()
    {
        Servers servers(connectNowhere);
        servers.show({entry(u"a"_s)});
        QSignalSpy current(&servers, &Servers::currentChanged);
        ServerEntry moved = entry(u"a"_s);
        moved.url = QUrl(u"http://elsewhere/api"_s);
        servers.show({moved});
        QCOMPARE(current.size(), 1);
        servers.show({});
        QVERIFY(!servers.current());
        QVERIFY(!servers.client(u"a"_s));
        QCOMPARE(current.size(), 2);
    }

    void takesHealthFromAnswers()
    {
        Servers servers(connectNowhere);
        servers.show({entry(u"a"_s)});
        servers.tellFailed(u"a"_s, {Error::Kind::Validation, u"A bad query"_s});
        QCOMPARE(servers.current()->health.state, ServerHealth::State::Unknown);

        servers.tellFailed(u"a"_s, {Error::Kind::Network, u"Connection refused"_s, u"Is it running?"_s});
        QCOMPARE(servers.current()->health.state, ServerHealth::State::Trouble);
        QVERIFY(servers.current()->health.detail.contains(u"Connection refused"));

        servers.setHealth(u"a"_s, {ServerHealth::State::Ready, u"Connected, 3.32.3"_s});
        servers.tellAnswered(u"a"_s);
        QCOMPARE(servers.current()->health.words, u"Connected, 3.32.3"_s);
    }

    void whatRestsIsNotInTrouble()
    {
        Servers servers(connectNowhere);
        servers.show({entry(u"a"_s)});
        servers.setHealth(u"a"_s, {ServerHealth::State::Resting, u"Stopped"_s});
        servers.tellFailed(u"a"_s, {Error::Kind::Network, u"Connection refused"_s});
        QCOMPARE(servers.current()->health.words, u"Stopped"_s);
        servers.tellAnswered(u"a"_s);
        QCOMPARE(servers.current()->health.state, ServerHealth::State::Ready);
    }

private:
    static conductor::Client connectNowhere(const ServerEntry &) { return conductor::Client(std::make_shared<support::ScriptedTransport>()); }
    static ServerEntry entry(const QString &id) { return {.id = id, .name = id, .url = QUrl(u"http://%1/api"_s.arg(id))}; }
};

QTEST_GUILESS_MAIN(TestServers)
#include "tst_servers.moc"
