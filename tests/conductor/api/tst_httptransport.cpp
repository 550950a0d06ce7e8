// HTTP as it goes wrong: what breaks, hangs, floods or redirects ends in an Error of the right kind, and nothing that acts is
// ever sent twice. The peer here is a socket that misbehaves on purpose; well-behaved servers are in wire/.
#include "conductor/api/httptransport.h"
#include "support/scriptedtransport.h"

#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::awaited;

namespace {

// Reads a request and does with its socket what the test says.
class RudeServer : public QTcpServer
{
public:
    explicit RudeServer(std::function<void(QTcpSocket *, QByteArray)> behave)
        : m_behave(std::move(behave))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                const QByteArray request = socket->readAll();
                requests << request;
                m_behave(socket, request);
            });
        });
    }

    QUrl url() const { return QUrl(u"http://127.0.0.1:%1/api"_s.arg(serverPort())); }

    QList<QByteArray> requests;

private:
    std::function<void(QTcpSocket *, QByteArray)> m_behave;
};

void respond(QTcpSocket *socket, const QByteArray &headers, const QByteArray &body)
{
    socket->write("HTTP/1.1 " + headers + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

Request soon(Request request, int ms = 300)
{
    request.deadline = QDeadlineTimer(ms);
    return request;
}

} // namespace

class TestHttpTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesWhatItSends()
    {
        RudeServer server([](QTcpSocket *socket, QByteArray) { respond(socket, "200 OK\r\nContent-Type: application/json", "{}"); });
        HttpTransport http(server.url());
        QVERIFY(awaited(http.send(get(u"workflow"_s, u"a b/c&d?"_s).with(u"reason"_s, u"50% & more+"_s))));
        QVERIFY2(server.requests[0].startsWith("GET /api/workflow/a%20b%2Fc%26d%3F?reason=50%25%20%26%20more%2B HTTP/1.1\r\n"), server.requests[0].constData());
    }

    void refusesSteps_data()
    {
        QTest::addColumn<QString>("segment");
        QTest::newRow("up") << u".."_s;
        QTest::newRow("here") << u"."_s;
        QTest::newRow("empty") << QString();
    }

    void refusesSteps()
    {
        QFETCH(QString, segment);
        RudeServer server([](QTcpSocket *socket, QByteArray) { respond(socket, "200 OK", ""); });
        HttpTransport http(server.url());
        QCOMPARE(awaited(http.send(get(u"workflow"_s, segment))).error().kind, Error::Kind::Validation);
        QCOMPARE(server.requests.size(), 0);
    }

    void neverSendsTwiceWhatActs_data()
    {
        QTest::addColumn<int>("verb");
        QTest::addColumn<bool>("body");
        QTest::addColumn<bool>("keptAlive");
        for (const bool keptAlive : {false, true}) {
            const char *when = keptAlive ? ", kept alive" : "";
            QTest::addRow("POST%s", when) << int(Request::Verb::Post) << true << keptAlive;
            QTest::addRow("DELETE%s", when) << int(Request::Verb::Delete) << false << keptAlive;
            QTest::addRow("GET that acts%s", when) << int(Request::Verb::Get) << false << keptAlive;
        }
    }

    void neverSendsTwiceWhatActs()
    {
        QFETCH(int, verb);
        QFETCH(bool, body);
        QFETCH(bool, keptAlive);
        int left = keptAlive ? 1 : 0;
        RudeServer server([&left](QTcpSocket *socket, QByteArray) {
            if (left-- > 0)
                respond(socket, "200 OK", "");
            else
                socket->disconnectFromHost();
        });
        HttpTransport http(server.url());
        Request request{Request::Verb(verb), {u"workflow"_s}};
        if (body)
            request = request.json(QJsonObject{{u"name"_s, u"x"_s}});
        if (keptAlive)
            QVERIFY(awaited(http.send(request)));

        const Result<QJsonValue> result = awaited(http.send(request));

        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Network);
        QVERIFY2(result.error().message.contains(u"not known whether"), qPrintable(result.error().message));
        QVERIFY(!result.error().transient);
        QCOMPARE(server.requests.size(), keptAlive ? 2 : 1);
    }

    void aResetOfWhatMayBeRepeatedIsTransient()
    {
        RudeServer server([](QTcpSocket *socket, QByteArray) { socket->abort(); });
        HttpTransport http(server.url());
        const Result<QJsonValue> result = awaited(http.send(get(u"version"_s).repeatably()));
        QCOMPARE(result.error().kind, Error::Kind::Network);
        QVERIFY(result.error().transient);
    }

    void theDeadlineEndsIt()
    {
        RudeServer server([](QTcpSocket *, QByteArray) {});
        HttpTransport http(server.url());
        QCOMPARE(awaited(http.send(soon(get(u"version"_s)))).error().kind, Error::Kind::Timeout);
    }

    void aDripDoesNotOutliveTheDeadline()
    {
        RudeServer server([](QTcpSocket *socket, QByteArray) { socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nx"); });
        HttpTransport http(server.url());
        QCOMPARE(awaited(http.send(soon(get(u"version"_s)))).error().kind, Error::Kind::Timeout);
    }

    void stoppingClosesTheConnection()
    {
        bool closed = false;
        RudeServer server([&](QTcpSocket *socket, QByteArray) { QObject::connect(socket, &QTcpSocket::disconnected, socket, [&] { closed = true; }); });
        HttpTransport http(server.url());
        std::stop_source stop;
        Request request = get(u"version"_s);
        request.stop = stop.get_token();
        const Reply<QJsonValue> reply = http.send(request);
        QTRY_COMPARE(server.requests.size(), 1);
        stop.request_stop();
        QCOMPARE(awaited(reply).error().kind, Error::Kind::Cancelled);
        QTRY_VERIFY(closed);
    }

    void anAnswerCutOffIsAnError()
    {
        RudeServer server([](QTcpSocket *socket, QByteArray) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}");
            socket->disconnectFromHost();
        });
        HttpTransport http(server.url());
        QCOMPARE(awaited(http.send(get(u"version"_s).repeatably())).error().kind, Error::Kind::Network);
    }

    void aRedirectIsNotFollowedWithTheToken()
    {
        RudeServer elsewhere([](QTcpSocket *socket, QByteArray) { respond(socket, "200 OK", ""); });
        RudeServer server([&](QTcpSocket *socket, QByteArray) { respond(socket, "302 Found\r\nLocation: " + elsewhere.url().toEncoded(), ""); });
        HttpTransport http(server.url());
        Request request = get(u"version"_s);
        request.token = u"secret-token"_s;
        QCOMPARE(awaited(http.send(request)).error().kind, Error::Kind::Protocol);
        QCOMPARE(elsewhere.requests.size(), 0);
        QVERIFY(server.requests[0].toLower().contains("x-authorization: secret-token\r\n")); // later Qt writes names in lower case
    }

    void aFloodIsCut()
    {
        RudeServer server([](QTcpSocket *socket, QByteArray) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n");
            const auto flood = [socket] {
                if (socket->bytesToWrite() < (1 << 20))
                    socket->write(QByteArray(1 << 20, 'x'));
            };
            QObject::connect(socket, &QTcpSocket::bytesWritten, socket, flood);
            flood();
        });
        HttpTransport http(server.url());
        const Reply<QJsonValue> reply = http.send(get(u"version"_s).repeatably());
        QTRY_VERIFY_WITH_TIMEOUT(reply.isFinished(), 60000);
        QCOMPARE(answer(reply).error().kind, Error::Kind::Protocol);
        QVERIFY(answer(reply).error().message.contains(u"64 MiB"));
    }

    void refusedAndUnknownAreToldApart()
    {
        QTcpServer closed;
        closed.listen(QHostAddress::LocalHost);
        const QUrl url(u"http://127.0.0.1:%1/api"_s.arg(closed.serverPort()));
        closed.close();
        HttpTransport refusing(url);
        QVERIFY(awaited(refusing.send(get(u"version"_s))).error().message.contains(u"refuses"));

        HttpTransport unknown(QUrl(u"http://no-such-host.invalid/api"_s));
        QVERIFY(awaited(unknown.send(get(u"version"_s))).error().message.contains(u"unknown"));
    }

    void securityOnAPlainPortIsATlsError()
    {
        RudeServer server([](QTcpSocket *socket, QByteArray) { respond(socket, "400 Bad Request", ""); });
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        HttpTransport http(url);
        QCOMPARE(awaited(http.send(get(u"version"_s))).error().kind, Error::Kind::Tls);
    }
};

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_httptransport.moc"
