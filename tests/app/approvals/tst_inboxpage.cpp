// Approving by keyboard alone on the inbox page: nothing is decided by a key that was meant for something else, the next call takes
// the place of the one that was decided, and what an AI client or a server says stays text. Keys that grow old come and go.
#include "app/approvals/approvaltext.h"
#include "app/approvals/approvalview.h"
#include "app/approvals/grantsline.h"
#include "app/approvals/inboxmodel.h"
#include "app/approvals/inboxpage.h"
#include "app/approvals/oldkeys.h"
#include "app/approvals/settledfocus.h"
#include "app/executions/graphview.h"
#include "app/mcphost/hosting.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/table.h"

#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::InboxModel;
using mcp::Approval;
using mcp::Effect;
using Choice = mcp::Approvals::Choice;

class TestInboxPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_now = QDateTime::currentDateTimeUtc();
        m_settings = std::make_unique<app::Settings>(m_directory.filePath(u"settings.json"_s));
        m_hosting = std::make_unique<app::Hosting>(mcp::Host::Setup{u"/usr/bin/conductor-mcp"_s, m_directory.filePath(u"none.sock"_s)});
        m_inbox = std::make_unique<app::Inbox>();
        m_page = std::make_unique<app::InboxPage>(*m_hosting, *m_inbox, *m_settings, [this] { return m_now; });
        m_chosen = std::make_unique<QSignalSpy>(m_hosting.get(), &app::Hosting::chosen);
        m_page->resize(1080, 800);
    }

    void cleanup()
    {
        m_page.reset();
        m_chosen.reset();
        m_hosting.reset();
    }

    void isDecidedByKeyboardAlone()
    {
        m_hosting->keepApproval(ask(1, u"s1"_s));
        m_hosting->keepApproval(ask(2, u"s1"_s));
        m_hosting->keepApproval(ask(3, u"s1"_s));
        open();
        QCOMPARE(focused(), u"Deny"_s); // where Enter and the space bar do no harm

        QTest::keyClick(focus(), Qt::Key_A); // typed for something else
        QTest::keyClick(focus(), Qt::Key_D);
        QCOMPARE(m_chosen->size(), 0);
        QTRY_VERIFY(settled());
        QTest::keyClick(focus(), Qt::Key_A);
        QCOMPARE(taken(), std::pair(id(1), Choice::AllowOnce));

        decide(1, Approval::State::Allowed); // the next one takes its place, and not at once
        QCOMPARE(shownTitle(), u"Terminate workflow: execution 2"_s);
        QCOMPARE(focused(), u"Deny"_s);
        QVERIFY(!button(u"Allow once"_s)->isEnabled());
        QTest::keyClick(focus(), Qt::Key_A);
        QCOMPARE(m_chosen->size(), 0);
        QTRY_VERIFY(settled());
        QVERIFY(button(u"Allow once"_s)->isEnabled());
        QTest::keyClick(focus(), Qt::Key_D);
        QCOMPARE(taken(), std::pair(id(2), Choice::Deny));

        decide(2, Approval::State::Denied);
        QTRY_VERIFY(settled());
        QTest::keyClick(focus(), Qt::Key_Tab);
        QTest::keyClick(focus(), Qt::Key_Tab);
        QCOMPARE(focused(), u"Allow for 15 minutes"_s);
        QTest::keyClick(focus(), Qt::Key_Space);
        QCOMPARE(taken(), std::pair(id(3), Choice::AllowForAWhile));
    }

    void keysWaitAgainForWhatIsShownAnew()
    {
        m_hosting->keepApproval(ask(1, u"s1"_s));
        m_hosting->keepApproval(ask(2, u"s1"_s));
        open();
        QTRY_VERIFY(settled());
        QTest::keyClick(focus(), Qt::Key_J);
        QCOMPARE(shownTitle(), u"Terminate workflow: execution 2"_s);
        QTest::keyClick(focus(), Qt::Key_A);
        QCOMPARE(m_chosen->size(), 0);
        QTRY_VERIFY(settled());
        QTest::keyClick(focus(), Qt::Key_K);
        QCOMPARE(shownTitle(), u"Terminate workflow: execution 1"_s);

        QTRY_VERIFY(settled());
        QWidget elsewhere; // the window loses the keyboard, and has it again
        elsewhere.show();
        elsewhere.activateWindow();
        QTRY_VERIFY(!settled());
        m_page->activateWindow();
        QTRY_VERIFY(QApplication::activeWindow() == m_page.get());
        QTest::keyClick(focus(), Qt::Key_D);
        QCOMPARE(m_chosen->size(), 0);
    }

    void keepsWhatIsShownWhenMoreComes()
    {
        m_hosting->keepApproval(ask(1, u"s1"_s));
        m_hosting->keepApproval(ask(2, u"s2"_s));
        open();
        table().setCurrentIndex(table().model()->index(1, 0));
        QCOMPARE(shownTitle(), u"Terminate workflow: execution 2"_s);
        m_hosting->keepApproval(ask(3, u"s1"_s)); // stands with those of its session, before it
        QCOMPARE(table().model()->index(1, InboxModel::What).data().toString(), u"Terminate workflow: execution 3"_s);
        QCOMPARE(shownTitle(), u"Terminate workflow: execution 2"_s);

        Approval gone = ask(2, u"s2"_s);
        gone.state = Approval::State::Withdrawn;
        m_hosting->keepApproval(gone); // it is not another one that stands under the pointer now
        QCOMPARE(shownTitle(), u"Terminate workflow: execution 2"_s);
        QVERIFY(!button(u"Allow once"_s));
    }

    void deniesAllOfAClient()
    {
        m_hosting->keepApproval(ask(1, u"s1"_s));
        m_hosting->keepApproval(ask(2, u"s2"_s));
        m_hosting->keepApproval(ask(3, u"s1"_s));
        open();
        QTest::mouseClick(button(u"Deny all 2 of this client"_s), Qt::LeftButton);
        QCOMPARE(m_chosen->size(), 2);
        QCOMPARE(taken(), std::pair(id(1), Choice::Deny));
        QCOMPARE(taken(), std::pair(id(3), Choice::Deny));
    }

    void allowsTheNextTime()
    {
        Approval late = ask(1, u"s1"_s);
        late.state = Approval::State::Expired;
        late.until = m_now.addSecs(600);
        m_hosting->keepApproval(late);
        open();
        QTest::mouseClick(button(u"Allow the next time"_s), Qt::LeftButton);
        QCOMPARE(taken(), std::pair(id(1), Choice::AllowOnce));
        late.state = Approval::State::Reserved;
        m_hosting->keepApproval(late);
        QVERIFY(!button(u"Allow the next time"_s));
        QTest::mouseClick(button(u"Take it back"_s), Qt::LeftButton);
        QCOMPARE(taken(), std::pair(id(1), Choice::Deny));

        m_now = m_now.addSecs(601);
        m_page->refresh();
        QVERIFY(!button(u"Take it back"_s));
    }

    void showsWhatWouldChange()
    {
        Approval change = ask(1, u"s1"_s);
        const QJsonObject task{{u"name"_s, u"pay"_s}, {u"taskReferenceName"_s, u"pay"_s}, {u"type"_s, u"SIMPLE"_s}};
        change.request.premise.before = {{u"name"_s, u"order"_s}, {u"version"_s, 3}};
        change.request.premise.after = {{u"name"_s, u"order"_s}, {u"version"_s, 3}, {u"tasks"_s, QJsonArray{task}}};
        change.request.premise.facts = {u"12 executions run"_s};
        m_hosting->keepApproval(change);
        open();
        QVERIFY2(says(u"version 3 on the server: 1 task added"_s), qPrintable(texts()));
        QVERIFY(says(u"12 executions run"_s));

        auto &tabs = *m_page->findChild<QTabWidget *>();
        auto &graph = *m_page->findChild<app::GraphView *>();
        tabs.setCurrentWidget(&graph);
        QVERIFY(graph.isVisible());
        const QRect box = graph.nodeRect(graph.graph().findRef(u"pay"_s));
        const QPoint ring(box.center().x(), box.top() - 2);
        const QColor good = app::familyColor(conductor::StatusFamily::Good, graph.palette());
        QCOMPARE(graph.viewport()->grab().toImage().pixelColor(ring), good); // it would be new

        Approval run = ask(1, u"s1"_s); // no definition: none of it
        run.id = id(9);
        m_hosting->keepApproval(run);
        m_page->showApproval(id(9));
        QVERIFY(!tabs.isTabVisible(1) && !tabs.isTabVisible(2));
    }

    void showsHostileTextAsText()
    {
        Approval approval = ask(1, u"s1"_s);
        approval.request.client = u"<b>Nice</b>\u202Eecin"_s;
        approval.request.effect.on = u"<img src=x>"_s + QString(1'000'000, u'n');
        approval.request.premise.facts = {u"<h1>safe</h1>\u2066\x1b[0m"_s + QString(1'000'000, u'w'), u"Bearer abcdefghijklmnopqrstuvwxyz0123456789"_s};
        approval.request.arguments = u"{\"a\": \"\u202E<i>\"}"_s;
        m_hosting->keepApproval(approval);
        open();
        const QString all = texts();
        QVERIFY(all.contains(u"<img src=x>"_s)); // as it was written, not as a picture
        QVERIFY(all.contains(u"<b>Nice</b>"_s));
        const auto labels = m_page->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            QVERIFY2(!label->text().contains(u'<') || label->textFormat() == Qt::PlainText, qPrintable(label->text().left(80)));
        const auto panes = m_page->findChildren<app::PlainTextPane *>();
        QString everything = all;
        for (const app::PlainTextPane *pane : panes)
            everything += pane->toPlainText();
        for (int row = 0; row < InboxModel::ColumnCount; ++row)
            everything += table().model()->index(0, row).data().toString();
        QVERIFY(!everything.contains(QChar(0x202e)) && !everything.contains(QChar(0x2066)) && !everything.contains(QChar(0x1b)));
        QVERIFY2(everything.size() < 10'000, qPrintable(QString::number(everything.size())));
        QVERIFY(everything.contains(u"<h1>safe</h1>"_s));
        QVERIFY(!everything.contains(u"abcdefghijklmnopqrstuvwxyz"_s)); // a secret
        QVERIFY(everything.contains(u" more)"_s));                      // what was left out is said
    }

    void saysThatArgumentsAreCut()
    {
        Approval approval = ask(1, u"s1"_s);
        approval.request.arguments = u"{\"a\": \"xxxxx"_s;
        approval.request.argumentBytes = 1'000'000;
        m_hosting->keepApproval(approval);
        open();
        m_page->findChild<QTabWidget *>()->setCurrentIndex(3);
        QVERIFY2(says(u"the rest is not shown"_s), qPrintable(texts()));
    }

    void showsAndEndsWhatIsAllowedForAWhile()
    {
        open();
        auto &line = *m_page->findChild<app::GrantsLine *>();
        QVERIFY(!line.isVisible());
        m_hosting->keepGrants({{u"claude\u202E"_s, u"prod"_s, u"conductor_pause_workflow"_s, m_now.addSecs(890)}});
        QVERIFY(line.isVisible());
        QVERIFY2(says(u"conductor_pause_workflow on prod without asking, 15 min left"_s), qPrintable(texts()));
        m_now = m_now.addSecs(900);
        line.tick();
        QVERIFY(!line.isVisible());
    }

    void showsOldKeys()
    {
        conductor::ProfileStore profiles(m_directory.filePath(u"profiles.json"_s));
        const auto added = profiles.add({.name = u"prod"_s, .url = QUrl(u"https://c.example/api"_s), .keychain = conductor::Keychain::SecretService, .keySince = m_now.addDays(-45)});
        QVERIFY(added);
        const app::OldKeys keys(profiles, *m_inbox, u"servers"_s, [this] { return m_now; });
        open();
        QCOMPARE(table().model()->index(0, InboxModel::What).data().toString(), u"Replace the access key of prod"_s);
        QSignalSpy wanted(m_page.get(), &app::InboxPage::pageWanted);
        QTest::mouseClick(button(u"Open the server"_s), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), u"servers"_s);
        QVERIFY(profiles.change(added->id, [this](conductor::Profile &profile) { profile.keySince = m_now; }));
        QVERIFY(m_page->findChild<app::EmptyState *>()->isVisible());
    }

    void keepsTheNewestOfWhatIsOver()
    {
        for (int i = 1; i <= 80; ++i) {
            Approval approval = ask(i, u"s1"_s);
            approval.state = i == 1 ? Approval::State::Waiting : Approval::State::Denied;
            m_hosting->keepApproval(approval);
        }
        QCOMPARE(qsizetype(m_hosting->approvals().size()), app::Hosting::keptApprovals + 1);
        QCOMPARE(m_hosting->approvals().front().id, id(1)); // it waits
        QCOMPARE(m_hosting->approvals().back().id, id(80));
    }

