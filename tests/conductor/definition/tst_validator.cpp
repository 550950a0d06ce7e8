// A definition is judged without a server as the server judges it, and better: what it takes and then hangs on is told before.
#include "conductor/definition/printer.h"
#include "conductor/definition/validator.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using Severity = Problem::Severity;

namespace {

QString told(const std::vector<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines << u"%1 %2 at %3: %4"_s.arg(word(problem.severity), problem.rule, problem.path, problem.message);
    return lines.join(u'\n');
}

QJsonObject parsed(const char *json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray(json).replace('\'', '"'), &error);
    if (document.isNull())
        qFatal("%s in %s", qPrintable(error.errorString()), json);
    return document.object();
}

// One task within an otherwise good definition.
QJsonObject around(const char *tasks)
{
    const QByteArray json = QByteArray("{'name':'w','version':1,'tasks':[") + tasks + "]}";
    return parsed(json.constData());
}

const Problem *of(const std::vector<Problem> &problems, const QString &rule)
{
    const auto found = std::find_if(problems.begin(), problems.end(), [&](const Problem &problem) { return problem.rule == rule; });
    return found == problems.end() ? nullptr : &*found;
}

} // namespace

class TestValidator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesAsTheServerDoes_data()
    {
        QTest::addColumn<QJsonObject>("definition");
        QTest::addColumn<bool>("isRefusedThere");
        const QJsonArray cases = support::sample(u"validation.verdicts.json"_s).toArray();
        QVERIFY(cases.size() > 350);
        for (const QJsonValue &one : cases)
            QTest::newRow(qPrintable(one[u"case"].toString())) << one[u"definition"].toObject() << one[u"refused"].toBool();
    }

    // Recorded from a 3.32.3; tests/wire/tst_validation asks a real one again. Both ways: "error" means that the server refuses.
    void judgesAsTheServerDoes()
    {
        QFETCH(QJsonObject, definition);
        QFETCH(bool, isRefusedThere);
        const std::vector<Problem> problems = validate(definition);
        QVERIFY2(isRefused(problems) == isRefusedThere,
                 qPrintable(u"the server %1 it; we say:\n%2"_s.arg(isRefusedThere ? u"refuses"_s : u"takes"_s, told(problems))));
        for (const Problem &problem : problems)
            QVERIFY2(!problem.message.isEmpty() && !problem.remedy.isEmpty() && !problem.rule.isEmpty(), qPrintable(told(problems)));
    }

    void realDefinitionsAreClean_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : {u"kitchen_sink.definition.json"_s, u"kitchen_sink_child.definition.json"_s, u"swarm22.definition.json"_s,
                                    u"kitchen_sink.definition_stored.json"_s})
            QTest::newRow(qPrintable(name)) << name;
    }

    void realDefinitionsAreClean()
    {
        QFETCH(QString, name);
        std::vector<Problem> problems = validate(support::sample(name).toObject());
        // The kitchen sink ends with a task behind its TERMINATE, on purpose.
        std::erase_if(problems, [](const Problem &problem) { return problem.rule == u"unreachable"; });
        QCOMPARE(told(problems), QString());
    }

    void failingDefinitions_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("rules");
        QTest::newRow("f_retries") << u"f_retries"_s << QString();
        QTest::newRow("f_terminal") << u"f_terminal"_s << QString();
        QTest::newRow("f_timeout") << u"f_timeout"_s << QString();
        QTest::newRow("f_wf_timeout") << u"f_wf_timeout"_s << QString();
        QTest::newRow("f_optional") << u"f_optional"_s << QString();
        QTest::newRow("f_http") << u"f_http"_s << QString();
        QTest::newRow("f_inline") << u"f_inline"_s << QString();
        QTest::newRow("f_badtype") << u"f_badtype"_s << u"hazard unknown-type"_s;
        QTest::newRow("f_missing_sub") << u"f_missing_sub"_s << u"hazard unknown-workflow"_s;
        QTest::newRow("f_join_unknown") << u"f_join_unknown"_s << u"warning unawaited-branch, hazard join-on-unknown"_s;
        QTest::newRow("f_fork_nojoin") << u"f_fork_nojoin"_s << u"hazard fork-without-join"_s;
        QTest::newRow("f_fork_nojoin_last") << u"f_fork_nojoin_last"_s << u"hazard fork-without-join"_s;
        QTest::newRow("f_switch_badeval") << u"f_switch_badeval"_s << u"hazard unknown-evaluator"_s;
        QTest::newRow("f_llm") << u"f_llm"_s << QString();
        QTest::newRow("f_excl") << u"f_excl"_s << u"warning unreachable-case"_s;
        QTest::newRow("f_kafka") << u"f_kafka"_s << QString();
        QTest::newRow("f_jdbc") << u"f_jdbc"_s << u"hazard missing-input"_s;
        QTest::newRow("f_decision") << u"f_decision"_s << QString();
        QTest::newRow("f_lambda") << u"f_lambda"_s << QString();
        QTest::newRow("f_nested") << u"f_nested"_s << QString();
        QTest::newRow("f_dowhile_items") << u"f_dowhile_items"_s << QString();
        QTest::newRow("f_events") << u"f_events"_s << QString();
        QTest::newRow("f_compensate") << u"f_compensate"_s << QString();
    }

    void failingDefinitions()
    {
        QFETCH(QString, name);
        const QJsonArray definitions = support::sample(u"failing.definitions.json"_s).toArray();
        QSet<QString> names;
        QJsonObject definition;
        for (const QJsonValue &json : definitions) {
            names.insert(json[u"name"].toString());
            if (json[u"name"].toString() == name)
                definition = json.toObject();
        }
        QStringList rules;
        for (const Problem &problem : validate(definition, {.workflows = names}))
            rules << u"%1 %2"_s.arg(word(problem.severity), problem.rule);
        QTEST(rules.join(u", "), "rules");
    }

    // What the server takes, and what then came of it on a 3.32.3.
    void tellsWhatTheServerTakes_data()
    {
        QTest::addColumn<QJsonObject>("definition");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("path");
        QTest::newRow("join before the end of the only case: hangs")
            << around("{'name':'f','taskReferenceName':'f','type':'FORK_JOIN','forkTasks':[[{'name':'s','taskReferenceName':'s','type':'SWITCH','evaluatorType'"
                      ":'value-param','expression':'p',"
                      "'inputParameters':{'p':'${workflow.input.p}'},'decisionCases':{'a':[{'name':'xa','taskReferenceName':'xa','type':'NOOP'}]}}]]},"
                      "{'name':'j','taskReferenceName':'j','type':'JOIN','joinOn':['xa']}")
            << u"join-on-case"_s << u"tasks[1].joinOn[0]"_s;
        QTest::newRow("join on what comes later: hangs")
            << around("{'name':'j','taskReferenceName':'j','type':'JOIN','joinOn':['z']},{'name':'z','taskReferenceName':'z','type':'NOOP'}")
            << u"join-on-later"_s << u"tasks[0].joinOn[0]"_s;
        QTest::newRow("exclusive join on nothing: hangs")
            << around("{'name':'j','taskReferenceName':'j','type':'EXCLUSIVE_JOIN'}") << u"empty-join"_s << u"tasks[0]"_s;
        QTest::newRow("empty branch: start answers 500")
            << around("{'name':'f','taskReferenceName':'f','type':'FORK_JOIN','forkTasks':[[],[{'name':'x','taskReferenceName':'x','type':'NOOP'}]]},"
                      "{'name':'j','taskReferenceName':'j','type':'JOIN','joinOn':['x']}")
            << u"empty-branch"_s << u"tasks[0].forkTasks[0]"_s;
        QTest::newRow("loop in a loop: hangs in the second turn")
            << around("{'name':'o','taskReferenceName':'o','type':'DO_WHILE','loopCondition':'false','loopOver':[{'name':'i','taskReferenceName':'i','type':'"
                      "DO_WHILE','loopCondition':'false',"
                      "'loopOver':[{'name':'q','taskReferenceName':'q','type':'NOOP'}]}]}")
            << u"nested-loop"_s << u"tasks[0].loopOver[0]"_s;
        QTest::newRow("no reference in a loop: the start never returns")
            << around("{'name':'o','taskReferenceName':'o','type':'DO_WHILE','loopCondition':'false','loopOver':[{'name':'q','type':'NOOP'}]}")
            << u"missing-reference"_s << u"tasks[0].loopOver[0]"_s;
        QTest::newRow("endless loop") << around(
            "{'name':'o','taskReferenceName':'o','type':'DO_WHILE','loopCondition':'(true);','loopOver':[{'name':'q','taskReferenceName':'q','type':'NOOP'}]}")
                                      << u"endless-loop"_s << u"tasks[0].loopCondition"_s;
        QTest::newRow("condition on nobody: fails") << around("{'name':'o','taskReferenceName':'o','type':'DO_WHILE','loopCondition':'$.x.iteration < "
                                                              "2','loopOver':[{'name':'q','taskReferenceName':'q','type':'NOOP'}]}")
                                                    << u"loop-input"_s << u"tasks[0].loopCondition"_s;
        QTest::newRow("reference in a branch: reads as nothing") << around("{'name':'f','taskReferenceName':'f','type':'FORK_JOIN','forkTasks':[[{'name':'x','"
                                                                           "taskReferenceName':'x','type':'NOOP','inputParameters':{'q':'${zz.output.a}'}}]]},"
                                                                           "{'name':'j','taskReferenceName':'j','type':'JOIN','joinOn':['x']}")
                                                                 << u"unknown-reference"_s << u"tasks[0].forkTasks[0][0].inputParameters.q"_s;
        QTest::newRow("output of nobody") << parsed(
            "{'name':'w','tasks':[{'name':'x','taskReferenceName':'x','type':'NOOP'}],'outputParameters':{'o':'${zz.output.a}'}}")
                                          << u"unknown-reference"_s << u"outputParameters.o"_s;
        QTest::newRow("read too early") << around(
            "{'name':'a','taskReferenceName':'a','type':'NOOP','inputParameters':{'q':'${b.output.x}'}},{'name':'b','taskReferenceName':'b','type':'NOOP'}")
                                        << u"read-too-early"_s << u"tasks[0].inputParameters.q"_s;
        QTest::newRow("read from a parallel branch") << around(
            "{'name':'f','taskReferenceName':'f','type':'FORK_JOIN','forkTasks':[[{'name':'x','taskReferenceName':'x','type':'NOOP'}],"
            "[{'name':'y','taskReferenceName':'y','type':'NOOP','inputParameters':{'q':'${x.output.a}'}}]]},{'name':'j','taskReferenceName':'j','type':'JOIN','"
            "joinOn':['x','y']}") << u"read-parallel"_s
                                                     << u"tasks[0].forkTasks[1][0].inputParameters.q"_s;
        QTest::newRow("unclosed expression") << around("{'name':'x','taskReferenceName':'x','type':'NOOP','inputParameters':{'q':'${workflow.input.q'}}")
                                             << u"expression-unclosed"_s << u"tasks[0].inputParameters.q"_s;
        QTest::newRow("HTTP without method: fails") << around(
            "{'name':'x','taskReferenceName':'x','type':'HTTP','inputParameters':{'http_request':{'uri':'http://x'}}}")
                                                    << u"http-method"_s << u"tasks[0].inputParameters.http_request"_s;
        QTest::newRow("lower-case type: queued for ever")
            << around("{'name':'x','taskReferenceName':'x','type':'noop'}") << u"unknown-type"_s << u"tasks[0].type"_s;
        QTest::newRow("name that cannot be fetched") << parsed("{'name':'a/b','tasks':[{'name':'x','taskReferenceName':'x','type':'NOOP'}]}") << u"name-slash"_s
                                                     << u"name"_s;
        QTest::newRow("secret") << around("{'name':'x','taskReferenceName':'x','type':'NOOP','inputParameters':{'api_key':'abc123'}}") << u"secret"_s
                                << u"tasks[0].inputParameters.api_key"_s;
        QTest::newRow("bearer in a header") << around("{'name':'x','taskReferenceName':'x','type':'NOOP','inputParameters':{'h':['Bearer abcdefgh12345']}}")
                                            << u"secret"_s << u"tasks[0].inputParameters.h[0]"_s;
        QTest::newRow("calls itself") << around("{'name':'x','taskReferenceName':'x','type':'SUB_WORKFLOW','subWorkflowParam':{'name':'w'}}")
                                      << u"calls-itself"_s << u"tasks[0].subWorkflowParam"_s;
        QTest::newRow("within a definition within") << around(
            "{'name':'x','taskReferenceName':'x','type':'SUB_WORKFLOW','subWorkflowParam':{'workflowDefinition':{'name':'i','tasks':["
            "{'name':'f','taskReferenceName':'f','type':'FORK_JOIN','forkTasks':[[{'name':'y','taskReferenceName':'y','type':'NOOP'}]]}]}}}")
                                                    << u"fork-without-join"_s << u"tasks[0].subWorkflowParam.workflowDefinition.tasks[0]"_s;
        QTest::newRow("unknown key") << parsed("{'name':'w','Tasks':[],'tasks':[{'name':'x','taskReferenceName':'x','type':'NOOP'}]}") << u"unknown-key"_s
                                     << u"Tasks"_s;
    }

    void tellsWhatTheServerTakes()
    {
        QFETCH(QJsonObject, definition);
        QFETCH(QString, rule);
        const std::vector<Problem> problems = validate(definition);
        QVERIFY2(!isRefused(problems), qPrintable(told(problems)));
        const Problem *found = of(problems, rule);
        QVERIFY2(found, qPrintable(told(problems)));
        QTEST(found->path, "path");
    }

    void goodThingsAreLeftAlone_data()
    {
        QTest::addColumn<QJsonObject>("definition");
        QTest::newRow("escape") << around("{'name':'x','taskReferenceName':'x','type':'NOOP','inputParameters':{'q':'$${not.an.expression}'}}");
        QTest::newRow("a loop reads itself") << around(
            "{'name':'o','taskReferenceName':'o','type':'DO_WHILE','loopCondition':'$.o.iteration < 3 && "
            "$.q.more','loopOver':[{'name':'q','taskReferenceName':'q','type':'NOOP',"
            "'inputParameters':{'n':'${o.output.iteration}','last':'${r.output.x}'}},{'name':'r','taskReferenceName':'r','type':'NOOP'}]}");
        QTest::newRow("secret by reference") << around(
            "{'name':'x','taskReferenceName':'x','type':'NOOP','inputParameters':{'api_key':'${workflow.secrets.KEY}'}}");
        QTest::newRow("join in the same case") << around(
            "{'name':'s','taskReferenceName':'s','type':'SWITCH','evaluatorType':'javascript','expression':'$.p > 1 ? \\'a\\' : "
            "\\'b\\'','inputParameters':{'p':'${workflow.input.p}'},"
            "'decisionCases':{'a':[{'name':'f','taskReferenceName':'f','type':'FORK_JOIN','forkTasks':[[{'name':'x','taskReferenceName':'x','type':'NOOP'}]]},"
            "{'name':'j','taskReferenceName':'j','type':'JOIN','joinOn':['x']}]}}");
        QTest::newRow("one name for a task and its definition") << around("{'name':'x','taskReferenceName':'x','type':'SIMPLE'}");
    }

    void goodThingsAreLeftAlone()
    {
        QFETCH(QJsonObject, definition);
        QCOMPARE(told(validate(definition)), QString());
    }

    void aTextIsCheckedWithLines()
    {
        const CheckedText checked =
            validateText("{\n  \"name\": \"w\",\n  \"tasks\": [\n    { \"name\": \"x\", \"taskReferenceName\": \"x\", \"type\": \"NOOP\" },\n"
                         "    { \"name\": \"y\", \"taskReferenceName\": \"x\", \"type\": \"noop\" }\n  ]\n}\n");
        QVERIFY(checked.definition);
        QCOMPARE(checked.problems.size(), size_t(2));
        QCOMPARE(checked.problems[0].rule, u"duplicate-reference"_s);
        QCOMPARE(checked.problems[0].line, 5);
        QCOMPARE(checked.problems[0].column, 20);
        QCOMPARE(checked.problems[1].rule, u"unknown-type"_s);
        QCOMPARE(checked.problems[1].line, 5);
    }

    void aPrintedDefinitionHasTheProblemsOnItsLines()
    {
        const QString text =
            definitionText(around("{'name':'x','taskReferenceName':'x','type':'HTTP','inputParameters':{'http_request':{'uri':'x','method':'GET'}}}"));
        const CheckedText checked = validateText(text.toUtf8());
        QCOMPARE(checked.problems.size(), size_t(1));
        QVERIFY(text.split(u'\n')[checked.problems[0].line - 1].contains(u"http_request"));
    }

    void noJsonIsSaid()
    {
        const CheckedText checked = validateText("{ \"name\": \"w\",\n  \"tasks\": [1,],\n}");
        QVERIFY(!checked.definition);
        QCOMPARE(checked.problems.size(), size_t(1));
        QCOMPARE(checked.problems[0].rule, u"syntax"_s);
        QCOMPARE(checked.problems[0].line, 2);
        QCOMPARE(checked.problems[0].column, 15);
        QVERIFY(isRefused(validateText("[{}]").problems));
        QVERIFY(isRefused(validateText("").problems));
        QVERIFY(isRefused(validateText("\xff\xfe").problems));
    }

    void keysThatStandTwice()
    {
        const CheckedText checked = validateText("{\"name\":\"w\",\"name\":\"v\",\"tasks\":[{\"name\":\"x\",\"taskReferenceName\":\"x\",\"type\":\"NOOP\"}]}");
        const Problem *found = of(checked.problems, u"double-key"_s);
        QVERIFY(found);
        QCOMPARE(found->path, u"name"_s);
    }

    void surroundingsAreUsedWhenKnown()
    {
        const QJsonObject definition = around("{'name':'charge','taskReferenceName':'x','type':'SIMPLE'},{'name':'s','taskReferenceName':'s','type':'SUB_"
                                              "WORKFLOW','subWorkflowParam':{'name':'child'}}");
        QCOMPARE(told(validate(definition)), QString());
        const std::vector<Problem> problems = validate(definition, {.workflows = QSet<QString>{u"other"_s}, .taskDefinitions = QSet<QString>{u"other"_s}});
        QVERIFY(of(problems, u"unknown-workflow"_s));
        QVERIFY(of(problems, u"unknown-task-definition"_s));
        QCOMPARE(told(validate(definition, {.workflows = QSet<QString>{u"child"_s}, .taskDefinitions = QSet<QString>{u"charge"_s}})), QString());
    }

    void hostileDefinitionsEnd()
    {
        QByteArray deep = "{\"name\":\"d\",\"tasks\":";
        for (int i = 0; i < 300; ++i)
            deep += "[{\"name\":\"a\",\"taskReferenceName\":\"r" + QByteArray::number(i) + "\",\"type\":\"DO_WHILE\",\"loopCondition\":\"false\",\"loopOver\":";
        deep += "[]";
        for (int i = 0; i < 300; ++i)
            deep += "}]";
        deep += "}";
        const CheckedText checked = validateText(deep);
        QVERIFY(!checked.problems.empty());
        QByteArray wide = "{\"name\":\"w\",\"tasks\":[";
        for (int i = 0; i < 5000; ++i)
            wide += QByteArray(i ? "," : "") + "{\"name\":\"a\",\"taskReferenceName\":\"r\",\"type\":\"NOOP\",\"inputParameters\":{\"x\":\"${q"
                + QByteArray::number(i) + ".output}\"}}";
        wide += "]}";
        QVERIFY(validateText(wide).problems.size() > 9000);
    }
};

QTEST_GUILESS_MAIN(TestValidator)
#include "tst_validator.moc"
