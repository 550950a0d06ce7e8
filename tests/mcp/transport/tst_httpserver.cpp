// The HTTP server in one process with raw sockets: sessions and streams as each revision has them, what hostile bytes and clients
// that misbehave get, and that nobody waits for ever.
#include "mcp/transport/httpserver.h"

#include "conductor/base/delay.h"
#include "support/httpcaller.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;
using namespace mcp;
using support::HttpCaller;
using Headers = HttpCaller::Headers;

namespace {

// What the tools of this test saw.
struct Seen {
    int begun = 0;
    int stopped = 0;
    bool open = false; // what waits at the gate may go
};

Reply<Answer> waitAtTheGate(Call call, std::shared_ptr<Seen> seen)
{
    ++seen->begun;
    call.progress(1, 2, u"at the gate"_s);
    while (!seen->open && !call.stop.stop_requested())
        [[maybe_unused]] const Result<Done> waited = co_await outcome(delay(5ms, call.stop));
    seen->stopped += call.stop.stop_requested();
    co_return Answer{.text = u"through"_s};
}

Reply<Answer> shout(Call call)
{
    for (int i = 1; i <= 400; ++i) {
        call.progress(i, 0, QString(100'000, u'x'));
        co_await delay(1ms, call.stop);
    }
    co_return Answer{.text = u"said"_s};
}

Tool tool(const QString &name, std::function<Reply<Answer>(Call)> call)
{
    return {.name = name,
            .title = name,
            .description = name,
            .inputSchema = {{u"type"_s, u"object"_s}},
            .hints = {.readOnly = true, .destructive = false},
            .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
            .call = std::move(call)};
}

QByteArray message(const QJsonValue &id, const QString &method, const QJsonObject &params = {})
{
    return toLine(requestJson(id, method, params));
}

QByteArray callOf(const QJsonValue &id, const QString &tool, const QJsonObject &meta = {{u"progressToken"_s, u"p"_s}})
{
    return message(id, u"tools/call"_s, {{u"name"_s, tool}, {u"_meta"_s, meta}});
}

QByteArray handshake(const QString &revision)
{
    return message(0, u"initialize"_s, {{u"protocolVersion"_s, revision}, {u"capabilities"_s, QJsonObject()}, {u"clientInfo"_s, QJsonObject{{u"name"_s, u"t"_s}, {u"version"_s, u"1"_s}}}});
}

const QJsonObject modern{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                         {u"io.modelcontextprotocol/clientCapabilities"_s, QJsonObject()},
                         {u"progressToken"_s, u"p"_s}};

Headers modernHeaders(const QByteArray &method, const QByteArray &name = {})
{
    Headers headers{{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", method}};
    if (!name.isEmpty())
        headers << std::pair(QByteArray("Mcp-Name"), name);
    return headers;
}

} // namespace

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        directory = std::make_unique<QTemporaryDir>();
        seen = std::make_shared<Seen>();
        auto tools = std::make_shared<ToolRegistry>();
        tools->add(tool(u"echo"_s, [](Call) { return answered<Answer>(Answer{.text = u"hi"_s}); }));
        tools->add(tool(u"gate"_s, [seen = seen](Call call) { return waitAtTheGate(std::move(call), seen); }));
        tools->add(tool(u"shout"_s, shout));
        dispatcher = std::make_shared<Dispatcher>(Dispatcher::Setup{.tools = tools, .freeze = std::make_shared<FreezeFile>(directory->filePath(u"policy.json"_s))});
        serve({});
    }

    void cleanup() { server.reset(); }

    void aSessionBeginsAndEnds()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        QCOMPARE(session[0].second.size(), 32);
        HttpCaller::Answer answer = caller.ask("POST", "/mcp", R"({"jsonrpc":"2.0","method":"notifications/initialized"})", session);
        QCOMPARE(answer.status, 202);
        QVERIFY(answer.body.isEmpty());
        answer = caller.ask("POST", "/mcp", callOf(1, u"echo"_s), session);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers["content-type"], "application/json");
        QCOMPARE(answer.json()[u"result"][u"content"][0][u"text"].toString(), u"hi"_s);
        QCOMPARE(caller.ask("POST", "/mcp", message(2, u"ping"_s)).status, 400);
        QCOMPARE(caller.ask("DELETE", "/mcp", {}, session).status, 204);
        answer = caller.ask("POST", "/mcp", message(3, u"ping"_s), session);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.json()[u"id"].toInt(), 3);
        QCOMPARE(server->sessions(), 0);
        QCOMPARE(server->connections(), 1);
    }

    void aHandshakeThatFailsLeavesNoSession()
    {
        HttpCaller caller(server->port());
        const HttpCaller::Answer answer = caller.ask("POST", "/mcp", message(1, u"initialize"_s));
        QCOMPARE(answer.json()[u"error"][u"code"].toInt(), -32602);
        QVERIFY(!answer.headers.contains("mcp-session-id"));
        QCOMPARE(server->sessions(), 0);
    }

    void refusesWhatIsNoMessageOfItsRevision_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<int>("code");
        const QByteArray none;
        QTest::newRow("no JSON") << QByteArray("{") << none << -32700;
        QTest::newRow("no body") << none << none << -32700;
        QTest::newRow("no JSON-RPC") << QByteArray(R"({"id":1,"method":"ping"})") << none << -32600;
        QTest::newRow("an empty batch") << QByteArray("[]") << none << -32600;
        QTest::newRow("a batch of the modern era") << '[' + callOf(1, u"echo"_s, modern) + ']' << none << -32600;
        QTest::newRow("a version nobody knows") << message(1, u"ping"_s) << QByteArray("1999-01-01") << -32600;
        QTest::newRow("a handshake under the modern version") << handshake(u"2025-11-25"_s) << QByteArray("2026-07-28") << -32020;
        QTest::newRow("the modern version in the header only") << message(1, u"ping"_s) << QByteArray("2026-07-28") << -32602;
    }

    void refusesWhatIsNoMessageOfItsRevision()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, version);
        HttpCaller caller(server->port());
        Headers headers = begin(caller);
        headers << std::pair(QByteArray("Content-Type"), QByteArray("application/json; charset=utf-8"));
        if (!version.isEmpty())
            headers << std::pair(QByteArray("MCP-Protocol-Version"), version);
        const HttpCaller::Answer answer = caller.ask("POST", "/mcp", body, headers);
        QCOMPARE(answer.status, 400);
        QTEST(answer.json()[u"error"][u"code"].toInt(), "code");
        QCOMPARE(answer.json().contains(u"id"), body.startsWith('{') && body.contains("\"id\"")); // never null
    }

    void refusesTheWrongForm_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        QTest::newRow("method") << QByteArray("PUT") << QByteArray("/mcp") << QByteArray("X") << QByteArray("y") << 405;
        QTest::newRow("method of a preflight") << QByteArray("OPTIONS") << QByteArray("/mcp") << QByteArray("Origin") << QByteArray("http://localhost:1") << 405;
        QTest::newRow("method of the old pair") << QByteArray("POST") << QByteArray("/sse") << QByteArray("X") << QByteArray("y") << 405;
        QTest::newRow("path") << QByteArray("GET") << QByteArray("/") << QByteArray("X") << QByteArray("y") << 404;
        QTest::newRow("no metrics yet") << QByteArray("GET") << QByteArray("/metrics") << QByteArray("X") << QByteArray("y") << 404;
        QTest::newRow("type") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Content-Type") << QByteArray("text/plain") << 415;
        QTest::newRow("accept") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Accept") << QByteArray("text/html") << 406;
        QTest::newRow("accept without streams") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Accept") << QByteArray("application/json") << 406;
        QTest::newRow("accept of a stream") << QByteArray("GET") << QByteArray("/mcp") << QByteArray("Accept") << QByteArray("application/json") << 406;
        QTest::newRow("another host") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Host") << QByteArray("evil.example") << 403;
        QTest::newRow("a host that begins like ours") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Host") << QByteArray("localhost.evil.example") << 403;
        QTest::newRow("two hosts") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Host") << QByteArray("localhost\r\nHost: localhost") << 403;
        QTest::newRow("an empty host") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Host") << QByteArray("") << 403;
        QTest::newRow("a host with a user") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Host") << QByteArray("evil.example@localhost") << 403;
        QTest::newRow("another origin") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Origin") << QByteArray("http://evil.example") << 403;
        QTest::newRow("the origin of a file") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Origin") << QByteArray("null") << 403;
        QTest::newRow("health under another name") << QByteArray("GET") << QByteArray("/health") << QByteArray("Host") << QByteArray("evil.example") << 403;
        QTest::newRow("an expectation") << QByteArray("POST") << QByteArray("/mcp") << QByteArray("Expect") << QByteArray("a-miracle") << 417;
    }

    void refusesTheWrongForm()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        HttpCaller caller(server->port());
        const HttpCaller::Answer answer = caller.ask(method, path, method == "GET" ? QByteArray() : message(1, u"ping"_s), {{name, value}});
        QTEST(answer.status, "status");
        QVERIFY(!answer.json()[u"error"][u"message"].toString().isEmpty());
        QCOMPARE(answer.headers.contains("allow"), answer.status == 405);
        QVERIFY(!answer.headers.contains("access-control-allow-origin"));
    }

    void goodNamesPass_data()
    {
        QTest::addColumn<QByteArray>("host");
        for (const char *host : {"localhost", "LOCALHOST:8900", "127.0.0.1:1", "[::1]:8900", "127.9.9.9"})
            QTest::newRow(host) << QByteArray(host);
    }

    void goodNamesPass()
    {
        QFETCH(QByteArray, host);
        HttpCaller caller(server->port());
        const HttpCaller::Answer answer = caller.ask("GET", "/health", {}, {{"Host", host}, {"Origin", "http://" + host}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json()[u"status"].toString(), u"ok"_s);
    }

    void wantsTheToken()
    {
        serve({}, HttpGate("0123456789abcdef", true));
        server->setMetrics([] { return QByteArray("mcp_sessions 1\n"); });
        HttpCaller caller(server->port());
        HttpCaller::Answer answer = caller.ask("GET", "/metrics");
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.headers["www-authenticate"], "Bearer realm=\"conductor-mcp\"");
        QVERIFY(caller.isClosed());
        HttpCaller wrong(server->port());
        answer = wrong.ask("GET", "/metrics", {}, {{"Authorization", "Bearer 0123456789abcdeX"}});
        QCOMPARE(answer.status, 401);
        QVERIFY(answer.headers["www-authenticate"].contains("invalid_token"));
        HttpCaller right(server->port());
        const Headers headers{{"Authorization", "bearer 0123456789abcdef"}, {"Host", "box.example"}, {"Origin", "https://box.example"}};
        answer = right.ask("GET", "/metrics", {}, headers);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "mcp_sessions 1\n");
        QCOMPARE(right.ask("POST", "/mcp", handshake(u"2025-11-25"_s), headers).status, 200);
        QCOMPARE(right.ask("GET", "/health").status, 200);
        QCOMPARE(right.ask("GET", "/metrics", {}, {{"Authorization", "bearer 0123456789abcdef"}, {"Origin", "https://evil.example"}}).status, 403);
    }

    // Who came with a token that is worth nothing any more hears nothing more, and what it had asked is answered.
    void aNewGateIsForThoseWhoAreInToo()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        HttpCaller listening(server->port());
        QVERIFY(listening.ask("GET", "/mcp", {}, session).isStream());
        HttpCaller modernListening(server->port());
        const QJsonObject wanted{{u"notifications"_s, QJsonObject{{u"toolsListChanged"_s, true}}}, {u"_meta"_s, modern}};
        QVERIFY(modernListening.ask("POST", "/mcp", message(9, u"subscriptions/listen"_s, wanted), modernHeaders("subscriptions/listen")).isStream());
        HttpCaller pair(server->port());
        QVERIFY(pair.ask("GET", "/sse").isStream());
        HttpCaller calling(server->port());
        QVERIFY(calling.ask("POST", "/mcp", callOf(1, u"gate"_s), session).isStream());
        QCOMPARE(server->sessions(), 2);

        server->setGate(HttpGate("0123456789abcdef"));
        for (HttpCaller *one : {&listening, &modernListening, &pair}) {
            one->stream(99);
            QVERIFY(one->streamEnded());
        }
        QTRY_COMPARE(server->sessions(), 1);
        QCOMPARE(caller.ask("POST", "/mcp", message(2, u"ping"_s), session).status, 401);
        HttpCaller known(server->port());
        QCOMPARE(known.ask("POST", "/mcp", message(3, u"ping"_s), session + Headers{{"Authorization", "Bearer 0123456789abcdef"}}).status, 200);
        seen->open = true;
        QCOMPARE(calling.stream(2).messages().last()[u"id"].toInt(), 1);
    }

    // A stranger's body is not even read.
    void refusesBeforeTheBody()
    {
        serve({}, HttpGate("0123456789abcdef"));
        HttpCaller caller(server->port());
        caller.send("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(caller.next().status, 401);
        QVERIFY(caller.isClosed());
    }

    void asksForTheBodyThatWaits()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        const QByteArray whole = HttpCaller::request("POST", "/mcp", message(1, u"ping"_s), session + Headers{{"Expect", "100-continue"}});
        const qsizetype end = whole.indexOf("\r\n\r\n") + 4;
        caller.send(whole.first(end));
        QTRY_VERIFY(caller.socket.peek(100).contains("100 Continue"));
        caller.send(whole.mid(end));
        QCOMPARE(caller.next().status, 200);
    }

    void takesBytesOneByOne()
    {
        HttpCaller caller(server->port());
        QTRY_COMPARE(caller.socket.state(), QAbstractSocket::ConnectedState);
        for (const char byte : HttpCaller::request("POST", "/mcp", handshake(u"2025-11-25"_s))) {
            caller.send(QByteArray(1, byte));
            caller.socket.flush();
            QCoreApplication::processEvents();
        }
        QCOMPARE(caller.next().status, 200);
    }

    void answersPipelinedRequestsInTheirOrder()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        QByteArray all;
        for (int id = 1; id <= 50; ++id)
            all += HttpCaller::request("POST", "/mcp", callOf(id, u"echo"_s), session);
        caller.send(all);
        for (int id = 1; id <= 50; ++id)
            QCOMPARE(caller.next().json()[u"id"].toInt(), id);
    }

    void refusesTooMuch()
    {
        HttpCaller body(server->port());
        body.send("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n" + QByteArray(5'000'000, ' '));
        QCOMPARE(body.next().status, 413);
        QVERIFY(body.isClosed());
        HttpCaller header(server->port());
        header.send("GET /health HTTP/1.1\r\nX: " + QByteArray(100'000, 'x'));
        QCOMPARE(header.next().status, 431);
        QVERIFY(header.isClosed());
        HttpCaller garbage(server->port());
        garbage.send(QByteArray("\x16\x03\x01\x02\x00\r\n\r\n", 9));
        QCOMPARE(garbage.next().status, 400);
        QVERIFY(garbage.isClosed());
    }

    void losesPatience_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("status"); // 0: closed without a word
        QTest::newRow("nothing") << QByteArray() << 408;
        QTest::newRow("half a header") << QByteArray("POST /mcp HTTP/1.1\r\nHost: ") << 408;
        QTest::newRow("half a body") << QByteArray("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nhalf") << 408;
        QTest::newRow("between two requests") << HttpCaller::request("GET", "/health") << 200;
    }

    void losesPatience()
    {
        QFETCH(QByteArray, sent);
        HttpLimits limits;
        limits.headerTime = limits.bodyTime = limits.idleTime = 100ms;
        serve(limits);
        HttpCaller caller(server->port());
        caller.send(sent);
        QTEST(caller.next().status, "status");
        QVERIFY(caller.isClosed());
        QTRY_COMPARE(server->connections(), 0);
    }

    // Many streams and many answers at once, each to the request it belongs to.
    void answersTwoHundredAtOnce()
    {
        HttpCaller first(server->port());
        const Headers session = begin(first);
        std::vector<std::unique_ptr<HttpCaller>> callers;
        for (int id = 1; id <= 200; ++id) {
            callers.push_back(std::make_unique<HttpCaller>(server->port()));
            callers.back()->send(HttpCaller::request("POST", "/mcp", callOf(id, id % 2 == 0 ? u"gate"_s : u"echo"_s), session));
        }
        QTRY_COMPARE(seen->begun, 100);
        seen->open = true;
        for (int id = 1; id <= 200; ++id) {
            HttpCaller &caller = *callers[size_t(id - 1)];
            HttpCaller::Answer answer = caller.next();
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.isStream(), id % 2 == 0);
            if (answer.isStream())
                answer = caller.stream(3);
            QCOMPARE((answer.isStream() ? answer.messages().last() : answer.json())[u"id"].toInt(), id);
        }
    }

    void tellsProgressBeforeTheAnswer_data()
    {
        QTest::addColumn<QString>("revision");
        QTest::addColumn<bool>("primed");
        QTest::newRow("2025-03-26") << u"2025-03-26"_s << false;
        QTest::newRow("2025-06-18") << u"2025-06-18"_s << false;
        QTest::newRow("2025-11-25") << u"2025-11-25"_s << true;
    }

    void tellsProgressBeforeTheAnswer()
    {
        QFETCH(QString, revision);
        QFETCH(bool, primed);
        HttpCaller caller(server->port());
        const Headers session = begin(caller, revision);
        seen->open = true;
        HttpCaller::Answer answer = caller.ask("POST", "/mcp", callOf(u"a"_s, u"gate"_s), session);
        QVERIFY(answer.isStream());
        QCOMPARE(answer.headers["x-accel-buffering"], "no");
        answer = caller.stream(99);
        QVERIFY(caller.streamEnded());
        QCOMPARE(answer.messages().size(), 2);
        QCOMPARE(answer.messages()[0][u"method"].toString(), u"notifications/progress"_s);
        QCOMPARE(answer.messages()[1][u"id"].toString(), u"a"_s);
        QCOMPARE(answer.eventIds().size(), primed ? 3 : 2);
        QCOMPARE(answer.body.contains("data: \n\n"), primed);
        QCOMPARE(caller.ask("POST", "/mcp", message(2, u"ping"_s), session).status, 200); // the connection goes on
    }

    void aBreakCancelsNothingAndTheStreamGoesOn()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        auto lost = std::make_unique<HttpCaller>(server->port());
        QVERIFY(lost->ask("POST", "/mcp", callOf(1, u"gate"_s), session).isStream());
        const QByteArray last = lost->stream(1).eventIds().last();
        lost.reset();
        QTRY_COMPARE(server->connections(), 1);
        seen->open = true;
        QTRY_COMPARE(server->pending(), 0);
        QCOMPARE(seen->stopped, 0);

        HttpCaller::Answer answer = caller.ask("GET", "/mcp", {}, session + Headers{{"Last-Event-ID", last}});
        QVERIFY(answer.isStream());
        answer = caller.stream(1);
        QCOMPARE(answer.messages().size(), 1);
        QCOMPARE(answer.messages()[0][u"id"].toInt(), 1);
        QVERIFY(caller.streamEnded());
        for (const char *unknown : {"9-0", "1-99", "x", "", "-1--1"})
            QCOMPARE(caller.ask("GET", "/mcp", {}, session + Headers{{"Last-Event-ID", unknown}}).status, 400);
    }

    void aStreamIsTakenUpWhileItsCallRuns()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        auto lost = std::make_unique<HttpCaller>(server->port());
        lost->ask("POST", "/mcp", callOf(1, u"gate"_s), session);
        const QByteArray primer = lost->stream(1).eventIds().first();
        lost.reset();
        QVERIFY(caller.ask("GET", "/mcp", {}, session + Headers{{"Last-Event-ID", primer}}).isStream());
        QCOMPARE(caller.stream(1).messages().size(), 1); // the progress again
        seen->open = true;
        QCOMPARE(caller.stream(2).messages().last()[u"id"].toInt(), 1);
        QVERIFY(caller.streamEnded());
    }

    // SEP-1699: the client polls, as often as it takes.
    void aLongStreamIsLeftForItsClientToTakeUp()
    {
        HttpLimits limits;
        limits.streamTime = 30ms;
        serve(limits);
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        QVERIFY(caller.ask("POST", "/mcp", callOf(1, u"gate"_s), session).isStream());
        HttpCaller::Answer left = caller.stream(99);
        QVERIFY(caller.streamEnded());
        QCOMPARE(left.messages().size(), 1); // its progress, no answer
        QVERIFY2(left.body.contains("retry: 500\n\n"), left.body.constData());
        const QByteArray last = left.eventIds().last();
        QVERIFY(caller.ask("GET", "/mcp", {}, session + Headers{{"Last-Event-ID", last}}).isStream());
        left = caller.stream(99);
        QVERIFY(caller.streamEnded());
        QCOMPARE(left.messages().size(), 0);
        seen->open = true;
        QTRY_COMPARE(server->pending(), 0);
        QVERIFY(caller.ask("GET", "/mcp", {}, session + Headers{{"Last-Event-ID", last}}).isStream());
        const HttpCaller::Answer rest = caller.stream(1);
        QCOMPARE(rest.messages().size(), 1);
        QCOMPARE(rest.messages()[0][u"id"].toInt(), 1);
        QVERIFY(caller.streamEnded());
        QCOMPARE(seen->stopped, 0);
    }

    void aLongCallShowsThatItIsAlive()
    {
        HttpLimits limits;
        limits.streamAfter = 30ms;
        limits.beat = 30ms;
        serve(limits);
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        QVERIFY(caller.ask("POST", "/mcp", callOf(1, u"gate"_s, {}), session).isStream());
        QTRY_VERIFY(caller.stream(99, 10).body.count(":\n\n") >= 2);
        seen->open = true;
        QCOMPARE(caller.stream(1).messages().size(), 1);
    }

    void aCancelledCallEndsItsStream()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        HttpCaller calling(server->port());
        calling.ask("POST", "/mcp", callOf(1, u"gate"_s), session);
        QCOMPARE(caller.ask("POST", "/mcp", toLine(notificationJson(u"notifications/cancelled"_s, {{u"requestId"_s, 1}})), session).status, 202);
        QCOMPARE(calling.stream(99).messages().size(), 1);
        QVERIFY(calling.streamEnded());
        QTRY_COMPARE(seen->stopped, 1);
    }

    void refusesAnIdThatIsInUse()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        HttpCaller calling(server->port());
        calling.ask("POST", "/mcp", callOf(1, u"gate"_s), session);
        QCOMPARE(caller.ask("POST", "/mcp", callOf(1, u"echo"_s), session).status, 400);
        const Headers other = begin(caller);
        QCOMPARE(caller.ask("POST", "/mcp", callOf(1, u"echo"_s), other).status, 200);
        seen->open = true;
        QCOMPARE(calling.stream(2).messages().last()[u"id"].toInt(), 1);
    }

    void batchesWhereTheRevisionHasThem()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller, u"2025-03-26"_s);
        HttpCaller::Answer answer = caller.ask("POST", "/mcp", '[' + message(1, u"ping"_s) + ',' + callOf(2, u"echo"_s) + ",5]", session);
        QCOMPARE(answer.status, 200);
        QCOMPARE(QJsonDocument::fromJson(answer.body).array().size(), 3);
        seen->open = true;
        answer = caller.ask("POST", "/mcp", '[' + callOf(3, u"gate"_s) + ',' + callOf(4, u"echo"_s) + ']', session);
        QVERIFY(answer.isStream());
        QVERIFY(caller.stream(99).body.contains("data: [{"));
        QCOMPARE(caller.ask("POST", "/mcp", R"([{"jsonrpc":"2.0","method":"notifications/initialized"}])", session).status, 202);
        QCOMPARE(caller.ask("POST", "/mcp", '[' + message(1, u"ping"_s) + ',' + message(1, u"ping"_s) + ']', session).status, 400);

        const Headers newer = begin(caller, u"2025-06-18"_s);
        answer = caller.ask("POST", "/mcp", '[' + message(1, u"ping"_s) + ']', newer);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.json()[u"error"][u"code"].toInt(), -32600);
    }

    void aStandaloneStreamIsTakenOverByTheNext()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        HttpCaller one(server->port());
        QVERIFY(one.ask("GET", "/mcp", {}, session).isStream());
        HttpCaller other(server->port());
        QVERIFY(other.ask("GET", "/mcp", {}, session).isStream());
        one.stream(99);
        QVERIFY(one.streamEnded());
        QCOMPARE(caller.ask("DELETE", "/mcp", {}, session).status, 204);
        other.stream(99);
        QVERIFY(other.streamEnded());
        QCOMPARE(caller.ask("GET", "/mcp").status, 400);
        QCOMPARE(caller.ask("GET", "/mcp", {}, session).status, 404);
    }

    void whoWaitsIsToldThatTheSessionEnded()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        HttpCaller calling(server->port());
        calling.send(HttpCaller::request("POST", "/mcp", callOf(1, u"gate"_s, {}), session));
        QTRY_COMPARE(seen->begun, 1);
        QCOMPARE(caller.ask("DELETE", "/mcp", {}, session).status, 204);
        QCOMPARE(calling.next().status, 404);
        QTRY_COMPARE(seen->stopped, 1);
    }

    void silentSessionsMakeRoom()
    {
        HttpLimits limits;
        limits.sessions = 2;
        serve(limits);
        HttpCaller caller(server->port());
        const Headers first = begin(caller);
        HttpCaller calling(server->port());
        calling.ask("POST", "/mcp", callOf(1, u"gate"_s), first);
        const Headers second = begin(caller);
        begin(caller);
        QCOMPARE(server->sessions(), 2);
        QCOMPARE(caller.ask("POST", "/mcp", message(1, u"ping"_s), second).status, 404);
        QCOMPARE(caller.ask("POST", "/mcp", message(2, u"ping"_s), first).status, 200);
    }

    void sessionsExpire()
    {
        HttpLimits limits;
        limits.sessionTime = 100ms;
        serve(limits);
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        HttpCaller listening(server->port());
        QVERIFY(listening.ask("GET", "/mcp", {}, begin(caller)).isStream());
        QTRY_COMPARE(server->sessions(), 1); // who listens is there
        QCOMPARE(caller.ask("POST", "/mcp", message(1, u"ping"_s), session).status, 404);
    }

    void idleConnectionsMakeRoom()
    {
        HttpLimits limits;
        limits.connections = 2;
        serve(limits);
        HttpCaller idle(server->port());
        const Headers session = begin(idle);
        HttpCaller listening(server->port());
        QVERIFY(listening.ask("GET", "/mcp", {}, session).isStream());
        HttpCaller third(server->port());
        QCOMPARE(third.ask("GET", "/health").status, 200);
        QVERIFY(idle.isClosed());
        HttpCaller calling(server->port());
        QVERIFY(calling.ask("POST", "/mcp", callOf(1, u"gate"_s), session).isStream());
        QVERIFY(third.isClosed());
        HttpCaller late(server->port());
        const HttpCaller::Answer answer = late.ask("GET", "/health");
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.headers["retry-after"], "1");
    }

    // A client that does not read loses its stream before it costs us its 40 MB; it may come back for the answer.
    void aReaderThatStopsReadingIsLetGo()
    {
        HttpLimits limits;
        limits.unsent = 1024 * 1024;
        serve(limits);
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        HttpCaller slow(server->port());
        slow.socket.setReadBufferSize(1024);
        slow.send(HttpCaller::request("POST", "/mcp", callOf(1, u"shout"_s), session));
        QTRY_COMPARE(server->pending(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(server->connections(), 1, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(server->pending(), 0, 20000);
        QVERIFY(caller.ask("GET", "/mcp", {}, session + Headers{{"Last-Event-ID", "2-400"}}).isStream());
        QCOMPARE(caller.stream(1).messages().last()[u"id"].toInt(), 1);
        QCOMPARE(caller.ask("GET", "/mcp", {}, session + Headers{{"Last-Event-ID", "2-1"}}).status, 400); // that long ago is forgotten
    }

    void aModernMessageIsAnExchangeOfItsOwn()
    {
        HttpCaller caller(server->port());
        HttpCaller::Answer answer = caller.ask("POST", "/mcp", callOf(1, u"echo"_s, modern), modernHeaders("tools/call", "echo"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json()[u"result"][u"content"][0][u"text"].toString(), u"hi"_s);
        QVERIFY(!answer.headers.contains("mcp-session-id"));
        answer = caller.ask("POST", "/mcp", message(u"x"_s, u"no/such"_s, {{u"_meta"_s, modern}}), modernHeaders("no/such"));
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.json()[u"error"][u"code"].toInt(), -32601);
        QCOMPARE(answer.json()[u"id"].toString(), u"x"_s);
        QCOMPARE(server->sessions(), 0);

        seen->open = true;
        answer = caller.ask("POST", "/mcp", callOf(2, u"gate"_s, modern), modernHeaders("tools/call", "gate"));
        QVERIFY(answer.isStream());
        answer = caller.stream(99);
        QCOMPARE(answer.messages().size(), 2);
        QVERIFY(answer.eventIds().isEmpty());
        QCOMPARE(caller.ask("POST", "/mcp", toLine(notificationJson(u"notifications/x"_s, {{u"_meta"_s, modern}})), modernHeaders("notifications/x")).status, 202);
    }

    void aModernClientCancelsByLeaving()
    {
        auto caller = std::make_unique<HttpCaller>(server->port());
        caller->ask("POST", "/mcp", callOf(1, u"gate"_s, modern), modernHeaders("tools/call", "gate"));
        caller.reset();
        QTRY_COMPARE(seen->stopped, 1);
        QTRY_COMPARE(server->pending(), 0);
    }

    void headersRepeatAModernBody_data()
    {
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<int>("status");
        const QByteArray version = "2026-07-28";
        QTest::newRow("all") << modernHeaders("tools/call", "echo") << 200;
        QTest::newRow("a name in base64") << modernHeaders("tools/call", "=?base64?ZWNobw==?=") << 200;
        QTest::newRow("with blanks around") << modernHeaders(" tools/call ", "  echo ") << 200;
        QTest::newRow("none") << Headers() << 400;
        QTest::newRow("no name") << modernHeaders("tools/call") << 400;
        QTest::newRow("another name") << modernHeaders("tools/call", "gate") << 400;
        QTest::newRow("a name in other letters") << modernHeaders("tools/call", "ECHO") << 400;
        QTest::newRow("a name in broken base64") << modernHeaders("tools/call", "=?base64?ZW!?=") << 400;
        QTest::newRow("two names") << modernHeaders("tools/call", "echo\r\nMcp-Name: echo") << 400;
        QTest::newRow("another method") << modernHeaders("tools/list", "echo") << 400;
        QTest::newRow("another version") << Headers{{"MCP-Protocol-Version", "2025-11-25"}, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "echo"}} << 400;
        QTest::newRow("no method") << Headers{{"MCP-Protocol-Version", version}, {"Mcp-Name", "echo"}} << 400;
    }

    void headersRepeatAModernBody()
    {
        QFETCH(Headers, headers);
        HttpCaller caller(server->port());
        const HttpCaller::Answer answer = caller.ask("POST", "/mcp", callOf(7, u"echo"_s, modern), headers);
        QTEST(answer.status, "status");
        QCOMPARE(answer.json()[u"id"].toInt(), 7);
        QCOMPARE(answer.json().contains(u"result"), answer.status == 200);
        if (answer.status == 400)
            QCOMPARE(answer.json()[u"error"][u"code"].toInt(), -32020);
    }

    void theOldPair()
    {
        HttpCaller listening(server->port());
        QVERIFY(listening.ask("GET", "/sse").isStream());
        QTRY_VERIFY(listening.stream(0, 10).body.startsWith("event: endpoint\ndata: /messages?sessionId="));
        const QByteArray path = listening.stream(0, 10).body.split('\n')[1].mid(6);
        HttpCaller posting(server->port());
        QCOMPARE(posting.ask("POST", path, handshake(u"2024-11-05"_s)).status, 202);
        QCOMPARE(posting.ask("POST", path, R"({"jsonrpc":"2.0","method":"notifications/initialized"})").status, 202);
        QCOMPARE(posting.ask("POST", path, callOf(1, u"gate"_s), {{"Accept", "application/json"}}).status, 202);
        seen->open = true;
        const HttpCaller::Answer stream = listening.stream(3);
        QCOMPARE(stream.messages()[0][u"result"][u"protocolVersion"].toString(), u"2024-11-05"_s);
        QCOMPARE(stream.messages()[1][u"method"].toString(), u"notifications/progress"_s);
        QCOMPARE(stream.messages()[2][u"id"].toInt(), 1);
        QCOMPARE(posting.ask("POST", path, "{").status, 400);
        QCOMPARE(posting.ask("POST", "/messages?sessionId=x", message(1, u"ping"_s)).status, 404);
        listening.socket.abort();
        QTRY_COMPARE(server->sessions(), 0);
        QCOMPARE(posting.ask("POST", path, message(1, u"ping"_s)).status, 404);
    }

    void endsWithAWordToWhoWaits()
    {
        HttpCaller caller(server->port());
        const Headers session = begin(caller);
        HttpCaller listening(server->port());
        QVERIFY(listening.ask("GET", "/mcp", {}, session).isStream());
        HttpCaller calling(server->port());
        calling.send(HttpCaller::request("POST", "/mcp", callOf(1, u"gate"_s, {}), session));
        HttpCaller modernCalling(server->port());
        modernCalling.ask("POST", "/mcp", callOf(1, u"gate"_s, modern), modernHeaders("tools/call", "gate"));
        HttpCaller modernListening(server->port());
        const QJsonObject wanted{{u"notifications"_s, QJsonObject{{u"toolsListChanged"_s, true}}}, {u"_meta"_s, modern}};
        QVERIFY(modernListening.ask("POST", "/mcp", message(9, u"subscriptions/listen"_s, wanted), modernHeaders("subscriptions/listen")).isStream());
        QCOMPARE(modernListening.stream(1).messages()[0][u"method"].toString(), u"notifications/subscriptions/acknowledged"_s);
        QTRY_COMPARE(seen->begun, 2);
        QCOMPARE(server->pending(), 2); // who only listens holds nobody up
        server->close();
        QCOMPARE(modernListening.stream(2).messages().value(1)[u"id"].toInt(), 9);
        QVERIFY(modernListening.streamEnded());
        QCOMPARE(calling.next().status, 404);
        listening.stream(99);
        QVERIFY(listening.streamEnded());
        modernCalling.stream(99);
        QVERIFY(modernCalling.streamEnded());
        QTRY_COMPARE(server->connections(), 0);
        HttpCaller late(server->port());
        QVERIFY(late.isClosed());
    }

private:
    void serve(const HttpLimits &limits, HttpGate gate = HttpGate())
    {
        server = std::make_unique<HttpServer>([dispatcher = dispatcher] { return std::make_unique<Session>(dispatcher); }, std::move(gate), limits);
        QVERIFY(server->listen(QHostAddress::LocalHost, 0));
    }

    // A session of the revision; the header that names it.
    Headers begin(HttpCaller &caller, const QString &revision = u"2025-11-25"_s)
    {
        const HttpCaller::Answer answer = caller.ask("POST", "/mcp", handshake(revision));
        return {{"Mcp-Session-Id", answer.headers.value("mcp-session-id")}};
    }

    std::unique_ptr<QTemporaryDir> directory;
    std::shared_ptr<Seen> seen;
    std::shared_ptr<Dispatcher> dispatcher;
    std::unique_ptr<HttpServer> server;
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
