// One named status per cause, each with a way on. Servers here are sockets that behave as the real ones were seen to; the
// real one is probed in wire/tst_access.
#include "conductor/api/probe.h"
#include "support/authproxy.h"
#include "support/scriptedtransport.h"

#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;
using support::AuthProxy;
using support::awaited;

namespace {

using What = ProbeCheck::What;
using State = ProbeCheck::State;

const AccessKey rightKey{u"id"_s, u"canary-secret"_s};

// Answers each path with what the test says; paths that it does not know with `other`.
class Server : public QObject
{
public:
    struct Page {
        int status = 200;
        QByteArray type = "application/json";
        QByteArray body = "{}";
        QByteArray header = {};
    };

    explicit Server(QTcpServer *listener = new QTcpServer)
        : m_listener(listener)
    {
        listener->listen(QHostAddress::LocalHost);
        connect(listener, &QTcpServer::pendingConnectionAvailable, this, &Server::serve);
        connect(listener, &QTcpServer::newConnection, this, &Server::serve);
    }

    QUrl url(const QString &path = u"/api"_s, const QString &scheme = u"http"_s) const
    {
        return QUrl(u"%1://127.0.0.1:%2%3"_s.arg(scheme).arg(m_listener->serverPort()).arg(path));
    }

    std::map<QByteArray, Page> pages;
    Page other{404, "application/json", R"({"status":404,"message":"No static resource x.","instance":"vm"})"};
    std::function<void(QTcpSocket *)> rude; // instead of answers
    QByteArray requests;

private:
    void serve()
    {
        while (QTcpSocket *socket = m_listener->nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                const QByteArray request = socket->readAll();
                requests += request;
                if (rude)
                    return rude(socket);
                const QByteArray path = request.split(' ').value(1);
                const auto known = pages.find(path);
                const Page page = known == pages.end() ? other : known->second;
                socket->write("HTTP/1.1 " + QByteArray::number(page.status) + " X\r\nContent-Type: " + page.type + "\r\n" + page.header
                              + "Content-Length: " + QByteArray::number(page.body.size()) + "\r\n\r\n" + page.body);
            });
        }
    }

    std::unique_ptr<QTcpServer> m_listener;
};

const Server::Page spa{200, "text/html", "<!doctype html><html>Conductor UI</html>"};
const Server::Page version{200, "text/plain;charset=UTF-8", "3.32.3"};
const Server::Page hits{200, "application/json", R"({"totalHits":12,"results":[]})"};

void becomeConductor(Server &server)
{
    server.other = spa;
    server.pages["/api/version"] = version;
    server.pages["/api/workflow/search?start=0&size=1"] = hits;
    server.pages["/api/token"] = {404, "application/json", R"({"status":404,"message":"No static resource api/token.","instance":"vm"})"};
}

ProbeReport probed(const QUrl &url, const AccessKey &key = {}, ProbeLimits limits = {})
{
    return awaited(probe(url, fixedKey(key), limits)).value();
}

ProbeCheck failedCheck(const ProbeReport &report)
{
    for (const ProbeCheck &check : report.checks) {
        if (check.state == State::Failed)
            return check;
    }
    return {};
}

QByteArray textOf(const ProbeReport &report)
{
    QString text = statusName(report.status);
    for (const ProbeCheck &check : report.checks)
        text += u"\n  %1 %2: %3 [%4] %5 ms"_s.arg(u"+-o"_s[int(check.state)]).arg(check.title, check.detail, check.fix).arg(check.tookMs);
    return text.toUtf8();
}

class Trouble : public KeySource
{
public:
    Reply<AccessKey> read() override { return answered<AccessKey>(Failure({Error::Kind::Keychain, u"The keyring is locked"_s, u"Unlock it"_s})); }
    qint64 revision() const override { return 1; }
};

} // namespace

#define QSTATUS(report, expected) QVERIFY2((report).status == (expected), textOf(report).constData())

class TestProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ready()
    {
        Server server;
        becomeConductor(server);
        const ProbeReport report = probed(server.url());
        QSTATUS(report, ProbeStatus::Ready);
        QVERIFY(report.isUsable());
        QCOMPARE(report.version, u"3.32.3"_s);
        QCOMPARE(report.checks.size(), 7u);
        const std::array states{State::Passed, State::Passed, State::Skipped, State::Passed, State::Skipped, State::Passed, State::Passed};
        for (std::size_t i = 0; i < states.size(); ++i) {
            QCOMPARE(int(report.checks[i].what), int(i));
            QVERIFY2(report.checks[i].state == states[i], textOf(report).constData());
        }
        QVERIFY2(server.requests.count("GET ") == 2 && !server.requests.contains("POST"), server.requests.constData());
    }

    void aKeyForAServerWithoutAuthenticationIsNotUsed()
    {
        Server server;
        becomeConductor(server);
        const ProbeReport report = probed(server.url(), rightKey);
        QSTATUS(report, ProbeStatus::Ready);
        QVERIFY(report.checks[int(What::Key)].detail.contains(u"no authentication"));
    }

    void badAddress_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("empty") << QString();
        QTest::newRow("no scheme") << u"localhost:8080/api"_s;
        QTest::newRow("ftp") << u"ftp://h/api"_s;
        QTest::newRow("password") << u"http://me:canary@h/api"_s;
    }

    void badAddress()
    {
        QFETCH(QString, url);
        const ProbeReport report = probed(QUrl(url));
        QSTATUS(report, ProbeStatus::BadAddress);
        QCOMPARE(report.checks.size(), 7u);
        QVERIFY(!failedCheck(report).fix.isEmpty());
        QVERIFY(!textOf(report).contains("canary"));
    }

    void unknownHost()
    {
        const ProbeReport report = probed(QUrl(u"http://no-such-host.invalid/api"_s));
        QSTATUS(report, ProbeStatus::UnknownHost);
        QVERIFY(failedCheck(report).detail.contains(u"no-such-host.invalid"));
    }

    void refused()
    {
        QUrl url;
        {
            Server server;
            url = server.url();
        }
        const ProbeReport report = probed(url);
        QSTATUS(report, ProbeStatus::Refused);
        QCOMPARE(failedCheck(report).what, What::Connection);
        QCOMPARE(report.checks[int(What::Api)].state, State::Skipped);
    }

    void noAnswer()
    {
        Server server;
        server.rude = [](QTcpSocket *) {};
        const ProbeReport report = probed(server.url(), {}, {.patience = 200ms});
        QSTATUS(report, ProbeStatus::NoAnswer);
        QVERIFY(failedCheck(report).detail.contains(u"0.2 s"));
    }

    void noAnswerFromADrip()
    {
        Server server;
        server.rude = [](QTcpSocket *socket) { socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n3"); };
        QSTATUS(probed(server.url(), {}, {.patience = 200ms}), ProbeStatus::NoAnswer);
    }

    void slow()
    {
        AuthProxy server;
        QVERIFY(server.listen());
        server.demandsTokens = false;
        server.answerNext({.body = "3.32.3", .contentType = "text/plain", .delay = 80ms});
        server.answerNext({.body = hits.body});
        const ProbeReport report = probed(server.url(), {}, {.slow = 50ms});
        QSTATUS(report, ProbeStatus::Slow);
        QVERIFY(report.isUsable());
        QCOMPARE(failedCheck(report).what, What::Speed);
    }

    void theWebPagesInsteadOfTheApi_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("root") << QString();
        QTest::newRow("page") << u"/executions"_s;
        QTest::newRow("deep in the API") << u"/api/metadata/workflow"_s;
        QTest::newRow("api twice") << u"/api/api"_s;
    }

    void theWebPagesInsteadOfTheApi()
    {
        QFETCH(QString, path);
        Server server;
        becomeConductor(server);
        if (path.startsWith(u"/api"))
            server.other = Server().other; // unknown paths below /api are 404 JSON
        const ProbeReport report = probed(server.url(path));
        QSTATUS(report, ProbeStatus::MissingApi);
        QCOMPARE(report.suggestion, server.url());
        QVERIFY(failedCheck(report).fix.contains(server.url().toString()));
        QSTATUS(probed(report.suggestion), ProbeStatus::Ready);
    }

    void aServerBelowAPath()
    {
        Server server;
        server.pages["/eu/api/version"] = version;
        const ProbeReport report = probed(server.url(u"/eu"_s));
        QSTATUS(report, ProbeStatus::MissingApi);
        QCOMPARE(report.suggestion, server.url(u"/eu/api"_s));
    }

    void anApiThatAsksForATokenIsSuggestedToo()
    {
        AuthProxy server;
        QVERIFY(server.listen());
        QUrl root = server.url();
        root.setPath({});
        const ProbeReport report = probed(root);
        QSTATUS(report, ProbeStatus::MissingApi);
        QCOMPARE(report.suggestion, server.url());
    }

    void oldServer()
    {
        Server server;
        server.pages["/api/metadata/workflow/no-such-workflow"] = {
            404, "application/json", R"({"status":404,"message":"No such workflow found by name: no-such-workflow, version: null","instance":"vm"})"};
        server.pages["/actuator/info"] = {200, "application/json", R"({"build":{"artifact":"conductor-server","version":"3.21.14"}})"};
        server.pages["/api/workflow/search?start=0&size=1"] = hits;
        ProbeReport report = probed(server.url());
        QSTATUS(report, ProbeStatus::OldServer);
        QVERIFY(report.isUsable());
        QCOMPARE(report.version, u"3.21.14"_s);

        QSTATUS(probed(server.url({})), ProbeStatus::MissingApi); // it has no web pages that would answer 200

        server.pages.erase("/actuator/info");
        report = probed(server.url());
        QSTATUS(report, ProbeStatus::OldServer);
        QCOMPARE(report.version, QString());
    }

    void notConductor_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a web site") << 200 << QByteArray("text/html") << QByteArray("<html>");
        QTest::newRow("another API") << 200 << QByteArray("application/json") << QByteArray(R"({"name":"elasticsearch"})");
        QTest::newRow("text") << 200 << QByteArray("text/plain") << QByteArray("pong");
        QTest::newRow("404 of another") << 404 << QByteArray("application/json") << QByteArray(R"({"message":"not found"})");
        QTest::newRow("404 page") << 404 << QByteArray("text/html") << QByteArray("<html>");
        QTest::newRow("empty") << 204 << QByteArray("text/plain") << QByteArray();
        QTest::newRow("a huge one") << 200 << QByteArray("text/plain") << QByteArray(3 << 20, '3');
    }

    void notConductor()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        Server server;
        server.other = {status, type, body};
        const ProbeReport report = probed(server.url());
        QSTATUS(report, ProbeStatus::NotConductor);
        QVERIFY(!failedCheck(report).fix.isEmpty());
    }

    void whatDoesNotSpeakHttpIsNotConductor()
    {
        Server server;
        server.rude = [](QTcpSocket *socket) {
            socket->write("SSH-2.0-OpenSSH_9.2\r\n");
            socket->disconnectFromHost();
        };
        QSTATUS(probed(server.url()), ProbeStatus::NotConductor);
    }

    void aPageToLogInIsNotConductor()
    {
        Server server;
        server.other = {302, "text/html", "", "Location: https://login.example.com/start?token=canary\r\n"};
        const ProbeReport report = probed(server.url());
        QSTATUS(report, ProbeStatus::NotConductor);
        QVERIFY(failedCheck(report).detail.contains(u"login.example.com"));
        QVERIFY(!textOf(report).contains("canary"));
    }

    void serverFails_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {429, 500, 502, 503})
            QTest::addRow("%d", status) << status;
    }

    void serverFails()
    {
        QFETCH(int, status);
        Server server;
        becomeConductor(server);
        server.pages["/api/version"] = {status, "text/html", "<html>Bad Gateway"};
        QSTATUS(probed(server.url()), ProbeStatus::ServerFails);
        server.pages["/api/version"] = version;
        server.pages["/api/workflow/search?start=0&size=1"] = {status, "application/json", R"({"message":"database is down\u202e"})"};
        const ProbeReport report = probed(server.url());
        QSTATUS(report, ProbeStatus::ServerFails);
        QVERIFY2(failedCheck(report).detail.contains(u"database is down⟨U+202E⟩"), textOf(report).constData());
    }

    void keys_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<ProbeStatus>("status");
        QTest::newRow("right") << u"right"_s << ProbeStatus::Ready;
        QTest::newRow("none") << u"none"_s << ProbeStatus::KeyMissing;
        QTest::newRow("wrong") << u"wrong"_s << ProbeStatus::WrongKey;
        QTest::newRow("expired") << u"expired"_s << ProbeStatus::KeyExpired;
        QTest::newRow("tokens that are dead at once") << u"dead"_s << ProbeStatus::KeyExpired;
        QTest::newRow("may read nothing") << u"powerless"_s << ProbeStatus::WrongKey;
        QTest::newRow("/token fails") << u"failing"_s << ProbeStatus::ServerFails;
        QTest::newRow("/token is closed") << u"closed"_s << ProbeStatus::NoAnswer;
        QTest::newRow("another login before it") << u"proxy"_s << ProbeStatus::KeyMissing;
        QTest::newRow("nobody may read unasked") << u"version only"_s << ProbeStatus::KeyMissing;
    }

    void keys()
    {
        QFETCH(QString, state);
        AuthProxy server;
        QVERIFY(server.listen());
        AccessKey key = rightKey;
        server.addKey(key.id, key.secret);
        const AuthProxy::Fixed search{.body = hits.body, .path = "/api/workflow/search"};
        if (state == u"none")
            key = {};
        else if (state == u"wrong")
            key.secret += u'x';
        else if (state == u"expired")
            server.expireKey(key.id);
        else if (state == u"dead")
            server.tokenLife = 0s;
        else if (state == u"powerless")
            server.answerNext({.status = 403, .body = R"({"message":"no role"})", .path = "/api/workflow/search"});
        else if (state == u"failing")
            server.answerNext({.status = 500, .body = R"({"message":"value"})", .path = "/api/token"});
        else if (state == u"closed")
            server.answerNext({.status = 0, .path = "/api/token"}, 3);
        else if (state == u"proxy")
            server.answerNext({.status = 404, .body = R"({"message":"x"})", .path = "/api/token"});
        else if (state == u"version only")
            server.answerNext({.body = "3.32.3", .contentType = "text/plain", .path = "/api/version"}), key = {};
        if (state == u"right")
            server.answerNext(search);

        const ProbeReport report = probed(server.url(), key);

        QVERIFY2(report.status == *static_cast<const ProbeStatus *>(QTest::qData("status", qMetaTypeId<ProbeStatus>())), textOf(report).constData());
        QVERIFY(report.isUsable() || !failedCheck(report).fix.isEmpty());
        QVERIFY2(!textOf(report).contains("canary"), textOf(report).constData());
    }

    void aLockedKeychainIsNamed()
    {
        AuthProxy server;
        QVERIFY(server.listen());
        const ProbeReport report = awaited(probe(server.url(), std::make_shared<Trouble>())).value();
        QSTATUS(report, ProbeStatus::KeychainTrouble);
        QCOMPARE(failedCheck(report).detail, u"The keyring is locked"_s);
        QCOMPARE(failedCheck(report).fix, u"Unlock it"_s);
        QCOMPARE(server.tokensAsked(), 0);
    }

    // Schemes and certificates.

    void httpsOfAPlainPort()
    {
        Server server;
        becomeConductor(server);
        server.other = {400, "text/html", "Bad Request"};
        const ProbeReport report = probed(server.url(u"/api"_s, u"https"_s));
        QSTATUS(report, ProbeStatus::WrongScheme);
        QCOMPARE(report.suggestion, server.url());
    }

    void httpOfASecurePort_data()
    {
        QTest::addColumn<bool>("says");
        QTest::newRow("the connection is closed") << false;
        QTest::newRow("400 says so") << true;
    }

    void httpOfASecurePort()
    {
        QFETCH(bool, says);
        Server secure(secureListener());
        Front front(says, secure.url().port());
        const ProbeReport report = probed(front.url());
        QSTATUS(report, ProbeStatus::WrongScheme);
        QUrl suggestion = front.url();
        suggestion.setScheme(u"https"_s);
        QCOMPARE(report.suggestion, suggestion);
    }

    void plainHttpThatIsSentOn()
    {
        Server server;
        server.other = {301, "text/html", "", "Location: https://127.0.0.1/api/version\r\n"};
        const ProbeReport report = probed(server.url());
        QSTATUS(report, ProbeStatus::WrongScheme);
        QCOMPARE(report.suggestion, QUrl(u"https://127.0.0.1/api"_s));
    }

    void aCertificateThatNobodyTrusts()
    {
        Server server(secureListener());
        becomeConductor(server);
        const ProbeReport report = probed(server.url(u"/api"_s, u"https"_s), rightKey);
        QSTATUS(report, ProbeStatus::TlsFailed);
        QCOMPARE(failedCheck(report).what, What::Encryption);
        QVERIFY(failedCheck(report).fix.contains(u"authority"));
        QCOMPARE(server.requests, QByteArray()); // nothing was sent to it
    }

    void aCertificateThatIsTrusted()
    {
        const QSslConfiguration usual = QSslConfiguration::defaultConfiguration();
        QSslConfiguration trusting = usual;
        trusting.addCaCertificates(QSslCertificate::fromPath(tls.filePath(u"certificate.pem"_s)));
        QSslConfiguration::setDefaultConfiguration(trusting);
        Server server(secureListener());
        becomeConductor(server);
        const ProbeReport report = probed(server.url(u"/api"_s, u"https"_s));
        const ProbeReport otherName = probed(QUrl(server.url(u"/api"_s, u"https"_s).toString().replace(u"127.0.0.1"_s, u"localhost"_s)));
        QSslConfiguration::setDefaultConfiguration(usual);
        QSTATUS(report, ProbeStatus::Ready);
        QCOMPARE(report.checks[int(What::Encryption)].state, State::Passed);
        QSTATUS(otherName, ProbeStatus::TlsFailed);
        QVERIFY2(failedCheck(otherName).fix.contains(u"host name"), textOf(otherName).constData());
    }

    void noHandshakeAtAll()
    {
        Server server;
        server.rude = [](QTcpSocket *socket) { socket->abort(); };
        QSTATUS(probed(server.url(u"/api"_s, u"https"_s)), ProbeStatus::TlsFailed);
    }

    void initTestCase()
    {
        QProcess openssl; // the tests' own key: none lies in the sources
        openssl.start(u"openssl"_s,
                      {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-days"_s, u"2"_s,
                       u"-subj"_s, u"/CN=test"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, tls.filePath(u"key.pem"_s), u"-out"_s,
                       tls.filePath(u"certificate.pem"_s)});
        QVERIFY2(openssl.waitForFinished(30000) && openssl.exitCode() == 0, openssl.readAllStandardError().constData());
    }

