// The era of 2026-07-28 on the same session: told by each message alone, also between those of a handshake; what its results carry,
// what it refuses, questions by repeated calls, and listen streams.
#include "mcp/server/session.h"

#include "conductor/base/delay.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace {

const QString metaVersion = u"io.modelcontextprotocol/protocolVersion"_s;
const QString metaCapabilities = u"io.modelcontextprotocol/clientCapabilities"_s;

int acted = 0; // how often the tool that asks first did what it was asked for

std::vector<Question> one(const QString &key, const QString &method)
{
    return {Question{key, method, {}}};
}

Reply<Answer> asksFirst(Call call)
{
    const std::vector<Question> questions = one(u"ok"_s, u"elicitation/create"_s);
    const QJsonObject answers = co_await call.client->ask(questions);
    if (answers[u"ok"][u"content"][u"yes"].toBool())
        ++acted;
    co_return Answer{.text = answers[u"ok"][u"action"].toString()};
}

Reply<Answer> asksTwice(Call call)
{
    const std::vector<Question> questions = one(u"one"_s, u"elicitation/create"_s);
    const QJsonObject first = co_await call.client->ask(questions);
    const std::vector<Question> more = one(u"two"_s, u"roots/list"_s);
    const QJsonObject second = co_await call.client->ask(more);
    co_return Answer{.text = QString::fromUtf8(toLine(QJsonObject{{u"first"_s, first}, {u"second"_s, second}}))};
}

Reply<Answer> logs(Call call)
{
    call.log(u"debug"_s, u"small"_s);
    call.log(u"warning"_s, u"large"_s);
    co_return Answer{.text = u"done"_s};
}

Tool tool(const QString &name, std::function<Reply<Answer>(Call)> call)
{
    return {.name = name, .title = u"Title"_s, .description = u"Description"_s, .inputSchema = {{u"type"_s, u"object"_s}}, .hints = {},
            .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; }, .call = std::move(call)};
}

} // namespace

