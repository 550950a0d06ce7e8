// A conversation with a client, revision by revision: what is agreed, what is answered, what stays silent.
#include "mcp/server/session.h"

#include "conductor/base/delay.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace {

Reply<Answer> waitForStop(Call call)
{
    co_await delay(std::chrono::hours(1), call.stop);
    co_return Answer{};
}

Reply<Answer> progressing(Call call)
{
    call.progress(1, 3, u"one"_s);
    call.progress(1, 3, u"again"_s);
    call.progress(2, 3, u"two"_s);
    co_await delay(std::chrono::milliseconds(1));
    co_return Answer{.text = u"done"_s};
}

Tool tool(const QString &name, std::function<Reply<Answer>(Call)> call, Effect::Kind effect = Effect::Kind::Read)
{
    return {.name = name,
            .title = u"Title"_s,
            .description = u"Description"_s,
            .inputSchema = {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"n"_s, QJsonObject{{u"type"_s, u"integer"_s}}}}}, {u"additionalProperties"_s, false}},
            .outputSchema = {{u"type"_s, u"object"_s}},
            .hints = {.readOnly = true, .destructive = false},
            .effect = [effect](const QJsonObject &) { return Effect{effect}; },
            .call = std::move(call)};
}

QByteArray request(const QJsonValue &id, const QString &method, const QJsonObject &params = {})
{
    return toLine(requestJson(id, method, params));
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        directory = std::make_unique<QTemporaryDir>();
        freeze = std::make_shared<FreezeFile>(directory->filePath(u"policy.json"_s));
        auto tools = std::make_shared<ToolRegistry>();
        tools->add(tool(u"echo"_s, [](Call call) { return answered<Answer>(Answer{.text = u"hi"_s, .structured = call.arguments}); }));
        tools->add(tool(u"fails"_s, [](Call) { return answered<Answer>(Failure({Error::Kind::NotFound, u"No such thing"_s, u"Search"_s, 404})); }));
        tools->add(tool(u"waits"_s, waitForStop));
        tools->add(tool(u"progresses"_s, progressing));
        tools->add(tool(u"destroys"_s, [](Call) { return answered<Answer>(Answer{.text = u"gone"_s}); }, Effect::Kind::Destroy));
        dispatcher = std::make_shared<Dispatcher>(Dispatcher::Setup{.tools = tools, .freeze = freeze});
        session = std::make_unique<Session>(dispatcher);
        sent.clear();
        connect(session.get(), &Session::sends, this, [this](const QByteArray &line) { sent << line; });
    }

    void agreesOnARevision_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("agreed");
        for (const QString &date : handshakeDates())
            QTest::newRow(qPrintable(date)) << date << date;
        QTest::newRow("unknown") << u"1999-01-01"_s << u"2025-11-25"_s;
    }

    void agreesOnARevision()
    {
        QFETCH(QString, asked);
        const QJsonObject result = initialize(asked);
        QTEST(result[u"protocolVersion"].toString(), "agreed");
        QCOMPARE(result[u"serverInfo"][u"name"].toString(), u"conductor"_s);
        QVERIFY(result[u"instructions"].toString().size() <= 1500);
        QCOMPARE(session->client().name, u"tester"_s);
    }

    void answersASecondInitialize()
    {
        initialize(u"2025-11-25"_s);
        QCOMPARE(initialize(u"2024-11-05"_s)[u"protocolVersion"].toString(), u"2024-11-05"_s);
    }

    void carriesOnlyWhatARevisionKnows_data()
    {
        QTest::addColumn<QString>("revision");
        QTest::addColumn<bool>("annotations");
        QTest::addColumn<bool>("structured");
        QTest::newRow("2024-11-05") << u"2024-11-05"_s << false << false;
        QTest::newRow("2025-03-26") << u"2025-03-26"_s << true << false;
        QTest::newRow("2025-06-18") << u"2025-06-18"_s << true << true;
        QTest::newRow("2025-11-25") << u"2025-11-25"_s << true << true;
    }

    void carriesOnlyWhatARevisionKnows()
    {
        QFETCH(QString, revision);
        QFETCH(bool, annotations);
        QFETCH(bool, structured);
        initialize(revision);
        const QJsonObject tool = ask(u"tools/list"_s)[u"result"][u"tools"][0].toObject();
        QCOMPARE(tool.contains(u"annotations"), annotations);
        QCOMPARE(tool.contains(u"outputSchema"), structured);
        QCOMPARE(tool.contains(u"title"), structured);
        QCOMPARE(call(u"echo"_s, {{u"n"_s, 1}})[u"result"].toObject().contains(u"structuredContent"), structured);
    }

    void troubleOfAToolIsAnAnswer_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QJsonObject>("arguments");
        QTest::addColumn<QString>("text");
        QTest::newRow("wrong argument") << u"echo"_s << QJsonObject{{u"n"_s, u"many"_s}} << u"\"n\" must be an integer, not text. Call echo again with that mended"_s;
        QTest::newRow("not found") << u"fails"_s << QJsonObject{} << u"No such thing. Search"_s;
    }

    void troubleOfAToolIsAnAnswer()
    {
        QFETCH(QString, tool);
        QFETCH(QJsonObject, arguments);
        initialize(u"2025-11-25"_s);
        const QJsonObject result = call(tool, arguments)[u"result"].toObject();
        QVERIFY(result[u"isError"].toBool());
        QTEST(result[u"content"][0][u"text"].toString(), "text");
    }

    void argumentsMayBeAbsent() { QCOMPARE(ask(u"tools/call"_s, {{u"name"_s, u"echo"_s}})[u"result"][u"content"][0][u"text"].toString(), u"hi"_s); }

    void wrongRequestsAreErrorsOfTheProtocol_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("code");
        QTest::newRow("no JSON") << QByteArray("{nonsense") << int(RpcError::ParseError);
        QTest::newRow("no message") << QByteArray("{\"a\":1}") << int(RpcError::InvalidRequest);
        QTest::newRow("unknown method") << request(1, u"no/such"_s) << int(RpcError::MethodNotFound);
        QTest::newRow("unknown tool") << request(1, u"tools/call"_s, {{u"name"_s, u"x"_s}}) << int(RpcError::InvalidParams);
        QTest::newRow("arguments no object") << request(1, u"tools/call"_s, {{u"name"_s, u"echo"_s}, {u"arguments"_s, 3}}) << int(RpcError::InvalidParams);
        QTest::newRow("no version") << request(1, u"initialize"_s) << int(RpcError::InvalidParams);
        QTest::newRow("page that is not there") << request(1, u"tools/list"_s, {{u"cursor"_s, u"x"_s}}) << int(RpcError::InvalidParams);
        QTest::newRow("batch in a revision without") << QByteArray("[]") << int(RpcError::InvalidRequest);
    }

    void wrongRequestsAreErrorsOfTheProtocol()
    {
        QFETCH(QByteArray, line);
        session->receive(line);
        QCOMPARE(sent.size(), 1);
        QTEST(json(sent[0])[u"error"][u"code"].toInt(), "code");
    }

    void notificationsAndStrayAnswersAreSilent()
    {
        session->receive(toLine(notificationJson(u"notifications/initialized"_s, {})));
        session->receive(toLine(notificationJson(u"notifications/unheard-of"_s, {})));
        session->receive(toLine(notificationJson(u"notifications/cancelled"_s, {{u"requestId"_s, 99}})));
        session->receive(toLine(resultJson(5, {})));
        QCOMPARE(sent.size(), 0);
    }

    void cancellingReachesTheToolAndIsNotAnswered()
    {
        initialize(u"2025-11-25"_s);
        sent.clear();
        QSignalSpy settled(session.get(), &Session::settled);
        session->receive(request(7, u"tools/call"_s, {{u"name"_s, u"waits"_s}}));
        QCOMPARE(session->pending(), 1);
        session->receive(toLine(notificationJson(u"notifications/cancelled"_s, {{u"requestId"_s, 7}})));
        QVERIFY(settled.wait());
        QCOMPARE(session->pending(), 0);
        QCOMPARE(sent.size(), 0);
    }

    void anIdInUseIsRefused()
    {
        session->receive(request(7, u"tools/call"_s, {{u"name"_s, u"waits"_s}}));
        session->receive(request(7, u"tools/call"_s, {{u"name"_s, u"echo"_s}}));
        QCOMPARE(sent.size(), 1);
        QCOMPARE(json(sent[0])[u"error"][u"code"].toInt(), int(RpcError::InvalidRequest));
    }

    void progressRisesAndCarriesItsToken()
    {
        initialize(u"2025-03-26"_s);
        sent.clear();
        call(u"progresses"_s, {}, QJsonObject{{u"progressToken"_s, u"p"_s}});
        QCOMPARE(sent.size(), 3); // two that rise, then the answer
        QCOMPARE(json(sent[0])[u"params"].toObject(),
                 (QJsonObject{{u"progressToken"_s, u"p"_s}, {u"progress"_s, 1}, {u"total"_s, 3}, {u"message"_s, u"one"_s}}));
        QCOMPARE(json(sent[1])[u"params"][u"progress"].toInt(), 2);
    }

    void batchesAreAnsweredTogether()
    {
        initialize(u"2025-03-26"_s);
        sent.clear();
        const QJsonArray batch{requestJson(u"a"_s, u"ping"_s, {}), notificationJson(u"notifications/initialized"_s, {}),
                               requestJson(u"b"_s, u"tools/call"_s, {{u"name"_s, u"echo"_s}}), QJsonObject{{u"bad"_s, 1}}};
        session->receive(toLine(batch));
        QTRY_COMPARE(sent.size(), 1);
        const QJsonArray answers = QJsonDocument::fromJson(sent[0]).array();
        QCOMPARE(answers.size(), 3);
        QStringList ids;
        for (const QJsonValue &answer : answers)
            ids << answer[u"id"].toString();
        ids.sort();
        QCOMPARE(ids, QStringList({QString(), u"a"_s, u"b"_s}));
    }

    void aBatchOfNotificationsIsSilent()
    {
        initialize(u"2025-03-26"_s);
        sent.clear();
        session->receive(toLine(QJsonArray{notificationJson(u"notifications/initialized"_s, {})}));
        QCOMPARE(sent.size(), 0);
    }

    void freezingRefusesWhatChanges()
    {
        initialize(u"2025-11-25"_s);
        QVERIFY(freeze->set(Freeze::ReadOnly));
        const QJsonObject refused = call(u"destroys"_s)[u"result"].toObject();
        QVERIFY(refused[u"isError"].toBool());
        QVERIFY(refused[u"content"][0][u"text"].toString().contains(u"read only"));
        QVERIFY(!call(u"echo"_s)[u"result"][u"isError"].toBool());
        QVERIFY(ask(u"tools/list"_s)[u"result"][u"tools"].toArray().size() == 5);
        QVERIFY(ask(u"ping"_s).contains(u"result"));
    }

    void stoppingEndsReadsOnTheirWay()
    {
        initialize(u"2025-11-25"_s);
        sent.clear();
        freeze->watch();
        session->receive(request(8, u"tools/call"_s, {{u"name"_s, u"waits"_s}}));
        QVERIFY(freeze->set(Freeze::Stopped));
        QTRY_COMPARE(sent.size(), 1);
        const QJsonObject result = json(sent[0])[u"result"].toObject();
        QVERIFY(result[u"isError"].toBool());
        QVERIFY(result[u"content"][0][u"text"].toString().contains(u"stopped all tool calls"));
    }

