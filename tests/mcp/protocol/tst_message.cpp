// What is JSON-RPC is told from what is not, and answered under the id it came with.
#include "mcp/protocol/message.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsKindsApart_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("kind");
        QTest::newRow("request") << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"ping"})") << int(Message::Kind::Request);
        QTest::newRow("text id") << QByteArray(R"({"jsonrpc":"2.0","id":"1","method":"ping","params":{}})") << int(Message::Kind::Request);
        QTest::newRow("notification") << QByteArray(R"({"jsonrpc":"2.0","method":"notifications/initialized"})") << int(Message::Kind::Notification);
        QTest::newRow("result") << QByteArray(R"({"jsonrpc":"2.0","id":1,"result":{}})") << int(Message::Kind::Response);
        QTest::newRow("error without id") << QByteArray(R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}})") << int(Message::Kind::Response);
    }

    void tellsKindsApart()
    {
        QFETCH(QByteArray, json);
        const RpcResult<Message> message = readMessage(QJsonDocument::fromJson(json).object());
        QVERIFY(message);
        QTEST(int(message->kind), "kind");
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("answeredTo");
        QTest::newRow("no version") << QByteArray(R"({"id":7,"method":"ping"})") << QByteArray("7");
        QTest::newRow("method no text") << QByteArray(R"({"jsonrpc":"2.0","id":"a","method":1})") << QByteArray("\"a\"");
        QTest::newRow("params no object") << QByteArray(R"({"jsonrpc":"2.0","id":8,"method":"ping","params":[1]})") << QByteArray("8");
        QTest::newRow("id an object") << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"ping"})") << QByteArray("null");
        QTest::newRow("id null") << QByteArray(R"({"jsonrpc":"2.0","id":null,"method":"ping"})") << QByteArray("null");
        QTest::newRow("neither") << QByteArray(R"({"jsonrpc":"2.0","id":9})") << QByteArray("9");
        QTest::newRow("both") << QByteArray(R"({"jsonrpc":"2.0","id":9,"result":{},"error":{}})") << QByteArray("9");
    }

    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, json);
        const RpcResult<Message> message = readMessage(QJsonDocument::fromJson(json).object());
        QVERIFY(!message);
        QCOMPARE(message.error().code, int(RpcError::InvalidRequest));
        QTEST(idKey(message.error().data), "answeredTo");
    }

    void saysWhereJsonBreaks()
    {
        const RpcResult<QJsonValue> json = parseLine("{\"a\":}");
        QVERIFY(!json);
        QCOMPARE(json.error().code, int(RpcError::ParseError));
        QVERIFY2(json.error().message.contains(u"byte"), qPrintable(json.error().message));
    }

    void idsThatLookAlikeDiffer()
    {
        QVERIFY(idKey(1) != idKey(u"1"_s));
        QCOMPARE(idKey(qint64(9007199254740993)), QByteArray("9007199254740993")); // beyond what a double holds
    }
};

QTEST_GUILESS_MAIN(TestMessage)
#include "tst_message.moc"
