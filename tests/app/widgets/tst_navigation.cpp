// The search box, chips and sidebar by mouse and by keyboard.
#include "app/look/metrics.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/sidebar.h"

#include <QButtonGroup>
#include <QVBoxLayout>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::SearchField;
using app::Sidebar;
using app::SidebarButton;

class TestNavigation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void searchTellsWhenTypingPauses()
    {
        SearchField field(u"Search"_s, u"Type"_s);
        QSignalSpy searched(&field, &SearchField::searched);
        QTest::keyClicks(&field, u"abc"_s);
        QCOMPARE(searched.size(), 0);
        QTRY_COMPARE(searched.size(), 1);
        QCOMPARE(searched[0][0].toString(), u"abc"_s);
    }

    void searchTellsAtOnceOnEnterAndOnceOnly()
    {
        SearchField field(u"Search"_s, u"Type"_s);
        QSignalSpy searched(&field, &SearchField::searched);
        QTest::keyClicks(&field, u"a"_s);
        QTest::keyClick(&field, Qt::Key_Return);
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(searched.size(), 1);
        field.setQuietly(u"b"_s);
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(searched.size(), 1);
    }

    void escapeClearsAndThenBelongsToTheWindow()
    {
        SearchField field(u"Search"_s, u"Type"_s);
        QSignalSpy searched(&field, &SearchField::searched);
        field.setQuietly(u"abc"_s);
        QVERIFY(overridesEscape(field));
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(field.text(), QString());
        QCOMPARE(searched.size(), 1);
        QVERIFY(!overridesEscape(field));
    }

    void chipsSwitchByKeyboard()
    {
        app::FilterChip chip(app::statusLook(conductor::ExecutionStatus::Failed));
        QCOMPARE(chip.accessibleName(), u"Failed"_s);
        QTest::keyClick(&chip, Qt::Key_Space);
        QVERIFY(chip.isChecked());
        const QImage on = chip.grab().toImage();
        QTest::keyClick(&chip, Qt::Key_Space);
        QVERIFY(chip.grab().toImage() != on);
    }

    void sidebarTellsWhatIsChosen()
    {
        Sidebar sidebar;
        fill(sidebar);
        QSignalSpy chosen(&sidebar, &Sidebar::chosen);
        QTest::mouseClick(entry(sidebar, u"Two"_s), Qt::LeftButton);
        QCOMPARE(chosen.value(0).value(0).toString(), u"two"_s);
        sidebar.setCurrent(u"one"_s);
        QVERIFY(entry(sidebar, u"One"_s)->isChecked());
        QCOMPARE(chosen.size(), 1);
        sidebar.setCurrent(u"unheard of"_s);
        QVERIFY(entry(sidebar, u"One"_s)->isChecked());
    }

    void arrowsWalkTheSidebar()
    {
        Sidebar sidebar;
        fill(sidebar);
        sidebar.show();
        QVERIFY(QTest::qWaitForWindowActive(&sidebar));
        sidebar.setCurrent(u"one"_s);
        entry(sidebar, u"One"_s)->setFocus();
        QSignalSpy chosen(&sidebar, &Sidebar::chosen);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QCOMPARE(QApplication::focusWidget(), entry(sidebar, u"Two"_s));
        QCOMPARE(chosen.value(0).value(0).toString(), u"two"_s);
    }

    void sidebarCollapsesToIconsThatStillTell()
    {
        Sidebar sidebar;
        fill(sidebar);
        QSignalSpy collapsed(&sidebar, &Sidebar::collapsedChanged);
        QCOMPARE(entry(sidebar, u"One"_s)->toolTip(), u"What one is for"_s); // the word is beside it
        QTest::mouseClick(entry(sidebar, u"Collapse"_s), Qt::LeftButton);
        QVERIFY(sidebar.isCollapsed());
        QCOMPARE(collapsed.size(), 1);
        QVERIFY(sidebar.width() < 70);
        QCOMPARE(entry(sidebar, u"One"_s)->toolTip(), u"One: What one is for"_s);
        QCOMPARE(entry(sidebar, u"One"_s)->accessibleName(), u"One"_s);
        QTest::mouseClick(entry(sidebar, u"Expand"_s), Qt::LeftButton);
        QVERIFY(!sidebar.isCollapsed());
    }

    void notesAreRead()
    {
        Sidebar sidebar;
        fill(sidebar);
        sidebar.setNote(u"two"_s, u"3"_s);
        QCOMPARE(entry(sidebar, u"Two"_s)->accessibleDescription(), u"3"_s);
    }

    void headerGivesTheSearchItsRoom()
    {
        app::PageHeader header(u"Executions"_s);
        auto *field = new SearchField(u"Search"_s, u"Type"_s);
        header.setSearch(field);
        header.setHint(u"20,092 found"_s);
        header.resize(1080, header.height());
        header.show();
        QCoreApplication::processEvents();
        QVERIFY(field->width() > 400 && field->width() <= app::Metrics::formWidth);
    }

private:
    static void fill(Sidebar &sidebar)
    {
        sidebar.addEntry(u"one"_s, u"activity", u"One"_s, u"What one is for"_s);
        sidebar.addEntry(u"two"_s, u"server", u"Two"_s, u"What two is for"_s);
        sidebar.resize(200, 400);
    }

    static SidebarButton *entry(const Sidebar &sidebar, const QString &word)
    {
        const auto entries = sidebar.findChildren<SidebarButton *>();
        const auto found = std::find_if(entries.begin(), entries.end(), [&](const SidebarButton *button) { return button->text() == word; });
        return found == entries.end() ? nullptr : *found;
    }

    static bool overridesEscape(SearchField &field)
    {
        QKeyEvent event(QEvent::ShortcutOverride, Qt::Key_Escape, Qt::NoModifier);
        event.ignore();
        QCoreApplication::sendEvent(&field, &event);
        return event.isAccepted();
    }
};

QTEST_MAIN(TestNavigation)
#include "tst_navigation.moc"
