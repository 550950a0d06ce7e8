// Secrets do not reach a log or an audit row, whatever field or text they hide in; ordinary values do.
#include "conductor/base/redaction.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsSecretsByName_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<bool>("secret");
        for (const QString &field : {u"password"_s, u"X-Authorization"_s, u"keySecret"_s, u"access_token"_s, u"apiKey"_s, u"api-key"_s, u"keyId"_s,
                                     u"client_secret"_s, u"dbPassword"_s, u"CONDUCTOR_AUTH_KEY"_s, u"privateKey"_s})
            QTest::newRow(qPrintable(field)) << field << true;
        for (const QString &field : {u"name"_s, u"tokens"_s, u"key"_s, u"author"_s, u"correlationId"_s, u"passed"_s})
            QTest::newRow(qPrintable(field)) << field << false;
    }

    void knowsSecretsByName()
    {
        QFETCH(QString, field);
        QTEST(namesASecret(field), "secret");
    }

    void masksAtAnyDepth()
    {
        const QJsonObject headers{{u"Authorization"_s, u"Basic abc"_s}, {u"Accept"_s, u"text/plain"_s}};
        const QJsonObject json{{u"steps"_s, QJsonArray{QJsonObject{{u"headers"_s, headers}}}}, {u"tokens"_s, 1518}};
        const QJsonObject masked = redacted(QJsonValue(json)).toObject();
        const QJsonObject shown = masked[u"steps"][0][u"headers"].toObject();
        QCOMPARE(shown[u"Authorization"].toString(), redactionMark());
        QCOMPARE(shown[u"Accept"].toString(), u"text/plain"_s);
        QCOMPARE(masked[u"tokens"].toInt(), 1518);
    }

    void masksInTexts()
    {
        QCOMPARE(redacted(u"Bearer abcdefgh12345 sent"_s), u"Bearer ••• sent"_s);
        QCOMPARE(redacted(u"token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln rest"_s), u"token ••• rest"_s);
        QCOMPARE(redacted(u"https://me:pw@host/api"_s), u"https://•••@host/api"_s);
        QCOMPARE(redacted(u"https://host/api"_s), u"https://host/api"_s);
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