private:
    QSslServer *secureListener()
    {
        QFile key(tls.filePath(u"key.pem"_s));
        if (!key.open(QIODevice::ReadOnly))
            qFatal("no key");
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate::fromPath(tls.filePath(u"certificate.pem"_s)).value(0));
        configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
        auto *listener = new QSslServer; // owned by its Server
        listener->setSslConfiguration(configuration);
        return listener;
    }

    // A port for HTTPS that meets plain HTTP as web servers do: with 400 and a sentence, or by closing.
    class Front : public QTcpServer
    {
    public:
        Front(bool says, int securePort)
        {
            listen(QHostAddress::LocalHost);
            connect(this, &QTcpServer::newConnection, this, [this, says, securePort] {
                QTcpSocket *socket = nextPendingConnection();
                connect(socket, &QTcpSocket::readyRead, socket, [socket, says, securePort] {
                    if (!socket->peek(3).startsWith("GET")) {
                        relay(socket, securePort);
                        return;
                    }
                    socket->readAll();
                    if (says)
                        socket->write("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nTLS");
                    socket->disconnectFromHost();
                });
            });
        }

        QUrl url() const { return QUrl(u"http://127.0.0.1:%1/api"_s.arg(serverPort())); }

    private:
        static void relay(QTcpSocket *socket, int port)
        {
            socket->disconnect();
            auto *secure = new QTcpSocket(socket);
            connect(secure, &QTcpSocket::readyRead, socket, [socket, secure] { socket->write(secure->readAll()); });
            connect(socket, &QTcpSocket::readyRead, secure, [socket, secure] { secure->write(socket->readAll()); });
            secure->connectToHost(QHostAddress::LocalHost, quint16(port));
            secure->waitForConnected(5000);
            secure->write(socket->readAll());
        }
    };

    QTemporaryDir tls;
};

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
