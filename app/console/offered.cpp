#include "app/console/offered.h"

#include "mcp/protocol/uritemplate.h"
#include "mcp/protocol/weight.h"
#include "mcp/server/wireform.h"
#include "mcp/tools/catalogue.h"

#include <QCoreApplication>
#include <QSet>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Offered", text);
}

QString effectWord(mcp::Effect::Kind kind)
{
    switch (kind) {
    case mcp::Effect::Kind::Read:
        return words("reads");
    case mcp::Effect::Kind::Add:
        return words("adds");
    case mcp::Effect::Kind::Change:
        return words("changes");
    case mcp::Effect::Kind::Destroy:
        return words("destroys");
    }
    return {};
}

// A tool that we do not know is judged by what its server says of it; what it does not say is the worst.
QString effectOf(const QJsonObject &tool, const mcp::ToolRegistry &known)
{
    if (const mcp::ToolRegistry::Entry *entry = known.find(tool[u"name"].toString()))
        return entry->tool.mayRead ? words("depends") : effectWord(known.effectOf(entry->tool.name, {}).kind);
    const QJsonObject hints = tool[u"annotations"].toObject();
    if (hints[u"readOnlyHint"].toBool())
        return effectWord(mcp::Effect::Kind::Read);
    return effectWord(hints[u"destructiveHint"].toBool(true) ? mcp::Effect::Kind::Destroy : mcp::Effect::Kind::Add);
}

Offered offeredTool(const QJsonObject &tool, const mcp::ToolRegistry &known, const mcp::Policy &policy)
{
    const QString name = tool[u"name"].toString();
    return {.kind = Offered::Kind::Tool,
            .name = name,
            .title = tool[u"title"].toString(),
            .description = tool[u"description"].toString(),
            .schema = tool[u"inputSchema"].toObject(),
            .group = mcp::toolsetOf(name),
            .effect = effectOf(tool, known),
            .bytes = mcp::bytesForModel(tool),
            .on = policy.offers(name)};
}

QJsonObject textSchema(const QStringList &names, const QStringList &required)
{
    QJsonObject properties;
    for (const QString &name : names)
        properties[name] = QJsonObject{{u"type"_s, u"string"_s}};
    return {{u"type"_s, u"object"_s}, {u"properties"_s, properties}, {u"required"_s, QJsonArray::fromStringList(required)}};
}

} // namespace

std::vector<Offered> offeredTools(const QJsonArray &tools, const mcp::Policy &policy)
{
    const std::shared_ptr<const mcp::ToolRegistry> known = mcp::tools::catalogueOfEffects();
    std::vector<Offered> all;
    QSet<QString> there;
    for (const QJsonValue &tool : tools) {
        all.push_back(offeredTool(tool.toObject(), *known, policy));
        there.insert(all.back().name);
    }
    if (tools.isEmpty())
        return all;
    for (const mcp::ToolRegistry::Entry &entry : known->entries()) {
        if (there.contains(entry.tool.name))
            continue;
        all.push_back(offeredTool(mcp::toolJson(entry.tool, mcp::newestHandshake), *known, policy));
        all.back().isThere = false;
    }
    return all;
}

std::vector<Offered> offeredResources(const QJsonArray &resources, const QJsonArray &templates)
{
    std::vector<Offered> all;
    const auto add = [&all](const QJsonValue &resource, Offered::Kind kind, const QString &address) {
        const QString title = resource[u"title"].toString(resource[u"name"].toString());
        all.push_back({.kind = kind, .name = address, .title = title, .description = resource[u"description"].toString(), .group = resource[u"mimeType"].toString()});
    };
    for (const QJsonValue &resource : resources)
        add(resource, Offered::Kind::Resource, resource[u"uri"].toString());
    for (const QJsonValue &resource : templates) {
        add(resource, Offered::Kind::Template, resource[u"uriTemplate"].toString());
        const mcp::UriTemplate address(all.back().name);
        all.back().schema = textSchema(address.variables(), address.segments());
    }
    return all;
}

std::vector<Offered> offeredPrompts(const QJsonArray &prompts)
{
    std::vector<Offered> all;
    for (const QJsonValue &prompt : prompts) {
        QJsonObject properties;
        QJsonArray required;
        const QJsonArray arguments = prompt[u"arguments"].toArray();
        for (const QJsonValue &argument : arguments) {
            const QString name = argument[u"name"].toString();
            properties[name] = QJsonObject{{u"type"_s, u"string"_s}, {u"description"_s, argument[u"description"]}};
            if (argument[u"required"].toBool())
                required << name;
        }
        all.push_back({.kind = Offered::Kind::Prompt,
                       .name = prompt[u"name"].toString(),
                       .title = prompt[u"title"].toString(),
                       .description = prompt[u"description"].toString(),
                       .schema = {{u"type"_s, u"object"_s}, {u"properties"_s, properties}, {u"required"_s, required}}});
    }
    return all;
}

QString addressOf(const Offered &resource, const QJsonObject &arguments)
{
    QHash<QString, QString> values;
    for (auto it = arguments.begin(); it != arguments.end(); ++it)
        values[it.key()] = it.value().toString();
    return resource.kind == Offered::Kind::Template ? mcp::UriTemplate(resource.name).expanded(values) : resource.name;
}

std::pair<QString, QJsonObject> requestFor(const Offered &offered, const QJsonObject &arguments)
{
    switch (offered.kind) {
    case Offered::Kind::Tool:
        return {u"tools/call"_s, {{u"name"_s, offered.name}, {u"arguments"_s, arguments}}};
    case Offered::Kind::Prompt:
        return {u"prompts/get"_s, {{u"name"_s, offered.name}, {u"arguments"_s, arguments}}};
    case Offered::Kind::Resource:
    case Offered::Kind::Template:
        break;
    }
    return {u"resources/read"_s, {{u"uri"_s, addressOf(offered, arguments)}}};
}

} // namespace app
