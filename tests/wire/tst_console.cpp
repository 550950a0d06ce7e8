// The console with the real program and the real Conductor, in both eras: it lists, calls, cancels, hears progress, reads, gets and
// completes; a killed server is said and started again; and no process is left.
#include "app/console/consolepage.h"
#include "app/console/offerpane.h"
#include "app/widgets/messagebar.h"
#include "mcp/protocol/portability.h"
#include "support/hostprocess.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"

#include <QComboBox>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QtTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace conductor;
using app::ConsolePage;
using app::ConsoleSession;
using mcp::Conversation;
using mcp::ServerAnswer;
using support::settled;

class TestConsole : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_profiles = std::make_unique<ProfileStore>();
        QVERIFY(m_profiles->load());
        const auto profile = m_profiles->add({.name = u"real"_s, .url = support::realServer()});
        QVERIFY(profile);
        m_servers = std::make_unique<app::Servers>([](const app::ServerEntry &entry) { return Client::to(entry.url, fixedKey({})); });
        m_servers->show({{.id = profile->id, .name = profile->name, .url = profile->url}});
        const QJsonObject wait{{u"name"_s, u"wait"_s}, {u"taskReferenceName"_s, u"wait"_s}, {u"type"_s, u"WAIT"_s}, {u"inputParameters"_s, QJsonObject{{u"duration"_s, u"600 seconds"_s}}}};
        const QJsonObject definition{{u"name"_s, m_workflow}, {u"version"_s, 1}, {u"schemaVersion"_s, 2}, {u"ownerEmail"_s, u"a@example.com"_s}, {u"tasks"_s, QJsonArray{wait}}};
        m_definition = definition;
    }

    void cleanup()
    {
        m_page.reset();
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10000);
    }

    void doesAllOfIt_data()
    {
        QTest::addColumn<QString>("revision");
        for (const QString &date : {u"2024-11-05"_s, u"2025-11-25"_s, u"2026-07-28"_s})
            QTest::newRow(qPrintable(date)) << date;
    }

    void doesAllOfIt()
    {
        QFETCH(QString, revision);
        start(revision);
        const ConsoleSession::Offer &offer = m_page->session().offer();
        QVERIFY(offer.tools.size() >= 20);
        QVERIFY(!offer.templates.isEmpty() && !offer.prompts.isEmpty());
        QVERIFY(mcp::portabilityFindings(offer.tools).empty());

        call(u"conductor_create_workflow"_s, {{u"definition"_s, m_definition}});
        const ServerAnswer started = call(u"conductor_execute_workflow"_s, {{u"name"_s, m_workflow}, {u"wait_seconds"_s, 0}});
        QVERIFY2(!started.isError(), qPrintable(QString::fromUtf8(mcp::toLine(started.message))));
        waitAndCancel();
        watchItEnd(started);
        const ServerAnswer wrong = call(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, u"none"_s}});
        QVERIFY(wrong.isError() && !wrong.isRpcError());
        QVERIFY(ask(u"tools/call"_s, {{u"name"_s, u"no_such_tool"_s}}).isRpcError());

        const ServerAnswer guide = ask(u"resources/read"_s, {{u"uri"_s, u"conductor://guide/expressions"_s}});
        QVERIFY(guide.result()[u"contents"][0][u"text"].toString().size() > 200);
        const QString prompt = offer.prompts[0][u"name"].toString();
        QJsonObject arguments;
        const QJsonArray needed = offer.prompts[0][u"arguments"].toArray();
        for (const QJsonValue &argument : needed)
            arguments[argument[u"name"].toString()] = u"anything"_s;
        QVERIFY(!ask(u"prompts/get"_s, {{u"name"_s, prompt}, {u"arguments"_s, arguments}}).message.isEmpty());
        complete();
    }

    void saysThatItsServerWasKilledAndStartsAnother()
    {
        start(u"2025-11-25"_s);
        const QList<qint64> pids = support::descendants();
        QCOMPARE(pids.size(), 1);
        ::kill(pid_t(pids.first()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->session().state(), ConsoleSession::State::Ended, 10000);
        QVERIFY2(m_page->session().trouble().contains(u"signal 9"_s), qPrintable(m_page->session().trouble()));
        QVERIFY(m_page->findChild<app::MessageBar *>()->isVisible());
        m_page->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->session().state(), ConsoleSession::State::Ready, 20000);
    }

    void saysThatThereIsNoProgram()
    {
        m_page = std::make_unique<ConsolePage>(*m_profiles, *m_servers, app::systemTime, app::serverProcesses(u"/nowhere/conductor-mcp"_s));
        m_page->show();
        m_page->setLive(true);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->session().state(), ConsoleSession::State::Ended, 10000);
        QVERIFY2(m_page->session().trouble().contains(u"cannot be started"_s), qPrintable(m_page->session().trouble()));
    }

    void endsItsProcessWithTheSession()
    {
        start(u"2026-07-28"_s);
        QCOMPARE(support::descendants().size(), 1);
        m_page->session().end();
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10000);
    }