private:
    static QString id(int number) { return u"a%1"_s.arg(number, 9, 10, QChar(u'0')); }

    Approval ask(int number, const QString &session) const
    {
        Approval approval{.id = id(number), .session = session, .asked = m_now, .until = m_now.addSecs(45)};
        approval.request = {.client = u"claude-code"_s, .profile = u"prod"_s, .tool = u"conductor_terminate_workflow"_s, .title = u"Terminate workflow"_s};
        approval.request.effect = {.kind = Effect::Kind::Destroy, .on = u"execution %1"_s.arg(number)};
        approval.request.arguments = u"{\"workflow_id\": \"%1\"}"_s.arg(number);
        return approval;
    }

    void open()
    {
        m_page->show();
        m_page->setLive(true);
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->focusContent();
    }

    void decide(int number, Approval::State state)
    {
        Approval approval = ask(number, u"s1"_s);
        approval.state = state;
        m_hosting->keepApproval(approval);
    }

    std::pair<QString, Choice> taken()
    {
        if (m_chosen->isEmpty())
            return {};
        const QVariantList first = m_chosen->takeFirst();
        return {first[0].toString(), first[1].value<Choice>()};
    }

    QWidget *focus() const { return QApplication::focusWidget(); }
    QString focused() const
    {
        const auto *button = qobject_cast<QPushButton *>(focus());
        return button ? button->text() : QString();
    }
    bool settled() const { return m_page->findChild<app::SettledFocus *>()->isSettled(); }
    app::Table &table() const { return *m_page->findChild<app::Table *>(); }
    QPushButton *button(const QString &text) const
    {
        const auto all = m_page->findChildren<QPushButton *>();
        for (QPushButton *button : all) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }
    QString shownTitle() const { return m_page->findChild<app::ApprovalView *>()->findChild<QLabel *>()->text(); }
    QString texts() const
    {
        QStringList all;
        const auto labels = m_page->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible())
                all << label->text();
        }
        return all.join(u'\n').remove(QChar(0x200b));
    }
    bool says(const QString &part) const { return texts().contains(part); }

    QTemporaryDir m_directory;
    QDateTime m_now;
    std::unique_ptr<app::Settings> m_settings;
    std::unique_ptr<app::Hosting> m_hosting;
    std::unique_ptr<app::Inbox> m_inbox;
    std::unique_ptr<app::InboxPage> m_page;
    std::unique_ptr<QSignalSpy> m_chosen;
};

QTEST_MAIN(TestInboxPage)
#include "tst_inboxpage.moc"
