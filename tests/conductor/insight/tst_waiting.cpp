// What blocked tasks wait for is a task that somebody can do something about, however many forks and joins stand between.
#include "conductor/insight/waiting.h"
#include "support/graphs.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleExecution;

namespace {

std::vector<WaitingGroup> groupsOf(const Execution &execution, size_t most = 100)
{
    const Graph graph = graphOf(execution);
    return waitingGroups(graph, progressOf(execution, graph, support::momentOf(execution)), most);
}

QStringList awaited(const std::vector<WaitingGroup> &groups, const QString &ref)
{
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const WaitingGroup &one) { return one.tasks.contains(ref); });
    return group == groups.end() ? QStringList() : group->waitsFor;
}

Execution unbegun(const WorkflowDefinition &definition)
{
    return *Execution::fromJson(QJsonObject{{u"workflowId"_s, u"w"_s}, {u"workflowName"_s, u"wide"_s}, {u"status"_s, u"RUNNING"_s}, {u"createTime"_s, qint64(1795346046000)},
                                            {u"tasks"_s, QJsonArray()}, {u"workflowDefinition"_s, definition.json}});
}

} // namespace

class TestWaiting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTheSwarm()
    {
        const std::vector<WaitingGroup> groups = groupsOf(sampleExecution(u"swarm22.execution.json"_s));
        QCOMPARE(awaited(groups, u"build_auth"_s), QStringList{u"build_api"_s});
        QCOMPARE(awaited(groups, u"synth_findings"_s), QStringList({u"research_tech"_s, u"research_legal"_s})); // through a join
        QCOMPARE(awaited(groups, u"review_perf"_s), QStringList({u"synth_findings"_s, u"design_system"_s, u"integrate_all"_s})); // through a fork and a join
        qsizetype tasks = 0;
        for (const WaitingGroup &group : groups)
            tasks += group.tasks.size();
        QCOMPARE(tasks, 8);
    }

    void thoseThatWaitForTheSameAreOneGroup()
    {
        const std::vector<WaitingGroup> groups = groupsOf(sampleExecution(u"swarm22.execution.json"_s));
        const auto reviews = std::find_if(groups.begin(), groups.end(), [](const WaitingGroup &group) { return group.tasks.contains(u"review_perf"_s); });
        QVERIFY(reviews != groups.end());
        QCOMPARE(reviews->tasks, QStringList({u"review_security"_s, u"review_perf"_s, u"review_docs"_s}));
    }

    void branchesOfAStripAreNamed()
    {
        const QStringList refs = awaited(groupsOf(support::dynamicFork(998)), u"publish_album"_s);
        QVERIFY(refs.size() > 500);
        QVERIFY(refs.contains(u"image_569"_s)); // is retried
        QVERIFY(!refs.contains(u"image_0"_s));  // is done
    }

    void onlyTheFirstGroupsAreMade()
    {
        const Execution execution = unbegun(support::wideDefinition(2000));
        QCOMPARE(groupsOf(execution, 5).size(), 5U);
        QCOMPARE(groupsOf(execution, 5).front().waitsFor, QStringList{u"prepare_0"_s});
    }

    void anEndedRunHasNone() { QVERIFY(groupsOf(sampleExecution(u"f_retries.execution.json"_s)).empty()); }

    void anyShapeIsRead()
    {
        for (unsigned seed = 1; seed <= 30; ++seed) {
            const std::vector<WaitingGroup> groups = groupsOf(unbegun(support::randomDefinition(seed, 200)));
            for (const WaitingGroup &group : groups) {
                QVERIFY(!group.tasks.isEmpty());
                QVERIFY(!group.waitsFor.isEmpty());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestWaiting)
#include "tst_waiting.moc"
