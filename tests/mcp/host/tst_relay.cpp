// A server dies under a conversation: the new one is told what it must know, every request is answered once, no write is done
// twice, and the client hears of nothing but honest answers.
#include "mcp/host/relay.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace {

// One end of a pipe in the hands of the test.
class HeldLink : public Link
{
public:
    void send(const QByteArray &line) override { sent << QJsonDocument::fromJson(line).object(); raw << line; }
    qint64 unsent() const override { return 0; }
    void setPaused(bool paused) override { isPaused = paused; }
    void close() override { isClosed = true; }

    QList<QJsonObject> sent;
    QByteArrayList raw;
    bool isPaused = false;
    bool isClosed = false;
};

std::shared_ptr<const ToolRegistry> registry()
{
    auto tools = std::make_shared<ToolRegistry>();
    for (const auto &[name, effect] : {std::pair(u"read"_s, Effect::Kind::Read), std::pair(u"write"_s, Effect::Kind::Change)})
        tools->add({.name = name, .title = {}, .description = {}, .inputSchema = {}, .hints = {}, .effect = [effect = effect](const QJsonObject &) { return Effect{effect}; }, .call = {}});
    return tools;
}

QJsonObject call(const QJsonValue &id, const QString &tool, const QJsonObject &meta = {})
{
    QJsonObject params{{u"name"_s, tool}};
    if (!meta.isEmpty())
        params[u"_meta"] = meta;
    return requestJson(id, u"tools/call"_s, params);
}

const QJsonObject agreed{{u"protocolVersion"_s, u"2025-03-26"_s}, {u"capabilities"_s, QJsonObject{{u"tools"_s, QJsonObject()}}}};

} // namespace

class TestRelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        auto link = std::make_unique<HeldLink>();
        client = link.get();
        relay = std::make_unique<Relay>(std::move(link), registry());
        newServer();
    }

    void passesLinesUnchanged()
    {
        const QByteArray odd = "{\"params\":{\"name\":\"read\",\"x\":1.50},\"method\":\"tools/call\",\"id\":1,\"jsonrpc\":\"2.0\"}";
        Q_EMIT client->received(odd);
        QCOMPARE(server->raw, QByteArrayList{odd});
        const QByteArray answer = "{\"id\":1,\"result\":{\"content\":[ ]},\"jsonrpc\":\"2.0\"}";
        Q_EMIT server->received(answer);
        QCOMPARE(client->raw, QByteArrayList{answer});
        QCOMPARE(relay->outstanding(), 0);
    }

    void tellsANewServerWhatItMustKnow()
    {
        handshake();
        fromClient(requestJson(2, u"logging/setLevel"_s, {{u"level"_s, u"warning"_s}}));
        fromServer(resultJson(2, {}));
        fromClient(requestJson(3, u"resources/subscribe"_s, {{u"uri"_s, u"conductor://executions/a"_s}}));
        fromServer(resultJson(3, {}));
        fromClient(requestJson(4, u"resources/subscribe"_s, {{u"uri"_s, u"conductor://executions/b"_s}}));
        fromServer(resultJson(4, {}));
        fromClient(requestJson(5, u"resources/unsubscribe"_s, {{u"uri"_s, u"conductor://executions/a"_s}}));
        fromServer(resultJson(5, {}));
        client->sent.clear();

        loseServer();
        newServer();
        const QJsonObject again = server->sent.value(0);
        QCOMPARE(again[u"method"].toString(), u"initialize"_s);
        QVERIFY(again[u"id"] != QJsonValue(1));
        QCOMPARE(server->sent.size(), 1); // the rest waits until it is agreed
        fromServer(resultJson(again[u"id"], agreed));

        QStringList methods;
        for (const QJsonObject &line : std::as_const(server->sent))
            methods << line[u"method"].toString();
        QCOMPARE(methods, QStringList({u"initialize"_s, u"notifications/initialized"_s, u"logging/setLevel"_s, u"resources/subscribe"_s}));
        QCOMPARE(server->sent[3][u"params"][u"uri"].toString(), u"conductor://executions/b"_s);
        for (const QJsonObject &line : QList<QJsonObject>(server->sent))
            fromServer(resultJson(line[u"id"], {}));
        QCOMPARE(client->sent.size(), 0); // nothing of this concerns the client
    }

    void readsAreSentAgainAndWritesAnsweredHonestly()
    {
        handshake();
        fromClient(call(u"r1"_s, u"read"_s));
        fromClient(call(u"w"_s, u"write"_s));
        fromClient(call(u"r2"_s, u"read"_s));
        fromClient(requestJson(u"l"_s, u"tools/list"_s, {}));
        client->sent.clear();
        loseServer();

        QCOMPARE(client->sent.size(), 1);
        QCOMPARE(client->sent[0][u"id"].toString(), u"w"_s);
        QVERIFY(client->sent[0][u"result"][u"isError"].toBool());
        QVERIFY(client->sent[0][u"result"][u"content"][0][u"text"].toString().contains(u"not known whether the call took effect"));

        newServer();
        agree();
        QStringList ids;
        for (const QJsonObject &line : server->sent.mid(2))
            ids << line[u"id"].toString();
        QCOMPARE(ids, QStringList({u"r1"_s, u"r2"_s, u"l"_s})); // in the order they came
    }

    void whatWasAnsweredIsNotSentAgain()
    {
        handshake();
        fromClient(call(8, u"read"_s));
        fromServer(resultJson(8, {}));
        loseServer();
        newServer();
        agree();
        QCOMPARE(server->sent.size(), 2);
    }

    void linesOfTheMeantimeFollow()
    {
        handshake();
        loseServer();
        fromClient(call(8, u"write"_s));
        newServer();
        agree();
        QCOMPARE(server->sent.last()[u"id"].toInt(), 8);
        fromServer(resultJson(8, {{u"content"_s, QJsonArray()}}));
        QCOMPARE(client->sent.last()[u"id"].toInt(), 8);
    }

    void cancelledCallsAreNeverSentAgain()
    {
        handshake();
        fromClient(call(8, u"read"_s));
        fromClient(call(9, u"read"_s));
        fromClient(notificationJson(u"notifications/cancelled"_s, {{u"requestId"_s, 8}}));
        loseServer();
        fromClient(notificationJson(u"notifications/cancelled"_s, {{u"requestId"_s, 9}}));
        newServer();
        agree();
        QCOMPARE(server->sent.size(), 2);
        QCOMPARE(relay->outstanding(), 0);
    }

    void givesUpOnACallThatKillsServers()
    {
        handshake();
        fromClient(call(8, u"read"_s));
        client->sent.clear();
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(client->sent.size(), 0);
            loseServer();
            newServer();
            agree();
        }
        QCOMPARE(client->sent.size(), 1);
        QVERIFY(client->sent[0][u"result"][u"isError"].toBool());
        QCOMPARE(server->sent.size(), 2);
    }

    void anUnansweredInitializeGoesOutAsItIs()
    {
        fromClient(requestJson(1, u"initialize"_s, {{u"protocolVersion"_s, u"2025-03-26"_s}}));
        loseServer();
        newServer();
        QCOMPARE(server->sent.size(), 1);
        QCOMPARE(server->sent[0][u"id"].toInt(), 1);
        fromServer(resultJson(1, agreed));
        QCOMPARE(client->sent.size(), 1);
    }

    void aServerThatSpeaksDifferentlyEndsIt()
    {
        handshake();
        fromClient(call(8, u"read"_s));
        client->sent.clear();
        loseServer();
        newServer();
        QSignalSpy lost(relay.get(), &Relay::clientLost);
        QJsonObject other = agreed;
        other[u"capabilities"] = QJsonObject();
        fromServer(resultJson(server->sent[0][u"id"], other));
        QCOMPARE(lost.count(), 1);
        QCOMPARE(client->sent.size(), 1);
        QVERIFY(client->sent[0][u"result"][u"isError"].toBool());
        QVERIFY(client->isClosed);
    }

    void progressOnlyRises()
    {
        handshake();
        fromClient(call(8, u"read"_s, {{u"progressToken"_s, u"p"_s}}));
        client->sent.clear();
        progress(1);
        progress(2);
        loseServer();
        newServer();
        agree();
        progress(1); // the new server starts anew
        progress(3);
        QList<int> seen;
        for (const QJsonObject &line : std::as_const(client->sent))
            seen << line[u"params"][u"progress"].toInt();
        QCOMPARE(seen, QList<int>({1, 2, 3}));
    }

    void progressOfNothingIsDropped()
    {
        handshake();
        client->sent.clear();
        progress(1);
        QCOMPARE(client->sent.size(), 0);
    }

    void questionsOfADeadServerAreVoid()
    {
        handshake();
        client->sent.clear();
        fromServer(requestJson(u"q-1"_s, u"elicitation/create"_s, {}));
        loseServer();
        QCOMPARE(client->sent.last()[u"method"].toString(), u"notifications/cancelled"_s);
        QCOMPARE(client->sent.last()[u"params"][u"requestId"].toString(), u"q-1"_s);
        newServer();
        agree();
        fromClient(resultJson(u"q-1"_s, {{u"action"_s, u"accept"_s}}));
        QCOMPARE(server->sent.size(), 2); // a late answer confirms nothing
    }

    void subscriptionStreamsStayOpen()
    {
        fromClient(requestJson(4, u"subscriptions/listen"_s, {}));
        const QJsonObject meta{{u"io.modelcontextprotocol/subscriptionId"_s, 4}};
        fromServer(notificationJson(u"notifications/subscriptions/acknowledged"_s, {{u"_meta"_s, meta}}));
        QCOMPARE(client->sent.size(), 1);
        loseServer();
        newServer();
        QCOMPARE(server->sent[0][u"method"].toString(), u"subscriptions/listen"_s);
        fromServer(notificationJson(u"notifications/subscriptions/acknowledged"_s, {{u"_meta"_s, meta}}));
        QCOMPARE(client->sent.size(), 1); // it was acknowledged before
        fromServer(notificationJson(u"notifications/resources/updated"_s, {{u"_meta"_s, meta}}));
        QCOMPARE(client->sent.size(), 2);
    }

    void batchesAreAnsweredWholeThoughAServerDiesAmidst()
    {
        handshake();
        client->raw.clear();
        Q_EMIT client->received(toLine(QJsonArray{call(u"r"_s, u"read"_s), call(u"w"_s, u"write"_s), call(u"x"_s, u"read"_s)}));
        fromServer(resultJson(u"x"_s, {}));
        loseServer();
        QCOMPARE(client->raw.size(), 0);
        newServer();
        agree();
        fromServer(resultJson(u"r"_s, {}));
        QCOMPARE(client->raw.size(), 1);
        const QJsonArray answers = QJsonDocument::fromJson(client->raw[0]).array();
        QCOMPARE(answers.size(), 3);
    }

    void garbageOfAServerNeverReachesTheClient()
    {
        Q_EMIT server->received("Segmentation fault");
        Q_EMIT server->received("{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}"); // nobody asked
        QCOMPARE(client->raw.size(), 0);
    }

    void anIdInUseIsRefused()
    {
        fromClient(call(1, u"read"_s));
        fromClient(call(1, u"read"_s));
        QCOMPARE(server->sent.size(), 1);
        QCOMPARE(client->sent[0][u"error"][u"code"].toInt(), int(RpcError::InvalidRequest));
    }

    void endingAnswersAllThatIsOpen()
    {
        handshake();
        fromClient(call(8, u"read"_s));
        loseServer();
        fromClient(call(9, u"write"_s));
        client->sent.clear();
        relay->end(u"It cannot go on"_s);
        QCOMPARE(client->sent.size(), 2);
        QVERIFY(client->isClosed);
    }

    void aModernClientIsKnownFromItsRequests()
    {
        const auto modern = [](const QString &method) {
            const QJsonObject meta{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                                   {u"io.modelcontextprotocol/clientInfo"_s, QJsonObject{{u"name"_s, u"modern"_s}, {u"version"_s, u"2"_s}}}};
            return requestJson(method, method, {{u"_meta"_s, meta}});
        };
        QSignalSpy identified(relay.get(), &Relay::identified);
        fromClient(modern(u"server/discover"_s));
        QCOMPARE(identified.count(), 0); // a probe makes no row
        fromClient(modern(u"tools/list"_s));
        fromClient(modern(u"prompts/list"_s));
        QCOMPARE(identified.count(), 1);
        QCOMPARE(relay->client(), (ClientIdentity{u"modern"_s, u"2"_s, u"2026-07-28"_s}));
    }

    // A door hears that its session ends on purpose; the client hears nothing of that.
    void aDismissalIsForTheDoorOnly()
    {
        handshake();
        client->sent.clear();
        QSignalSpy dismissed(relay.get(), &Relay::dismissed);
        relay->dismiss();
        QCOMPARE(client->sent.size(), 1);
        fromServer(client->sent.takeFirst());
        QCOMPARE(dismissed.count(), 1);
        QVERIFY(client->sent.isEmpty());
    }

    void aSilentServerIsPingedAndThenHangs()
    {
        handshake();
        QSignalSpy hangs(relay.get(), &Relay::serverHangs);
        relay->pulse().setPatience(std::chrono::milliseconds(30));
        fromClient(call(2, u"read"_s));
        const qsizetype sent = server->sent.size();
        QTRY_COMPARE(server->sent.size(), sent + 1);
        QCOMPARE(server->sent.last()[u"method"].toString(), u"ping"_s);
        QCOMPARE(hangs.count(), 0);
        QTRY_VERIFY(hangs.count() > 0);
        loseServer();
        newServer();
        agree();
        fromServer(resultJson(2, {}));
        QCOMPARE(client->sent.last()[u"id"].toInt(), 2);
    }

    void openStreamsKeepNobodyFromBeingReplaced()
    {
        handshake();
        QVERIFY(relay->isIdle());
        fromClient(requestJson(2, u"subscriptions/listen"_s, {}));
        QVERIFY(relay->isIdle());
        fromClient(call(3, u"read"_s));
        QVERIFY(!relay->isIdle());
        QSignalSpy idle(relay.get(), &Relay::idle);
        fromServer(resultJson(3, {}));
        QCOMPARE(idle.count(), 1);
        QSignalSpy lost(relay.get(), &Relay::serverLost);
        relay->releaseServer();
        QCOMPARE(lost.count(), 1);
        QVERIFY(server->isClosed);
    }

    void aServerThatAnswersPingsMayTakeItsTime()
    {
        handshake();
        QSignalSpy hangs(relay.get(), &Relay::serverHangs);
        relay->pulse().setPatience(std::chrono::milliseconds(30));
        fromClient(call(2, u"write"_s));
        const qsizetype told = client->sent.size();
        for (int ping = 0; ping < 3; ++ping) {
            const qsizetype sent = server->sent.size();
            QTRY_COMPARE(server->sent.size(), sent + 1);
            fromServer(resultJson(server->sent.last()[u"id"], {}));
        }
        QCOMPARE(hangs.count(), 0);
        QCOMPARE(client->sent.size(), told); // it hears nothing of that
        QVERIFY(relay->pulse().isWaiting());
        fromServer(resultJson(2, {}));
        QVERIFY(!relay->pulse().isWaiting()); // nobody waits: no pings
    }

private:
    void newServer()
    {
        auto link = std::make_unique<HeldLink>();
        server = link.get();
        relay->serveWith(std::move(link));
    }

    void loseServer()
    {
        QSignalSpy lost(relay.get(), &Relay::serverLost);
        Q_EMIT server->closed();
        QCOMPARE(lost.count(), 1);
    }

    void fromClient(const QJsonObject &json) { Q_EMIT client->received(toLine(json)); }
    void fromServer(const QJsonObject &json) { Q_EMIT server->received(toLine(json)); }

    void handshake()
    {
        fromClient(requestJson(1, u"initialize"_s, {{u"protocolVersion"_s, u"2025-03-26"_s}}));
        fromServer(resultJson(1, agreed));
        fromClient(notificationJson(u"notifications/initialized"_s, {}));
    }

    void agree() { fromServer(resultJson(server->sent[0][u"id"], agreed)); }
    void progress(int value) { fromServer(notificationJson(u"notifications/progress"_s, {{u"progressToken"_s, u"p"_s}, {u"progress"_s, value}})); }

    std::unique_ptr<Relay> relay;
    HeldLink *client = nullptr;
    HeldLink *server = nullptr;
};

QTEST_GUILESS_MAIN(TestRelay)
#include "tst_relay.moc"
