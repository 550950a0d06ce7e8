// The activity page: every call that any process kept, read beside the window and followed while somebody looks; filtered, told,
// verified, exported, led from to its run, and made again only after it was asked for what changes something.
#include "app/activity/activitycharts.h"
#include "app/activity/activitydetail.h"
#include "app/activity/activityfilters.h"
#include "app/activity/activitymodel.h"
#include "app/activity/activitypage.h"
#include "app/activity/againpane.h"
#include "app/activity/clientneeds.h"
#include "app/activity/storypane.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"
#include "mcp/audit/store.h"
#include "support/auditrows.h"
#include "support/scriptedtransport.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::ActivityModel;
using app::ActivityPage;
using mcp::AuditEntry;

namespace {

const QString runId = u"3c9e7f10-1111-2222-3333-444455556666"_s;

AuditEntry call(const QString &tool, const QString &arguments, const QString &effect = u"read"_s, const QString &outcome = u"ok"_s)
{
    AuditEntry entry;
    entry.time = QDateTime::currentMSecsSinceEpoch() - 60'000;
    entry.pid = 4711;
    entry.client = u"claude-code"_s;
    entry.clientVersion = u"2.1"_s;
    entry.profile = u"local"_s;
    entry.tool = tool;
    entry.arguments = arguments;
    entry.effect = effect;
    entry.outcome = outcome;
    entry.requests = 1;
    entry.tookUs = 12'300;
    entry.bytes = 2048;
    return entry;
}

} // namespace

class TestActivityPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_audit = m_directory->filePath(u"audit.db"_s);
        m_made.clear();
        m_servers = std::make_unique<app::Servers>([](const app::ServerEntry &entry) { return conductor::Client::to(entry.url, conductor::fixedKey({})); });
        m_servers->show({{.id = u"a"_s, .name = u"local"_s, .url = QUrl(u"http://127.0.0.1:1/api"_s)},
                         {.id = u"b"_s, .name = u"Payments"_s, .url = QUrl(u"http://127.0.0.1:1/api"_s), .production = true}});
    }

    void cleanup()
    {
        m_page.reset();
        m_servers.reset();
    }

    void saysThatNothingWasKept()
    {
        open();
        QVERIFY(emptyIsVisible());
        QSignalSpy wanted(m_page.get(), &ActivityPage::clientsWanted);
        Q_EMIT m_page->findChild<app::EmptyState *>()->actionRequested();
        QCOMPARE(wanted.size(), 1);
        keep({call(u"conductor_list_workflows"_s, u"{}"_s)}); // the file appears while somebody looks
        QTRY_COMPARE(rows(), 1);
        QVERIFY(!emptyIsVisible());
    }

    void showsTheNewestFirstAndFollows()
    {
        keep({call(u"first"_s, u"{}"_s), call(u"second"_s, u"{}"_s, u"change"_s, u"error"_s)});
        open();
        QCOMPARE(cell(0, ActivityModel::Tool), u"second"_s);
        QCOMPARE(cell(0, ActivityModel::Outcome), u"Failed"_s);
        QCOMPARE(cell(0, ActivityModel::Effect), u"Changes"_s);
        QCOMPARE(cell(1, ActivityModel::Client), u"claude-code"_s);
        QCOMPARE(cell(1, ActivityModel::Duration), u"12 ms"_s);
        calls().setCurrentIndex(calls().model()->index(1, 0));
        keep({call(u"third"_s, u"{}"_s)});
        QTRY_COMPARE(rows(), 3);
        QCOMPARE(cell(0, ActivityModel::Tool), u"third"_s);
        QCOMPARE(detail().call().tool, u"first"_s); // stays selected

        m_page->setLive(false);
        keep({call(u"fourth"_s, u"{}"_s)});
        m_page->setLive(true);
        QTRY_COMPARE(rows(), 4);
    }

    void aBegunCallIsShownWithItsEnd()
    {
        AuditEntry begun = call(u"conductor_terminate_workflow"_s, u"{}"_s, u"destroy"_s, {});
        begun.kind = AuditEntry::Kind::Begun;
        begun.pid = QCoreApplication::applicationPid();
        keep({begun});
        open();
        QCOMPARE(cell(0, ActivityModel::Outcome), u"Running"_s);
        AuditEntry ended;
        ended.kind = AuditEntry::Kind::Ended;
        ended.refersTo = 1;
        ended.outcome = u"refused"_s;
        ended.detail = u"frozen"_s;
        keep({ended});
        QTRY_COMPARE(cell(0, ActivityModel::Outcome), u"Refused"_s);
        QCOMPARE(rows(), 1);
    }

    void filters()
    {
        AuditEntry other = call(u"conductor_search_workflows"_s, u"{\"query\":\"100%_sure\"}"_s);
        other.client = u"Cursor"_s;
        keep({call(u"conductor_list_workflows"_s, u"{\"filter\":\"100 is sure\"}"_s), other, call(u"conductor_pause_workflow"_s, u"{}"_s, u"change"_s, u"error"_s)});
        open();
        QCOMPARE(rows(), 3);
        choose(u"AI client"_s, u"Cursor"_s);
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(cell(0, ActivityModel::Tool), u"conductor_search_workflows"_s);
        choose(u"AI client"_s, u"All clients"_s);
        choose(u"Outcome"_s, u"Failed"_s);
        QTRY_COMPARE(cell(0, ActivityModel::Tool), u"conductor_pause_workflow"_s);
        QTRY_COMPARE(rows(), 1);
        choose(u"Outcome"_s, u"All outcomes"_s);
        QTRY_COMPARE(rows(), 3);
        search(u"100%_SURE"_s); // its signs stand for themselves
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(cell(0, ActivityModel::Client), u"Cursor"_s);
        search(u"no such thing"_s);
        QTRY_VERIFY(emptyIsVisible());
        Q_EMIT m_page->findChild<app::EmptyState *>()->actionRequested();
        QTRY_COMPARE(rows(), 3);
        QTRY_VERIFY(!emptyIsVisible());
    }

    void showsMoreOnRequest()
    {
        std::vector<AuditEntry> many;
        for (int i = 0; i < int(ActivityPage::pageSize) + 20; ++i)
            many.push_back(call(u"tool"_s, u"{}"_s));
        keep(many);
        open();
        QCOMPARE(rows(), int(ActivityPage::pageSize));
        QPushButton &more = button(u"Show more"_s);
        QVERIFY(more.isVisible());
        more.click();
        QTRY_COMPARE(rows(), int(ActivityPage::pageSize) + 20);
        QVERIFY(!more.isVisible());
    }

    void hostileTextIsHarmless()
    {
        AuditEntry hostile = call(u"<b>tool\u202Egnp</b>"_s, u"{\"a\":\"<script>\"}"_s, u"read"_s, u"error"_s);
        hostile.client = u"evil\u202E\n<img src=x>"_s;
        hostile.detail = u"<h1>\u0007reason"_s;
        keep({hostile});
        open();
        calls().setCurrentIndex(calls().model()->index(0, 0));
        QVERIFY(!cell(0, ActivityModel::Client).contains(QChar(0x202e)));
        QVERIFY(!cell(0, ActivityModel::Tool).contains(QChar(0x202e)));
        const QList<QLabel *> labels = detail().findChildren<QLabel *>();
        QVERIFY(!labels.isEmpty());
        for (const QLabel *label : labels) {
            QVERIFY(!label->text().contains(QChar(0x202e)));
            QVERIFY(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'));
        }
    }

    void opensTheRunOnItsServer()
    {
        AuditEntry started = call(u"conductor_execute_workflow"_s, u"{\"name\":\"order_flow\"}"_s, u"add"_s);
        started.profile = u"Payments"_s;
        started.detail = runId;
        keep({call(u"conductor_list_workflows"_s, u"{}"_s), started});
        open();
        QSignalSpy opened(m_page.get(), &ActivityPage::openRequested);
        calls().setCurrentIndex(calls().model()->index(1, 0));
        QVERIFY(!button(u"Open the run"_s).isEnabled());
        calls().setCurrentIndex(calls().model()->index(0, 0));
        QVERIFY(button(u"Open the run"_s).isEnabled());
        button(u"Open the run"_s).click();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toString(), u"b"_s);
        QCOMPARE(opened[0][1].toString(), runId);
    }

    void aReadIsMadeAgainOnTheChosenServer()
    {
        keep({call(u"conductor_get_workflow_status"_s, u"{\"workflow_ids\":[\"%1\"]}"_s.arg(runId))});
        open();
        calls().setCurrentIndex(calls().model()->index(0, 0));
        button(u"Run again …"_s).click();
        app::AgainPane &pane = *m_page->findChild<app::AgainPane *>();
        QVERIFY(pane.isVisible());
        QVERIFY(!pane.findChild<QCheckBox *>()->isVisible());
        QComboBox &server = *pane.findChild<QComboBox *>();
        QCOMPARE(server.currentText(), u"local"_s);
        server.setCurrentIndex(1);
        button(u"Run again"_s).click();
        QTRY_COMPARE(m_made.size(), 1);
        QCOMPARE(m_made[0].profile, u"Payments"_s);
        QCOMPARE(m_made[0].tool, u"conductor_get_workflow_status"_s);
        QCOMPARE(m_made[0].arguments[u"workflow_ids"][0].toString(), runId);
        QTRY_COMPARE(pane.findChild<app::MessageBar *>()->kind(), app::MessageBar::Kind::Success);
        QVERIFY(m_page->closePane());
        QVERIFY(!pane.isVisible());
    }

    void whatChangesIsAskedAboutFirst()
    {
        keep({call(u"conductor_terminate_workflow"_s, u"{\"workflow_ids\":[\"%1\"]}"_s.arg(runId), u"read"_s)}); // the row lies; the call is judged anew
        open();
        calls().setCurrentIndex(calls().model()->index(0, 0));
        button(u"Run again …"_s).click();
        app::AgainPane &pane = *m_page->findChild<app::AgainPane *>();
        QCheckBox &sure = *pane.findChild<QCheckBox *>();
        QPushButton &run = button(u"Run again: destroys"_s);
        QVERIFY(sure.isVisible());
        QVERIFY(!run.isEnabled());
        sure.setChecked(true);
        QVERIFY(run.isEnabled());
        pane.findChild<QComboBox *>()->setCurrentIndex(1); // what was said of one server does not count for another
        QVERIFY(!run.isEnabled());
        QVERIFY(sure.text().contains(u"production server Payments"));
        sure.setChecked(true);
        run.click();
        QTRY_COMPARE(m_made.size(), 1);
        QTRY_VERIFY(!pane.isBusy());
        QVERIFY(!run.isEnabled()); // once
    }

    void aCallThatWasNotKeptWholeIsNotMadeAgain()
    {
        QVERIFY(app::whyNotAgain(call(u"t"_s, u"{\"a\":1}"_s)).isEmpty());
        QVERIFY(!app::whyNotAgain(call(u"t"_s, u"{\"a\":\"cut… (12 more characters)"_s)).isEmpty());
        AuditEntry secret = mcp::entryOf({.tool = u"t"_s, .arguments = {{u"password"_s, u"x"_s}}});
        QVERIFY(!app::whyNotAgain(secret).isEmpty());
        secret.kind = AuditEntry::Kind::Lost;
        QVERIFY(!app::whyNotAgain(secret).isEmpty());
    }

    void verifiesTheChain()
    {
        keep({call(u"one"_s, u"{}"_s), call(u"two"_s, u"{}"_s)});
        open();
        tool(u"Verify that nothing was changed"_s).click();
        QTRY_VERIFY(message().text().contains(u"The chain holds: 2 rows"));
        QVERIFY(support::tamper(m_audit, u"UPDATE entries SET tool = 'other' WHERE number = 1"_s));
        tool(u"Verify that nothing was changed"_s).click();
        QTRY_COMPARE(message().kind(), app::MessageBar::Kind::Warning);
        QVERIFY(message().text().contains(u"The chain is broken"));
    }

    void exportsWhatTheFilterLeaves()
    {
        keep({call(u"one"_s, u"{\"a\":1}"_s), call(u"two"_s, u"{}"_s, u"read"_s, u"error"_s)});
        open();
        choose(u"Outcome"_s, u"Failed"_s);
        QTRY_COMPARE(rows(), 1);
        m_path = m_directory->filePath(u"out.jsonl"_s);
        action(u"As JSON lines …"_s).trigger();
        QTRY_COMPARE(message().kind(), app::MessageBar::Kind::Success);
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        QCOMPARE(line[u"tool"].toString(), u"two"_s);
        QVERIFY(file.atEnd());
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

        m_path = m_directory->path() + u"/no/such/place.csv"_s;
        action(u"As a table (CSV) …"_s).trigger();
        QTRY_COMPARE(message().kind(), app::MessageBar::Kind::Error);
    }

    void chartsAreMadeWhenTheyAreWanted()
    {
        keep({call(u"one"_s, u"{}"_s), call(u"two"_s, u"{}"_s, u"read"_s, u"error"_s)});
        open();
        QVERIFY(!m_page->findChild<app::ActivityCharts *>());
        QSignalSpy read(m_page.get(), &ActivityPage::read);
        m_page->showView(ActivityPage::View::Charts);
        QVERIFY(read.wait());
        const auto *charts = m_page->findChild<app::ActivityCharts *>();
        QVERIFY(charts && charts->isVisible());
        const QList<QWidget *> all = charts->findChildren<QWidget *>();
        QVERIFY(std::any_of(all.begin(), all.end(), [](const QWidget *widget) { return widget->accessibleDescription() == u"Calls: 2, of them not done: 1"; }));
    }

    void suggestsTheLeastForAClient()
    {
        keep({call(u"conductor_list_workflows"_s, u"{}"_s), call(u"conductor_terminate_workflow"_s, u"{}"_s, u"destroy"_s, u"refused"_s)});
        open();
        QSignalSpy read(m_page.get(), &ActivityPage::read);
        m_page->showView(ActivityPage::View::Clients);
        QVERIFY(read.wait());
        QSignalSpy said(m_page.get(), &app::Page::said);
        button(u"Copy as flags"_s).click();
        QCOMPARE(said.size(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"--tools conductor_list_workflows --read-only"_s); // the refused one is not what it needs
    }

    void tellsASessionAndSavesIt()
    {
        AuditEntry other = call(u"conductor_list_workflows"_s, u"{}"_s);
        other.pid = 4712;
        keep({call(u"conductor_get_workflow_status"_s, u"{\"workflow_ids\":[\"%1\"]}"_s.arg(runId)), other});
        open();
        m_page->showStory(u"claude-code"_s, {4711});
        app::StoryPane &story = *m_page->findChild<app::StoryPane *>();
        QTRY_VERIFY(story.isVisible());
        QCOMPARE(story.story().calls, 1);
        QVERIFY(story.findChild<app::PlainTextPane *>()->toPlainText().contains(u"looked at the run "_s + runId));
        m_path = m_directory->filePath(u"story.md"_s);
        button(u"Save as Markdown …"_s).click();
        QTRY_COMPARE(message().kind(), app::MessageBar::Kind::Success);
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("# claude-code 2.1 on local\n"));
    }

    void saysWhyItCannotBeRead()
    {
        QFile file(m_audit);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        open();
        QVERIFY(emptyIsVisible());
        QTRY_VERIFY(m_page->findChild<app::EmptyState *>()->findChildren<QLabel *>().size() > 0);
        const QList<QLabel *> labels = m_page->findChild<app::EmptyState *>()->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text() == u"The audit could not be read"; }));
    }

