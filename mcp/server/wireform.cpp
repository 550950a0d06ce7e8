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

QJsonObject textBlock(const QString &text)
{
    return {{u"type"_s, u"text"_s}, {u"text"_s, text}};
}

} // namespace

QJsonObject serverInfo(Revision revision)
{
    QJsonObject server{{u"name"_s, u"conductor"_s}, {u"version"_s, QStringLiteral(COMPANION_VERSION)}};
    if (hasStructuredContent(revision))
        server[u"title"] = u"Conductor"_s;
    return server;
}

QJsonObject toolJson(const Tool &tool, Revision revision)
{
    QJsonObject json{{u"name"_s, tool.name}, {u"description"_s, tool.description}, {u"inputSchema"_s, tool.wholeSchema ? QJsonValue(tool.inputSchema) : advertised(tool.inputSchema)}};
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
    QJsonArray content;
    for (const QJsonValue &block : answer.content) {
        const QString type = block[u"type"].toString();
        if ((type == u"audio" && !hasAudio(revision)) || (type == u"resource_link" && !hasStructuredContent(revision)))
            content << textBlock(u"(%1 that this revision of the protocol cannot carry)"_s.arg(type));
        else
            content << block;
    }
    if (content.isEmpty())
        content << textBlock(answer.text);
    QJsonObject json{{u"content"_s, content}};
    if (answer.isError)
        json[u"isError"] = true;
    if (hasStructuredContent(revision) && !answer.structured.isEmpty())
        json[u"structuredContent"] = answer.structured;
    return json;
}

QJsonObject resourceJson(const Resource &resource, Revision revision)
{
    QJsonObject json{{resource.isTemplate() ? u"uriTemplate"_s : u"uri"_s, resource.uri.text()}, {u"name"_s, resource.name}};
    if (hasStructuredContent(revision) && !resource.title.isEmpty())
        json[u"title"] = resource.title;
    if (!resource.description.isEmpty())
        json[u"description"] = resource.description;
    if (!resource.mimeType.isEmpty())
        json[u"mimeType"] = resource.mimeType;
    return json;
}

QJsonObject contentsJson(const QString &uri, const Contents &contents, const QString &usualType)
{
    QJsonObject json{{u"uri"_s, uri}};
    const QString type = contents.mimeType.isEmpty() ? usualType : contents.mimeType;
    if (!type.isEmpty())
        json[u"mimeType"] = type;
    if (contents.bytes)
        json[u"blob"] = QString::fromLatin1(contents.bytes->toBase64());
    else
        json[u"text"] = contents.text;
    return json;
}

QJsonObject promptJson(const Prompt &prompt, Revision revision)
{
    QJsonArray arguments;
    for (const PromptArgument &argument : prompt.arguments)
        arguments << QJsonObject{{u"name"_s, argument.name}, {u"description"_s, argument.description}, {u"required"_s, argument.required}};
    QJsonObject json{{u"name"_s, prompt.name}, {u"description"_s, prompt.description}};
    if (!arguments.isEmpty())
        json[u"arguments"] = arguments;
    if (hasStructuredContent(revision) && !prompt.title.isEmpty())
        json[u"title"] = prompt.title;
    return json;
}

} // namespace mcp
