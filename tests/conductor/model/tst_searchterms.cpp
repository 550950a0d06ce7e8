// What somebody types is understood as meant or said to be a problem, never silently dropped.
#include "conductor/model/searchterms.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestSearchTerms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understands_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ExecutionQuery>("query");
        QTest::newRow("nothing") << QString() << ExecutionQuery{};
        QTest::newRow("terms with AND") << u"type:order* AND status:failed,TIMED_OUT"_s << ExecutionQuery{.names = {u"order*"_s}, .statuses = {u"FAILED"_s, u"TIMED_OUT"_s}};
        QTest::newRow("words") << u"refund \"card no\""_s << ExecutionQuery{.text = u"refund card no"_s};
        QTest::newRow("a span") << u"since:2h"_s << ExecutionQuery{.startedAfter = now().addSecs(-7200)};
        QTest::newRow("top level") << u"parent:none"_s << ExecutionQuery{.topLevelOnly = true};
        QTest::newRow("the server's names") << u"workflowType=a correlationId:c"_s << ExecutionQuery{.names = {u"a"_s}, .correlationId = u"c"_s};
    }

    void understands()
    {
        QFETCH(QString, text);
        const SearchTerms terms = searchTerms(text, now());
        QCOMPARE(terms.problems, QStringList());
        QTEST(terms.query, "query");
        QCOMPARE(terms.failedTask, QString());
    }

    void aFailedTaskNarrowsToFailedRuns()
    {
        const SearchTerms terms = searchTerms(u"failed-task:charge_* type:order"_s, now());
        QCOMPARE(terms.problems, QStringList());
        QCOMPARE(terms.failedTask, u"charge_*"_s);
        QCOMPARE(terms.query, (ExecutionQuery{.names = {u"order"_s}, .statuses = {u"FAILED"_s}}));
        QCOMPARE(searchTerms(u"status:FAILED,TIMED_OUT failed-task:a"_s, now()).query.statuses, QStringList{u"FAILED"_s});
    }

    void saysWhatIsNotPossible_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("or") << u"status:RUNNING OR status:FAILED"_s << u"OR is not possible"_s;
        QTest::newRow("a field") << u"priority:3"_s << u"There is no field priority"_s;
        QTest::newRow("a status") << u"status:DONE"_s << u"There is no status DONE"_s;
        QTest::newRow("a time") << u"since:soon"_s << u"since:soon is not a time"_s;
        QTest::newRow("a failed task of other runs") << u"failed-task:a status:TIMED_OUT"_s << u"status FAILED only"_s;
        QTest::newRow("two failed tasks") << u"failed-task:a failed-task:b"_s << u"takes one task"_s;
        QTest::newRow("no value") << u"type:\"\""_s << u"type: needs a value"_s;
        QTest::newRow("a list of nothing") << u"status:,"_s << u"status: needs a value"_s;
        QTest::newRow("an empty id") << u"id:\" \""_s << u"id: needs a value"_s;
        QTest::newRow("a quote that is not closed") << u"type:\"order fulfilment"_s << u"quote is not closed"_s;
        QTest::newRow("no failed task") << u"failed-task:\"\""_s << u"failed-task: needs a value"_s;
    }

    void saysWhatIsNotPossible()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const QStringList problems = searchTerms(text, now()).problems;
        QCOMPARE(problems.size(), 1);
        QVERIFY2(problems[0].contains(said), qPrintable(problems[0]));
    }

    void knowsWhereARunFailed_data()
    {
        QTest::addColumn<QString>("task");
        QTest::addColumn<bool>("is");
        QTest::newRow("reference") << u"charge_ref"_s << true;
        QTest::newRow("case") << u"Charge_Ref"_s << true;
        QTest::newRow("name") << u"charge_card"_s << true;
        QTest::newRow("wildcard") << u"charge*"_s << true;
        QTest::newRow("in a loop") << u"ask"_s << true;
        QTest::newRow("an iteration") << u"ask__2"_s << true;
        QTest::newRow("another iteration") << u"ask__3"_s << false;
        QTest::newRow("a part") << u"charge"_s << false;
        QTest::newRow("a pattern's sign") << u"charge.ref"_s << false;
    }

    void knowsWhereARunFailed()
    {
        QFETCH(QString, task);
        ExecutionSummary run;
        run.failedRefs = QStringList{u"charge_ref"_s, u"ask__2"_s};
        run.failedNames = QStringList{u"charge_card"_s};
        QTEST(hasFailedAt(run, task), "is");
    }

private:
    static QDateTime now() { return QDateTime::fromString(u"2026-11-22T10:00:00Z"_s, Qt::ISODate); }
};

QTEST_GUILESS_MAIN(TestSearchTerms)
#include "tst_searchterms.moc"
