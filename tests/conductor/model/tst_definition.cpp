// Definitions that a real server stores are read whole, however they nest; hostile ones end in an error, not in a crash.
#include "support/samples.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleDefinition;

class TestDefinition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsNothingToWhatWasWritten()
    {
        const QJsonObject input{{u"n"_s, 1}};
        const QJsonObject task{{u"name"_s, u"a"_s}, {u"taskReferenceName"_s, u"a"_s}, {u"type"_s, u"SIMPLE"_s}, {u"inputParameters"_s, input}};
        const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(QJsonObject{{u"name"_s, u"w"_s}, {u"tasks"_s, QJsonArray{task}}});
        QVERIFY(definition);
        QCOMPARE(definition->tasks.at(0).input, input);
    }

    void readsTheSwarm()
    {
        const WorkflowDefinition swarm = sampleDefinition(u"swarm22.definition.json"_s);
        int agents = 0, forks = 0, joins = 0;
        visit(swarm.tasks, [&](const WorkflowTask &task) {
            agents += task.kind() == TaskKind::Worker;
            forks += task.kind() == TaskKind::Fork;
            joins += task.kind() == TaskKind::Join;
        });
        QCOMPARE(agents, 22);
        QCOMPARE(forks, 4);
        QCOMPARE(joins, 4);
        QCOMPARE(findTask(swarm.tasks, u"join_build")->joinOn, QStringList({u"build_auth"_s, u"build_charts"_s, u"infra_deploy"_s}));
    }

    void readsEveryKindOfTask()
    {
        const WorkflowDefinition sink = sampleDefinition(u"kitchen_sink.definition.json"_s);
        const WorkflowTask *tier = findTask(sink.tasks, u"by_tier");
        QVERIFY(tier);
        QCOMPARE(tier->cases.size(), size_t(2));
        QCOMPARE(tier->cases[0].first, u"gold"_s);
        QCOMPARE(tier->defaultCase.size(), size_t(1));
        QCOMPARE(findTask(sink.tasks, u"countdown")->loop.size(), size_t(1));
        QCOMPARE(findTask(sink.tasks, u"child")->subWorkflowName, u"ks_child"_s);
        QCOMPARE(findTask(sink.tasks, u"fire_and_forget")->subWorkflowName, u"ks_child"_s);
        QVERIFY(findTask(sink.tasks, u"self_health")->optional);
        QVERIFY(!findTask(sink.tasks, u"nothing"));
    }

    void missingTypeIsSimple()
    {
        const QJsonObject json{{u"name"_s, u"d"_s}, {u"tasks"_s, QJsonArray{QJsonObject{{u"name"_s, u"t"_s}, {u"taskReferenceName"_s, u"t"_s}}}}};
        QCOMPARE(WorkflowDefinition::fromJson(json)->tasks[0].type, u"SIMPLE"_s);
    }

    void namesThePathOfWhatDoesNotFit()
    {
        const QJsonObject task{{u"name"_s, u"t"_s}, {u"taskReferenceName"_s, u"t"_s}, {u"joinOn"_s, QJsonObject{}}};
        const Result<WorkflowDefinition> read = WorkflowDefinition::fromJson(QJsonObject{{u"tasks"_s, QJsonArray{task}}});
        QVERIFY(!read);
        QCOMPARE(read.error().message, u"definition.tasks[0].joinOn is not an array"_s);
    }

    void refusesEndlessNesting()
    {
        QJsonArray tasks;
        for (int i = 0; i < 200; ++i)
            tasks = {QJsonObject{{u"taskReferenceName"_s, u"t%1"_s.arg(i)}, {u"type"_s, u"DO_WHILE"_s}, {u"loopOver"_s, tasks}}};
        const Result<WorkflowDefinition> read = WorkflowDefinition::fromJson(QJsonObject{{u"tasks"_s, tasks}});
        QVERIFY(!read);
        QVERIFY2(read.error().message.contains(u"deeper than 64"), qPrintable(read.error().message));
    }
};

QTEST_GUILESS_MAIN(TestDefinition)
#include "tst_definition.moc"
