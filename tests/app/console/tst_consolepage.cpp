// The console page on a real session in this process: forms from schemas, answers and errors marked, progress, cancelling, questions
// of the server in both eras, completions, replay, switches in the profile, and a server that goes away.
#include "app/console/argumentfield.h"
#include "app/console/argumentform.h"
#include "app/console/callsmodel.h"
#include "app/console/callspane.h"
#include "app/console/consolepage.h"
#include "app/console/offerpane.h"
#include "app/console/questionpanel.h"
#include "app/console/resultpane.h"
#include "app/console/toolswitch.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/table.h"
#include "conductor/base/delay.h"
#include "support/inprocessserver.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using app::ConsolePage;
using app::ConsoleSession;
using app::OfferPane;

namespace {

Reply<mcp::Answer> echo(mcp::Call call)
{
    co_return mcp::Answer{.text = u"Heard \u202e<b>%1</b>"_s.arg(call.arguments[u"name"].toString()), .structured = call.arguments};
}

Reply<mcp::Answer> refuse(mcp::Call)
{
    co_return mcp::Answer{.text = u"There is none"_s, .isError = true};
}

Reply<mcp::Answer> slow(mcp::Call call)
{
    call.progress(1, 4, u"one of four"_s);
    co_await delay(std::chrono::hours(1), call.stop);
    co_return mcp::Answer{};
}

Reply<mcp::Answer> ask(mcp::Call call)
{
    const QJsonObject name{{u"type"_s, u"string"_s}};
    std::vector<mcp::Question> questions;
    questions.push_back({u"who"_s, u"elicitation/create"_s,
                         {{u"message"_s, u"Who are you?"_s},
                          {u"requestedSchema"_s, QJsonObject{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"name"_s, name}}}, {u"required"_s, QJsonArray{u"name"_s}}}}}});
    const QJsonObject answers = co_await call.client->ask(questions);
    const QJsonObject answer = answers[u"who"].toObject();
    co_return mcp::Answer{.text = answer[u"action"].toString() + u' ' + answer[u"content"][u"name"].toString()};
}

Reply<QStringList> completeTopic(QString, QString typed, QJsonObject, mcp::Call)
{
    co_return QStringList{typed + u"-one"_s, typed + u"-two"_s};
}

Reply<mcp::Contents> readTopic(mcp::Call call)
{
    co_return mcp::Contents{.mimeType = u"text/plain"_s, .text = u"About "_s + call.arguments[u"topic"].toString()};
}

Reply<QJsonArray> greet(mcp::Call call)
{
    const QJsonObject content{{u"type"_s, u"text"_s}, {u"text"_s, QString(u"Greet "_s + call.arguments[u"whom"].toString())}};
    co_return QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, content}}};
}

mcp::Tool tool(const QString &name, std::function<Reply<mcp::Answer>(mcp::Call)> call, const QJsonObject &properties = {}, const QJsonArray &required = {})
{
    return {.name = name,
            .title = u"Title of "_s + name,
            .description = u"What it does"_s,
            .inputSchema = {{u"type"_s, u"object"_s}, {u"properties"_s, properties}, {u"required"_s, required}},
            .hints = {.readOnly = true, .destructive = false},
            .effect = [](const QJsonObject &) { return mcp::Effect{mcp::Effect::Kind::Read}; },
            .call = std::move(call)};
}

QJsonObject typed(const QString &type)
{
    return {{u"type"_s, type}};
}

} // namespace

class TestConsolePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_profiles = std::make_unique<ProfileStore>(m_directory->filePath(u"profiles.json"_s));
        const auto dev = m_profiles->add({.name = u"dev"_s, .url = QUrl(u"http://127.0.0.1:1/api"_s)});
        const auto prod = m_profiles->add({.name = u"prod"_s, .url = QUrl(u"http://127.0.0.1:2/api"_s)});
        QVERIFY(dev && prod);
        m_dev = dev->id;
        m_servers = std::make_unique<app::Servers>([](const app::ServerEntry &entry) { return Client::to(entry.url, fixedKey({})); });
        m_servers->show({{.id = dev->id, .name = u"dev"_s}, {.id = prod->id, .name = u"prod"_s, .production = true}});
        m_opened.clear();
        m_page = std::make_unique<ConsolePage>(*m_profiles, *m_servers, app::systemTime, [this](const QString &profile) {
            m_opened << profile;
            return link();
        });
        m_page->resize(1100, 800);
        m_page->show();
    }

    void cleanup()
    {
        m_page.reset();
        m_servers.reset();
        m_profiles.reset();
    }

    void startsOnlyWhenItIsLookedAt()
    {
        QTest::qWait(0);
        QVERIFY(m_opened.isEmpty());
        start();
        QCOMPARE(m_opened, QStringList(u"dev"_s));
        QCOMPARE(tools().findChild<app::Table *>()->model()->index(0, 0).data().toString(), u"echo"_s);
    }

    void callsWithWhatTheFormHolds()
    {
        start();
        QVERIFY(tools().select(u"echo"_s));
        press(tools(), u"Call"_s);
        QVERIFY(note(*field(u"name"_s)).contains(u"This is required"_s)); // nothing was asked
        QCOMPARE(calls().rowCount(), 0);
        type(u"name"_s, u"Ada"_s);
        type(u"count"_s, u"many"_s);
        press(tools(), u"Call"_s);
        QVERIFY(note(*field(u"count"_s)).contains(u"whole number"_s));
        type(u"count"_s, u"3"_s);
        field(u"tags"_s)->findChild<QPlainTextEdit *>()->setPlainText(u"a\nb"_s);
        field(u"loud"_s)->findChild<QComboBox *>()->setCurrentText(u"Yes"_s);
        field(u"colour"_s)->findChild<QComboBox *>()->setCurrentText(u"blue"_s);
        field(u"more"_s)->findChild<QPlainTextEdit *>()->setPlainText(u"{\"a\": [1]}"_s);
        press(tools(), u"Call"_s);
        QTRY_COMPARE(badge(tools()), u"Answered"_s);
        const QString text = tools().result().findChild<app::PlainTextPane *>()->toPlainText();
        QVERIFY2(text.contains(u"<b>Ada</b>"_s) && !text.contains(QChar(0x202e)), qPrintable(text)); // harmless, and no rich text
        const app::ConsoleCall *call = calls().at(calls().index(0, 0));
        const QJsonObject sent{{u"name"_s, u"Ada"_s}, {u"count"_s, 3},          {u"tags"_s, QJsonArray{u"a"_s, u"b"_s}}, {u"loud"_s, true},
                               {u"colour"_s, u"blue"_s}, {u"more"_s, QJsonObject{{u"a"_s, QJsonArray{1}}}}};
        QCOMPARE(call->arguments, sent);
        QCOMPARE(call->answer->result()[u"structuredContent"].toObject(), sent);
    }

    void jsonAndFormHoldTheSame()
    {
        start();
        tools().select(u"echo"_s, {{u"name"_s, u"Ada"_s}, {u"count"_s, 2}});
        auto *form = tools().findChild<app::ArgumentForm *>();
        press(tools(), u"As JSON"_s);
        QVERIFY(form->isJson());
        QCOMPARE(*form->arguments(), (QJsonObject{{u"name"_s, u"Ada"_s}, {u"count"_s, 2}}));
        json().setPlainText(u"{\"name\": }"_s);
        press(tools(), u"As a form"_s);
        QVERIFY(form->isJson()); // what does not parse is not thrown away
        json().setPlainText(u"{\"name\": \"B\", \"unknown\": 1}"_s);
        press(tools(), u"As a form"_s);
        QVERIFY(form->isJson()); // nor what no field takes
        QCOMPARE((*form->arguments())[u"unknown"].toInt(), 1);
        json().setPlainText(u"{\"name\": \"B\"}"_s);
        press(tools(), u"As a form"_s);
        QVERIFY(!form->isJson());
        QCOMPARE(field(u"name"_s)->findChild<QLineEdit *>()->text(), u"B"_s);
    }

    void marksErrors()
    {
        start();
        tools().select(u"refuse"_s);
        press(tools(), u"Call"_s);
        QTRY_COMPARE(badge(tools()), u"Error"_s);
        QCOMPARE(calls().index(0, app::CallsModel::Outcome).data().toString(), u"error"_s);
    }

    void showsProgressAndCancels_data() { eras(); }
    void showsProgressAndCancels()
    {
        QFETCH(QString, revision);
        start(revision);
        tools().select(u"slow"_s);
        press(tools(), u"Call"_s);
        auto *bar = tools().result().findChild<QProgressBar *>();
        QTRY_COMPARE(bar->value(), 250);
        QVERIFY(bar->isVisible());
        press(tools(), u"Cancel the call"_s);
        QTRY_COMPARE(badge(tools()), u"Cancelled"_s);
        tools().select(u"refuse"_s); // the server is still there
        press(tools(), u"Call"_s);
        QTRY_COMPARE(badge(tools()), u"Error"_s);
    }

    void passesOnQuestions_data() { eras(); }
    void passesOnQuestions()
    {
        QFETCH(QString, revision);
        start(revision);
        auto *panel = m_page->findChild<app::QuestionPanel *>();
        tools().select(u"ask"_s);
        press(tools(), u"Call"_s);
        QTRY_VERIFY(panel->isVisible());
        QCOMPARE(QAccessible::queryAccessibleInterface(panel)->text(QAccessible::Name), u"Question of the server: Who are you?"_s);
        press(*panel, u"Answer"_s);
        QVERIFY(panel->isVisible()); // the name is required
        panel->findChild<QLineEdit *>()->setText(u"Ada"_s);
        press(*panel, u"Answer"_s);
        QTRY_COMPARE(badge(tools()), u"Answered"_s);
        QCOMPARE(tools().result().findChild<app::PlainTextPane *>()->toPlainText(), u"accept Ada"_s);
        press(tools(), u"Call"_s);
        QTRY_VERIFY(panel->isVisible());
        press(*panel, u"Decline"_s);
        QTRY_COMPARE(tools().result().findChild<app::PlainTextPane *>()->toPlainText().trimmed(), u"decline"_s);
        press(tools(), u"Call"_s);
        QTRY_VERIFY(panel->isVisible());
        press(tools(), u"Cancel the call"_s);
        QTRY_VERIFY(!panel->isVisible()); // nobody waits for the answer any more
    }

    void readsResourcesAndCompletes_data() { eras(); }
    void readsResourcesAndCompletes()
    {
        QFETCH(QString, revision);
        start(revision);
        OfferPane &resources = pane(1);
        QVERIFY(resources.select(u"test://topic/{topic}"_s, {{u"topic"_s, u"a b"_s}}));
        press(resources, u"Read"_s);
        QTRY_COMPARE(badge(resources), u"Answered"_s);
        QCOMPARE(resources.result().findChild<app::PlainTextPane *>()->toPlainText(), u"About a b"_s);
        QSignalSpy wanted(&resources, &OfferPane::completionWanted);
        auto *line = resources.findChild<app::ArgumentField *>()->findChild<QLineEdit *>();
        line->setFocus();
        line->clear();
        QTest::keyClicks(line, u"x"_s);
        QVERIFY(wanted.wait(5000));
        QCOMPARE(wanted.last().at(2).toString(), u"x"_s);
        press(resources, u"Watch"_s);
        QTRY_VERIFY(resources.findChildren<QPushButton *>().size() > 2 && hasButton(resources, u"Watch no more"_s));
        press(resources, u"Watch no more"_s);
        QTRY_VERIFY(hasButton(resources, u"Watch"_s));
    }

    void getsPrompts()
    {
        start();
        OfferPane &prompts = pane(2);
        QVERIFY(prompts.select(u"greet"_s, {{u"whom"_s, u"Ada"_s}}));
        press(prompts, u"Get"_s);
        QTRY_COMPARE(badge(prompts), u"Answered"_s);
        QCOMPARE(prompts.result().findChild<app::PlainTextPane *>()->toPlainText(), u"user:\nGreet Ada"_s);
    }

    void replaysWithoutCalling()
    {
        m_page->setLive(true);
        m_page->replay(u"echo"_s, {{u"name"_s, u"again"_s}}, u"prod"_s);
        QTRY_COMPARE(m_page->session().state(), ConsoleSession::State::Ready);
        QCOMPARE(m_opened.last(), u"prod"_s);
        QVERIFY(tools().selected());
        QCOMPARE(tools().selected()->name, u"echo"_s);
        QCOMPARE(field(u"name"_s)->findChild<QLineEdit *>()->text(), u"again"_s);
        QCOMPARE(calls().rowCount(), 0);
        m_page->replay(u"nothing"_s, {}, u"prod"_s);
        QVERIFY(message().isVisible());
        m_page->replay(u"echo"_s, {}, u"gone"_s);
        QVERIFY(message().text().contains(u"not there"_s));
    }

    void fillsInAPastCall()
    {
        start();
        tools().select(u"echo"_s, {{u"name"_s, u"first"_s}});
        press(tools(), u"Call"_s);
        QTRY_COMPARE(badge(tools()), u"Answered"_s);
        tools().select(u"refuse"_s);
        auto *past = m_page->findChild<app::CallsPane *>();
        auto *table = past->findChild<app::Table *>();
        table->setCurrentIndex(table->model()->index(0, 0));
        for (QPushButton *button : past->findChildren<QPushButton *>()) {
            if (button->text() == u"Fill in again")
                button->click();
        }
        QCOMPARE(tools().selected()->name, u"echo"_s);
        QCOMPARE(field(u"name"_s)->findChild<QLineEdit *>()->text(), u"first"_s);
    }

    void switchesToolsInTheProfile()
    {
        const QString poll = u"conductor_poll_task"_s;
        QVERIFY(m_profiles->change(m_dev, [](Profile &profile) {
            profile.sections[u"mcp"] = QJsonObject{{u"toolsets"_s, QJsonArray{u"task"_s}}, {u"gate"_s, QJsonObject{{u"add"_s, u"ask"_s}}}, {u"other"_s, 7}};
        }));
        QVERIFY(app::switchTool(*m_profiles, m_dev, poll, false));
        QJsonObject section = m_profiles->find(m_dev)->sections[u"mcp"].toObject();
        QCOMPARE(section[u"exclude_tools"].toArray(), QJsonArray{poll});
        QCOMPARE(section[u"other"].toInt(), 7);
        QCOMPARE(section[u"gate"][u"add"].toString(), u"ask"_s);
        QVERIFY(!app::allowedBy(*m_profiles, m_dev).offers(poll));
        QVERIFY(app::switchTool(*m_profiles, m_dev, poll, true));
        QVERIFY(!m_profiles->find(m_dev)->sections[u"mcp"].toObject().contains(u"exclude_tools"_s));
        QVERIFY(app::switchTool(*m_profiles, m_dev, u"conductor_list_workflows"_s, true)); // of a toolset that was not chosen
        QVERIFY(app::allowedBy(*m_profiles, m_dev).offers(u"conductor_list_workflows"_s));
        QVERIFY(m_profiles->change(m_dev, [](Profile &profile) { profile.sections[u"mcp"] = QJsonObject{{u"read_only"_s, u"perhaps"_s}}; }));
        QVERIFY(!app::switchTool(*m_profiles, m_dev, poll, false)); // what does not fit is not overwritten
    }

    void saysThatTheServerHasGone()
    {
        start();
        tools().select(u"slow"_s);
        press(tools(), u"Call"_s);
        QTRY_COMPARE(badge(tools()), u"Running"_s);
        Q_EMIT m_link->closed();
        QTRY_COMPARE(badge(tools()), u"No answer"_s);
        QCOMPARE(m_page->session().state(), ConsoleSession::State::Ended);
        QVERIFY(message().isVisible());
        press(message(), u"Start again"_s);
        QTRY_COMPARE(m_page->session().state(), ConsoleSession::State::Ready);
        QCOMPARE(m_opened.size(), 2);
    }

    void endsWithItsServer()
    {
        start();
        m_servers->show({});
        QCOMPARE(m_page->session().state(), ConsoleSession::State::Idle);
        QVERIFY(m_page->findChild<app::EmptyState *>()->isVisible());
    }