private:
    static QJsonObject json(const QByteArray &line) { return QJsonDocument::fromJson(line).object(); }

    QJsonObject ask(const QString &method, const QJsonObject &params = {})
    {
        const QString id = u"id%1"_s.arg(++lastId);
        session->receive(request(id, method, params));
        QJsonObject found;
        [[maybe_unused]] const bool came = QTest::qWaitFor([&] {
            for (const QByteArray &line : std::as_const(sent)) {
                if (json(line)[u"id"].toString() == id)
                    found = json(line);
            }
            return !found.isEmpty();
        });
        return found;
    }

    QJsonObject initialize(const QString &revision)
    {
        return ask(u"initialize"_s, {{u"protocolVersion"_s, revision},
                                     {u"capabilities"_s, QJsonObject()},
                                     {u"clientInfo"_s, QJsonObject{{u"name"_s, u"tester"_s}, {u"version"_s, u"1"_s}}}})[u"result"]
            .toObject();
    }

    QJsonObject call(const QString &name, const QJsonObject &arguments = {}, const QJsonObject &meta = {})
    {
        QJsonObject params{{u"name"_s, name}, {u"arguments"_s, arguments}};
        if (!meta.isEmpty())
            params[u"_meta"] = meta;
        return ask(u"tools/call"_s, params);
    }

    std::unique_ptr<QTemporaryDir> directory;
    std::shared_ptr<FreezeFile> freeze;
    std::shared_ptr<Dispatcher> dispatcher;
    std::unique_ptr<Session> session;
    QByteArrayList sent;
    int lastId = 0;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
