// What a profile and the flags leave to AI clients: each tool in one toolset, unknown names refused, and a tool that is denied is
// denied by every endpoint that does the same, in two versions of the server's API.
#include "mcp/policy/policy.h"

#include "mcp/policy/endpoints.h"
#include "mcp/tools/catalogue.h"
#include "mcp/tools/offering.h"
#include "mcp/tools/openapi.h"
#include "mcp/server/instructions.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace {

const QString invoke = u"conductor_invoke_api_endpoint"_s;
const QString terminate = u"conductor_terminate_workflow"_s;

QStringList namesOf(const ToolRegistry &tools)
{
    QStringList names;
    for (const ToolRegistry::Entry &entry : tools.entries())
        names << entry.tool.name;
    return names;
}

QStringList offered(const Selection &asked, const Selection &allowed = {})
{
    return namesOf(*tools::catalogueOfEffects({.asked = asked, .allowed = allowed}));
}

} // namespace

class TestPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { all = tools::catalogueOfEffects(); }

    void eachToolIsInOneToolset()
    {
        QStringList members;
        for (const QString &toolset : toolsets())
            members << toolsOf(toolset);
        members.sort();
        QStringList names = namesOf(*all);
        names.sort();
        QCOMPARE(members, names);
        for (const QString &name : std::as_const(names))
            QVERIFY2(toolsOf(toolsetOf(name)).contains(name), qPrintable(name));
    }

    void offersWhatIsChosen()
    {
        QCOMPARE(offered({}).size(), 20);
        QCOMPARE(offered({.toolsets = {u"full"_s}}).size(), 20);
        QCOMPARE(offered({.toolsets = {u"standard"_s}}).size(), 17);
        QCOMPARE(offered({.toolsets = {u"minimal"_s}}).size(), 5);
        QCOMPARE(offered({.toolsets = {u"dynamic"_s}}).size(), 5);
        QCOMPARE(offered({.toolsets = {u"workflow"_s}}).size(), 3);
        QCOMPARE(offered({.tools = {terminate}}), QStringList{terminate});
        QCOMPARE(offered({.toolsets = {u"workflow"_s}, .tools = {terminate}}).size(), 4);
        QVERIFY(!offered({.toolsets = {u"execution"_s}, .tools = {terminate}, .excluded = {terminate}}).contains(terminate));
    }

    void theProfileIsTheUpperBound()
    {
        QCOMPARE(offered({.toolsets = {u"full"_s}}, {.toolsets = {u"insight"_s}}).size(), 4);
        QCOMPARE(offered({.tools = {terminate}}, {.excluded = {terminate}}), QStringList());
        QVERIFY((Policy{.asked = {}, .allowed = {.readOnly = true}}).readOnly());
    }

    void readOnlyLeavesWhatOnlyReads()
    {
        const std::shared_ptr<const ToolRegistry> tools = tools::catalogueOfEffects({.asked = {.readOnly = true}});
        for (const ToolRegistry::Entry &entry : tools->entries())
            QVERIFY2(entry.tool.hints.readOnly || entry.tool.name == invoke, qPrintable(entry.tool.name));
        QVERIFY(tools->find(invoke)); // its reads
        const Policy policy{.asked = {.readOnly = true}};
        QVERIFY(policy.refusal(invoke, all->effectOf(invoke, {{u"method"_s, u"GET"_s}, {u"path"_s, u"/api/workflow/4711"_s}})).isEmpty());
        QVERIFY(!policy.refusal(invoke, all->effectOf(invoke, {{u"method"_s, u"DELETE"_s}, {u"path"_s, u"/api/workflow/4711"_s}})).isEmpty());
        QVERIFY(!policy.refusal(terminate, {.kind = Effect::Kind::Destroy}).isEmpty());
    }

    void namesAreCheckedAndCompleted()
    {
        const Result<Selection> known = Selection{.toolsets = {u"task"_s}, .tools = {u"execute_workflow"_s, u"conductor_execute_workflow"_s}, .excluded = {u"poll_task"_s}}.checked();
        QVERIFY(known);
        QCOMPARE(known->tools, QStringList{u"conductor_execute_workflow"_s});
        QCOMPARE(known->excluded, QStringList{u"conductor_poll_task"_s});
        QCOMPARE(known->toArguments(), QStringList({u"--toolsets=task"_s, u"--tools=conductor_execute_workflow"_s, u"--exclude-tools=conductor_poll_task"_s}));
        QCOMPARE(*Selection::fromJson(known->toJson()), *known);
        const Result<Selection> unknown = Selection{.tools = {u"erase_all"_s}}.checked();
        QVERIFY(!unknown && unknown.error().message.contains(u"erase_all") && unknown.error().hint.contains(u"execute_workflow"));
        QVERIFY(!Selection{.toolsets = {u"everything"_s}}.checked());
        QVERIFY(!Selection{.excluded = {u"x"_s}}.checked());
    }

    void sectionsThatDoNotFitAreRefused_data()
    {
        QTest::addColumn<QByteArray>("section");
        QTest::newRow("unknown toolset") << QByteArray(R"({"toolsets": ["all of it"]})");
        QTest::newRow("toolsets as a text") << QByteArray(R"({"toolsets": "task"})");
        QTest::newRow("read only as a text") << QByteArray(R"({"read_only": "yes"})");
        QTest::newRow("unknown verdict") << QByteArray(R"({"gate": {"destroy": "maybe"}})");
        QTest::newRow("rule for an unknown tool") << QByteArray(R"({"gate": {"tools": {"erase": "deny"}}})");
        QTest::newRow("patience without end") << QByteArray(R"({"gate": {"patience": {"claude": 100000}}})");
        QTest::newRow("negative runs") << QByteArray(R"({"gate": {"free_runs": -1}})");
    }

    void sectionsThatDoNotFitAreRefused()
    {
        QFETCH(QByteArray, section);
        QVERIFY(!Policy::of({}, QJsonDocument::fromJson(section).object(), false));
    }

    void aSectionIsWrittenAsItWasRead()
    {
        const QByteArray section = R"({"toolsets": ["task"], "exclude_tools": ["conductor_poll_task"], "read_only": true, "gate": {"change": "ask", "free_runs": 3,
            "free_descriptions": true, "tools": {"conductor_update_task": "allow"}, "patience": {"claude-code": 30}}})";
        const QJsonObject json = QJsonDocument::fromJson(section).object();
        const Result<Policy> policy = Policy::of({}, json, false);
        QVERIFY2(policy, policy ? "" : qPrintable(policy.error().message));
        QCOMPARE(policy->toJson(), json);
        QCOMPARE(policy->rules.patienceFor(u"claude-code"_s), std::chrono::seconds(30));
        QCOMPARE(policy->rules.patienceFor(u"another"_s), Rules::usualPatience);
    }

    void asksByEffect()
    {
        const Policy plain, production{.production = true};
        QCOMPARE(plain.verdict(terminate, {.kind = Effect::Kind::Destroy}), Verdict::Ask);
        QCOMPARE(plain.verdict(u"conductor_pause_workflow"_s, {.kind = Effect::Kind::Change}), Verdict::Allow);
        QCOMPARE(production.verdict(u"conductor_pause_workflow"_s, {.kind = Effect::Kind::Change}), Verdict::Ask);
        QCOMPARE(production.verdict(u"conductor_execute_workflow"_s, {.kind = Effect::Kind::Add}), Verdict::Ask);
        QCOMPARE(production.verdict(u"conductor_search_workflows"_s, {.kind = Effect::Kind::Read}), Verdict::Allow);
    }

    void rulesWinOverWhatIsUsual()
    {
        Policy policy{.rules = {.tools = {{terminate, Verdict::Allow}, {u"conductor_update_task"_s, Verdict::Deny}}, .freeRuns = 3}};
        QCOMPARE(policy.verdict(terminate, {.kind = Effect::Kind::Destroy}), Verdict::Allow);
        QCOMPARE(policy.verdict(u"conductor_recover_workflow"_s, {.kind = Effect::Kind::Destroy, .runs = 2}), Verdict::Allow);
        QCOMPARE(policy.verdict(u"conductor_recover_workflow"_s, {.kind = Effect::Kind::Destroy, .runs = 3}), Verdict::Ask);
        QVERIFY(!policy.refusal(u"conductor_update_task"_s, {.kind = Effect::Kind::Change}).isEmpty());
        QVERIFY(!policy.refusal(invoke, {.kind = Effect::Kind::Change, .tool = u"conductor_update_task"_s}).isEmpty()); // nor by its endpoint
        policy.rules.effects[Effect::Kind::Add] = Verdict::Deny;
        QVERIFY(!policy.refusal(u"conductor_execute_workflow"_s, {.kind = Effect::Kind::Add}).isEmpty());
    }

    void denyingAToolDeniesItsEndpoints_data()
    {
        QTest::addColumn<QString>("document");
        QTest::newRow("3.21.14") << u"openapi-3.21.14.json"_s;
        QTest::newRow("3.32.3") << u"openapi-3.32.3.json"_s;
    }

    // Each operation, as a model would call it, with every tool denied in turn.
    void denyingAToolDeniesItsEndpoints()
    {
        QFETCH(QString, document);
        const std::vector<tools::Operation> operations = tools::operationsOf(support::sample(document).toObject());
        QSet<QString> denied;
        for (const QString &tool : namesOf(*all)) {
            const Policy policy{.allowed = {.excluded = {tool}}};
            for (const tools::Operation &operation : operations) {
                const QJsonObject arguments{{u"method"_s, QString::fromLatin1(verbName(operation.verb))}, {u"path"_s, operation.path}, {u"confirm"_s, true}};
                const Effect effect = all->effectOf(invoke, arguments);
                const QString does = endpointOf(operation.verb, operation.path.mid(operation.path.startsWith(u"/api/") ? 5 : 1).split(u'/')).tool;
                const bool refused = !policy.refusal(invoke, effect).isEmpty();
                QVERIFY2(refused == (does == tool || tool == invoke), qPrintable(tool + u" and "_s + operation.path));
                if (refused && tool != invoke)
                    denied.insert(tool);
            }
        }
        // Those whose work the API does; the others only look at its document.
        QCOMPARE(denied.size(), namesOf(*all).size() - 4);
        for (const QString &tool : {u"conductor_list_api_endpoints"_s, u"conductor_get_api_endpoint_schema"_s, invoke, u"conductor_get_workflow_metrics"_s})
            QVERIFY2(!denied.contains(tool), qPrintable(tool));
    }

    void whatIsNotOfferedIsNotSpokenOf()
    {
        auto backend = std::make_shared<Backend>([]() -> Result<Client> { return Failure({Error::Kind::Network, u"none"_s}); });
        const std::shared_ptr<const ToolRegistry> few = tools::catalogueOfEffects({.asked = {.toolsets = {u"workflow"_s}, .readOnly = true}});
        const std::shared_ptr<const Offer> offer = tools::offer(backend, *few);
        for (const QString &tool : namesOf(*all)) {
            if (!few->find(tool))
                QVERIFY2(!offer->instructions.contains(tool), qPrintable(tool));
        }
        QVERIFY(offer->instructions.contains(u"only read"));
        for (const Resource &resource : offer->resources)
            QVERIFY2(!resource.uri.text().startsWith(u"conductor://executions"), qPrintable(resource.uri.text()));
        QCOMPARE(offer->prompts.size(), size_t(1)); // to review a definition
        const QString whole = instructions(*all);
        QVERIFY2(whole.size() <= 1500, qPrintable(QString::number(whole.size())));
        QVERIFY(whole.contains(u"conductor_get_workflow_status"));
    }

private:
    std::shared_ptr<const ToolRegistry> all;
};

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_policy.moc"
