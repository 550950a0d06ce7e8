// What clients and their models are told of the tools: all of them, well described, within the bytes they may cost.
#include "mcp/protocol/schema.h"
#include "mcp/server/wireform.h"
#include "mcp/tools/catalogue.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

const QStringList names{
    u"conductor_create_workflow"_s,      u"conductor_execute_workflow"_s,   u"conductor_get_workflow_status"_s,     u"conductor_get_workflow_metadata"_s,
    u"conductor_list_workflows"_s,       u"conductor_pause_workflow"_s,     u"conductor_resume_workflow"_s,         u"conductor_terminate_workflow"_s,
    u"conductor_recover_workflow"_s,     u"conductor_create_task_definition"_s, u"conductor_get_task_definition"_s, u"conductor_poll_task"_s,
    u"conductor_update_task"_s,          u"conductor_get_task_queue_size"_s, u"conductor_get_execution_history"_s,  u"conductor_search_workflows"_s,
    u"conductor_get_workflow_metrics"_s, u"conductor_list_api_endpoints"_s, u"conductor_get_api_endpoint_schema"_s, u"conductor_invoke_api_endpoint"_s,
};

qsizetype bytes(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact).size();
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { tools = tools::catalogueOfEffects(); }

    void hasTheTools()
    {
        QStringList found;
        for (const ToolRegistry::Entry &entry : tools->entries())
            found << entry.tool.name;
        QCOMPARE(QSet<QString>(found.begin(), found.end()), QSet<QString>(names.begin(), names.end()));
        QCOMPARE(found.size(), names.size());
    }

    void eachIsWellDescribed()
    {
        static const QRegularExpression portable(u"^[a-z0-9_]{1,40}$"_s);
        for (const ToolRegistry::Entry &entry : tools->entries()) {
            const QJsonObject json = toolJson(entry.tool, newestHandshake);
            const char *name = qPrintable(entry.tool.name);
            QVERIFY2(portable.match(entry.tool.name).hasMatch(), name);
            QVERIFY2(!entry.tool.title.isEmpty(), name);
            QVERIFY2(entry.tool.description.size() > 40 && entry.tool.description.size() <= 400, name);
            QCOMPARE(json[u"annotations"].toObject().keys(), QStringList({u"destructiveHint"_s, u"idempotentHint"_s, u"openWorldHint"_s, u"readOnlyHint"_s}));
            const QJsonObject schema = json[u"inputSchema"].toObject();
            QCOMPARE(schema[u"type"].toString(), u"object"_s);
            for (const QString &combinator : {u"anyOf"_s, u"oneOf"_s, u"allOf"_s})
                QVERIFY2(!schema.contains(combinator), name);
            const QJsonObject properties = schema[u"properties"].toObject();
            for (auto it = properties.begin(); it != properties.end(); ++it)
                QVERIFY2(!it->toObject()[u"description"].toString().isEmpty(), qPrintable(entry.tool.name + u'.' + it.key()));
        }
    }

    void hintsAgreeWithEffects()
    {
        for (const ToolRegistry::Entry &entry : tools->entries()) {
            const Effect::Kind effect = entry.tool.effect({}).kind;
            if (entry.tool.hints.readOnly)
                QVERIFY2(effect == Effect::Kind::Read && !entry.tool.hints.destructive, qPrintable(entry.tool.name));
            else
                QVERIFY2(effect != Effect::Kind::Read, qPrintable(entry.tool.name));
        }
    }

    void effectsFollowTheArguments()
    {
        const auto effect = [this](const QString &tool, const QJsonObject &arguments) { return tools->effectOf(tool, arguments).kind; };
        QCOMPARE(effect(u"conductor_create_workflow"_s, {}), Effect::Kind::Add);
        QCOMPARE(effect(u"conductor_create_workflow"_s, {{u"overwrite"_s, true}}), Effect::Kind::Change);
        QCOMPARE(effect(u"conductor_create_workflow"_s, {{u"check_only"_s, u"true"_s}}), Effect::Kind::Read);
        QCOMPARE(effect(u"conductor_recover_workflow"_s, {{u"action"_s, u"retry"_s}}), Effect::Kind::Change);
        QCOMPARE(effect(u"conductor_recover_workflow"_s, {{u"action"_s, u"restart"_s}}), Effect::Kind::Destroy);
        QCOMPARE(effect(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"/api/workflow/x"_s}}), Effect::Kind::Read);
        QCOMPARE(effect(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"tasks/poll/x"_s}}), Effect::Kind::Change);
        QCOMPARE(effect(u"conductor_invoke_api_endpoint"_s, {{u"method"_s, u"DELETE"_s}, {u"path"_s, u"/api/workflow/x"_s}, {u"confirm"_s, false}}),
                 Effect::Kind::Destroy);
        QCOMPARE(effect(u"no_such_tool"_s, {}), Effect::Kind::Destroy);
    }

    void staysWithinItsBytes()
    {
        qsizetype seen = 0, listed = 0, described = 0;
        for (const ToolRegistry::Entry &entry : tools->entries()) {
            const QJsonObject json = toolJson(entry.tool, newestHandshake);
            seen += bytes({{u"name"_s, json[u"name"]}, {u"description"_s, json[u"description"]}, {u"inputSchema"_s, json[u"inputSchema"]}});
            listed += bytes(json) + 1;
            described += entry.tool.description.size();
        }
        QVERIFY2(seen <= 10 * 1024, qPrintable(QString::number(seen)));
        QVERIFY2(listed + 60 <= 16 * 1024, qPrintable(QString::number(listed)));
        QVERIFY2(described / qsizetype(names.size()) <= 200, qPrintable(QString::number(described)));
    }

    void schemasCompile()
    {
        for (const ToolRegistry::Entry &entry : tools->entries()) {
            QJsonObject sample;
            const QJsonArray required = entry.tool.inputSchema[u"required"].toArray();
            for (const QJsonValue &name : required) {
                const QJsonObject property = entry.tool.inputSchema[u"properties"][name.toString()].toObject();
                const QString type = property[u"type"].toString();
                sample[name.toString()] = property.contains(u"enum") ? property[u"enum"][0]
                    : type == u"array"                               ? QJsonValue(QJsonArray{u"a"_s})
                    : type == u"object"                              ? QJsonValue(QJsonObject())
                                                                     : QJsonValue(u"a"_s);
            }
            QCOMPARE(entry.schema.problems(sample), QStringList());
        }
    }

private:
    std::shared_ptr<const ToolRegistry> tools;
};

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
