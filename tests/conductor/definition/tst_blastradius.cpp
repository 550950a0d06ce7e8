// What a change of a definition reaches is told whole: every way one workflow starts another, at any depth.
#include "conductor/definition/blastradius.h"

#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace {

QJsonArray array(const char *text)
{
    return QJsonDocument::fromJson(QByteArray(text)).array();
}

} // namespace

class TestBlastRadius : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callers_data()
    {
        QTest::addColumn<QByteArray>("tasks");
        QTest::addColumn<bool>("calls");
        const auto row = [](const char *name, const char *tasks, bool calls = true) { QTest::newRow(name) << QByteArray(tasks) << calls; };
        row("sub-workflow", R"([{"type": "SUB_WORKFLOW", "subWorkflowParam": {"name": "pay"}}])");
        row("started", R"([{"type": "START_WORKFLOW", "inputParameters": {"startWorkflow": {"name": "pay"}}}])");
        row("in a fork", R"([{"type": "FORK_JOIN", "forkTasks": [[], [{"type": "SUB_WORKFLOW", "subWorkflowParam": {"name": "pay"}}]]}])");
        row("in a case", R"([{"type": "SWITCH", "decisionCases": {"x": [{"subWorkflowParam": {"name": "pay"}}]}}])");
        row("in the default case", R"([{"type": "SWITCH", "defaultCase": [{"subWorkflowParam": {"name": "pay"}}]}])");
        row("in a loop", R"([{"type": "DO_WHILE", "loopOver": [{"subWorkflowParam": {"name": "pay"}}]}])");
        row("another", R"([{"type": "SUB_WORKFLOW", "subWorkflowParam": {"name": "pay_later"}}])", false);
        row("a task of that name", R"([{"type": "SIMPLE", "name": "pay"}])", false);
    }

    void callers()
    {
        QFETCH(QByteArray, tasks);
        QFETCH(bool, calls);
        const QJsonArray definitions{QJsonObject{{u"name"_s, u"order"_s}, {u"tasks"_s, QJsonDocument::fromJson(tasks).array()}}};
        QCOMPARE(blastRadius(u"pay"_s, definitions, {}, {}).callers, calls ? QStringList{u"order"_s} : QStringList());
    }

    void whatElseStartsIt()
    {
        const BlastRadius radius = blastRadius(u"pay"_s, array(R"([{"name": "b", "failureWorkflow": "pay"}, {"name": "a", "failureWorkflow": "pay"}])"),
                                               array(R"([{"name": "paid", "actions": [{"action": "complete_task"}, {"action": "start_workflow", "start_workflow": {"name": "pay"}}]},
                                                         {"name": "other", "actions": [{"start_workflow": {"name": "x"}}]}])"),
                                               array(R"([{"name": "nightly", "startWorkflowRequest": {"name": "pay"}}, {"name": "hourly", "startWorkflowRequest": {"name": "x"}}])"));
        QCOMPARE(radius.callers, QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(radius.eventHandlers, QStringList{u"paid"_s});
        QCOMPARE(radius.schedules, QStringList{u"nightly"_s});
        QVERIFY(blastRadius(u"nobody calls it"_s, {}, {}, {}).isEmpty());
    }

    void nestingIsBounded()
    {
        QJsonArray tasks{QJsonObject{{u"subWorkflowParam"_s, QJsonObject{{u"name"_s, u"pay"_s}}}}};
        for (int depth = 0; depth < 200; ++depth)
            tasks = {QJsonObject{{u"loopOver"_s, tasks}}};
        QVERIFY(blastRadius(u"pay"_s, {QJsonObject{{u"name"_s, u"deep"_s}, {u"tasks"_s, tasks}}}, {}, {}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestBlastRadius)
#include "tst_blastradius.moc"
