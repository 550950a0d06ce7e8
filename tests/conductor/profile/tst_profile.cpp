// A profile is read as it was written, keeps what others put into it, and has a name that can be shown.
#include "conductor/base/utc.h"
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
        profile.keySince = conductor::utc(QDate(2026, 11, 1), QTime(12, 30));
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

    void aKeyIsOldAfterThirtyDays()
    {
        const QDateTime now = conductor::utc(QDate(2026, 11, 22), QTime(12, 0));
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
