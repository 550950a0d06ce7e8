// A call that was kept is made again for real: by conductor-mcp itself, against the real server, with its policy and its audit, where
// the activity page then shows it.
#include "app/activity/activitymodel.h"
#include "app/activity/activitypage.h"
#include "app/activity/callsview.h"
#include "app/activity/toolrun.h"
#include "app/mcphost/hosting.h"
#include "app/widgets/table.h"
#include "conductor/profile/profilestore.h"
#include "mcp/policy/freeze.h"
#include "support/auditrows.h"
#include "support/realserver.h"
#include "support/scriptedtransport.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using app::ToolAnswer;
using conductor::Error;
using conductor::Result;
using support::awaited;

class TestActivity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        conductor::ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"real one"_s, .url = support::realServer()}));
    }

    void aCallIsMadeAndKeptAndShown()
    {
        app::Servers servers([](const app::ServerEntry &entry) { return conductor::Client::to(entry.url, conductor::fixedKey({})); });
        app::ActivityPage page({.carryOut = {}}, servers, app::systemTime);
        page.resize(1200, 800);
        page.show();
        page.setLive(true);

        const Result<ToolAnswer> answer = awaited(app::carryOut(program(), {u"real one"_s, u"conductor_search_workflows"_s, {{u"limit"_s, 3}}}), 60000);
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        QVERIFY2(answer->good, qPrintable(answer->text));
        QVERIFY(answer->structured.contains(u"total"_s));
        const QList<mcp::AuditEntry> calls = support::auditedCalls();
        QCOMPARE(calls.size(), 1);
        QCOMPARE(calls[0].profile, u"real one"_s);
        QCOMPARE(calls[0].arguments, u"{\"limit\":3}"_s);
        const app::Table *table = &page.findChild<app::CallsView *>()->table();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 10000);
        QCOMPARE(table->model()->index(0, app::ActivityModel::Tool).data().toString(), u"conductor_search_workflows"_s);
    }

    void whatTheToolRefusesIsTold()
    {
        const Result<ToolAnswer> answer = awaited(app::carryOut(program(), {u"real one"_s, u"conductor_get_workflow_metadata"_s, {{u"name"_s, u"no_such_workflow_here"_s}}}), 60000);
        QVERIFY(answer);
        QVERIFY(!answer->good);
        mcp::FreezeFile freeze;
        QVERIFY(freeze.set(mcp::Freeze::ReadOnly)); // the same policy as for an AI client
        const Result<ToolAnswer> refused = awaited(app::carryOut(program(), {u"real one"_s, u"conductor_pause_workflow"_s, {{u"workflow_ids"_s, QJsonArray{u"x"_s}}}}), 60000);
        QVERIFY(freeze.set(mcp::Freeze::Normal));
        QVERIFY(refused && !refused->good);
        QCOMPARE(support::auditedCalls().last().outcome, u"refused"_s);
    }

    void whatCannotBeDoneIsAnError()
    {
        const Result<ToolAnswer> absent = awaited(app::carryOut(QDir::homePath() + u"/no-such-program"_s, {u"real one"_s, u"x"_s, {}}), 10000);
        QVERIFY(!absent);
        QCOMPARE(absent.error().kind, Error::Kind::Server);
        const Result<ToolAnswer> late = awaited(app::carryOut(program(), {u"real one"_s, u"conductor_search_workflows"_s, {}}, std::chrono::milliseconds(0)), 10000);
        QVERIFY(!late);
        QCOMPARE(late.error().kind, Error::Kind::Timeout);
    }

private:
    static QString program() { return QStringLiteral(PROGRAMS_DIR) + u"/conductor-mcp"_s; }
};

QTEST_MAIN(TestActivity)
#include "tst_activity.moc"
