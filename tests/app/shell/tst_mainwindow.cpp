// The window: pages made when shown and live only when seen, shortcuts without conflicts, Esc one thing at a time, a
// production server that cannot be overlooked, and closing that does not end anything.
#include "app/shell/mainwindow.h"

#include "app/core/page.h"
#include "app/shell/serverchooser.h"
#include "app/widgets/sidebar.h"
#include "app/widgets/toast.h"
#include "support/scriptedtransport.h"

#include <QApplication>
#include <QMenu>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::Actions;
using app::MainWindow;

namespace {

class TestPage : public app::Page
{
public:
    void setLive(bool shown) override { live = shown; }
    void refresh() override { ++refreshes; }
    void focusSearch() override { ++searches; }
    bool closePane() override { return panes > 0 && panes--; }

    bool live = false;
    int refreshes = 0;
    int searches = 0;
    int panes = 0;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<app::Settings>(m_directory->filePath(u"settings.json"_s));
        m_servers = std::make_unique<app::Servers>(
            [](const app::ServerEntry &) { return conductor::Client(std::make_shared<support::ScriptedTransport>()); });
        m_made = {};
        makeWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_servers.reset();
        m_settings.reset();
    }

    void makesPagesWhenTheyAreShown()
    {
        QCOMPARE(m_made, QStringList());
        open(u"one"_s);
        QCOMPARE(m_made, QStringList(u"one"_s));
        QTest::keySequence(m_window.get(), QKeySequence(u"Alt+2"_s));
        QCOMPARE(m_made, QStringList({u"one"_s, u"two"_s}));
        QTest::keySequence(m_window.get(), QKeySequence(u"Alt+1"_s));
        QTest::keySequence(m_window.get(), QKeySequence(u"Alt+2"_s));
        QCOMPARE(m_made.size(), 2);
        QCOMPARE(m_settings->get(app::setting::lastPage), u"two"_s);
        QVERIFY(!m_window->showPage(u"three"_s));
    }

    void onlyWhatIsSeenIsLive()
    {
        open(u"one"_s);
        TestPage *one = page();
        QVERIFY(one->live);
        m_window->showPage(u"two"_s);
        TestPage *two = page();
        QVERIFY(!one->live && two->live);
        m_window->hide();
        QVERIFY(!two->live);
        m_window->show();
        QVERIFY(two->live);
        m_window->showMinimized();
        QTRY_VERIFY(!two->live);
        m_window->raiseToUser();
        QTRY_VERIFY(two->live);
    }

    void actionsReachThePage()
    {
        open(u"one"_s);
        QTest::keySequence(m_window.get(), QKeySequence(u"F5"_s));
        QTest::keySequence(m_window.get(), QKeySequence(u"Ctrl+F"_s));
        QCOMPARE(page()->refreshes, 1);
        QCOMPARE(page()->searches, 1);
        QSignalSpy quit(m_window.get(), &MainWindow::quitRequested);
        QTest::keySequence(m_window.get(), QKeySequence(u"Ctrl+Q"_s));
        QCOMPARE(quit.size(), 1);
    }

    void shortcutsAreToldAndNeverTwice()
    {
        QSet<QString> taken;
        for (const QAction *action : m_window->actions().all()) {
            const QString keys = action->shortcut().toString();
            if (keys.isEmpty())
                continue;
            QVERIFY2(!taken.contains(keys), qPrintable(keys));
            taken << keys;
            QVERIFY2(action->toolTip().contains(action->shortcut().toString(QKeySequence::NativeText)), qPrintable(action->toolTip()));
        }
        QVERIFY(taken.size() >= 7);
    }

    void escapeClosesOneThingAtATime()
    {
        open(u"one"_s);
        page()->panes = 2;
        m_window->say(u"Copied"_s);
        auto *toast = m_window->findChild<app::Toast *>();
        QTest::keySequence(m_window.get(), QKeySequence(u"Esc"_s));
        QVERIFY(toast->isHidden());
        QCOMPARE(page()->panes, 2);
        QTest::keySequence(m_window.get(), QKeySequence(u"Esc"_s));
        QCOMPARE(page()->panes, 1);
        QVERIFY(m_window->isVisible());
    }

    void closingEndsNothing()
    {
        open(u"one"_s);
        QSignalSpy hidden(m_window.get(), &MainWindow::hiddenByClose);
        m_window->close(); // no tray
        QVERIFY(m_window->isVisible());
        QTRY_VERIFY(m_window->isMinimized());
        QCOMPARE(hidden.size(), 0);

        m_window->raiseToUser();
        m_window->setCanHide([] { return true; });
        m_window->close();
        QVERIFY(m_window->isHidden());
        QCOMPARE(hidden.size(), 1);
        m_window->raiseToUser();
        QVERIFY(m_window->isVisible() && !m_window->isMinimized());
    }

