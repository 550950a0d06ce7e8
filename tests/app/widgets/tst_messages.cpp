// What pages say: bars that stay while they matter, toasts that go, empty pages with a way on, values that change in place.
#include "app/widgets/emptystate.h"
#include "app/widgets/idlabel.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/toast.h"
#include "app/widgets/valuelist.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::EmptyState;
using app::MessageBar;
using conductor::Error;

namespace {

QPushButton *visibleButton(const QWidget &widget, const QString &text)
{
    const auto buttons = widget.findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->isVisible() && button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsStayAndSuccessGoes()
    {
        MessageBar bar;
        auto *timer = bar.findChild<QTimer *>();
        bar.say(MessageBar::Kind::Error, u"Not saved"_s);
        QVERIFY(bar.isVisible());
        QVERIFY(!timer->isActive());
        bar.say(MessageBar::Kind::Success, u"Saved"_s);
        QVERIFY(timer->isActive());
        QVERIFY(timer->interval() <= 5000);
        QSignalSpy closed(&bar, &MessageBar::closed);
        timer->setInterval(0);
        timer->start();
        QTRY_VERIFY(bar.isHidden());
        QCOMPARE(closed.size(), 1);
    }

    void foldsTheDetailsOfAnError()
    {
        MessageBar bar;
        bar.sayError(u"The definition was not saved."_s, {Error::Kind::Conflict, u"{\"raw\": \"<b>\u202E\"}"_s, u"Compare it first"_s, 409}, u"Compare"_s);
        QVERIFY(bar.text().contains(u"Compare it first"));
        QVERIFY(!bar.text().contains(u"raw"));
        auto *details = bar.findChild<app::PlainTextPane *>();
        QVERIFY(details->isHidden());
        visibleButton(bar, u"Details"_s)->click();
        QVERIFY(details->isVisible());
        QVERIFY(details->toPlainText().contains(u"409"));
        QVERIFY(!details->toPlainText().contains(u'\u202E'));

        QSignalSpy action(&bar, &MessageBar::actionRequested);
        visibleButton(bar, u"Compare"_s)->click();
        QCOMPARE(action.size(), 1);
    }

    void hasTheNameOfWhatItSays()
    {
        MessageBar bar;
        bar.say(MessageBar::Kind::Error, u"Not saved"_s);
        QCOMPARE(bar.accessibleName(), u"Not saved"_s);
        app::StatusBadge badge;
        badge.show(app::statusLook(conductor::ExecutionStatus::Running));
        QCOMPARE(badge.accessibleName(), u"Running"_s);
        badge.show(app::statusLook(conductor::ExecutionStatus::Completed));
        QCOMPARE(badge.accessibleName(), u"Completed"_s);
    }

    void emptyPagesHaveAWayOn()
    {
        EmptyState empty;
        empty.resize(600, 500);
        empty.show();
        QSignalSpy action(&empty, &EmptyState::actionRequested);
        QSignalSpy link(&empty, &EmptyState::linkRequested);

        empty.showFirstUse(u"server", u"No server yet"_s, u"Add one."_s, u"Add a server"_s, u"Try a sample"_s);
        visibleButton(empty, u"Add a server"_s)->click();
        visibleButton(empty, u"Try a sample"_s)->click();
        QCOMPARE(action.size(), 1);
        QCOMPARE(link.size(), 1);

        empty.showNoMatch(u"Nothing matches"_s, {});
        QVERIFY(visibleButton(empty, u"Clear the filter"_s));
        QVERIFY(!visibleButton(empty, u"Try a sample"_s));

        empty.showError(u"Not read"_s, {Error::Kind::Timeout, u"No answer"_s, u"Try later"_s});
        auto *facts = empty.findChild<app::PlainTextPane *>();
        QVERIFY(facts->isHidden());
        visibleButton(empty, u"Details"_s)->click();
        QVERIFY(facts->isVisible());
        QVERIFY(facts->toPlainText().contains(u"timeout"));
        QCOMPARE(link.size(), 1);
        empty.showNoMatch(u"Nothing matches"_s, {});
        QVERIFY(facts->isHidden());
    }

    void toastsGoAndCanBeUndone()
    {
        QWidget window;
        window.resize(800, 600);
        window.show();
        app::Toast toast(&window);
        QSignalSpy undone(&toast, &app::Toast::actionRequested);
        toast.say(u"3 runs paused"_s, u"Undo"_s);
        QVERIFY(toast.isVisible());
        QVERIFY(window.rect().contains(toast.geometry()));
        window.resize(500, 300);
        QTRY_VERIFY(window.rect().contains(toast.geometry()));
        visibleButton(toast, u"Undo"_s)->click();
        QCOMPARE(undone.size(), 1);
        QVERIFY(toast.isHidden());

        toast.say(u"Copied"_s);
        auto *timer = toast.findChild<QTimer *>();
        QVERIFY(timer->isActive() && timer->interval() <= 5000);
        timer->setInterval(0);
        timer->start();
        QTRY_VERIFY(toast.isHidden());
    }

    void loadingShowsOnlyAfterAWhile()
    {
        app::LoadingBar bar;
        bar.resize(200, 2);
        const QImage idle = bar.grab().toImage();
        bar.setLoading(true);
        QCOMPARE(bar.grab().toImage(), idle);
        QTRY_VERIFY(bar.grab().toImage() != idle);
        bar.setLoading(false);
        QCOMPARE(bar.grab().toImage(), idle);
    }

    void valuesChangeInPlace()
    {
        app::ValueList list;
        list.show({{u"Name"_s, u"flow"_s}, {u"Id"_s, u"id-1"_s, app::NamedValue::Kind::Id}});
        const auto before = list.findChildren<QLabel *>();
        list.show({{u"Name"_s, u"flow two\u202E"_s}, {u"Id"_s, u"id-2"_s, app::NamedValue::Kind::Id}});
        QCOMPARE(list.findChildren<QLabel *>(), before);
        QVERIFY(std::any_of(before.begin(), before.end(), [](const QLabel *label) { return label->text().startsWith(u"flow two⟨"); }));
        list.findChild<QToolButton *>()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"id-2"_s);
        list.show({{u"Other"_s, u"x"_s}});
        QCOMPARE(list.findChildren<QLabel *>().size(), 2);
    }

    void plainTextIsCapped()
    {
        app::PlainTextPane pane(u"Log"_s);
        pane.show(QString(1000, u'x'), 100);
        QVERIFY(pane.isCapped());
        QVERIFY(pane.toPlainText().size() < 150);
        pane.showWhole();
        QCOMPARE(pane.toPlainText().size(), 1000);
        QVERIFY(!pane.isCapped());
    }

    void endlessLinesAreBroken()
    {
        app::PlainTextPane pane(u"Log"_s);
        const QString smileys = QString(u"😀"_s).repeated(3000);
        pane.show(smileys);
        const QStringList lines = pane.toPlainText().split(u'\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].endsWith(u"😀↩"));
        QCOMPARE(pane.toPlainText().remove(u"↩\n"_s), smileys);
    }
};

QTEST_MAIN(TestMessages)
#include "tst_messages.moc"