class TestModern : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        acted = 0;
        directory = std::make_unique<QTemporaryDir>();
        auto tools = std::make_shared<ToolRegistry>();
        tools->add(tool(u"echo"_s, [](Call call) { return answered<Answer>(Answer{.text = u"hi"_s, .structured = call.arguments}); }));
        tools->add(tool(u"asks"_s, asksFirst));
        tools->add(tool(u"asks_twice"_s, asksTwice));
        tools->add(tool(u"logs"_s, logs));
        tools->add(tool(u"waits"_s, waits));
        offer = std::make_shared<Offer>();
        offer->changes = true;
        offer->instructions = u"Read me"_s;
        offer->resources.push_back({.uri = UriTemplate(u"test://one"_s), .name = u"one"_s,
                                    .read = [](Call) { return answered<Contents>(Contents{.mimeType = u"text/plain"_s, .text = u"1"_s}); },
                                    .watch = [this](QHash<QString, QString>, std::function<void()> changed) {
                                        changedOne = std::move(changed);
                                        return std::make_shared<QObject>();
                                    }});
        session = std::make_unique<Session>(std::make_shared<Dispatcher>(Dispatcher::Setup{.tools = tools, .freeze = std::make_shared<FreezeFile>(directory->filePath(u"policy.json"_s))}), offer);
        sent.clear();
        streams.clear();
        connect(session.get(), &Session::sends, this, [this](const QByteArray &line, const QByteArray &request) {
            sent << QJsonDocument::fromJson(line).object();
            streams << request;
        });
    }

    void discovers()
    {
        const QJsonObject result = ask(u"server/discover"_s)[u"result"].toObject();
        QCOMPARE(result[u"supportedVersions"].toArray(), QJsonArray{u"2026-07-28"_s});
        QCOMPARE(result[u"resultType"].toString(), u"complete"_s);
        QCOMPARE(result[u"_meta"][u"io.modelcontextprotocol/serverInfo"][u"name"].toString(), u"conductor"_s);
        QVERIFY(result[u"ttlMs"].toInt() > 0);
        QCOMPARE(result[u"cacheScope"].toString(), u"public"_s);
        QCOMPARE(result[u"instructions"].toString(), u"Read me"_s);
        QVERIFY(!result[u"capabilities"].toObject().contains(u"logging"));
        QVERIFY(session->client().name.isEmpty()); // a probe makes no row
        ask(u"tools/list"_s);
        QCOMPARE(session->client().name, u"tester"_s);
        QCOMPARE(session->client().revision, u"2026-07-28"_s);
    }

    void bothErasOnOnePipe()
    {
        QCOMPARE(ask(u"tools/list"_s)[u"result"][u"resultType"].toString(), u"complete"_s);
        session->receive(toLine(requestJson(7, u"initialize"_s, {{u"protocolVersion"_s, u"2025-06-18"_s}})));
        QCOMPARE(sent.last()[u"result"][u"protocolVersion"].toString(), u"2025-06-18"_s);
        session->receive(toLine(requestJson(8, u"ping"_s, {})));
        QVERIFY(sent.last().contains(u"result"));
        session->receive(toLine(requestJson(9, u"tools/list"_s, {})));
        QVERIFY(!sent.last()[u"result"].toObject().contains(u"resultType"));
        QCOMPARE(ask(u"tools/list"_s)[u"result"][u"resultType"].toString(), u"complete"_s);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QJsonObject>("meta");
        QTest::addColumn<int>("code");
        const QJsonObject good{{metaVersion, u"2026-07-28"_s}, {metaCapabilities, QJsonObject()}};
        for (const QString &method : {u"initialize"_s, u"ping"_s, u"logging/setLevel"_s, u"resources/subscribe"_s, u"resources/unsubscribe"_s, u"no/such"_s})
            QTest::newRow(qPrintable(method)) << method << good << int(RpcError::MethodNotFound);
        QTest::newRow("unknown version") << u"tools/list"_s << QJsonObject{{metaVersion, u"1900-01-01"_s}, {metaCapabilities, QJsonObject()}} << int(RpcError::UnsupportedVersion);
        QTest::newRow("version of a handshake") << u"tools/list"_s << QJsonObject{{metaVersion, u"2025-11-25"_s}, {metaCapabilities, QJsonObject()}} << int(RpcError::UnsupportedVersion);
        QTest::newRow("version no text") << u"tools/list"_s << QJsonObject{{metaVersion, 1}, {metaCapabilities, QJsonObject()}} << int(RpcError::InvalidParams);
        QTest::newRow("no capabilities") << u"tools/list"_s << QJsonObject{{metaVersion, u"2026-07-28"_s}} << int(RpcError::InvalidParams);
    }

    void refuses()
    {
        QFETCH(QString, method);
        QFETCH(QJsonObject, meta);
        session->receive(toLine(requestJson(u"x"_s, method, {{u"_meta"_s, meta}})));
        QTEST(sent.last()[u"error"][u"code"].toInt(), "code");
        QCOMPARE(sent.last()[u"id"].toString(), u"x"_s);
        if (sent.last()[u"error"][u"code"].toInt() == RpcError::UnsupportedVersion)
            QCOMPARE(sent.last()[u"error"][u"data"][u"supported"].toArray(), QJsonArray{u"2026-07-28"_s});
    }

    void refusesABatch()
    {
        session->receive(toLine(QJsonArray{request(1, u"tools/list"_s, {})}));
        QCOMPARE(sent.last()[u"error"][u"code"].toInt(), int(RpcError::InvalidRequest));
    }

    void asksByAResultAndIsCalledAgain()
    {
        const QJsonObject question = call(u"asks"_s, {})[u"result"].toObject();
        QCOMPARE(question[u"resultType"].toString(), u"input_required"_s);
        QCOMPARE(question[u"inputRequests"][u"ok"][u"method"].toString(), u"elicitation/create"_s);
        QCOMPARE(acted, 0);
        const QJsonObject yes{{u"ok"_s, QJsonObject{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"yes"_s, true}}}}}};
        const QJsonObject again{{u"inputResponses"_s, yes}, {u"requestState"_s, question[u"requestState"]}};
        const QJsonObject done = call(u"asks"_s, again)[u"result"].toObject();
        QCOMPARE(done[u"content"][0][u"text"].toString(), u"accept"_s);
        QCOMPARE(acted, 1);
        QCOMPARE(call(u"asks"_s, again)[u"error"][u"code"].toInt(), int(RpcError::InvalidParams)); // good once
        QCOMPARE(acted, 1);
    }

    void aChangedStateDoesNothing()
    {
        const QJsonObject question = call(u"asks"_s, {})[u"result"].toObject();
        const QJsonObject yes{{u"ok"_s, QJsonObject{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"yes"_s, true}}}}}};
        QString state = question[u"requestState"].toString();
        state[state.size() / 2] = state[state.size() / 2] == u'A' ? u'B' : u'A';
        QCOMPARE(call(u"asks"_s, {{u"inputResponses"_s, yes}, {u"requestState"_s, state}})[u"error"][u"code"].toInt(), int(RpcError::InvalidParams));
        // Nor does one of another call, nor answers without any.
        QCOMPARE(call(u"asks_twice"_s, {{u"inputResponses"_s, yes}, {u"requestState"_s, question[u"requestState"]}})[u"error"][u"code"].toInt(), int(RpcError::InvalidParams));
        QCOMPARE(call(u"asks"_s, {{u"inputResponses"_s, yes}})[u"result"][u"resultType"].toString(), u"input_required"_s);
        // One that another process sealed is asked again.
        const QString foreign = Seal().close({{u"call"_s, u"x"_s}});
        QCOMPARE(call(u"asks"_s, {{u"inputResponses"_s, yes}, {u"requestState"_s, foreign}})[u"result"][u"resultType"].toString(), u"input_required"_s);
        QCOMPARE(acted, 0);
    }

    void asksNothingOfAClientThatCannot()
    {
        QJsonObject meta = usualMeta();
        meta[metaCapabilities] = QJsonObject();
        session->receive(toLine(request(u"m"_s, u"tools/call"_s, {{u"name"_s, u"asks"_s}}, meta)));
        QTRY_VERIFY(!sent.isEmpty() && sent.last()[u"id"] == u"m"_s);
        QCOMPARE(sent.last()[u"error"][u"code"].toInt(), int(RpcError::MissingCapability));
        QVERIFY(sent.last()[u"error"][u"data"][u"requiredCapabilities"][u"elicitation"].isObject());
    }

    void asksInRounds()
    {
        const QJsonObject one = call(u"asks_twice"_s, {})[u"result"].toObject();
        const QJsonObject first{{u"one"_s, QJsonObject{{u"action"_s, u"decline"_s}}}, {u"extra"_s, 1}};
        const QJsonObject two = call(u"asks_twice"_s, {{u"inputResponses"_s, first}, {u"requestState"_s, one[u"requestState"]}})[u"result"].toObject();
        QCOMPARE(two[u"inputRequests"].toObject().keys(), QStringList{u"two"_s});
        QVERIFY(two[u"requestState"] != one[u"requestState"]);
        // A wrong answer is asked for again.
        const QJsonObject still = call(u"asks_twice"_s, {{u"inputResponses"_s, QJsonObject{{u"two"_s, 5}}}, {u"requestState"_s, two[u"requestState"]}})[u"result"].toObject();
        QCOMPARE(still[u"inputRequests"].toObject().keys(), QStringList{u"two"_s});
        const QJsonObject second{{u"two"_s, QJsonObject{{u"roots"_s, QJsonArray()}}}};
        const QString text = call(u"asks_twice"_s, {{u"inputResponses"_s, second}, {u"requestState"_s, still[u"requestState"]}})[u"result"][u"content"][0][u"text"].toString();
        QVERIFY2(text.contains(u"decline") && text.contains(u"roots"), qPrintable(text));
    }

    void logsOnlyWhatTheRequestAskedFor()
    {
        call(u"logs"_s, {});
        QCOMPARE(sent.size(), 1);
        sent.clear();
        QJsonObject meta = usualMeta();
        meta[u"io.modelcontextprotocol/logLevel"] = u"info"_s;
        session->receive(toLine(request(5, u"tools/call"_s, {{u"name"_s, u"logs"_s}}, meta)));
        QTRY_COMPARE(sent.size(), 2);
        QCOMPARE(sent[0][u"params"][u"data"].toString(), u"large"_s);
        QCOMPARE(streams[streams.size() - 2], idKey(5));
    }

    void aResourceThatIsNotThere()
    {
        session->receive(toLine(request(1, u"resources/read"_s, {{u"uri"_s, u"test://none"_s}})));
        QTRY_COMPARE(sent.size(), 1);
        QCOMPARE(sent[0][u"error"][u"code"].toInt(), int(RpcError::InvalidParams));
        QCOMPARE(sent[0][u"error"][u"data"][u"uri"].toString(), u"test://none"_s);
        session->receive(toLine(requestJson(2, u"resources/read"_s, {{u"uri"_s, u"test://none"_s}})));
        QTRY_COMPARE(sent.size(), 2);
        QCOMPARE(sent[1][u"error"][u"code"].toInt(), int(RpcError::ResourceNotFound));
    }

    void listens()
    {
        const QJsonObject wanted{{u"toolsListChanged"_s, true}, {u"resourceSubscriptions"_s, QJsonArray{u"test://one"_s, u"test://none"_s}}};
        session->receive(toLine(request(u"l"_s, u"subscriptions/listen"_s, {{u"notifications"_s, wanted}})));
        QCOMPARE(sent.size(), 1);
        QCOMPARE(sent[0][u"method"].toString(), u"notifications/subscriptions/acknowledged"_s);
        QCOMPARE(sent[0][u"params"][u"notifications"], (QJsonObject{{u"toolsListChanged"_s, true}, {u"resourceSubscriptions"_s, QJsonArray{u"test://one"_s}}}));
        QCOMPARE(session->pending(), 0);
        Q_EMIT offer->promptsChanged();
        QCOMPARE(sent.size(), 1);
        Q_EMIT offer->toolsChanged();
        changedOne();
        QCOMPARE(sent.size(), 3);
        QCOMPARE(sent[1][u"method"].toString(), u"notifications/tools/list_changed"_s);
        QCOMPARE(sent[2][u"params"][u"uri"].toString(), u"test://one"_s);
        for (qsizetype i = 0; i < 3; ++i) {
            QCOMPARE(sent[i][u"params"][u"_meta"][u"io.modelcontextprotocol/subscriptionId"].toString(), u"l"_s);
            QCOMPARE(streams[i], idKey(u"l"_s));
        }
        session->receive(toLine(notificationJson(u"notifications/cancelled"_s, {{u"requestId"_s, u"l"_s}})));
        Q_EMIT offer->toolsChanged();
        QCOMPARE(sent.size(), 3);
    }

