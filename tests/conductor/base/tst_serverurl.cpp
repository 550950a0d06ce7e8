// Addresses as people paste them; none that leaks a password or names no server is taken.
#include "conductor/base/serverurl.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestServerUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_GUILESS_MAIN(TestServerUrl)
#include "tst_serverurl.moc"
