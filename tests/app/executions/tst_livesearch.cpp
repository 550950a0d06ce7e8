// A search stays at what the server says: new runs on top, changed ones in place, further pages on request, and never the
// answer of a search nobody wants any more.
#include "app/executions/livesearch.h"
#include "support/pagedsearch.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::ExecutionsModel;
using app::LiveSearch;
using conductor::Error;
using conductor::ExecutionQuery;

class TestLiveSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_shared<support::PagedSearch>();
        m_search = std::make_unique<LiveSearch>(conductor::Client(m_server), app::systemTime);
        m_shown = std::make_unique<QSignalSpy>(m_search.get(), &LiveSearch::shown);
    }

    void cleanup()
    {
        m_shown.reset();
        m_search.reset();
        m_server->hangUp(); // whoever waits for it keeps it alive
        QCoreApplication::processEvents();
    }

    void showsTheNewestPage()
    {
        m_server->addRuns(250, u"flow"_s, u"COMPLETED"_s);
        begin({});
        QCOMPARE(m_search->model().rowCount(), LiveSearch::pageSize);
        QCOMPARE(m_search->total(), 250);
        QVERIFY(m_search->hasMore());
        QCOMPARE(idAt(0), u"run-0"_s);
    }

    void asksNothingUntilSomebodyLooks()
    {
        m_search->search({});
        QCoreApplication::processEvents();
        QCOMPARE(m_server->asked.size(), size_t(0));
    }

    void loadsFurtherPagesToTheEnd()
    {
        m_server->addRuns(250, u"flow"_s, u"COMPLETED"_s);
        begin({});
        QAbstractItemModelTester tester(&m_search->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_search->loadMore();
        m_search->loadMore(); // while it is under way: no second one
        QTRY_COMPARE(m_search->model().rowCount(), 200);
        m_search->loadMore();
        QTRY_COMPARE(m_search->model().rowCount(), 250);
        QVERIFY(!m_search->hasMore());
        QCOMPARE(idAt(249), u"run-249"_s);
        const size_t asked = m_server->asked.size();
        m_search->loadMore();
        QCOMPARE(m_server->asked.size(), asked);
    }

    void followsTheServer()
    {
        m_server->addRuns(150, u"flow"_s, u"RUNNING"_s);
        begin({.statuses = {u"RUNNING"_s}});
        m_search->loadMore();
        QTRY_COMPARE(m_search->model().rowCount(), 150);

        m_server->startRun(u"new"_s, u"flow"_s, u"RUNNING"_s);
        m_server->setStatus(u"run-3"_s, u"FAILED"_s);  // on the first page
        m_server->removeRun(u"run-140"_s);             // on the one below
        refresh();

        QCOMPARE(idAt(0), u"new"_s);
        QTRY_COMPARE(m_search->model().rowCount(), 149);
        for (int row = 0; row < m_search->model().rowCount(); ++row)
            QVERIFY(idAt(row) != u"run-3" && idAt(row) != u"run-140");
    }

    void dropsAnswersOfAnOlderSearch()
    {
        m_server->addRuns(3, u"old"_s, u"COMPLETED"_s);
        m_server->startRun(u"wanted"_s, u"new"_s, u"COMPLETED"_s);
        m_search->setLive(true);
        m_search->search({.names = {u"old"_s}});
        m_search->search({.names = {u"new"_s}}); // before the first was answered
        QTRY_VERIFY(m_search->isAnswered());
        QCOMPARE(m_search->model().rowCount(), 1);
        QCOMPARE(idAt(0), u"wanted"_s);
    }

    void abortsASearchThatIsNotWantedAnyMore()
    {
        m_server->silent = true;
        m_search->setLive(true);
        m_search->search({.names = {u"slow"_s}});
        QTRY_VERIFY(!m_server->asked.empty());
        const std::stop_token stop = m_server->asked.back().stop;
        m_search->search({});
        QVERIFY(stop.stop_requested());
    }

    void keepsOldRowsUntilTheNewAnswer()
    {
        m_server->addRuns(5, u"flow"_s, u"COMPLETED"_s);
        begin({});
        m_search->search({.names = {u"none*"_s}});
        QCOMPARE(m_search->model().rowCount(), 5);
        QVERIFY(!m_search->isAnswered());
        QTRY_VERIFY(m_search->isAnswered());
        QCOMPARE(m_search->model().rowCount(), 0);
    }

    void widensANameNobodyHas()
    {
        m_server->addRuns(4, u"agent_swarm"_s, u"COMPLETED"_s);
        begin({.names = {u"agent"_s}});
        QVERIFY(m_search->isWidened());
        QCOMPARE(m_search->model().rowCount(), 4);

        m_server->startRun(u"exact"_s, u"agent"_s, u"COMPLETED"_s);
        refresh();
        QVERIFY(!m_search->isWidened());
        QCOMPARE(m_search->model().rowCount(), 1);
        QCOMPARE(idAt(0), u"exact"_s);
    }

    void tellsErrorsAndKeepsWhatItHas()
    {
        m_server->addRuns(5, u"flow"_s, u"COMPLETED"_s);
        begin({});
        QSignalSpy failed(m_search.get(), &LiveSearch::failed);
        m_server->error = Error{Error::Kind::Network, u"Connection refused"_s};
        m_search->refresh();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(m_search->error()->kind, Error::Kind::Network);
        QCOMPARE(m_search->model().rowCount(), 5);

        m_server->error.reset();
        refresh();
        QVERIFY(!m_search->error());
    }

private:
    void begin(const ExecutionQuery &query)
    {
        m_search->setLive(true);
        m_search->search(query);
        QTRY_VERIFY(m_search->isAnswered());
    }

    void refresh()
    {
        m_shown->clear();
        m_search->refresh();
        QTRY_VERIFY(!m_shown->isEmpty());
    }

    QString idAt(int row) { return m_search->model().index(row, 0).data(ExecutionsModel::ExecutionIdRole).toString(); }

    std::shared_ptr<support::PagedSearch> m_server;
    std::unique_ptr<LiveSearch> m_search;
    std::unique_ptr<QSignalSpy> m_shown;
};

QTEST_GUILESS_MAIN(TestLiveSearch)
#include "tst_livesearch.moc"
