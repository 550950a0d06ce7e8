#include "mcp/server/wireform.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace mcp {

namespace {

// The schema as clients see it. Bounds and the refusal of other arguments cost bytes in every conversation; who oversteps them
// is told by the answer.
QJsonValue advertised(const QJsonValue &schema)
{
    if (schema.isArray()) {
        QJsonArray elements;
        const QJsonArray all = schema.toArray();
        for (const QJsonValue &element : all)
            elements << advertised(element);
        return elements;
    }
    if (!schema.isObject())
        return schema;
    QJsonObject shown;
    const QJsonObject all = schema.toObject();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const QString key = it.key();
        if (key != u"additionalProperties" && key != u"minItems" && key != u"maxItems" && key != u"minimum" && key != u"maximum")
            shown[key] = advertised(it.value());
    }
    return shown;
}

} // namespace

QJsonObject initializeResult(Revision revision, const QString &instructions)
{
    QJsonObject server{{u"name"_s, u"conductor"_s}, {u"version"_s, QStringLiteral(COMPANION_VERSION)}};
    if (hasStructuredContent(revision))
        server[u"title"] = u"Conductor"_s;
    return {{u"protocolVersion"_s, dateOf(revision)},
            {u"capabilities"_s, QJsonObject{{u"tools"_s, QJsonObject()}}},
            {u"serverInfo"_s, server},
            {u"instructions"_s, instructions}};
}

QJsonObject toolJson(const Tool &tool, Revision revision)
{
    QJsonObject json{{u"name"_s, tool.name}, {u"description"_s, tool.description}, {u"inputSchema"_s, advertised(tool.inputSchema)}};
    if (hasToolAnnotations(revision))
        json[u"annotations"] = QJsonObject{{u"readOnlyHint"_s, tool.hints.readOnly},
                                           {u"destructiveHint"_s, tool.hints.destructive},
                                           {u"idempotentHint"_s, tool.hints.idempotent},
                                           {u"openWorldHint"_s, tool.hints.openWorld}};
    if (hasStructuredContent(revision)) {
        json[u"title"] = tool.title;
        if (!tool.outputSchema.isEmpty())
            json[u"outputSchema"] = tool.outputSchema;
    }
    return json;
}

QJsonObject answerJson(const Answer &answer, Revision revision)
{
    QJsonObject json{{u"content"_s, QJsonArray{QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, answer.text}}}}};
    if (answer.isError)
        json[u"isError"] = true;
    if (hasStructuredContent(revision) && !answer.structured.isEmpty())
        json[u"structuredContent"] = answer.structured;
    return json;
}

} // namespace mcp
