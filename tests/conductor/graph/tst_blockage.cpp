// A task that does not run says why, down to what somebody can do something about.
#include "conductor/graph/blockage.h"
#include "support/graphs.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleExecution;
using Kind = Blockage::Kind;

namespace {

const Blockage *of(const std::vector<Blockage> &blockages, Kind kind, const QString &ref)
{
    const auto found = std::find_if(blockages.begin(), blockages.end(), [&](const Blockage &blockage) { return blockage.kind == kind && blockage.ref == ref; });
    return found == blockages.end() ? nullptr : &*found;
}

} // namespace

class TestBlockage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheRetryAtTheRoot()
    {
        const std::vector<Blockage> found = blockedBy(sampleExecution(u"swarm22.execution.json"_s), u"build_auth"_s);
        QCOMPARE(found.size(), size_t(2));
        QCOMPARE(found[0].kind, Kind::Tasks);
        QCOMPARE(found[0].refs, QStringList{u"build_api"_s});
        QCOMPARE(found[1].kind, Kind::RetryDelay);
        QCOMPARE(found[1].ref, u"build_api"_s);
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(1795346107650);
        QCOMPARE(sentence(found[1], now), u"build_api is tried again in 9 min"_s);
        QCOMPARE(sentence(found[0], now), u"build_auth waits for build_api"_s);
    }

    void goesThroughJoins()
    {
        const std::vector<Blockage> found = blockedBy(sampleExecution(u"swarm22.execution.json"_s), u"synth_findings"_s);
        QCOMPARE(found[0].refs, QStringList{u"join_research"_s});
        const Blockage *join = of(found, Kind::Tasks, u"join_research"_s);
        QVERIFY(join);
        QCOMPARE(join->refs, (QStringList{u"research_tech"_s, u"research_legal"_s}));
        QVERIFY(of(found, Kind::Work, u"research_tech"_s));
        const Blockage *queued = of(found, Kind::Worker, u"research_legal"_s);
        QVERIFY(queued);
        QCOMPARE(queued->queue, u"agent_research"_s);
    }

    void goesAllTheWay()
    {
        const std::vector<Blockage> found = blockedBy(sampleExecution(u"swarm22.execution.json"_s), u"release"_s);
        QCOMPARE(found[0].refs, QStringList{u"join_review"_s});
        QVERIFY(of(found, Kind::RetryDelay, u"build_api"_s));
        QVERIFY(of(found, Kind::Worker, u"infra_deploy"_s));
        QVERIFY(of(found, Kind::Work, u"design_system"_s));
    }

    void knowsWhoIsWaitedFor()
    {
        const std::vector<Blockage> found = blockedBy(sampleExecution(u"waits.execution.json"_s), u"j"_s);
        QVERIFY(of(found, Kind::Signal, u"w"_s));
        QVERIFY(of(found, Kind::Timer, u"w2"_s));
        QVERIFY(of(found, Kind::Person, u"h"_s));
        QVERIFY(of(found, Kind::ChildRun, u"sub"_s));
        QVERIFY(!of(found, Kind::ChildRun, u"sub"_s)->childId.isEmpty());
    }

    void aPausedRunSaysSoFirst()
    {
        QJsonObject json = support::sample(u"swarm22.execution.json"_s).toObject();
        json[u"status"_s] = u"PAUSED"_s;
        QCOMPARE(blockedBy(*Execution::fromJson(json), u"build_auth"_s).front().kind, Kind::Paused);
    }

    void aJoinOnNobodyWaitsForEver()
    {
        QJsonObject json = support::sample(u"join_partial.execution.json"_s).toObject();
        QJsonArray tasks = json[u"tasks"].toArray();
        for (QJsonValueRef entry : tasks) {
            QJsonObject task = entry.toObject();
            if (task[u"referenceTaskName"] == u"j"_s) {
                task[u"inputData"_s] = QJsonObject{{u"joinOn"_s, QJsonArray{u"a"_s, u"nope"_s}}};
                entry = task;
            }
        }
        json[u"tasks"_s] = tasks;
        const std::vector<Blockage> found = blockedBy(*Execution::fromJson(json), u"fin"_s);
        const Blockage *join = of(found, Kind::UnknownRefs, u"j"_s);
        QVERIFY(join);
        QCOMPARE(join->refs, QStringList{u"nope"_s});
    }

    void aLoopWaitsForWhatRunsInIt()
    {
        QJsonObject json = support::sample(u"f_nested.execution.json"_s).toObject();
        json[u"status"_s] = u"RUNNING"_s;
        QJsonArray tasks = json[u"tasks"].toArray();
        for (QJsonValueRef entry : tasks) {
            QJsonObject task = entry.toObject();
            const QString ref = task[u"referenceTaskName"].toString();
            if (ref == u"lp" || ref == u"b__2" || ref == u"jn__2") {
                task[u"status"_s] = ref == u"b__2" ? u"SCHEDULED"_s : u"IN_PROGRESS"_s;
                task[u"startTime"_s] = 0;
                task[u"endTime"_s] = 0;
                entry = task;
            }
        }
        json[u"tasks"_s] = tasks;
        const std::vector<Blockage> found = blockedBy(*Execution::fromJson(json), u"lp"_s);
        QVERIFY(of(found, Kind::Worker, u"b__2"_s));
        QVERIFY(of(found, Kind::Tasks, u"jn__2"_s));
    }

    void whatIsOverOrNeverWillBe()
    {
        const Execution sink = sampleExecution(u"kitchen_sink.execution_completed.json"_s);
        QVERIFY(blockedBy(sink, u"prepare"_s).empty());
        QCOMPARE(blockedBy(sink, u"silver_perk"_s).front().kind, Kind::NotTaken);
        QCOMPARE(blockedBy(sink, u"never"_s).front().kind, Kind::Ended);
        QCOMPARE(blockedBy(sink, u"nobody"_s).front().kind, Kind::NoSuchTask);
        QCOMPARE(blockedBy(sampleExecution(u"kitchen_sink.execution_running.json"_s), u"never"_s).front().kind, Kind::Unreachable);
        QCOMPARE(blockedBy(sampleExecution(u"f_retries.execution.json"_s), u"flaky"_s).front().kind, Kind::Failed);
    }

    void aStripNamesItsQueue()
    {
        const std::vector<Blockage> found = blockedBy(support::dynamicFork(998), u"publish_album"_s);
        QVERIFY(of(found, Kind::Tasks, u"gather"_s));
        const auto queue = std::find_if(found.begin(), found.end(), [](const Blockage &blockage) { return blockage.kind == Kind::Worker; });
        QVERIFY(queue != found.end());
        QCOMPARE(queue->queue, u"resize_image"_s);
        QVERIFY(queue->refs.size() > 200);
    }

    void aCellOfAStripHasItsOwnReason()
    {
        const Execution fan = support::dynamicFork(998);
        const std::vector<Blockage> retrying = blockedBy(fan, u"image_570"_s);
        QVERIFY(!retrying.empty());
        QCOMPARE(retrying.front().ref, u"image_570"_s);
        QCOMPARE(retrying.front().kind, Blockage::Kind::RetryDelay);
        QVERIFY(blockedBy(fan, u"image_3"_s).empty()); // done
    }

    void everyKindHasItsSentence()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QSet<QString> sentences;
        for (int kind = 0; kind <= int(Kind::NoSuchTask); ++kind)
            sentences.insert(
                sentence({.kind = Kind(kind), .ref = u"r"_s, .refs = {u"a"_s}, .until = now.addSecs(90), .queue = u"q"_s, .since = now.addSecs(-5)}, now));
        QCOMPARE(sentences.size(), qsizetype(Kind::NoSuchTask) + 1);
    }
};

QTEST_GUILESS_MAIN(TestBlockage)
#include "tst_blockage.moc"
