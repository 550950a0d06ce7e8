// What a request does is known for every endpoint of two server versions: nothing that acts passes for a read, and an endpoint
// that does what a tool does carries that tool's name.
#include "mcp/policy/endpoints.h"
#include "mcp/tools/openapi.h"
#include "support/samples.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;
using conductor::Request;

namespace {

// GETs and POSTs whose effect is not what their method suggests. All others must follow their method.
const QStringList readsThatPost{
    u"POST /api/metadata/workflow/validate"_s, u"POST /api/workflow/{name}/correlated"_s, u"POST /api/workflow/bulk/search"_s, u"POST /api/secrets"_s,
    u"POST /api/agent/compile"_s, u"POST /api/agent/inspect-plan"_s, u"POST /api/a2a/agent-card"_s};
const QStringList getsThatAct{u"GET /api/tasks/poll/{tasktype}"_s, u"GET /api/tasks/poll/batch/{tasktype}"_s, u"GET /api/scheduler/admin/pause"_s,
                              u"GET /api/scheduler/admin/resume"_s, u"GET /api/scheduler/admin/requeue"_s};

QStringList below(const QString &path)
{
    return path.mid(path.startsWith(u"/api/") ? 5 : 1).split(u'/');
}

} // namespace

class TestEndpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesEveryEndpoint_data()
    {
        QTest::addColumn<QString>("document");
        QTest::newRow("3.21.14") << u"openapi-3.21.14.json"_s;
        QTest::newRow("3.32.3") << u"openapi-3.32.3.json"_s;
    }

    void judgesEveryEndpoint()
    {
        QFETCH(QString, document);
        const std::vector<tools::Operation> operations = tools::operationsOf(support::sample(document).toObject());
        QVERIFY(operations.size() > 60);
        for (const tools::Operation &operation : operations) {
            const QString name = QString::fromLatin1(conductor::verbName(operation.verb)) + u' ' + operation.path;
            const Effect::Kind effect = endpointOf(operation.verb, below(operation.path)).effect;
            const bool reads = readsThatPost.contains(name) || (operation.verb == Request::Verb::Get && !getsThatAct.contains(name));
            QVERIFY2(reads == (effect == Effect::Kind::Read), qPrintable(name));
            if (operation.verb == Request::Verb::Delete)
                QVERIFY2(effect == Effect::Kind::Destroy, qPrintable(name));
        }
    }

    void namesTheToolThatDoesTheSame_data()
    {
        QTest::addColumn<int>("verb");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("tool");
        const auto row = [](Request::Verb verb, const QString &path, const QString &tool) {
            QTest::newRow(qPrintable(QString::fromLatin1(conductor::verbName(verb)) + u' ' + path)) << int(verb) << path << tool;
        };
        row(Request::Verb::Delete, u"workflow/4711"_s, u"conductor_terminate_workflow"_s);
        row(Request::Verb::Delete, u"workflow/4711/remove"_s, u"conductor_terminate_workflow"_s);
        row(Request::Verb::Delete, u"workflow/bulk/remove"_s, u"conductor_terminate_workflow"_s);
        row(Request::Verb::Post, u"workflow/bulk/terminate"_s, u"conductor_terminate_workflow"_s);
        row(Request::Verb::Delete, u"agent/x/cancel"_s, u"conductor_terminate_workflow"_s);
        row(Request::Verb::Post, u"workflow"_s, u"conductor_execute_workflow"_s);
        row(Request::Verb::Post, u"workflow/order"_s, u"conductor_execute_workflow"_s);
        row(Request::Verb::Post, u"workflow/execute/order/1"_s, u"conductor_execute_workflow"_s);
        row(Request::Verb::Post, u"workflow/4711/retry"_s, u"conductor_recover_workflow"_s);
        row(Request::Verb::Post, u"agent/executions/4711/rerun"_s, u"conductor_recover_workflow"_s);
        row(Request::Verb::Put, u"workflow/4711/pause"_s, u"conductor_pause_workflow"_s);
        row(Request::Verb::Get, u"tasks/poll/batch/pack"_s, u"conductor_poll_task"_s);
        row(Request::Verb::Post, u"tasks/1/COMPLETED/signal"_s, u"conductor_update_task"_s);
        row(Request::Verb::Post, u"queue/update/1/ref/COMPLETED"_s, u"conductor_update_task"_s);
        row(Request::Verb::Put, u"metadata/workflow"_s, u"conductor_create_workflow"_s);
        row(Request::Verb::Post, u"metadata/taskdefs"_s, u"conductor_create_task_definition"_s);
        row(Request::Verb::Get, u"workflow/search"_s, u"conductor_search_workflows"_s);
        row(Request::Verb::Get, u"workflow/4711"_s, u"conductor_get_workflow_status"_s);
        row(Request::Verb::Delete, u"event/x"_s, QString());
    }

    void namesTheToolThatDoesTheSame()
    {
        QFETCH(int, verb);
        QFETCH(QString, path);
        QTEST(endpointOf(Request::Verb(verb), path.split(u'/')).tool, "tool");
    }

    void theUnknownIsJudgedByItsMethod()
    {
        QCOMPARE(endpointOf(Request::Verb::Delete, {u"new"_s, u"thing"_s}).effect, Effect::Kind::Destroy);
        QCOMPARE(endpointOf(Request::Verb::Post, {u"new"_s, u"thing"_s}).effect, Effect::Kind::Change);
    }
};

QTEST_GUILESS_MAIN(TestEndpoints)
#include "tst_endpoints.moc"
