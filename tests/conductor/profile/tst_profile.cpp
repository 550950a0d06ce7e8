// A profile is read as it was written, keeps what others put into it, and takes no address that would leak or mislead.
#include "conductor/profile/profile.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWent()
    {
        Profile profile;
        profile.id = u"abc123"_s;
        profile.name = u"Prod EU"_s;
        profile.url = QUrl(u"https://conductor.example.com:8443/eu/api"_s);
        profile.production = true;
        profile.requiresCompanion = true;
        profile.keychain = Keychain::KWallet;
        profile.secretRevision = 7;
        profile.keySince = QDateTime(QDate(2026, 11, 1), QTime(12, 30), Qt::UTC);
        profile.sections = QJsonObject{{u"policy"_s, QJsonObject{{u"deny"_s, QJsonArray{u"conductor_poll_task"_s}}, {u"big"_s, qint64(9007199254740993)}}}};

        const Result<Profile> back = Profile::fromJson(profile.toJson(), u"profiles[0]"_s);
        QVERIFY2(back, back ? "" : qPrintable(back.error().message));
        QCOMPARE(back->toJson(), profile.toJson());
        QVERIFY(*back == profile);
        QCOMPARE(back->sections[u"policy"][u"big"].toInteger(), qint64(9007199254740993)); // not through a double
    }

    void namesThePlaceThatDoesNotFit_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<QString>("place");
        QTest::newRow("no id") << QJsonObject{{u"id"_s, QString()}} << u"profiles[3].id"_s;
        QTest::newRow("no name") << QJsonObject{{u"name"_s, QString()}} << u"profiles[3].name"_s;
        QTest::newRow("url without host") << QJsonObject{{u"url"_s, u"http:///api"_s}} << u"profiles[3].url"_s;
        QTest::newRow("flag as text") << QJsonObject{{u"production"_s, u"yes"_s}} << u"profiles[3].production"_s;
        QTest::newRow("unknown keychain") << QJsonObject{{u"keychain"_s, u"plain"_s}} << u"profiles[3].keychain"_s;
        QTest::newRow("revision as text") << QJsonObject{{u"secretRevision"_s, u"x"_s}} << u"profiles[3].secretRevision"_s;
    }

    void namesThePlaceThatDoesNotFit()
    {
        QFETCH(QJsonObject, change);
        QFETCH(QString, place);
        QJsonObject json{{u"id"_s, u"i"_s}, {u"name"_s, u"n"_s}, {u"url"_s, u"http://h/api"_s}};
        QVERIFY(Profile::fromJson(json, u"profiles[3]"_s));
        for (auto it = change.begin(); it != change.end(); ++it)
            json[it.key()] = it.value();
        const Result<Profile> profile = Profile::fromJson(json, u"profiles[3]"_s);
        QVERIFY(!profile);
        QVERIFY2(profile.error().message.contains(place), qPrintable(profile.error().message));
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("stored"); // empty: refused
        QTest::newRow("plain") << u"http://localhost:8080/api"_s << u"http://localhost:8080/api"_s;
        QTest::newRow("blanks and slashes") << u"  http://localhost:8080/api//  "_s << u"http://localhost:8080/api"_s;
        QTest::newRow("a page of the web UI") << u"https://h.example/#/executions?x=1"_s << u"https://h.example"_s;
        QTest::newRow("a query") << u"https://h.example/api?a=b"_s << u"https://h.example/api"_s;
        QTest::newRow("IPv6") << u"http://[::1]:8080/api"_s << u"http://[::1]:8080/api"_s;
        QTest::newRow("encoded path stays") << u"http://h/a%2Fb/api"_s << u"http://h/a%2Fb/api"_s;
        QTest::newRow("upper case scheme") << u"HTTP://H/api"_s << u"http://h/api"_s;
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("no scheme") << u"localhost:8080/api"_s << QString();
        QTest::newRow("only a host") << u"conductor.example.com"_s << QString();
        QTest::newRow("file") << u"file:///etc/passwd"_s << QString();
        QTest::newRow("javascript") << u"javascript:alert(1)"_s << QString();
        QTest::newRow("blank inside") << u"http://a b/api"_s << QString();
        QTest::newRow("port out of range") << u"http://h:99999/api"_s << QString();
        QTest::newRow("password in it") << u"http://me:canary@h/api"_s << QString();
        QTest::newRow("endless") << u"http://h/"_s + QString(3000, u'a') << QString();
    }

    void addresses()
    {
        QFETCH(QString, typed);
        QFETCH(QString, stored);
        const Result<QUrl> url = serverUrl(typed);
        QCOMPARE(bool(url), !stored.isEmpty());
        if (url)
            QCOMPARE(url->toString(QUrl::FullyEncoded), stored);
        else
            QVERIFY2(!sentence(url.error()).contains(u"canary"), qPrintable(sentence(url.error())));
    }

    void names_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("taken");
        QTest::newRow("plain") << u"Prod – Ελλάδα 1"_s << true;
        QTest::newRow("64") << QString(64, u'x') << true;
        QTest::newRow("65") << QString(65, u'x') << false;
        QTest::newRow("blank") << u"  \t "_s << false;
        QTest::newRow("line break") << u"a\nb"_s << false;
        QTest::newRow("turns the direction") << u"prod\u202Exyz"_s << false;
        QTest::newRow("escape") << u"a\x1b[31m"_s << false;
    }

    void names()
    {
        QFETCH(QString, typed);
        QTEST(bool(profileName(typed)), "taken");
    }

    void apiIsAppendedOnce()
    {
        QCOMPARE(withApi(QUrl(u"http://h:1"_s)), QUrl(u"http://h:1/api"_s));
        QCOMPARE(withApi(QUrl(u"http://h:1/"_s)), QUrl(u"http://h:1/api"_s));
        QCOMPARE(withApi(QUrl(u"http://h:1/eu/"_s)), QUrl(u"http://h:1/eu/api"_s));
        QCOMPARE(withApi(QUrl(u"http://h:1/api"_s)), QUrl(u"http://h:1/api"_s));
    }

    void anOriginIsSchemeHostAndPort()
    {
        QCOMPARE(originOf(QUrl(u"https://H.example/api"_s)), u"https://h.example:443"_s);
        QCOMPARE(originOf(QUrl(u"https://h.example:443/other"_s)), u"https://h.example:443"_s);
        QVERIFY(originOf(QUrl(u"http://h.example"_s)) != originOf(QUrl(u"https://h.example"_s)));
    }

    void aKeyIsOldAfterThirtyDays()
    {
        const QDateTime now(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
        Profile profile;
        profile.keySince = now.addDays(-90);
        QVERIFY(!keyAgeInDays(profile, now)); // it has no key
        QVERIFY(!keyIsOld(profile, now));
        profile.keychain = Keychain::SecretService;
        QCOMPARE(keyAgeInDays(profile, now), 90);
        QVERIFY(keyIsOld(profile, now));
        profile.keySince = now.addDays(-30);
        QVERIFY(!keyIsOld(profile, now));
        profile.keySince = now.addDays(-30).addSecs(-1);
        QVERIFY(keyIsOld(profile, now));
        profile.keySince = now.addDays(1); // a clock that was wrong
        QCOMPARE(keyAgeInDays(profile, now), 0);
    }
};

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
