// Approvals from end to end: a client behind the door, its server, the host and the window's side of it, and a real Conductor behind a
// proxy that sees every request. What is denied or not answered never reaches Conductor; what is allowed does, once.
#include "app/approvals/approvaltext.h"
#include "app/mcphost/hosting.h"
#include "conductor/profile/profilestore.h"
#include "support/authproxy.h"
#include "support/hostprocess.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using mcp::Approval;
using support::McpProcess;
using support::settled;
using Choice = mcp::Approvals::Choice;

namespace {

const QString workflow = u"tst_heldcalls_flow"_s;
const QString tool = u"conductor_terminate_workflow"_s;

} // namespace

class TestHeldCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QJsonObject wait{{u"name"_s, u"hold"_s}, {u"taskReferenceName"_s, u"hold"_s}, {u"type"_s, u"WAIT"_s}};
        const QJsonObject definition{{u"name"_s, workflow}, {u"version"_s, 1}, {u"schemaVersion"_s, 2}, {u"ownerEmail"_s, u"test@example.com"_s}, {u"tasks"_s, QJsonArray{wait}}};
        QVERIFY(settled(support::realClient().definitions().create(definition, conductor::Definitions::Existing::Replace)));

        m_proxy = std::make_unique<support::AuthProxy>(support::realServer());
        m_proxy->demandsTokens = false;
        QVERIFY(m_proxy->listen());
        conductor::ProfileStore profiles;
        QVERIFY(profiles.load());
        const QJsonObject patience{{u"test-client"_s, 5}};
        QVERIFY(profiles.add({.name = u"watched"_s, .url = m_proxy->url()}));
        QVERIFY(profiles.add({.name = u"hasty"_s, .url = m_proxy->url(), .sections = {{u"mcp"_s, QJsonObject{{u"gate"_s, QJsonObject{{u"patience"_s, patience}}}}}}}));
    }

    void init()
    {
        m_hosting = std::make_unique<app::Hosting>(mcp::Host::Setup{support::conductorMcp(), mcp::rendezvousPath()});
        QSignalSpy running(m_hosting.get(), &app::Hosting::running);
        m_hosting->start();
        QVERIFY(running.wait(10000));
        const auto started = settled(support::realClient().executions().start({.name = workflow, .version = 1}));
        QVERIFY(started);
        m_run = *started;
    }

    void cleanup()
    {
        m_hosting.reset();
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10000);
    }

    void sendsNothingThatWasDenied()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"watched"_s}});
        connectClient(client);
        const int call = client.postCall(tool, arguments());
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 15000);
        const Approval asked = m_hosting->approvals().back();
        QCOMPARE(asked.request.client, u"test-client"_s);
        QCOMPARE(asked.request.profile, u"watched"_s);
        QCOMPARE(asked.request.tool, tool);
        QVERIFY(asked.request.arguments.contains(m_run));
        QVERIFY(!client.answerTo(call)); // it is held
        m_hosting->choose(asked.id, Choice::Deny);
        QVERIFY(client.waitForAnswer(call, 15000));
        QVERIFY2(text(client, call).contains(u"denied"), qPrintable(text(client, call)));
        QTRY_VERIFY(m_hosting->approvals().back().state == Approval::State::Denied);
        QCOMPARE(changes(), 0);
        QCOMPARE(status(), u"RUNNING"_s);
    }

    void sendsWhatWasAllowedOnce()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"watched"_s}});
        connectClient(client);
        const int call = client.postCall(tool, arguments());
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 15000);
        QCOMPARE(changes(), 0);
        m_hosting->choose(m_hosting->approvals().back().id, Choice::AllowOnce);
        QVERIFY(client.waitForAnswer(call, 30000));
        QVERIFY2(!isError(client, call), qPrintable(text(client, call)));
        QCOMPARE(changes(), 1);
        QCOMPARE(status(), u"TERMINATED"_s);

        const int again = client.postCall(tool, arguments()); // once was once
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 15000);
        m_hosting->choose(m_hosting->approvals().back().id, Choice::Deny);
        QVERIFY(client.waitForAnswer(again, 15000));
        QCOMPARE(changes(), 1);
    }

    void asksNoMoreForAWhile()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"watched"_s}});
        connectClient(client);
        const int first = client.postCall(tool, {{u"workflow_ids"_s, QJsonArray{m_run}}});
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 15000);
        m_hosting->choose(m_hosting->approvals().back().id, Choice::AllowForAWhile);
        QVERIFY(client.waitForAnswer(first, 30000));
        QTRY_COMPARE(m_hosting->grants().size(), 1);
        const auto other = settled(support::realClient().executions().start({.name = workflow, .version = 1}));
        QVERIFY(other);
        m_run = *other;
        QVERIFY(!client.call(tool, arguments())[u"isError"].toBool());
        QCOMPARE(status(), u"TERMINATED"_s);

        m_hosting->endGrants();
        QTRY_COMPARE(m_hosting->grants().size(), 0);
        const int last = client.postCall(tool, arguments());
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 15000);
        m_hosting->choose(m_hosting->approvals().back().id, Choice::Deny);
        QVERIFY(client.waitForAnswer(last, 15000));
    }

    void letsALateAllowancePassOnce()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"hasty"_s}});
        connectClient(client);
        const int call = client.postCall(tool, arguments());
        QVERIFY(client.waitForAnswer(call, 20000)); // after 5 s without an answer
        QVERIFY2(isError(client, call) && text(client, call).contains(u"nobody answered"), qPrintable(text(client, call)));
        QTRY_COMPARE(m_hosting->approvals().size(), 1u);
        QTRY_VERIFY(app::mayStillBeAllowed(m_hosting->approvals().back(), QDateTime::currentDateTimeUtc()));
        QCOMPARE(changes(), 0);
        QCOMPARE(status(), u"RUNNING"_s);

        m_hosting->choose(m_hosting->approvals().back().id, Choice::AllowOnce);
        QTRY_VERIFY(m_hosting->approvals().back().state == Approval::State::Reserved);
        QCOMPARE(changes(), 0); // allowing late sends nothing by itself

        QJsonObject others = arguments(); // a ticket is for exactly that call
        others[u"reason"_s] = u"another"_s;
        const int other = client.postCall(tool, others);
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 15000);
        m_hosting->choose(m_hosting->approvals().back().id, Choice::Deny);
        QVERIFY(client.waitForAnswer(other, 15000));
        QCOMPARE(changes(), 0);

        const QJsonObject passed = client.call(tool, arguments());
        QVERIFY2(!passed[u"isError"].toBool(), qPrintable(McpProcess::textOf(passed)));
        QCOMPARE(changes(), 1);
        QCOMPARE(status(), u"TERMINATED"_s);

        const int second = client.postCall(tool, arguments());
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 15000);
        m_hosting->choose(m_hosting->approvals().back().id, Choice::Deny);
        QVERIFY(client.waitForAnswer(second, 15000));
        QCOMPARE(changes(), 1);
    }

    void withdrawsTheQuestionOfAClientThatLeft()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"watched"_s}});
        connectClient(client);
        client.postCall(tool, arguments());
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 15000);
        const QString id = m_hosting->approvals().back().id;
        client.closeInput();
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 0, 15000);
        QSignalSpy changed(m_hosting.get(), &app::Hosting::approvalsChanged);
        m_hosting->choose(id, Choice::AllowOnce); // too late
        QVERIFY(client.waitForExit(10000));
        QCOMPARE(changes(), 0);
        QCOMPARE(status(), u"RUNNING"_s);
    }

