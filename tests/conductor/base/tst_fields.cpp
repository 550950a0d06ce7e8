// Reading JSON from outside: missing is empty, wrong is an error that names its path.
#include "conductor/base/fields.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void missingIsEmpty()
    {
        Fields fields(QJsonObject{}, u"thing"_s);
        QCOMPARE(fields.text(u"a"), QString());
        QCOMPARE(fields.integer(u"a", 7), 7);
        QCOMPARE(fields.flag(u"a", true), true);
        QVERIFY(!fields.time(u"a").isValid());
        QVERIFY(fields.read(1));
    }

    void zeroIsNoTime()
    {
        Fields fields(QJsonObject{{u"never"_s, 0}, {u"epoch"_s, u"1970-01-01T00:00:00.000Z"_s}, {u"then"_s, qint64(1795346046134)}}, u"thing"_s);
        QVERIFY(!fields.time(u"never").isValid());
        QVERIFY(!fields.time(u"epoch").isValid());
        QCOMPARE(fields.time(u"then").toMSecsSinceEpoch(), 1795346046134);
    }

    void saysWhatDoesNotFit_data()
    {
        QTest::addColumn<QJsonValue>("json");
        QTest::addColumn<QString>("message");
        QTest::newRow("no object") << QJsonValue(3) << u"thing is not a JSON object"_s;
        QTest::newRow("number for text") << QJsonValue(QJsonObject{{u"name"_s, QJsonArray{}}}) << u"thing.name is not text"_s;
        QTest::newRow("text for number") << QJsonValue(QJsonObject{{u"name"_s, u"x"_s}, {u"count"_s, u"x"_s}}) << u"thing.count is not a number"_s;
        QTest::newRow("missing") << QJsonValue(QJsonObject{}) << u"thing.name is missing"_s;
    }

    void saysWhatDoesNotFit()
    {
        QFETCH(QJsonValue, json);
        QFETCH(QString, message);
        Fields fields(json, u"thing"_s);
        fields.required(u"name");
        fields.integer(u"count");
        const Result<int> result = fields.read(1);
        QVERIFY(!result);
        QCOMPARE(result.error().message, message);
        QCOMPARE(result.error().kind, Error::Kind::Protocol);
    }

    void splitsTexts()
    {
        Fields fields(QJsonObject{{u"list"_s, QJsonArray{u"a"_s, u"b"_s}}, {u"text"_s, u"a,b"_s}, {u"none"_s, u""_s}}, u"thing"_s);
        QCOMPARE(fields.texts(u"list"), QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(fields.texts(u"text"), QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(fields.texts(u"none"), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestFields)
#include "tst_fields.moc"
