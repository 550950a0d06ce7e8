// The overview: every server with what failed and what runs, nothing where there is nothing, and trouble in words.
#include "app/overview/overviewpage.h"

#include "app/executions/executionsmodel.h"
#include "app/overview/serversection.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/table.h"
#include "support/pagedsearch.h"

#include <QLabel>
#include <QPushButton>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::OverviewPage;
using conductor::Error;

class TestOverviewPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_transports.clear();
        m_servers = std::make_unique<app::Servers>([this](const app::ServerEntry &server) {
            auto &transport = m_transports[server.id];
            if (!transport)
                transport = std::make_shared<support::PagedSearch>();
            return conductor::Client(transport);
        });
        m_page = std::make_unique<OverviewPage>(*m_servers, app::systemTime);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->setLive(true);
    }

    void cleanup()
    {
        m_page.reset();
        m_servers.reset();
    }

    void beginsWithAnInvitation()
    {
        QVERIFY(m_page->findChild<app::EmptyState *>()->isVisible());
        QSignalSpy wanted(m_page.get(), &OverviewPage::serverWanted);
        Q_EMIT m_page->findChild<app::EmptyState *>()->actionRequested();
        QCOMPARE(wanted.size(), 1);
        QSignalSpy local(m_page.get(), &OverviewPage::localServerWanted);
        Q_EMIT m_page->findChild<app::EmptyState *>()->linkRequested();
        QCOMPARE(local.size(), 1);
    }

    void showsWhatFailedAndWhatRuns()
    {
        busyServer(u"one"_s);
        m_servers->show({entry(u"one"_s)});
        QTRY_COMPARE(visibleTables().size(), 2);
        QCOMPARE(visibleTables()[0]->model()->rowCount(), 2);
        QCOMPARE(visibleTables()[1]->model()->rowCount(), 5); // the newest of seven
        QVERIFY(says(u"Failed in the last 24 hours: 2"_s));
        QVERIFY(says(u"Running and paused: 7"_s));
    }

    // The window has room for more than there is: the room stays below.
    void keepsItsRowsTogether()
    {
        m_transports[u"one"_s] = std::make_shared<support::PagedSearch>();
        m_transports[u"one"_s]->addRuns(1, u"flow"_s, u"RUNNING"_s);
        m_servers->show({entry(u"one"_s)});
        QTRY_COMPARE(visibleTables().size(), 1);
        QTRY_VERIFY(says(u"Nothing failed in the last 24 hours."_s));
        const app::ServerSection *section = m_page->findChild<app::ServerSection *>();
        QTRY_VERIFY2(section->height() < 160, qPrintable(QString::number(section->height())));
    }

    void isCalmWhereNothingIs()
    {
        m_servers->show({entry(u"one"_s)});
        QTRY_VERIFY(says(u"Nothing is running, and nothing failed in the last 24 hours."_s));
        QCOMPARE(visibleTables().size(), 0);
        QCOMPARE(m_servers->find(u"one"_s)->health.state, app::ServerHealth::State::Ready);
    }

    void tellsTroubleInWordsAndKeepsTheOthers()
    {
        busyServer(u"two"_s);
        m_transports[u"one"_s] = std::make_shared<support::PagedSearch>();
        m_transports[u"one"_s]->error = Error{Error::Kind::Network, u"Connection refused"_s, u"Is it running?"_s};
        m_servers->show({entry(u"one"_s), entry(u"two"_s)});
        QTRY_VERIFY(says(u"Connection refused. Is it running?"_s));
        QTRY_COMPARE(visibleTables().size(), 2);
        QCOMPARE(m_servers->find(u"one"_s)->health.state, app::ServerHealth::State::Trouble);
    }

    void followsTheListOfServers()
    {
        busyServer(u"one"_s);
        m_servers->show({entry(u"one"_s), entry(u"two"_s)});
        QCOMPARE(sections().size(), 2);
        const app::ServerSection *first = sections()[0];
        m_servers->show({entry(u"one"_s)});
        QCOMPARE(sections().size(), 1);
        QCOMPARE(sections()[0], first);
        m_servers->show({});
        QCOMPARE(sections().size(), 0);
        QVERIFY(m_page->findChild<app::EmptyState *>()->isVisible());
    }

    void opensRunsAndSearches()
    {
        busyServer(u"one"_s);
        m_servers->show({entry(u"one"_s)});
        QTRY_COMPARE(visibleTables().size(), 2);
        QSignalSpy opened(m_page.get(), &OverviewPage::openRequested);
        visibleTables()[0]->setCurrentIndex(visibleTables()[0]->model()->index(0, 0));
        QTest::keyClick(visibleTables()[0], Qt::Key_Return);
        QCOMPARE(opened.value(0), (QVariantList{u"one"_s, u"run-7"_s}));

        QSignalSpy searched(m_page.get(), &OverviewPage::searchRequested);
        const auto buttons = m_page->findChildren<QPushButton *>();
        const auto all = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isVisible() && button->text() == u"Show all"; });
        QVERIFY(all != buttons.end());
        (*all)->click();
        QCOMPARE(searched.value(0), (QVariantList{u"one"_s, u"status:failed,timed_out ended:1d"_s}));
    }

    void restsWhileNobodyLooks()
    {
        busyServer(u"one"_s);
        m_page->setLive(false);
        m_servers->show({entry(u"one"_s)});
        QCoreApplication::processEvents();
        QCOMPARE(m_transports[u"one"_s]->asked.size(), size_t(0));
        m_page->setLive(true);
        QTRY_COMPARE(m_transports[u"one"_s]->asked.size(), size_t(2));
    }

private:
    void busyServer(const QString &id)
    {
        auto server = std::make_shared<support::PagedSearch>();
        server->addRuns(7, u"flow"_s, u"RUNNING"_s);
        server->addRuns(2, u"flow"_s, u"FAILED"_s);
        server->addRuns(20, u"flow"_s, u"COMPLETED"_s);
        m_transports[id] = server;
    }

    static app::ServerEntry entry(const QString &id) { return {.id = id, .name = id, .url = QUrl(u"http://%1/api"_s.arg(id))}; }

    QList<app::ServerSection *> sections() const { return m_page->findChildren<app::ServerSection *>(); }

    QList<app::Table *> visibleTables() const
    {
        QList<app::Table *> shown;
        const auto tables = m_page->findChildren<app::Table *>();
        for (app::Table *table : tables) {
            if (table->isVisible())
                shown << table;
        }
        return shown;
    }

    bool says(const QString &text) const
    {
        const auto labels = m_page->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisible() && label->text() == text; });
    }

    std::map<QString, std::shared_ptr<support::PagedSearch>> m_transports;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<OverviewPage> m_page;
};

QTEST_MAIN(TestOverviewPage)
#include "tst_overviewpage.moc"