    void productionCannotBeOverlooked()
    {
        m_servers->show({{.id = u"dev"_s, .name = u"Dev"_s}, {.id = u"prod"_s, .name = u"Payments"_s, .production = true}});
        open(u"one"_s);
        QVERIFY(!m_window->windowTitle().contains(u"PROD"));
        const QColor before = topPixel();
        m_servers->setCurrent(u"prod"_s);
        QVERIFY(m_window->windowTitle().contains(u"Payments (PROD)"));
        QTRY_VERIFY(topPixel() != before);
        QVERIFY(chooser()->accessibleName().contains(u"production"));
        m_servers->setCurrent(u"dev"_s);
        QTRY_COMPARE(topPixel(), before);
        QCOMPARE(m_settings->get(app::setting::currentServer), u"dev"_s);
    }

    void choosesAmongServers()
    {
        m_servers->show({{.id = u"dev"_s, .name = u"Dev & more"_s}, {.id = u"prod"_s, .name = u"Payments"_s, .production = true}});
        open(u"one"_s);
        QMenu *menu = chooser()->menu();
        QCOMPARE(menu->actions().size(), 4); // two servers, a line, the way to manage them
        QVERIFY(menu->actions()[0]->isChecked());
        menu->actions()[1]->trigger();
        QCOMPARE(m_servers->current()->id, u"prod"_s);
        delete menu;
    }

    void remembersHowItWasLeft()
    {
        open(u"two"_s);
        m_window->actions().toggleSidebar->trigger();
        m_window->resize(820, 700); // its least width: later Qts cut it to the screen of 800
        QTRY_VERIFY(!m_settings->get(app::setting::windowGeometry).isEmpty());
        makeWindow();
        m_window->openLastPage();
        m_window->show();
        QCOMPARE(m_made.last(), u"two"_s);
        QVERIFY(m_window->findChild<app::Sidebar *>()->isCollapsed());
        QCOMPARE(m_window->size(), QSize(820, 700));
    }

    void aPageWithinAnotherHasNoLineOfItsOwn()
    {
        m_window->addPage({.id = u"inner"_s, .iconName = {}, .word = u"Inner"_s, .tip = {}, .make = [] { return new TestPage; }, .within = u"two"_s});
        open(u"inner"_s);
        const auto lines = m_window->findChildren<app::SidebarButton *>();
        QVERIFY(std::none_of(lines.begin(), lines.end(), [](const app::SidebarButton *line) { return line->text() == u"Inner"; }));
        const auto two = std::find_if(lines.begin(), lines.end(), [](const app::SidebarButton *line) { return line->text() == u"two"; });
        QVERIFY(two != lines.end() && (*two)->isChecked());
        QCOMPARE(m_settings->get(app::setting::lastPage), u"two"_s);
        QTest::mouseClick(*two, Qt::LeftButton); // leads to the outer page
        QCOMPARE(m_made, QStringList({u"two"_s}));
    }

    void opensTheFirstPageWhenTheLastIsGone()
    {
        m_settings->set(app::setting::lastPage, u"of a later version"_s);
        m_window->openLastPage();
        QCOMPARE(m_made, QStringList(u"one"_s));
    }

    void freezeIsOfferedOnlyWhenItDoesSomething()
    {
        open(u"one"_s);
        Actions &actions = m_window->actions();
        QVERIFY(!actions.readOnly->isVisible());
        actions.offerFreeze(app::Freeze::ReadOnly);
        QVERIFY(actions.readOnly->isVisible() && actions.readOnly->isChecked());
        const auto buttons = m_window->findChildren<app::SidebarButton *>();
        const auto footer = std::find_if(buttons.begin(), buttons.end(), [](const app::SidebarButton *button) { return button->text() == u"AI: read only"; });
        QVERIFY(footer != buttons.end() && (*footer)->isVisible());

        QSignalSpy chosen(&actions, &Actions::freezeChosen);
        actions.stopped->trigger();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<app::Freeze>(), app::Freeze::Stopped);
        QCOMPARE(actions.freeze(), app::Freeze::ReadOnly); // until the one who freezes says so
        actions.setFreeze(app::Freeze::Stopped);
        QCOMPARE((*footer)->text(), u"AI: stopped"_s);
    }

private:
    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(*m_servers, *m_settings);
        for (const QString &id : {u"one"_s, u"two"_s})
            m_window->addPage({id, u"activity"_s, id, u"What it is for"_s, [this, id] {
                                   m_made << id;
                                   return new TestPage;
                               }});
    }

    void open(const QString &id)
    {
        m_window->show();
        m_window->showPage(id);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    TestPage *page() const { return static_cast<TestPage *>(m_window->currentPage()); }
    app::ServerChooser *chooser() const { return m_window->findChild<app::ServerChooser *>(); }
    QColor topPixel() const { return m_window->grab().toImage().pixelColor(m_window->width() - 40, 1); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::Settings> m_settings;
    std::unique_ptr<app::Servers> m_servers;
    QStringList m_made;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
