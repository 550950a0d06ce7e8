// A dry run does nothing: whatever works, waits or calls somebody is replaced, however deep it is nested and whatever it is called.
#include "conductor/definition/validator.h"
#include "conductor/model/tasktype.h"
#include "mcp/tools/dryrun.h"
#include "support/samples.h"
#include "support/scriptedtransport.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp::tools;

namespace {

QHash<QString, QString> typesOf(const QJsonObject &definition)
{
    QHash<QString, QString> types;
    visit(WorkflowDefinition::fromJson(definition)->tasks, [&](const WorkflowTask &task) { types.insert(task.ref, task.type); });
    return types;
}

WorkflowDefinition of(const QJsonArray &tasks)
{
    return *WorkflowDefinition::fromJson(QJsonObject{{u"name"_s, u"w"_s}, {u"failureWorkflow"_s, u"undo"_s}, {u"tasks"_s, tasks}});
}

QJsonObject task(const QString &ref, const QString &type, QJsonObject more = {})
{
    more[u"taskReferenceName"] = ref;
    more[u"name"] = ref;
    more[u"type"] = type;
    return more;
}

} // namespace

class TestDryRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingThatActsIsLeft()
    {
        static const QStringList allowed{u"SIMPLE"_s, u"FORK_JOIN"_s, u"JOIN"_s, u"EXCLUSIVE_JOIN"_s, u"SWITCH"_s, u"DECISION"_s, u"DO_WHILE"_s,
                                         u"SET_VARIABLE"_s, u"INLINE"_s, u"LAMBDA"_s, u"JSON_JQ_TRANSFORM"_s, u"NOOP"_s, u"TERMINATE"_s};
        QJsonArray all;
        for (const QString &type : knownTaskTypes() + QStringList{u"SIMPLE"_s, u"http"_s, u"SOMETHING_NEW"_s, QString()})
            all << task(u"t%1"_s.arg(all.size()), type, {{u"loopOver"_s, QJsonArray{task(u"in%1"_s.arg(all.size()), u"HTTP"_s)}}});
        const QHash<QString, QString> types = typesOf(rehearsalOf(of(all)));
        QVERIFY(types.size() > 30);
        for (auto it = types.begin(); it != types.end(); ++it)
            QVERIFY2(allowed.contains(*it), qPrintable(it.key() + u' ' + *it));
        QVERIFY(!rehearsalOf(of(all)).contains(u"failureWorkflow"));
    }

    void nestedOnesAreReplacedToo()
    {
        const QJsonArray branch{task(u"http"_s, u"HTTP"_s)};
        const QJsonObject choice = task(u"s"_s, u"SWITCH"_s, {{u"decisionCases"_s, QJsonObject{{u"a"_s, QJsonArray{task(u"event"_s, u"EVENT"_s)}}}},
                                                             {u"defaultCase"_s, QJsonArray{task(u"child"_s, u"SUB_WORKFLOW"_s)}}});
        const QJsonObject loop = task(u"l"_s, u"DO_WHILE"_s, {{u"loopOver"_s, QJsonArray{choice, task(u"agent"_s, u"SIMPLE"_s)}}});
        const QHash<QString, QString> types
            = typesOf(rehearsalOf(of({task(u"f"_s, u"FORK_JOIN"_s, {{u"forkTasks"_s, QJsonArray{branch, QJsonArray{loop}}}}), task(u"j"_s, u"JOIN"_s)})));
        for (const QString &ref : {u"http"_s, u"event"_s, u"child"_s, u"agent"_s})
            QCOMPARE(types[ref], u"SIMPLE"_s);
        QCOMPARE(types[u"l"_s], u"DO_WHILE"_s);
    }

    void aLoopThatNothingBoundsIsReplacedItself()
    {
        const QJsonObject loop = task(u"l"_s, u"DO_WHILE"_s, {{u"loopCondition"_s, u"true"_s}, {u"loopOver"_s, QJsonArray{task(u"i"_s, u"INLINE"_s)}}});
        QCOMPARE(typesOf(rehearsalOf(of({loop})))[u"l"_s], u"SIMPLE"_s);
    }

    void theServerTakesIt()
    {
        for (const QString &sample : {u"swarm22"_s, u"kitchen_sink"_s})
            QVERIFY2(!isRefused(validate(rehearsalOf(support::sampleDefinition(sample + u".definition.json")))), qPrintable(sample));
    }

    void itIsRemovedAfterwards()
    {
        auto transport = std::make_shared<support::ScriptedTransport>();
        transport->then(support::sample(u"swarm22.execution.json"_s)); // still open: a loop or join in the way
        transport->then(QJsonObject{{u"bulkSuccessfulResults"_s, QJsonArray{u"x"_s}}});
        transport->then(Failure({Error::Kind::Server, u"database is locked"_s}));
        const auto definition = std::make_shared<const WorkflowDefinition>(support::sampleDefinition(u"swarm22.definition.json"_s));
        const Result<mcp::Answer> answer = support::awaited(dryRun(Client(transport), definition, {}, {{u"plan"_s, QJsonObject{{u"k"_s, 1}}}}));
        QVERIFY(answer);
        QCOMPARE(transport->asked.size(), 3U);
        QCOMPARE(support::line(transport->asked[0]), u"POST /workflow/test"_s);
        QCOMPARE(transport->asked[0].body[u"taskRefToMockOutput"][u"plan"][0][u"output"][u"k"].toInt(), 1);
        QCOMPARE(transport->asked[2].verb, Request::Verb::Delete);
        QVERIFY2(answer->text.contains(u"could not be removed: database is locked"), qPrintable(answer->text));
    }
};

QTEST_GUILESS_MAIN(TestDryRun)
#include "tst_dryrun.moc"
