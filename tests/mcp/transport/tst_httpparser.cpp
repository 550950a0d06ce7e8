// The bytes of an HTTP connection: a request is read the same however it is cut, and what two readers could read differently is
// refused.
#include "mcp/transport/httpparser.h"

#include <QtTest>

using namespace mcp;
using State = HttpParser::State;

namespace {

// Feeds pieces of a size; goes on behind the header.
State fed(HttpParser &parser, const QByteArray &bytes, qsizetype piece)
{
    State state = State::Reading;
    for (qsizetype at = 0; at < bytes.size() && state == State::Reading; at += piece) {
        state = parser.feed(bytes.mid(at, piece));
        if (state == State::Header)
            state = parser.feed({});
    }
    return state;
}

const QByteArray posted = "POST /mcp?a=b%20c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nMcp-Session-Id:  abc \r\nAccept: a\r\nAccept: b\r\n\r\nhello";
const QByteArray chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n";

} // namespace

class TestHttpParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsHoweverItIsCut_data()
    {
        QTest::addColumn<qsizetype>("piece");
        for (qsizetype piece : {1, 2, 3, 7, 50, 9999})
            QTest::addRow("%d", int(piece)) << piece;
    }

    void readsHoweverItIsCut()
    {
        QFETCH(qsizetype, piece);
        HttpParser parser;
        QCOMPARE(fed(parser, posted, piece), State::Done);
        const HttpRequest &request = parser.request();
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.path, "/mcp");
        QCOMPARE(request.queryItem("a"), "b c");
        QCOMPARE(request.body, "hello");
        QCOMPARE(request.header("mcp-session-id"), "abc");
        QCOMPARE(request.header("accept"), "a, b");
        QVERIFY(request.keepAlive);

        HttpParser other;
        QCOMPARE(fed(other, chunked, piece), State::Done);
        QCOMPARE(other.request().body, "hello");
    }

    void readsOneBehindTheOther()
    {
        HttpParser parser;
        QCOMPARE(fed(parser, posted + chunked, 9999), State::Done);
        parser.next();
        QVERIFY(parser.hasBegun());
        QCOMPARE(parser.feed({}), State::Header);
        QCOMPARE(parser.feed({}), State::Done);
        QCOMPARE(parser.request().path, "/");
        parser.next();
        QVERIFY(!parser.hasBegun());
    }

    void tellsTheHeaderBeforeTheBody()
    {
        HttpParser parser;
        QCOMPARE(parser.feed(posted), State::Header);
        QVERIFY(parser.request().body.isEmpty());
        QCOMPARE(parser.request().path, "/mcp");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const QByteArray begin = "POST / HTTP/1.1\r\nHost: x\r\n";
        QTest::newRow("length and chunks") << QByteArray(begin + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n") << 400;
        QTest::newRow("two lengths") << QByteArray(begin + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello") << 400;
        QTest::newRow("a negative length") << QByteArray(begin + "Content-Length: -5\r\n\r\nhello") << 400;
        QTest::newRow("a length that is too long") << QByteArray(begin + "Content-Length: 99999999999\r\n\r\nhello") << 413;
        QTest::newRow("one byte too long") << QByteArray(begin + "Content-Length: 4194305\r\n\r\nhello") << 413;
        QTest::newRow("chunks that are too long") << QByteArray(begin + "Transfer-Encoding: chunked\r\n\r\n500000\r\n" + QByteArray(0x500000, 'a')) << 413;
        QTest::newRow("a bad length of a chunk") << QByteArray(begin + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n") << 400;
        QTest::newRow("a length of a chunk without end") << QByteArray(begin + "Transfer-Encoding: chunked\r\n\r\n" + QByteArray(40000, '0')) << 400;
        QTest::newRow("a long header") << QByteArray("POST / HTTP/1.1\r\nX: " + QByteArray(20000, 'a') + "\r\n\r\n") << 431;
        QTest::newRow("a header without end") << QByteArray(20000, 'a') << 431;
        QTest::newRow("a folded field") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n") << 400;
        QTest::newRow("a blank before the colon") << QByteArray("GET / HTTP/1.1\r\nHost : x\r\n\r\n") << 400;
        QTest::newRow("bytes of TLS") << QByteArray("\x16\x03\x01hello\r\n\r\n") << 400;
        QTest::newRow("another version") << QByteArray("GET / HTTP/3.7\r\nHost: x\r\n\r\n") << 400;
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        for (const qsizetype piece : {qsizetype(1), qsizetype(7), qsizetype(36), qsizetype(1000), bytes.size()}) {
            if (bytes.size() > 1000 && piece < 1000)
                continue;
            HttpParser parser;
            QCOMPARE(fed(parser, bytes, piece), State::Failed);
            QTEST(parser.status(), "status");
            QVERIFY(!parser.problem().isEmpty());
            QCOMPARE(parser.feed("GET / HTTP/1.1\r\n\r\n"), State::Failed);
        }
    }

    void theEndOfChunksMayDribbleIn()
    {
        const QByteArray end = "0\r\nTrailer: t\r\n\r\n";
        for (qsizetype first = 1; first < end.size(); ++first) {
            HttpParser parser;
            QCOMPARE(parser.feed("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), State::Header);
            QCOMPARE(parser.feed(end.first(first)), State::Reading);
            QCOMPARE(fed(parser, end.mid(first), 1), State::Done);
        }
    }

    void refusesAtOnceWhatIsNoRequest()
    {
        HttpParser tls, unix;
        QCOMPARE(tls.feed("\x16"), State::Failed); // the client speaks TLS and waits for our answer
        QCOMPARE(unix.feed("GET / HTTP/1.1\nHost: x\n\n"), State::Failed);
        QCOMPARE(unix.status(), 400);
    }

    void theLongestHeaderIsReadHoweverItIsCut()
    {
        const QByteArray begin = "GET / HTTP/1.1\r\nHost: x\r\nX: ";
        for (const int over : {-5, -4, -3, -2, -1, 0, 1, 2, 3, 4}) {
            const QByteArray bytes = begin + QByteArray(HttpParser::headerLimit + over - begin.size(), 'a') + "\r\n\r\n";
            HttpParser whole, cut;
            QCOMPARE(fed(cut, bytes.chopped(1), 9999), fed(whole, bytes, 9999) == State::Failed ? State::Failed : State::Reading);
        }
    }

    void weighsWhatAClientAccepts()
    {
        HttpRequest request;
        QVERIFY(request.accepts("application/json"));
        request.headers = {{"accept", "text/*;q=0.5, application/json ; q=0"}};
        QVERIFY(request.accepts("text/event-stream"));
        QVERIFY(!request.accepts("application/json"));
        request.headers = {{"accept", "*/*"}};
        QVERIFY(request.accepts("application/json"));
    }
};

QTEST_GUILESS_MAIN(TestHttpParser)
#include "tst_httpparser.moc"