private:
    void keep(const std::vector<AuditEntry> &entries)
    {
        mcp::AuditStore store(m_audit);
        QVERIFY(store.open(mcp::AuditStore::Access::Append));
        QVERIFY(store.begin(false));
        for (const AuditEntry &entry : entries)
            QVERIFY(store.append(entry));
        QVERIFY(store.commit());
    }

    void open()
    {
        ActivityPage::Setup setup;
        setup.audit = m_audit;
        setup.carryOut = [this](const app::ToolCall &wanted) {
            m_made.push_back(wanted);
            return conductor::answered<app::ToolAnswer>(app::ToolAnswer{true, {{u"fine"_s, true}}, {}});
        };
        setup.askPath = [this](QWidget *, const app::SaveQuestion &) { return conductor::answered<QString>(m_path); };
        m_page = std::make_unique<ActivityPage>(setup, *m_servers, app::systemTime);
        m_page->resize(1200, 800);
        m_page->show();
        QSignalSpy read(m_page.get(), &ActivityPage::read);
        m_page->setLive(true);
        QVERIFY(read.wait());
    }

    template <typename Widget>
    Widget &named(const QString &text, QString (*nameOf)(const Widget &))
    {
        const QList<Widget *> all = m_page->findChildren<Widget *>();
        Widget *hidden = nullptr;
        for (Widget *each : all) {
            if (nameOf(*each) != text)
                continue;
            if (each->isVisible())
                return *each;
            hidden = each;
        }
        if (!hidden)
            qFatal("there is no %s", qPrintable(text));
        return *hidden;
    }

    QPushButton &button(const QString &text)
    {
        return named<QPushButton>(text, [](const QPushButton &each) { return each.text(); });
    }
    QToolButton &tool(const QString &name)
    {
        return named<QToolButton>(name, [](const QToolButton &each) { return each.accessibleName(); });
    }
    QAction &action(const QString &text)
    {
        const QList<QAction *> all = m_page->findChildren<QAction *>();
        const auto found = std::find_if(all.begin(), all.end(), [&](const QAction *each) { return each->text() == text; });
        if (found == all.end())
            qFatal("there is no %s", qPrintable(text));
        return **found;
    }
    void choose(const QString &name, const QString &value)
    {
        QComboBox &choice = named<QComboBox>(name, [](const QComboBox &each) { return each.accessibleName(); });
        const int index = choice.findText(value);
        QVERIFY2(index >= 0, qPrintable(value));
        choice.setCurrentIndex(index);
    }
    void search(const QString &text)
    {
        auto *field = m_page->findChild<app::SearchField *>();
        field->setText(text);
        QTest::keyClick(field, Qt::Key_Return);
    }

    app::Table &calls()
    {
        return named<app::Table>(u"Calls of AI clients"_s, [](const app::Table &each) { return each.accessibleName(); });
    }
    app::ActivityDetail &detail() { return *m_page->findChild<app::ActivityDetail *>(); }
    app::MessageBar &message() { return *m_page->findChild<app::MessageBar *>(QString(), Qt::FindDirectChildrenOnly); }
    bool emptyIsVisible() { return m_page->findChild<app::EmptyState *>()->isVisible(); }
    int rows() { return calls().model()->rowCount(); }
    QString cell(int row, int column) { return calls().model()->index(row, column).data().toString(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_audit;
    QString m_path;
    std::vector<app::ToolCall> m_made;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<ActivityPage> m_page;
};

QTEST_MAIN(TestActivityPage)
#include "tst_activitypage.moc"
