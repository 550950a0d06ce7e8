// Only what the server's grammar honours is asked: what it would drop or misread is refused here, with the way out.
#include "conductor/model/searchquery.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestSearchQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheGrammar_data()
    {
        QTest::addColumn<ExecutionQuery>("query");
        QTest::addColumn<QString>("text");
        QTest::newRow("everything") << ExecutionQuery{} << QString();
        QTest::newRow("one name") << ExecutionQuery{.names = {u"agent*"_s}} << u"workflowType=agent*"_s;
        QTest::newRow("several, without a blank") << ExecutionQuery{.names = {u"a"_s, u"b"_s}, .statuses = {u"RUNNING"_s, u"PAUSED"_s}}
                                                  << u"workflowType IN (a,b) AND status IN (RUNNING,PAUSED)"_s;
        QTest::newRow("times are milliseconds") << ExecutionQuery{.startedAfter = QDateTime::fromMSecsSinceEpoch(1795346046134)}
                                                << u"startTime>1795346046134"_s;
        QTest::newRow("top level") << ExecutionQuery{.topLevelOnly = true} << u"parentWorkflowId=\"\""_s;
        QTest::newRow("children") << ExecutionQuery{.parentId = u"p"_s} << u"parentWorkflowId=p"_s;
    }

    void writesTheGrammar()
    {
        QFETCH(ExecutionQuery, query);
        const Result<QString> text = queryText(query);
        QVERIFY(text);
        QTEST(*text, "text");
    }

    void refusesWhatCannotBeCarried_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("comma") << u"x,y"_s;
        QTest::newRow("and") << u"R AND S"_s;
        QTest::newRow("and at its end") << u"R AND"_s;
        QTest::newRow("and at its beginning") << u"AND S"_s;
        QTest::newRow("a blank at its end") << u"R "_s;
        QTest::newRow("a line break") << u"R\nS"_s;
        QTest::newRow("parentheses") << u"p (q)"_s;
        QTest::newRow("quote") << u"it's"_s;
        QTest::newRow("double quote") << u"\"x\""_s;
    }

    void refusesWhatCannotBeCarried()
    {
        QFETCH(QString, value);
        const Result<QString> text = queryText({.correlationId = value});
        QVERIFY(!text);
        QCOMPARE(text.error().kind, Error::Kind::Validation);
        QVERIFY(text.error().message.contains(value));
    }
};

QTEST_GUILESS_MAIN(TestSearchQuery)
#include "tst_searchquery.moc"
