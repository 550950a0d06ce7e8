// A run's graph tells where every task stands, whatever the shape: retries, loops, dynamic forks, what is not reached and why.
#include "support/graphs.h"

#include <QDir>
#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleDefinition;
using support::sampleExecution;
using State = Graph::State;
using Role = Graph::Role;

namespace {

const Graph::Node &at(const Graph &graph, QStringView ref)
{
    const int index = graph.findRef(ref.toString());
    if (index < 0)
        qFatal("no node for %s", qPrintable(ref.toString()));
    return graph.nodes[size_t(index)];
}

QJsonObject task(const QString &ref, const QString &type = u"SIMPLE"_s) { return {{u"taskReferenceName"_s, ref}, {u"name"_s, ref}, {u"type"_s, type}}; }

WorkflowDefinition definition(const QJsonArray &tasks) { return *WorkflowDefinition::fromJson(QJsonObject{{u"name"_s, u"made_up"_s}, {u"tasks"_s, tasks}}); }

QStringList ids(const Graph &graph)
{
    QStringList ids;
    for (const Graph::Node &node : graph.nodes)
        ids << node.id;
    return ids;
}

int edgesBetween(const Graph &graph, const QString &from, const QString &to, Graph::Edge::Kind kind)
{
    return int(std::count_if(graph.edges.begin(), graph.edges.end(), [&](const Graph::Edge &edge) {
        return edge.kind == kind && graph.nodes[size_t(edge.from)].ref == from && graph.nodes[size_t(edge.to)].ref == to;
    }));
}

} // namespace

class TestGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheSwarmsStates()
    {
        const Graph graph = graphOf(sampleExecution(u"swarm22.execution.json"_s));
        QCOMPARE(at(graph, u"plan"_s).state, State::Done);
        QCOMPARE(at(graph, u"research_tech"_s).state, State::Running);
        QCOMPARE(at(graph, u"research_legal"_s).state, State::Queued);
        QCOMPARE(at(graph, u"build_auth"_s).state, State::Blocked);
        QCOMPARE(at(graph, u"build_auth"_s).waitsFor, QStringList{u"build_api"_s});
        QCOMPARE(at(graph, u"integrate_all"_s).waitsFor, QStringList{u"join_build"_s});
        QCOMPARE(at(graph, u"review_perf"_s).state, State::Planned);
        QCOMPARE(at(graph, u"join_research"_s).state, State::Waiting);
        QCOMPARE(at(graph, u"join_research"_s).waitsFor, (QStringList{u"research_tech"_s, u"research_legal"_s}));

        const Graph::Node &retry = at(graph, u"build_api"_s);
        QCOMPARE(retry.state, State::Retrying);
        QCOMPARE(retry.status, TaskStatus::Scheduled);
        QCOMPARE(retry.attempts, 2);
        QCOMPARE(retry.retryLimit, 3);
        QCOMPARE(retry.due.toMSecsSinceEpoch(), 1795346047650 + 600'000);
        QCOMPARE(retry.reason, u"compile error: missing symbol Foo"_s);
    }

    void aRetryThatRunsIsStillARetry()
    {
        const Graph graph = graphOf(sampleExecution(u"swarm22.execution_retry_in_progress.json"_s));
        QCOMPARE(at(graph, u"build_api"_s).state, State::Retrying);
        QCOMPARE(at(graph, u"build_api"_s).status, TaskStatus::InProgress);
        QVERIFY2(!at(graph, u"build_api"_s).due.isValid(), "it is past its delay, though startDelayInSeconds still says 600");
    }

    void idsStayTheSameFromPollToPoll()
    {
        const QStringList planned = ids(graphOf(sampleDefinition(u"swarm22.definition.json"_s)));
        QCOMPARE(ids(graphOf(sampleExecution(u"swarm22.execution.json"_s))), planned);
        QCOMPARE(ids(graphOf(sampleExecution(u"swarm22.execution_retry_in_progress.json"_s))), planned);
        QVERIFY(planned.contains(u"fork_main/fork_build/build_api"_s));
    }

    void showsWhichCaseWasTaken()
    {
        const Graph graph = graphOf(sampleExecution(u"kitchen_sink.execution_completed.json"_s));
        QCOMPARE(at(graph, u"by_tier"_s).chosen, u"gold"_s);
        QCOMPARE(at(graph, u"gold_perk"_s).state, State::Done);
        QCOMPARE(at(graph, u"silver_perk"_s).state, State::NotTaken);
        QCOMPARE(at(graph, u"no_perk"_s).state, State::NotTaken);
        QCOMPARE(at(graph, u"stop_here"_s).state, State::NotTaken);
    }

    void aValueWithoutACaseTakesTheDefault()
    {
        const Graph graph = graphOf(sampleExecution(u"switch_defaults.execution.json"_s));
        QCOMPARE(at(graph, u"xa"_s).state, State::NotTaken);
        QCOMPARE(at(graph, u"xd"_s).state, State::Done);
        QCOMPARE(at(graph, u"sa"_s).state, State::NotTaken);
        QCOMPARE(at(graph, u"sd"_s).state, State::Done);
        // An empty default is a way through, and it was taken.
        const int choice = graph.findRef(u"s2");
        const auto through =
            std::find_if(graph.edges.begin(), graph.edges.end(), [&](const Graph::Edge &edge) { return edge.from == choice && edge.label == u"default"; });
        QVERIFY(through != graph.edges.end());
        QCOMPARE(through->way, Graph::Edge::Way::Taken);
        QCOMPARE(graph.nodes[size_t(through->to)].role, Role::Merge);
    }

    void terminateWithCompletedIsNoError()
    {
        const Graph graph = graphOf(sampleExecution(u"kitchen_sink.execution_completed.json"_s));
        QCOMPARE(at(graph, u"finish"_s).state, State::Done);
        QVERIFY(at(graph, u"finish"_s).reason.isEmpty());
        QCOMPARE(at(graph, u"never"_s).state, State::Planned);
        const int never = graph.findRef(u"never");
        QVERIFY2(std::none_of(graph.edges.begin(), graph.edges.end(), [&](const Graph::Edge &edge) { return edge.to == never; }),
                 "nothing leads past TERMINATE");
    }

    void spawnedTasksComeFromTheFork()
    {
        const Graph graph = graphOf(sampleExecution(u"kitchen_sink.execution_running.json"_s));
        QCOMPARE(at(graph, u"score_1"_s).state, State::Queued);
        QCOMPARE(at(graph, u"score_1"_s).id, u"fan_out/score_1"_s);
        QCOMPARE(at(graph, u"fan_in"_s).waitsFor.size(), 3);
        QCOMPARE(edgesBetween(graph, u"score_1"_s, u"fan_in"_s, Graph::Edge::Kind::Flow), 1);

        const Graph planned = graphOf(sampleDefinition(u"kitchen_sink.definition.json"_s));
        QCOMPARE(planned.nodes[size_t(planned.find(u"fan_out/*"))].role, Role::Placeholder);
    }

    void loopsShowOneTurnAndKnowTheOthers()
    {
        const Execution run = sampleExecution(u"f_nested.execution.json"_s);
        const Graph newest = graphOf(run);
        const Graph::Node &loop = at(newest, u"lp"_s);
        QCOMPARE(loop.role, Role::Loop);
        QCOMPARE(loop.turn, 2);
        QCOMPARE(loop.turns.size(), size_t(2));
        QCOMPARE(at(newest, u"sw__2"_s).id, u"lp/sw"_s);
        QCOMPARE(at(newest, u"o"_s).state, State::NotTaken);
        QCOMPARE(at(newest, u"e__2"_s).state, State::Done);
        QCOMPARE(at(newest, u"jn__2"_s).state, State::Done);

        const Graph first = graphOf(run, {.turns = {{u"lp"_s, 1}}});
        QCOMPARE(ids(first), ids(newest));
        QCOMPARE(at(first, u"o__1"_s).state, State::Done);
        QCOMPARE(at(first, u"e"_s).state, State::NotTaken);
    }

    void aDynamicForkInALoopSpawnsPerTurn()
    {
        const Graph graph = graphOf(sampleExecution(u"loop_dynamic_fork.execution.json"_s));
        QCOMPARE(at(graph, u"x1__2"_s).state, State::Done);
        QCOMPARE(at(graph, u"x1__2"_s).id, u"o/fd/x1"_s);
        QCOMPARE(graphOf(sampleExecution(u"loop_dynamic_fork.execution.json"_s), {.turns = {{u"o"_s, 1}}}).findRef(u"x1__1") >= 0, true);
    }

    void manyBranchesAreAStrip()
    {
        const Execution run = support::dynamicFork(998);
        const Graph folded = graphOf(run);
        const Graph::Node &strip = folded.nodes[size_t(folded.find(u"fan/*"))];
        QCOMPARE(strip.role, Role::Strip);
        QCOMPARE(strip.cells.size(), size_t(998));
        QCOMPARE(strip.cells[0].state, State::Done);
        QCOMPARE(strip.cells[997].state, State::Blocked);
        QCOMPARE(strip.state, State::Failed);
        QVERIFY(folded.nodes.size() < 10);
        QCOMPARE(folded.findRef(u"image_500"), folded.find(u"fan/*"));

        const Graph spread = graphOf(run, {.spread = {u"fan/*"_s}});
        QCOMPARE(spread.nodes[size_t(spread.find(u"fan/*"))].role, Role::Grid);
        for (const Graph::Cell &cell : strip.cells)
            QCOMPARE(spread.nodes[size_t(spread.find(cell.id))].state, cell.state);
    }

    void aDozenBranchesAreStillBoxes() { QCOMPARE(graphOf(support::dynamicFork(12)).findRef(u"image_11") >= 0, true); }

    void skippedTasksKeepTheirPlace()
    {
        const Graph graph = graphOf(sampleExecution(u"skipped.execution.json"_s));
        QCOMPARE(graph.top.size(), size_t(2));
        QCOMPARE(at(graph, u"t1"_s).state, State::Done);
        QCOMPARE(at(graph, u"t2"_s).state, State::Skipped);
        QCOMPARE(graph.nodes[size_t(graph.top[0])].ref, u"t1"_s);
    }

    void endsOfAllKinds()
    {
        QCOMPARE(at(graphOf(sampleExecution(u"f_retries.execution.json"_s)), u"flaky"_s).state, State::Failed);
        QCOMPARE(at(graphOf(sampleExecution(u"f_retries.execution.json"_s)), u"flaky"_s).attempts, 3);
        QCOMPARE(at(graphOf(sampleExecution(u"f_retries.execution.json"_s)), u"after"_s).state, State::Planned);
        QCOMPARE(at(graphOf(sampleExecution(u"f_terminal.execution.json"_s)), u"fatal"_s).state, State::Failed);
        QCOMPARE(at(graphOf(sampleExecution(u"f_timeout.execution.json"_s)), u"slow"_s).state, State::TimedOut);
        QCOMPARE(at(graphOf(sampleExecution(u"f_wf_timeout.execution.json"_s)), u"w"_s).state, State::Canceled);
        QCOMPARE(at(graphOf(sampleExecution(u"f_optional.execution.json"_s)), u"fatal"_s).state, State::DoneWithErrors);
        QCOMPARE(at(graphOf(sampleExecution(u"f_optional.execution.json"_s)), u"n"_s).state, State::Done);
        const Graph parent = graphOf(sampleExecution(u"sub_failed_parent.execution.json"_s));
        QCOMPARE(at(parent, u"s"_s).state, State::Failed);
        QCOMPARE(at(parent, u"s"_s).childId, u"0b3df2a0-9852-3e9b-afce-64325eaf7075"_s);
    }

    void waitsOfAllKinds()
    {
        const Graph graph = graphOf(sampleExecution(u"waits.execution.json"_s));
        for (const QString &ref : {u"w"_s, u"w2"_s, u"w3"_s, u"h"_s, u"j"_s})
            QCOMPARE(at(graph, ref).state, State::Waiting);
        QVERIFY2(!at(graph, u"w"_s).due.isValid(), "without a duration it waits for a signal");
        QCOMPARE(at(graph, u"w2"_s).scheduled.secsTo(at(graph, u"w2"_s).due), 3600);
        QCOMPARE(at(graph, u"w3"_s).due.date().year(), 2030);
        QCOMPARE(at(graph, u"sub"_s).state, State::Running);
        QCOMPARE(family(at(graph, u"h"_s)), StatusFamily::NeedsYou);
        QCOMPARE(family(at(graph, u"w"_s)), StatusFamily::NeedsYou);
        QCOMPARE(family(at(graph, u"w2"_s)), StatusFamily::Active);
    }

    void aProgressReportIsNotAQueue()
    {
        // After IN_PROGRESS with a callback the server writes SCHEDULED again.
        QCOMPARE(at(graphOf(sampleExecution(u"progress_report.execution.json"_s)), u"cb"_s).state, State::Running);
    }

    void joinsThatDoNotFollowTheTree()
    {
        const Graph graph = graphOf(sampleExecution(u"join_partial.execution.json"_s));
        QCOMPARE(edgesBetween(graph, u"a"_s, u"j"_s, Graph::Edge::Kind::Awaited), 1);    // in the middle of its branch
        QCOMPARE(edgesBetween(graph, u"gj"_s, u"j"_s, Graph::Edge::Kind::Unawaited), 1); // the end of that branch
        QCOMPARE(edgesBetween(graph, u"hang"_s, u"j"_s, Graph::Edge::Kind::Flow), 1);
        QCOMPARE(edgesBetween(graph, u"e"_s, u"j"_s, Graph::Edge::Kind::Unawaited), 1);
    }

    void nonsenseIsShownAsSuch()
    {
        const QJsonArray failing = support::sample(u"failing.definitions.json"_s).toArray();
        QCOMPARE(failing.size(), 23);
        for (const QJsonValue &json : failing) {
            const Graph graph = graphOf(*WorkflowDefinition::fromJson(json));
            QVERIFY(!graph.nodes.empty());
            const QString name = json[u"name"].toString();
            if (name == u"f_join_unknown")
                QCOMPARE(at(graph, u"j"_s).unknownRefs, QStringList{u"nope"_s});
            QCOMPARE(std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const Graph::Node &node) { return node.joinIsMissing; }),
                     name.startsWith(u"f_fork_nojoin"));
        }
    }

    void anExclusiveJoinClosesItsSwitch()
    {
        const Graph graph = graphOf(definition(
            {QJsonObject{{u"taskReferenceName"_s, u"s"_s}, {u"type"_s, u"SWITCH"_s}, {u"decisionCases"_s, QJsonObject{{u"a"_s, QJsonArray{task(u"x"_s)}}}}},
             QJsonObject{{u"taskReferenceName"_s, u"e"_s}, {u"type"_s, u"EXCLUSIVE_JOIN"_s}, {u"joinOn"_s, QJsonArray{u"x"_s}}}}));
        QCOMPARE(graph.nodes[size_t(at(graph, u"s"_s).join)].ref, u"e"_s);
        QCOMPARE(edgesBetween(graph, u"x"_s, u"e"_s, Graph::Edge::Kind::Flow), 1);
    }

    void anEmptyDefinitionIsAnEmptyGraph()
    {
        QVERIFY(graphOf(definition({})).nodes.empty());
        QVERIFY(graphOf(definition({})).edges.empty());
    }

    void sameReferencesHaveDifferentIds()
    {
        const Graph graph = graphOf(definition({task(u"x"_s), task(u"x"_s), task(u"x"_s)}));
        QCOMPARE(ids(graph), (QStringList{u"x"_s, u"x#2"_s, u"x#3"_s}));
    }

    void aRunWithoutItsDefinitionIsAChain()
    {
        QJsonObject json = support::sample(u"f_retries.execution.json"_s).toObject();
        json.remove(u"workflowDefinition"_s);
        const Graph graph = graphOf(*Execution::fromJson(json));
        QCOMPARE(graph.top.size(), size_t(2));
        QCOMPARE(at(graph, u"flaky"_s).state, State::Failed);
    }

    void whatNobodyPlannedIsShownToo()
    {
        QJsonObject json = support::sample(u"skipped.execution.json"_s).toObject();
        QJsonArray tasks = json[u"tasks"].toArray();
        QJsonObject stray = tasks[1].toObject();
        stray[u"referenceTaskName"_s] = u"from_nowhere"_s;
        tasks.append(stray);
        json[u"tasks"_s] = tasks;
        QCOMPARE(at(graphOf(*Execution::fromJson(json)), u"from_nowhere"_s).state, State::Done);
    }

    void unknownTypesAndStatusesAreShown()
    {
        QJsonObject json = support::sample(u"skipped.execution.json"_s).toObject();
        QJsonArray tasks = json[u"tasks"].toArray();
        QJsonObject odd = tasks[1].toObject();
        odd[u"status"_s] = u"DREAMING"_s;
        tasks[1] = odd;
        json[u"tasks"_s] = tasks;
        const Graph graph = graphOf(*Execution::fromJson(json));
        QCOMPARE(at(graph, u"t1"_s).state, State::Unknown);
        QCOMPARE(at(graph, u"t1"_s).statusWord, u"DREAMING"_s);
        QCOMPARE(at(graphOf(definition({task(u"y"_s, u"FOO_BAR"_s)})), u"y"_s).type, u"FOO_BAR"_s);
    }

    void hostileNamesAreHarmless()
    {
        const Graph graph = graphOf(definition({task(u"a\u202Eb"_s)}));
        QCOMPARE(graph.nodes[0].label, u"a⟨U+202E⟩b"_s);
        QCOMPARE(graph.nodes[0].ref, u"a\u202Eb"_s);
    }

    void aPausedRunBlocksWhatIsNext()
    {
        QJsonObject json = support::sample(u"swarm22.execution.json"_s).toObject();
        json[u"status"_s] = u"PAUSED"_s;
        const Graph graph = graphOf(*Execution::fromJson(json));
        QVERIFY(graph.isPaused);
        QCOMPARE(at(graph, u"build_auth"_s).state, State::Blocked);
    }

    void everySampleBuilds()
    {
        const QStringList names = QDir(QStringLiteral(SAMPLES_DIR)).entryList({u"*.execution*.json"_s});
        QVERIFY(names.size() >= 18);
        for (const QString &name : names) {
            const Execution run = sampleExecution(name);
            const Graph graph = graphOf(run);
            QStringList all = ids(graph);
            QCOMPARE(all.removeDuplicates(), 0);
            // Every attempt of the newest turn has its node; the run is wholly told.
            for (const TaskAttempt &attempt : run.attempts)
                QVERIFY2(graph.findRef(attempt.ref) >= 0 || attempt.iteration > 0, qPrintable(name + u' ' + attempt.ref));
            for (const Graph::Edge &edge : graph.edges)
                QVERIFY(edge.from >= 0 && edge.to >= 0 && edge.from < int(graph.nodes.size()) && edge.to < int(graph.nodes.size()));
        }
    }
};

QTEST_GUILESS_MAIN(TestGraph)
#include "tst_graph.moc"
