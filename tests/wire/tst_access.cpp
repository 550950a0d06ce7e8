// Access to a real Conductor server through tokens as Orkes asks for them: expiry, renewal, revocation, a key that is replaced
// under running calls, a wrong one that is not insisted on; and what Probe says about a real server.
#include "conductor/api/client.h"
#include "conductor/api/httptransport.h"
#include "conductor/api/probe.h"
#include "conductor/secret/keychange.h"
#include "conductor/secret/memorystore.h"
#include "conductor/secret/profilekeys.h"
#include "support/authproxy.h"
#include "support/realserver.h"
#include "support/scriptedtransport.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;
using support::AuthProxy;
using support::awaited;

namespace {

const AccessKey firstKey{u"first"_s, u"first-secret"_s};
const AccessKey secondKey{u"second"_s, u"second-secret"_s};

Request askVersion()
{
    return get(u"version"_s).repeatably();
}

} // namespace

class TestAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        proxy = std::make_unique<AuthProxy>(support::realServer());
        QVERIFY(proxy->listen());
        proxy->addKey(firstKey.id, firstKey.secret);
    }

    void oneTokenServesManyCalls()
    {
        const Client client = Client::to(proxy->url(), fixedKey(firstKey));
        std::vector<Reply<QJsonValue>> replies;
        for (int i = 0; i < 16; ++i)
            replies.push_back(client.send(askVersion()));
        for (const Reply<QJsonValue> &reply : replies)
            QVERIFY(!awaited(reply).value_or(QJsonValue()).toString().isEmpty());
        QCOMPARE(proxy->tokensAsked(), 1);
        QCOMPARE(proxy->forwarded(), 16);
    }

    void withoutAKeyTheServerRefuses()
    {
        const Client client = Client::to(proxy->url(), fixedKey({}));
        const Result<QJsonValue> refused = awaited(client.send(askVersion()));
        QCOMPARE(refused.error().kind, Error::Kind::Auth);
        QCOMPARE(refused.error().httpStatus, 401);
        QCOMPARE(proxy->forwarded(), 0);
        QCOMPARE(proxy->tokensAsked(), 0);
    }

    void anExpiredTokenIsReplacedUnseen()
    {
        proxy->tokenLife = 1s;
        const Client client = Client::to(proxy->url(), fixedKey(firstKey));
        QVERIFY(awaited(client.send(askVersion())));
        const QByteArray before = proxy->seen().back().token;
        // Until the token is another one every call must be answered, whether it was renewed early or refused as EXPIRED_TOKEN.
        QTRY_VERIFY_WITH_TIMEOUT((awaited(client.send(askVersion())) && proxy->seen().back().token != before), 10000);
        for (const AuthProxy::Seen &seen : proxy->seen())
            QVERIFY(seen.status == 200 || seen.status == 401);
        QVERIFY(proxy->tokensAsked() >= 2);
    }

    void aTokenThatTheServerCallsExpiredIsRenewedOnce()
    {
        const Client client = Client::to(proxy->url(), fixedKey(firstKey));
        QVERIFY(awaited(client.send(askVersion())));
        proxy->answerNext({.status = 401, .body = R"({"error":"EXPIRED_TOKEN","message":"The token has expired"})"});
        QVERIFY(awaited(client.send(askVersion())));
        QCOMPARE(proxy->tokensAsked(), 2);

        proxy->answerNext({.status = 401, .body = R"({"error":"EXPIRED_TOKEN","message":"The token has expired"})"}, 2);
        QCOMPARE(awaited(client.send(askVersion())).error().kind, Error::Kind::Auth); // once, not for ever
        QCOMPARE(proxy->tokensAsked(), 3);
    }

    void aRevokedKeyIsSaid()
    {
        const Client client = Client::to(proxy->url(), fixedKey(firstKey));
        QVERIFY(awaited(client.send(askVersion())));
        proxy->revokeKey(firstKey.id);
        const Result<QJsonValue> refused = awaited(client.send(askVersion()));
        QCOMPARE(refused.error().kind, Error::Kind::Auth);
        QVERIFY2(refused.error().message.contains(u"access key"), qPrintable(refused.error().message));
    }

    void aWrongKeyIsNotInsistedOn()
    {
        const Client client = Client::to(proxy->url(), fixedKey({firstKey.id, u"wrong"_s}));
        std::vector<Reply<QJsonValue>> replies;
        for (int i = 0; i < 50; ++i)
            replies.push_back(client.send(askVersion()));
        for (const Reply<QJsonValue> &reply : replies)
            QCOMPARE(awaited(reply).error().kind, Error::Kind::Auth);
        QCOMPARE(proxy->tokensAsked(), 1);
        QCOMPARE(proxy->forwarded(), 0);
        QCOMPARE(proxy->seen().size(), 1u);
    }

    // A desktop window changes the key while a server of another process has 16 calls under way.
    void aKeyIsReplacedUnderRunningCalls()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"profiles.json"_s);
        const auto secrets = std::make_shared<MemoryStore>(); // the keychain that both share
        ProfileStore window(path), server(path);
        Profile draft;
        draft.name = u"rotating"_s;
        draft.url = proxy->url();
        const QString id = window.add(draft)->id;
        QVERIFY(!awaited(setKey(window, secrets, id, firstKey))->failure);
        server.watch();
        const Client client = Client::to(proxy->url(), std::make_shared<ProfileKeys>(server, secrets, id, proxy->url()));
        QVERIFY(awaited(client.send(askVersion())));

        int answered = 0, refused = 0;
        bool going = true;
        std::vector<std::unique_ptr<QFutureWatcher<Result<QJsonValue>>>> callers;
        for (int i = 0; i < 16; ++i) {
            callers.push_back(std::make_unique<QFutureWatcher<Result<QJsonValue>>>());
            QFutureWatcher<Result<QJsonValue>> *caller = callers.back().get();
            connect(caller, &QFutureWatcherBase::finished, this, [&, caller] {
                ++(answer(caller->future()) ? answered : refused);
                if (going)
                    caller->setFuture(client.send(askVersion()));
            });
            caller->setFuture(client.send(askVersion()));
        }
        QTRY_VERIFY(answered > 32);
        proxy->addKey(secondKey.id, secondKey.secret);
        const Result<KeyChange> change = awaited(rotateKey(window, secrets, id, secondKey));
        QVERIFY2(!change->failure, change->failure ? qPrintable(sentence(*change->failure)) : "");
        proxy->revokeKey(firstKey.id); // at once: the tokens of the old key are worth nothing from here on
        const int then = answered;
        QTRY_VERIFY(answered > then + 64);
        going = false;
        for (const auto &caller : callers)
            QTRY_VERIFY(caller->isFinished());
        QCOMPARE(refused, 0);
        // One for the first key, one to verify the second, one for the running calls; and one more when the old key's end was
        // noticed before the file's change.
        QVERIFY2(proxy->tokensAsked() == 3 || proxy->tokensAsked() == 4, qPrintable(QString::number(proxy->tokensAsked())));
        QCOMPARE(server.find(id)->secretRevision, 2);
    }

    void aRotationThatFailsDisturbsNobody()
    {
        QTemporaryDir directory;
        const auto secrets = std::make_shared<MemoryStore>();
        ProfileStore profiles(directory.filePath(u"profiles.json"_s));
        Profile draft;
        draft.name = u"steady"_s;
        draft.url = proxy->url();
        const QString id = profiles.add(draft)->id;
        QVERIFY(!awaited(setKey(profiles, secrets, id, firstKey))->failure);
        const Client client = Client::to(proxy->url(), std::make_shared<ProfileKeys>(profiles, secrets, id, proxy->url()));
        QVERIFY(awaited(client.send(askVersion())));
        QVERIFY(awaited(rotateKey(profiles, secrets, id, secondKey))->failure); // the server does not know it
        const int tokens = proxy->tokensAsked();
        QVERIFY(awaited(client.send(askVersion())));
        QCOMPARE(proxy->tokensAsked(), tokens);
    }

    // Probe

    void theRealServerIsReady()
    {
        const ProbeReport report = awaited(probe(support::realServer(), fixedKey({}))).value();
        QCOMPARE(statusName(report.status), u"ready"_s);
        QVERIFY2(report.version.contains(u'.'), qPrintable(report.version));
    }

    void itsWebPagesAreTold()
    {
        QUrl root = support::realServer();
        root.setPath(u"/"_s);
        const ProbeReport report = awaited(probe(root, fixedKey({}))).value();
        QCOMPARE(statusName(report.status), u"missing_api"_s);
        QCOMPARE(report.suggestion, support::realServer());
    }

    void itsSchemeIsTold()
    {
        QUrl secure = support::realServer();
        secure.setScheme(u"https"_s);
        const ProbeReport report = awaited(probe(secure, fixedKey({}))).value();
        QCOMPARE(statusName(report.status), u"wrong_scheme"_s);
        QCOMPARE(report.suggestion, support::realServer());
    }

    void aKeyIsProbed_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("status");
        QTest::newRow("right") << firstKey.secret << u"ready"_s;
        QTest::newRow("wrong") << u"wrong"_s << u"wrong_key"_s;
    }

    void aKeyIsProbed()
    {
        QFETCH(QString, secret);
        const ProbeReport report = awaited(probe(proxy->url(), fixedKey({firstKey.id, secret}))).value();
        QTEST(statusName(report.status), "status");
        QCOMPARE(report.version.isEmpty(), !report.isUsable()); // learnt once there is a token
        QCOMPARE(awaited(probe(support::realServer(), fixedKey({firstKey.id, secret})))->status, ProbeStatus::Ready); // which wants none
    }

    void theKeyIsMissed()
    {
        QCOMPARE(statusName(awaited(probe(proxy->url(), fixedKey({})))->status), u"key_missing"_s);
    }

    // The proxy as a program, as tests of processes use it.
    void theProgramOfTheProxy()
    {
        QProcess program;
        program.start(QStringLiteral(AUTH_PROXY), {u"--upstream"_s, support::realServer().toString(), u"--key"_s, u"a:b"_s});
        const auto line = [&program]() -> QByteArray {
            while (!program.canReadLine()) {
                if (!program.waitForReadyRead(10000))
                    return "nothing";
            }
            return program.readLine().trimmed();
        };
        const QUrl url(u"http://127.0.0.1:%1/api"_s.arg(line().toInt()));
        const Client client = Client::to(url, fixedKey({u"a"_s, u"b"_s}));
        QVERIFY(awaited(client.send(askVersion())));
        program.write("revoke a\n");
        QCOMPARE(line(), QByteArray("ok"));
        QCOMPARE(awaited(client.send(askVersion())).error().kind, Error::Kind::Auth);
        program.write("seen\n");
        QCOMPARE(line(), QByteArray("2 1 4"));
        program.closeWriteChannel();
        QVERIFY(program.waitForFinished(10000));
        QCOMPARE(program.exitCode(), 0);
    }

private:
    std::unique_ptr<AuthProxy> proxy;
};

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
