// The executions page as people use it: search, chips, keyboard, and what it says when there is nothing or no server.
#include "app/executions/executionspage.h"

#include "app/executions/executionsmodel.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/noteline.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"
#include "support/pagedsearch.h"

#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::ExecutionsModel;
using app::ExecutionsPage;
using conductor::Error;

class TestExecutionsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<app::Settings>(m_directory->filePath(u"settings.json"_s));
        m_server = std::make_shared<support::PagedSearch>();
        m_servers = std::make_unique<app::Servers>([this](const app::ServerEntry &) { return conductor::Client(m_server); });
        m_server->addRuns(300, u"flow"_s, u"COMPLETED"_s);
        m_server->startRun(u"bad"_s, u"flow"_s, u"FAILED"_s);
    }

    void cleanup()
    {
        m_page.reset();
        m_servers.reset();
        m_settings.reset();
    }

    void keepsSelectionAndScrollOverRefreshes()
    {
        open();
        table()->verticalScrollBar()->setValue(700);
        const QModelIndex top = table()->indexAt({1, 1});
        const QString topId = idOf(top);
        const int offset = table()->visualRect(top).top();
        table()->setCurrentIndex(top.siblingAtRow(top.row() + 3));
        const QString selected = idOf(table()->currentIndex());

        for (int i = 0; i < 7; ++i)
            m_server->startRun(u"new-%1"_s.arg(i), u"flow"_s, u"RUNNING"_s);
        m_page->refresh();
        QTRY_COMPARE(idOf(table()->model()->index(0, 0)), u"new-6"_s);

        QCOMPARE(idOf(table()->indexAt({1, 1})), topId);
        QCOMPARE(table()->visualRect(table()->indexAt({1, 1})).top(), offset);
        QCOMPARE(idOf(table()->currentIndex()), selected);
        QCOMPARE(table()->selectionModel()->selectedRows().size(), 1);
    }

    void showsWhatIsNewWhenAtTheTop()
    {
        open();
        m_server->startRun(u"new"_s, u"flow"_s, u"RUNNING"_s);
        m_page->refresh();
        QTRY_COMPARE(idOf(table()->indexAt({1, 1})), u"new"_s);
        QCOMPARE(table()->verticalScrollBar()->value(), 0);
    }

    void loadsMoreWhenScrolledToTheEnd()
    {
        open();
        QCOMPARE(table()->model()->rowCount(), 100);
        table()->verticalScrollBar()->setValue(table()->verticalScrollBar()->maximum());
        QTRY_COMPARE(table()->model()->rowCount(), 200);
    }

    void fitsTwentyFiveRows()
    {
        open();
        m_page->resize(1080, 800);
        QCoreApplication::processEvents();
        const int last = table()->indexAt({1, table()->viewport()->height() - 1}).row();
        QVERIFY2(last >= 25, qPrintable(QString::number(last)));
    }

    void searchesWhatIsTyped()
    {
        open();
        m_page->focusSearch();
        QVERIFY(field()->hasFocus());
        QTest::keyClicks(field(), u"status:failed"_s);
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QVERIFY(chip(u"Failed"_s)->isChecked());
        QCOMPARE(m_settings->get(app::setting::executionSearch, u"one"_s), u"status:failed"_s);
    }

    void chipsWriteIntoTheBox()
    {
        open();
        QTest::mouseClick(chip(u"Failed"_s), Qt::LeftButton);
        QCOMPARE(field()->text(), u"status:failed"_s);
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QTest::mouseClick(chip(u"Failed"_s), Qt::LeftButton);
        QCOMPARE(field()->text(), QString());
    }

    void saysWhatItDidNotUnderstand()
    {
        open();
        m_page->setSearch(u"sttus:failed"_s);
        QVERIFY(m_page->findChild<app::NoteLine *>()->isVisible());
        m_page->setSearch({});
        QVERIFY(m_page->findChild<app::NoteLine *>()->isHidden());
    }

    void opensWithEnterAndDoubleClick()
    {
        open();
        QSignalSpy opened(m_page.get(), &ExecutionsPage::openRequested);
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(1, 0));
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toString(), u"run-0"_s);
        const QPoint first = table()->visualRect(table()->model()->index(0, ExecutionsModel::Name)).center();
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, first); // QtTest sends the second half only
        QTest::mouseDClick(table()->viewport(), Qt::LeftButton, {}, first);
        QCOMPARE(opened.size(), 2);
        QCOMPARE(opened[1][0].toString(), u"bad"_s);
    }

    void opensTheRunWhoseIdIsEntered()
    {
        open();
        QSignalSpy opened(m_page.get(), &ExecutionsPage::openRequested);
        m_page->focusSearch();
        QTest::keyClicks(field(), u"flow"_s);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(opened.size(), 0);
        field()->clear();
        QTest::keyClicks(field(), u" f38e0b97-14c7-4d3d-883a-3db0e8cdc410"_s);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toString(), u"f38e0b97-14c7-4d3d-883a-3db0e8cdc410"_s);
    }

    void copiesTheWholeId()
    {
        open();
        const QRect cell = table()->visualRect(table()->model()->index(0, ExecutionsModel::Id));
        QSignalSpy said(m_page.get(), &app::Page::said);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, app::IdDelegate::copyRect(cell).center());
        QCOMPARE(QGuiApplication::clipboard()->text(), u"bad"_s);
        QCOMPARE(said.size(), 1);
    }

    void escapeClosesOneThingAtATime()
    {
        open();
        m_page->setSearch(u"flow"_s);
        m_page->focusSearch();
        QVERIFY(m_page->closePane());
        QVERIFY(!field()->hasFocus());
        QVERIFY(m_page->closePane());
        QCOMPARE(m_page->search(), QString());
        QVERIFY(!m_page->closePane());
    }

    void offersToClearAFilterThatMatchesNothing()
    {
        open();
        m_page->setSearch(u"type:none*"_s);
        QTRY_VERIFY(empty()->isVisible());
        QCOMPARE(empty()->accessibleName(), u"No execution matches"_s);
        Q_EMIT empty()->actionRequested();
        QTRY_COMPARE(table()->model()->rowCount(), 100);
        QVERIFY(table()->isVisible());
    }

    void saysThatNothingHasRunYet()
    {
        m_server = std::make_shared<support::PagedSearch>();
        open(0);
        QTRY_VERIFY(empty()->isVisible());
        QSignalSpy wanted(m_page.get(), &ExecutionsPage::definitionsWanted);
        Q_EMIT empty()->actionRequested();
        QCOMPARE(wanted.size(), 1);
    }

    void saysThatThereIsNoServer()
    {
        make();
        QVERIFY(empty()->isVisible());
        QSignalSpy wanted(m_page.get(), &ExecutionsPage::serverWanted);
        Q_EMIT empty()->actionRequested();
        QCOMPARE(wanted.size(), 1);
    }

    void saysWhyThereIsNothingAndTriesAgain()
    {
        m_server->error = Error{Error::Kind::Network, u"Connection refused"_s, u"Is it running?"_s};
        make();
        m_servers->show({{.id = u"one"_s, .name = u"One"_s}});
        QTRY_COMPARE(empty()->accessibleName(), u"The executions could not be read"_s);
        QCOMPARE(m_servers->current()->health.state, app::ServerHealth::State::Trouble);

        m_server->error.reset();
        Q_EMIT empty()->actionRequested();
        QTRY_COMPARE(table()->model()->rowCount(), 100);
        QCOMPARE(m_servers->current()->health.state, app::ServerHealth::State::Ready);
    }

    void keepsAListThatIsNotCurrentAndSaysSo()
    {
        open();
        auto *bar = m_page->findChild<app::MessageBar *>();
        m_server->error = Error{Error::Kind::Timeout, u"No answer"_s};
        m_page->refresh();
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(bar->kind(), app::MessageBar::Kind::Error);
        QCOMPARE(table()->model()->rowCount(), 100);

        m_server->error.reset();
        m_page->refresh();
        QTRY_VERIFY(bar->isHidden());
    }

    void remembersTheSearchOfEachServer()
    {
        open();
        m_page->setSearch(u"status:failed"_s);
        m_servers->show({{.id = u"one"_s, .name = u"One"_s}, {.id = u"two"_s, .name = u"Two"_s}});
        m_servers->setCurrent(u"two"_s);
        QCOMPARE(m_page->search(), QString());
        m_servers->setCurrent(u"one"_s);
        QCOMPARE(m_page->search(), u"status:failed"_s);
        QTRY_COMPARE(table()->model()->rowCount(), 1);
    }

    void tabFollowsTheReadingOrder()
    {
        open();
        m_page->focusSearch();
        QStringList order;
        for (int step = 0; step < 8; ++step) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            order << QApplication::focusWidget()->accessibleName();
        }
        QCOMPARE(order, QStringList({u"Refresh (F5)"_s, u"Running"_s, u"Paused"_s, u"Failed"_s, u"Timed out"_s, u"Completed"_s, u"Terminated"_s, u"Executions"_s}));
    }

private:
    void make()
    {
        m_page = std::make_unique<ExecutionsPage>(*m_servers, *m_settings, app::systemTime);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->setLive(true);
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void open(int rows = 100)
    {
        make();
        m_servers->show({{.id = u"one"_s, .name = u"One"_s}});
        QTRY_COMPARE(table()->model()->rowCount(), rows);
    }

    app::Table *table() const { return m_page->findChild<app::Table *>(); }
    app::SearchField *field() const { return m_page->findChild<app::SearchField *>(); }
    app::EmptyState *empty() const { return m_page->findChild<app::EmptyState *>(); }

    app::FilterChip *chip(const QString &word) const
    {
        const auto chips = m_page->findChildren<app::FilterChip *>();
        const auto found = std::find_if(chips.begin(), chips.end(), [&](const app::FilterChip *chip) { return chip->text() == word; });
        return found == chips.end() ? nullptr : *found;
    }

    static QString idOf(const QModelIndex &index) { return index.data(ExecutionsModel::ExecutionIdRole).toString(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::Settings> m_settings;
    std::shared_ptr<support::PagedSearch> m_server;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<ExecutionsPage> m_page;
};

QTEST_MAIN(TestExecutionsPage)
#include "tst_executionspage.moc"