private:
    static void eras()
    {
        QTest::addColumn<QString>("revision");
        QTest::newRow("handshake") << u"2025-11-25"_s;
        QTest::newRow("modern") << u"2026-07-28"_s;
    }

    std::unique_ptr<mcp::Link> link()
    {
        auto tools = std::make_shared<mcp::ToolRegistry>();
        QJsonObject colour = typed(u"string"_s), tags = typed(u"array"_s);
        colour[u"enum"] = QJsonArray{u"red"_s, u"blue"_s};
        tags[u"items"] = typed(u"string"_s);
        tools->add(tool(u"echo"_s, echo,
                        {{u"name"_s, typed(u"string"_s)}, {u"count"_s, typed(u"integer"_s)}, {u"loud"_s, typed(u"boolean"_s)}, {u"colour"_s, colour}, {u"tags"_s, tags},
                         {u"more"_s, typed(u"object"_s)}},
                        {u"name"_s}));
        tools->add(tool(u"refuse"_s, refuse));
        tools->add(tool(u"slow"_s, slow));
        tools->add(tool(u"ask"_s, ask));
        auto offer = std::make_shared<mcp::Offer>();
        offer->resources.push_back({.uri = mcp::UriTemplate(u"test://topic/{topic}"_s), .name = u"topic"_s, .read = readTopic, .complete = completeTopic});
        offer->prompts.push_back({.name = u"greet"_s, .title = u"Greet"_s, .description = u"Greets"_s, .arguments = {{u"whom"_s, u"Whom"_s, true}}, .get = greet});
        std::unique_ptr<mcp::Link> made = support::inProcessServer(tools, offer, m_directory->filePath(u"policy.json"_s));
        m_link = made.get();
        return made;
    }

    void start(const QString &revision = u"2025-11-25"_s)
    {
        for (QComboBox *box : m_page->findChildren<QComboBox *>()) {
            if (box->accessibleName() == u"Revision of the protocol")
                box->setCurrentText(revision);
        }
        m_page->setLive(true);
        QTRY_COMPARE(m_page->session().state(), ConsoleSession::State::Ready);
        QCOMPARE(m_page->session().offer().introduction[u"protocolVersion"].toString(), revision);
    }

    OfferPane &pane(int tab)
    {
        auto *tabs = m_page->findChild<QTabWidget *>();
        tabs->setCurrentIndex(tab);
        return *qobject_cast<OfferPane *>(tabs->widget(tab));
    }
    OfferPane &tools() { return pane(0); }
    app::CallsModel &calls() { return m_page->findChild<app::CallsPane *>()->calls(); }
    app::MessageBar &message() { return *m_page->findChild<app::MessageBar *>(); }
    static QString badge(OfferPane &shown)
    {
        auto *found = shown.result().findChild<app::StatusBadge *>();
        return QAccessible::queryAccessibleInterface(found)->text(QAccessible::Name);
    }
    app::ArgumentField *field(const QString &name)
    {
        for (auto *found : tools().findChildren<app::ArgumentField *>()) {
            if (found->name() == name)
                return found;
        }
        qFatal("no field %s", qPrintable(name));
    }
    QPlainTextEdit &json()
    {
        for (auto *found : tools().findChildren<QPlainTextEdit *>()) {
            if (found->accessibleName() == u"Arguments as JSON")
                return *found;
        }
        qFatal("no JSON");
    }
    static QString note(app::ArgumentField &shown)
    {
        QString all;
        for (QLabel *label : shown.findChildren<QLabel *>())
            all += label->text() + u'\n';
        return all;
    }
    void type(const QString &name, const QString &text)
    {
        auto *line = field(name)->findChild<QLineEdit *>();
        line->clear();
        QTest::keyClicks(line, text);
    }
    static bool hasButton(QWidget &within, const QString &text)
    {
        const auto buttons = within.findChildren<QPushButton *>();
        return std::any_of(buttons.begin(), buttons.end(), [&](QPushButton *button) { return button->text() == text && button->isVisible() && button->isEnabled(); });
    }
    static void press(QWidget &within, const QString &text)
    {
        QTRY_VERIFY2(hasButton(within, text), qPrintable(text));
        for (QPushButton *button : within.findChildren<QPushButton *>()) {
            if (button->text() == text && button->isVisible()) {
                button->click();
                return;
            }
        }
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ProfileStore> m_profiles;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<ConsolePage> m_page;
    QStringList m_opened;
    QString m_dev;
    QPointer<mcp::Link> m_link;
};

QTEST_MAIN(TestConsolePage)
#include "tst_consolepage.moc"
