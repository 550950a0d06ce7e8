// One token at a time, renewed when it must be, never for a server without authentication, never against a lockout.
#include "conductor/api/token.h"
#include "conductor/base/delay.h"
#include "support/scriptedtransport.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;
using support::awaited;

namespace {

QString jwt(qint64 secondsToLive)
{
    const QByteArray claims = QJsonDocument(QJsonObject{{u"exp"_s, QDateTime::currentSecsSinceEpoch() + secondsToLive}}).toJson(QJsonDocument::Compact);
    return QString::fromLatin1("eyJh." + claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + ".sig");
}

class Keys : public KeySource
{
public:
    Reply<AccessKey> read() override
    {
        ++reads;
        return answered<AccessKey>(key);
    }
    qint64 revision() const override { return current; }

    AccessKey key{u"id"_s, u"secret"_s};
    qint64 current = 1;
    int reads = 0;
};

Reply<QJsonValue> later(Result<QJsonValue> result, std::chrono::milliseconds time)
{
    co_await delay(time);
    co_return result;
}

// A server with tokens: hands out t1, t2, …; accepts only the newest and answers others with `denial`.
class TokenServer : public Transport
{
public:
    Reply<QJsonValue> send(Request request) override
    {
        if (request.segments == QStringList{u"token"_s}) {
            ++tokensAsked;
            if (!tokenFailure.message.isEmpty())
                return answered<QJsonValue>(Failure(tokenFailure));
            if (request.body[u"keySecret"].toString() != goodSecret)
                return answered<QJsonValue>(Failure({Error::Kind::Auth, u"wrong"_s, {}, 401}));
            if (tokenTakes > 0ms) {
                token = u"t%1"_s.arg(tokensAsked);
                return later(QJsonValue(QJsonObject{{u"token"_s, token}}), tokenTakes);
            }
            token = life > 0 ? jwt(life) + QString::number(tokensAsked) : u"t%1"_s.arg(tokensAsked);
            return answered<QJsonValue>(QJsonValue(QJsonObject{{u"token"_s, token}}));
        }
        used << request.token;
        if (request.token != token) {
            const Result<QJsonValue> refusal = Failure({Error::Kind::Auth, denial, {}, 401});
            return later(refusal, std::exchange(refusalTakes, refusalTakes * 2));
        }
        return answered<QJsonValue>(QJsonValue(u"fine"_s));
    }

    QString goodSecret = u"secret"_s;
    QString token = u"none yet"_s;
    QString denial = u"EXPIRED_TOKEN: old"_s;
    Error tokenFailure;
    qint64 life = 0;
    std::chrono::milliseconds tokenTakes{0};
    std::chrono::milliseconds refusalTakes{0}; // twice as long for each that follows
    int tokensAsked = 0;
    QStringList used;
};

} // namespace

class TestToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        server = std::make_shared<TokenServer>();
        keys = std::make_shared<Keys>();
        transport = authorized(server, keys);
    }

    void asksOnceForMany()
    {
        const Reply<QJsonValue> first = ask(), second = ask(), third = ask();
        QVERIFY(awaited(first) && awaited(second) && awaited(third));
        QCOMPARE(server->tokensAsked, 1);
        QCOMPARE(server->used, QStringList({u"t1"_s, u"t1"_s, u"t1"_s}));
    }

    void renewsOnceWhenExpired()
    {
        QVERIFY(awaited(ask()));
        server->token = u"another"_s; // t1 no longer counts
        QVERIFY(awaited(ask()));
        QCOMPARE(server->tokensAsked, 2);
    }

    // Refusals come one after the other, the later ones while the token is being renewed for the first.
    void refusalsOfManyAreOneRenewal_data()
    {
        QTest::addColumn<QString>("denial");
        QTest::newRow("the token is stale") << u"INVALID_TOKEN: revoked"_s;
        QTest::newRow("there is a new key") << u"key revoked"_s;
    }

    void refusalsOfManyAreOneRenewal()
    {
        QFETCH(QString, denial);
        QVERIFY(awaited(ask()));
        server->token = u"another"_s;
        server->denial = denial;
        server->tokenTakes = 60ms;
        server->refusalTakes = 5ms;
        keys->key = {u"id2"_s, u"secret2"_s};
        server->goodSecret = u"secret2"_s;
        const Reply<QJsonValue> first = ask(), second = ask(), third = ask(), fourth = ask();
        for (const Reply<QJsonValue> &reply : {first, second, third, fourth})
            QVERIFY(awaited(reply));
        QCOMPARE(server->tokensAsked, 2);
    }

    void theOldTokenIsNotUsedWhileTheNewKeyGetsItsOwn()
    {
        QVERIFY(awaited(ask()));
        keys->key = {u"id2"_s, u"secret2"_s};
        keys->current = 2;
        server->goodSecret = u"secret2"_s;
        server->tokenTakes = 60ms;
        const Reply<QJsonValue> first = ask();
        QTRY_COMPARE(server->tokensAsked, 2);
        server->used.clear();
        const Reply<QJsonValue> second = ask();
        QVERIFY(awaited(first) && awaited(second));
        QCOMPARE(server->used, QStringList({u"t2"_s, u"t2"_s}));
    }

    void aTokenOfTheOldKeyThatComesLateIsDropped()
    {
        server->tokenTakes = 100ms;
        const Reply<QJsonValue> early = ask();
        QTRY_COMPARE(server->tokensAsked, 1);
        keys->key = {u"id2"_s, u"secret2"_s};
        keys->current = 2;
        server->goodSecret = u"secret2"_s;
        server->tokenTakes = 1ms;
        QVERIFY(awaited(ask())); // does not wait for the token of the old key
        QVERIFY(!early.isFinished());
        awaited(early);
        server->used.clear();
        QVERIFY(awaited(ask()));
        QCOMPARE(server->used, QStringList(u"t2"_s));
        QCOMPARE(server->tokensAsked, 2);
    }

    void aRealDenialIsHandedOn()
    {
        QVERIFY(awaited(ask()));
        server->token = u"another"_s;
        server->denial = u"not for you"_s;
        const Result<QJsonValue> result = awaited(ask());
        QVERIFY(!result);
        QCOMPARE(result.error().message, u"not for you"_s);
        QCOMPARE(server->tokensAsked, 1);
        QCOMPARE(keys->reads, 2); // looked whether there is a new key
    }

    void takesANewKeyAfterADenial()
    {
        QVERIFY(awaited(ask()));
        server->token = u"another"_s;
        server->denial = u"key revoked"_s;
        keys->key = {u"id2"_s, u"secret2"_s};
        server->goodSecret = u"secret2"_s;
        QVERIFY(awaited(ask()));
        QCOMPARE(server->tokensAsked, 2);
    }

    void dropsTheTokenWhenTheRevisionChanges()
    {
        QVERIFY(awaited(ask()));
        keys->current = 2;
        QVERIFY(awaited(ask()));
        QCOMPARE(server->tokensAsked, 2);
        QCOMPARE(keys->reads, 2);
    }

    void renewsEarly()
    {
        server->life = 1; // s; renewed after 0.8
        QVERIFY(awaited(ask()));
        const QString first = server->token;
        QTRY_VERIFY_WITH_TIMEOUT((awaited(ask()), server->token != first), 5000);
        QVERIFY(!server->used.contains(QString()));
    }

    void aServerWithoutAuthenticationIsLeftAlone()
    {
        server->tokenFailure = {Error::Kind::NotFound, u"No static resource api/token."_s, {}, 404};
        server->token = QString();
        QVERIFY(awaited(ask()));
        QVERIFY(awaited(ask()));
        QCOMPARE(server->tokensAsked, 1);
        QCOMPARE(server->used, QStringList({QString(), QString()}));
    }

    void withoutAKeyNoTokenIsAsked()
    {
        keys->key = {};
        server->token = QString();
        QVERIFY(awaited(ask()));
        QCOMPARE(server->tokensAsked, 0);
    }

    void aWrongKeyIsNotHammered()
    {
        server->goodSecret = u"other"_s;
        for (int i = 0; i < 10; ++i)
            QCOMPARE(awaited(ask()).error().kind, Error::Kind::Auth);
        QCOMPARE(server->tokensAsked, 1);

        keys->key.secret = u"other"_s; // the right one at last
        keys->current = 2;
        QVERIFY(awaited(ask()));
    }

    void anImpatientCallerDoesNotSpoilTheTokenForOthers()
    {
        std::stop_source stop;
        Request request = get(u"x"_s);
        request.stop = stop.get_token();
        const Reply<QJsonValue> impatient = transport->send(request);
        const Reply<QJsonValue> patient = ask();
        stop.request_stop();
        QCOMPARE(awaited(impatient).error().kind, Error::Kind::Cancelled);
        QVERIFY(awaited(patient));
    }

    void readsExpiry()
    {
        QVERIFY(expiryOf(jwt(100)).isValid());
        QVERIFY(expiryOf(jwt(qint64(1) << 60)).isValid()); // seconds that are no milliseconds any more
        QVERIFY(!expiryOf(u"opaque"_s).isValid());
        QVERIFY(!expiryOf(u"a.b.c"_s).isValid());
    }

private:
    Reply<QJsonValue> ask() { return transport->send(get(u"x"_s)); }

    std::shared_ptr<TokenServer> server;
    std::shared_ptr<Keys> keys;
    std::shared_ptr<Transport> transport;
};

QTEST_GUILESS_MAIN(TestToken)
#include "tst_token.moc"