private:
    static Reply<Answer> waits(Call call)
    {
        co_await delay(std::chrono::hours(1), call.stop);
        co_return Answer{};
    }

    static QJsonObject usualMeta()
    {
        return {{metaVersion, u"2026-07-28"_s}, {metaCapabilities, QJsonObject{{u"elicitation"_s, QJsonObject()}, {u"roots"_s, QJsonObject()}}},
                {u"io.modelcontextprotocol/clientInfo"_s, QJsonObject{{u"name"_s, u"tester"_s}, {u"version"_s, u"1"_s}}}};
    }

    static QJsonObject request(const QJsonValue &id, const QString &method, QJsonObject params, const QJsonObject &meta = usualMeta())
    {
        params[u"_meta"] = meta;
        return requestJson(id, method, params);
    }

    QJsonObject ask(const QString &method)
    {
        session->receive(toLine(request(++lastId, method, {})));
        return sent.last();
    }

    QJsonObject call(const QString &name, QJsonObject params)
    {
        params[u"name"] = name;
        params[u"arguments"] = QJsonObject();
        const qsizetype before = sent.size();
        session->receive(toLine(request(++lastId, u"tools/call"_s, params)));
        return QTest::qWaitFor([&] { return sent.size() > before; }) ? sent.last() : QJsonObject();
    }

    std::unique_ptr<QTemporaryDir> directory;
    std::shared_ptr<Offer> offer;
    std::function<void()> changedOne;
    std::unique_ptr<Session> session;
    QList<QJsonObject> sent;
    QByteArrayList streams;
    int lastId = 100;
};

QTEST_GUILESS_MAIN(TestModern)
#include "tst_modern.moc"
