// The companion as a whole, with a scripted server: a run is opened from the list and from the overview, and Esc leads back to where
// one was, with the list as it was left.
#include "app/core/companion.h"

#include "app/executions/executionspage.h"
#include "app/executions/graphview.h"
#include "app/executions/runpage.h"
#include "app/overview/overviewpage.h"
#include "app/widgets/table.h"
#include "support/pagedsearch.h"
#include "support/samples.h"

#include <QScrollBar>
#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

// Lists runs, and shows the same swarm for each of them.
class ListedSwarms : public support::PagedSearch
{
public:
    conductor::Reply<QJsonValue> send(conductor::Request request) override
    {
        if (request.segments.size() != 2 || request.segments.last() == u"search")
            return PagedSearch::send(request);
        QJsonObject run = support::sample(u"swarm22.execution.json"_s).toObject();
        run[u"workflowId"] = request.segments.last();
        return conductor::answered<QJsonValue>(QJsonValue(run));
    }
};

} // namespace

class TestOpenRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_services = std::make_unique<app::Services>();
        m_server = std::make_shared<ListedSwarms>();
        m_server->addRuns(300, u"agent_swarm_22"_s, u"RUNNING"_s);
        m_companion = std::make_unique<app::Companion>(*qApp, *m_services, [this](const app::ServerEntry &) { return conductor::Client(m_server); },
                                                       m_directory->filePath(u"settings.json"_s));
        m_companion->servers().show({{.id = u"one"_s, .name = u"One"_s}, {.id = u"two"_s, .name = u"Two"_s}});
        m_companion->window().resize(1280, 800);
        m_companion->window().show();
    }

    void cleanup()
    {
        m_companion.reset();
        m_services.reset();
    }

    void aRunOpensFromTheListAndEscLeadsBackToIt()
    {
        auto *list = qobject_cast<app::ExecutionsPage *>(window().showPage(u"executions"_s));
        auto *table = list->findChild<app::Table *>();
        QTRY_COMPARE(table->model()->rowCount(), 100);
        table->setCurrentIndex(table->model()->index(60, 0));
        const int scroll = table->verticalScrollBar()->value();
        QVERIFY(scroll > 0);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Return);

        auto *run = qobject_cast<app::RunPage *>(window().currentPage());
        QVERIFY(run);
        QCOMPARE(run->executionId(), u"run-60"_s);
        QTRY_VERIFY(!run->findChild<app::GraphView *>()->graph().nodes.empty());

        window().actions().closePane->trigger();
        QCOMPARE(window().currentPage(), list);
        QCOMPARE(table->currentIndex().row(), 60);
        QCOMPARE(table->verticalScrollBar()->value(), scroll);
        QVERIFY(table->hasFocus());
    }

    void aRunOfAnotherServerOpensFromTheOverview()
    {
        auto *overview = qobject_cast<app::OverviewPage *>(window().showPage(u"overview"_s));
        Q_EMIT overview->openRequested(u"two"_s, u"run-7"_s);
        auto *run = qobject_cast<app::RunPage *>(window().currentPage());
        QVERIFY(run);
        QCOMPARE(run->executionId(), u"run-7"_s);
        QCOMPARE(m_companion->servers().current()->id, u"two"_s);
        QTRY_VERIFY(!run->findChild<app::GraphView *>()->graph().nodes.empty());
        window().actions().closePane->trigger();
        QCOMPARE(window().currentPage(), overview);
    }

    void anotherServerLeadsAwayFromTheRun()
    {
        m_companion->openExecution(u"one"_s, u"run-3"_s);
        QVERIFY(qobject_cast<app::RunPage *>(window().currentPage()));
        m_companion->servers().setCurrent(u"two"_s);
        QVERIFY(qobject_cast<app::ExecutionsPage *>(window().currentPage()));
    }

private:
    app::MainWindow &window() { return m_companion->window(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::Services> m_services;
    std::shared_ptr<ListedSwarms> m_server;
    std::unique_ptr<app::Companion> m_companion;
};

QTEST_MAIN(TestOpenRun)
#include "tst_openrun.moc"