private:
    void start(const QString &revision)
    {
        m_page = std::make_unique<ConsolePage>(*m_profiles, *m_servers, app::systemTime, app::serverProcesses(support::conductorMcp()));
        for (QComboBox *box : m_page->findChildren<QComboBox *>()) {
            if (box->accessibleName() == u"Revision of the protocol")
                box->setCurrentText(revision);
        }
        m_page->show();
        m_page->setLive(true);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->session().state(), ConsoleSession::State::Ready, 20000);
        QCOMPARE(m_page->session().offer().introduction[u"protocolVersion"].toString(), revision);
    }

    ServerAnswer ask(const QString &method, const QJsonObject &params)
    {
        const auto answer = settled(m_page->session().conversation()->ask(method, params).answer);
        if (!answer)
            qWarning("%s", qPrintable(sentence(answer.error())));
        return answer.value_or(ServerAnswer());
    }

    ServerAnswer call(const QString &tool, const QJsonObject &arguments) { return ask(u"tools/call"_s, {{u"name"_s, tool}, {u"arguments"_s, arguments}}); }

    // A call that waits for the end of a run that waits: it tells how far it is, and ends when it is cancelled.
    void waitAndCancel()
    {
        Conversation &conversation = *m_page->session().conversation();
        QSignalSpy progress(&conversation, &Conversation::progressed);
        const Conversation::Asked asked =
            conversation.ask(u"tools/call"_s, {{u"name"_s, u"conductor_execute_workflow"_s}, {u"arguments"_s, QJsonObject{{u"name"_s, m_workflow}, {u"wait_seconds"_s, 50}}}});
        QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty(), 30000);
        QCOMPARE(progress.first().first().toULongLong(), asked.ticket);
        conversation.cancel(asked.ticket);
        const auto ended = settled(asked.answer);
        QVERIFY(!ended);
        QCOMPARE(ended.error().kind, Error::Kind::Cancelled);
    }

    // The server asks before it destroys something, where the revision lets it; a watched run tells that it has changed.
    void watchItEnd(const ServerAnswer &started)
    {
        static const QRegularExpression id(u"[0-9a-f]{8}-[0-9a-f-]{27}"_s);
        const QString run = id.match(started.result()[u"content"][0][u"text"].toString()).captured();
        QVERIFY(!run.isEmpty());
        Conversation &conversation = *m_page->session().conversation();
        QSignalSpy asked(&conversation, &Conversation::inquired);
        QSignalSpy updated(&conversation, &Conversation::updated);
        connect(&conversation, &Conversation::inquired, this, [&conversation](const mcp::Inquiry &inquiry) {
            conversation.answer(inquiry.id, u"accept"_s, {{u"allow"_s, true}});
        });
        const QString address = u"conductor://executions/"_s + run;
        QVERIFY(settled(conversation.subscribe(address)));
        const ServerAnswer ended = call(u"conductor_terminate_workflow"_s, {{u"workflow_ids"_s, QJsonArray{run}}, {u"reason"_s, u"seen enough"_s}});
        QVERIFY2(!ended.isError(), qPrintable(QString::fromUtf8(mcp::toLine(ended.message))));
        QCOMPARE(asked.size(), mcp::hasElicitation(conversation.revision()) ? 1 : 0);
        QTRY_VERIFY_WITH_TIMEOUT(!updated.isEmpty(), 30000);
        QCOMPARE(updated.first().first().toString(), address);
        conversation.unsubscribe(address);
    }

    void complete()
    {
        const QJsonArray templates = m_page->session().offer().templates;
        for (const QJsonValue &one : templates) {
            const QString address = one[u"uriTemplate"].toString();
            if (!address.contains(u"guide"))
                continue;
            const ServerAnswer answer = ask(u"completion/complete"_s, {{u"ref"_s, QJsonObject{{u"type"_s, u"ref/resource"_s}, {u"uri"_s, address}}},
                                                                       {u"argument"_s, QJsonObject{{u"name"_s, u"topic"_s}, {u"value"_s, u"ex"_s}}}});
            QVERIFY2(answer.result()[u"completion"][u"values"].toArray().contains(u"expressions"_s), qPrintable(QString::fromUtf8(mcp::toLine(answer.message))));
            return;
        }
        QFAIL("no guides");
    }

    const QString m_workflow = u"console_wait"_s;
    QJsonObject m_definition;
    std::unique_ptr<ProfileStore> m_profiles;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<ConsolePage> m_page;
};

QTEST_MAIN(TestConsole)
#include "tst_console.moc"
