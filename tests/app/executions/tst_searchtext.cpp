// The search box: what it understands becomes a query the server honours; what it does not is said, never dropped in silence.
#include "app/executions/searchtext.h"
#include "conductor/base/utc.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using app::readSearch;
using app::SearchText;
using conductor::ExecutionQuery;

Q_DECLARE_METATYPE(conductor::ExecutionQuery)

namespace {

const QDateTime now = conductor::utc(QDate(2026, 11, 22), QTime(14, 30));

}

class TestSearchText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void understands_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ExecutionQuery>("query");
        QTest::newRow("nothing") << u"  "_s << ExecutionQuery{};
        QTest::newRow("type") << u"type:agent*"_s << ExecutionQuery{.names = {u"agent*"_s}};
        QTest::newRow("types") << u"type:a,b"_s << ExecutionQuery{.names = {u"a"_s, u"b"_s}};
        QTest::newRow("type with a blank") << u"type:\"my flow\""_s << ExecutionQuery{.names = {u"my flow"_s}};
        QTest::newRow("status in any writing") << u"status:failed,Timed-Out,TIMED_OUT"_s << ExecutionQuery{.statuses = {u"FAILED"_s, u"TIMED_OUT"_s}};
        QTest::newRow("id") << u"id:f38e0b97-14c7-4d3d-883a-3db0e8cdc410"_s << ExecutionQuery{.id = u"f38e0b97-14c7-4d3d-883a-3db0e8cdc410"_s};
        QTest::newRow("correlation") << u"Correlation:launch-42"_s << ExecutionQuery{.correlationId = u"launch-42"_s};
        QTest::newRow("hours") << u"since:1h"_s << ExecutionQuery{.startedAfter = now.addSecs(-3600)};
        QTest::newRow("minutes") << u"since:30m"_s << ExecutionQuery{.startedAfter = now.addSecs(-1800)};
        QTest::newRow("days") << u"since:2d"_s << ExecutionQuery{.startedAfter = now.addDays(-2)};
        QTest::newRow("today") << u"since:today"_s << ExecutionQuery{.startedAfter = now.date().startOfDay()};
        QTest::newRow("yesterday") << u"since:yesterday"_s << ExecutionQuery{.startedAfter = now.date().addDays(-1).startOfDay()};
        QTest::newRow("date") << u"since:2026-11-20 before:2026-11-21"_s
                              << ExecutionQuery{.startedAfter = QDate(2026, 11, 20).startOfDay(), .startedBefore = QDate(2026, 11, 21).startOfDay()};
        QTest::newRow("time of day") << u"since:09:30"_s << ExecutionQuery{.startedAfter = QDateTime(now.date(), QTime(9, 30))};
        QTest::newRow("ISO") << u"since:2026-11-20T08:00:00Z"_s << ExecutionQuery{.startedAfter = conductor::utc(QDate(2026, 11, 20), QTime(8, 0))};
        QTest::newRow("ended") << u"ended:1d"_s << ExecutionQuery{.endedAfter = now.addDays(-1)};
        QTest::newRow("words in order") << u"connection refused"_s << ExecutionQuery{.text = u"connection*refused"_s};
        QTest::newRow("words in quotes") << u"\"connection refused\""_s << ExecutionQuery{.text = u"connection refused"_s};
        QTest::newRow("all at once") << u"boom type:a status:failed since:1d \"two words\""_s
                                     << ExecutionQuery{.names = {u"a"_s}, .statuses = {u"FAILED"_s}, .startedAfter = now.addDays(-1), .text = u"boom*two words"_s};
    }

    void understands()
    {
        QFETCH(QString, text);
        QFETCH(ExecutionQuery, query);
        const SearchText read = readSearch(text, now);
        QCOMPARE(read.complaints, QStringList());
        QVERIFY2(read.query == query, qPrintable(conductor::queryText(read.query).value_or(u"not a query"_s)));
    }

    void saysWhatItDoesNotUnderstand_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        QTest::addColumn<ExecutionQuery>("query");
        QTest::newRow("key") << u"sttus:failed"_s << u"sttus:failed"_s << ExecutionQuery{.text = u"sttus:failed"_s};
        QTest::newRow("address") << u"http://x/y"_s << u"http://x/y"_s << ExecutionQuery{.text = u"http://x/y"_s};
        QTest::newRow("status") << u"status:done"_s << u"done"_s << ExecutionQuery{};
        QTest::newRow("one status of two") << u"status:failed,done"_s << u"done"_s << ExecutionQuery{.statuses = {u"FAILED"_s}};
        QTest::newRow("time") << u"since:tuesday"_s << u"tuesday"_s << ExecutionQuery{};
        QTest::newRow("no value") << u"type: x"_s << u"type:"_s << ExecutionQuery{.text = u"x"_s};
        QTest::newRow("twice") << u"id:a id:b"_s << u"id:"_s << ExecutionQuery{.id = u"b"_s};
        QTest::newRow("what the server cannot carry") << u"correlation:a(b)"_s << u"a(b)"_s << ExecutionQuery{};
        QTest::newRow("wildcard among names") << u"type:a*,b"_s << u"*"_s << ExecutionQuery{.names = {u"a*"_s, u"b"_s}};
    }

    void saysWhatItDoesNotUnderstand()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        QFETCH(ExecutionQuery, query);
        const SearchText read = readSearch(text, now);
        QCOMPARE(read.complaints.size(), 1);
        QVERIFY2(read.complaints[0].contains(said), qPrintable(read.complaints[0]));
        QVERIFY(read.query == query);
    }

    void showsHostileTextHarmless()
    {
        const SearchText read = readSearch(u"status:x\u202Edeliaf"_s, now);
        QCOMPARE(read.complaints.size(), 1);
        QVERIFY(!read.complaints[0].contains(u'\u202E'));
    }

    void neverBreaks_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text : {u"\""_s, u":"_s, u"type:\""_s, u"\"\"\""_s, u"::::"_s, u"status:,,,"_s, u"since:99999999d"_s, QString(1999, u':')})
            QTest::addRow("%s", qPrintable(text.left(20))) << text;
    }

    void neverBreaks()
    {
        QFETCH(QString, text);
        QVERIFY(conductor::queryText(readSearch(text, now).query));
    }

    void changesOnlyTheStatus()
    {
        QCOMPARE(app::withStatuses(u"type:a status:failed \"x y\""_s, {u"RUNNING"_s, u"TIMED_OUT"_s}), u"type:a \"x y\" status:running,timed_out"_s);
        QCOMPARE(app::withStatuses(u"status:failed"_s, {}), QString());
        QCOMPARE(app::withStatuses({}, {u"PAUSED"_s}), u"status:paused"_s);
    }

    void writesTermsItCanRead()
    {
        QCOMPARE(readSearch(app::searchTerm(u"type"_s, u"my flow"_s), now).query.names, QStringList(u"my flow"_s));
        QCOMPARE(readSearch(app::searchTerm(u"correlation"_s, u"order-1"_s), now).query.correlationId, u"order-1"_s);
    }
};

QTEST_GUILESS_MAIN(TestSearchText)
#include "tst_searchtext.moc"