private:
    void connectClient(McpProcess &client)
    {
        QVERIFY(client.start());
        client.handshake();
        m_proxy->forget();
    }

    QJsonObject arguments() const { return {{u"workflow_ids"_s, QJsonArray{m_run}}, {u"reason"_s, u"enough"_s}}; }

    int waiting() const
    {
        const auto &all = m_hosting->approvals();
        return int(std::count_if(all.begin(), all.end(), app::isWaiting));
    }

    // Requests that change something, as the proxy saw them.
    int changes() const
    {
        const auto &seen = m_proxy->seen();
        return int(std::count_if(seen.begin(), seen.end(), [](const support::AuthProxy::Seen &request) { return request.method != "GET"; }));
    }

    QString status() const
    {
        const auto run = settled(support::realClient().executions().get(m_run));
        return run ? conductor::word((*run)->status) : conductor::sentence(run.error());
    }

    static QJsonObject result(const McpProcess &client, int call) { return client.answerTo(call).value_or(QJsonObject())[u"result"].toObject(); }
    static bool isError(const McpProcess &client, int call) { return result(client, call)[u"isError"].toBool(); }
    static QString text(const McpProcess &client, int call) { return McpProcess::textOf(result(client, call)); }

    std::unique_ptr<support::AuthProxy> m_proxy;
    std::unique_ptr<app::Hosting> m_hosting;
    QString m_run;
};

QTEST_MAIN(TestHeldCalls)
#include "tst_heldcalls.moc"
