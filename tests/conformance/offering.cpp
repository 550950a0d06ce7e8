#include "conformance/fixtures.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace fixtures {
namespace {

QJsonObject says(const QJsonObject &content)
{
    return {{u"role"_s, u"user"_s}, {u"content"_s, content}};
}

QJsonObject text(const QString &words)
{
    return {{u"type"_s, u"text"_s}, {u"text"_s, words}};
}

Reply<QJsonArray> simple(Call)
{
    return answered<QJsonArray>(QJsonArray{says(text(u"This is a simple prompt for testing."_s))});
}

Reply<QJsonArray> withArguments(Call call)
{
    const QString words = u"Prompt with arguments: arg1='%1', arg2='%2'"_s.arg(call.arguments[u"arg1"].toString(), call.arguments[u"arg2"].toString());
    return answered<QJsonArray>(QJsonArray{says(text(words))});
}

Reply<QJsonArray> withResource(Call call)
{
    const QJsonObject resource{{u"uri"_s, call.arguments[u"resourceUri"]}, {u"mimeType"_s, u"text/plain"_s}, {u"text"_s, u"Embedded resource content for testing."_s}};
    return answered<QJsonArray>(QJsonArray{says({{u"type"_s, u"resource"_s}, {u"resource"_s, resource}}), says(text(u"Please process the embedded resource above."_s))});
}

Reply<QJsonArray> withImage(Call)
{
    return answered<QJsonArray>(
        QJsonArray{says({{u"type"_s, u"image"_s}, {u"data"_s, png()}, {u"mimeType"_s, u"image/png"_s}}), says(text(u"Please analyze the image above."_s))});
}

Reply<QJsonArray> askingForContext(Call call)
{
    const QJsonObject schema{{u"type"_s, u"object"_s},
                             {u"properties"_s, QJsonObject{{u"context"_s, QJsonObject{{u"type"_s, u"string"_s}}}}},
                             {u"required"_s, QJsonArray{u"context"_s}}};
    const std::vector<Question> questions{{u"user_context"_s, u"elicitation/create"_s, {{u"message"_s, u"In which context?"_s}, {u"requestedSchema"_s, schema}}}};
    const QJsonObject answers = co_await call.client->ask(questions);
    co_return QJsonArray{says(text(u"Context: "_s + answers[u"user_context"][u"content"][u"context"].toString()))};
}

Reply<QStringList> completeNothing(QString, QString, QJsonObject, Call)
{
    return answered<QStringList>(QStringList());
}

std::function<Reply<Contents>(Call)> holding(const Contents &contents)
{
    return [contents](Call) { return answered<Contents>(contents); };
}

Reply<Contents> fromTemplate(Call call)
{
    const QString id = call.arguments[u"id"].toString();
    const QJsonObject json{{u"id"_s, id}, {u"templateTest"_s, true}, {u"data"_s, QString(u"Data for ID: "_s + id)}};
    return answered<Contents>(Contents{.text = QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact))});
}

void addResources(Offer &offer)
{
    const auto add = [&offer](const QString &uri, const QString &name, const QString &mimeType, std::function<Reply<Contents>(Call)> read) {
        offer.resources.push_back({.uri = UriTemplate(uri), .name = name, .title = name, .description = u"A fixture"_s, .mimeType = mimeType, .read = std::move(read)});
    };
    add(u"test://static-text"_s, u"Static text"_s, u"text/plain"_s, holding({.text = u"This is the content of the static text resource."_s}));
    add(u"test://static-binary"_s, u"Static image"_s, u"image/png"_s, holding({.bytes = QByteArray::fromBase64(png().toLatin1())}));
    add(u"test://template/{id}/data"_s, u"Template"_s, u"application/json"_s, fromTemplate);
    add(u"test://watched-resource"_s, u"Watched"_s, u"text/plain"_s, holding({.text = u"Watched"_s}));
    offer.resources.back().watch = [](const QHash<QString, QString> &, const std::function<void()> &) { return std::make_shared<QObject>(); };
}

Reply<Answer> changed()
{
    return answered<Answer>(Answer{.text = u"Changed"_s});
}

} // namespace

std::shared_ptr<Offer> offer()
{
    auto made = std::make_shared<Offer>();
    made->instructions = u"Fixtures of the conformance suite"_s;
    made->changes = true;
    addResources(*made);
    const auto add = [&made](const QString &name, std::vector<PromptArgument> arguments, std::function<Reply<QJsonArray>(Call)> get) {
        made->prompts.push_back({.name = name, .title = name, .description = u"A fixture"_s, .arguments = std::move(arguments), .get = std::move(get), .complete = completeNothing});
    };
    add(u"test_simple_prompt"_s, {}, simple);
    add(u"test_prompt_with_arguments"_s, {{u"arg1"_s, u"First"_s, true}, {u"arg2"_s, u"Second"_s, true}}, withArguments);
    add(u"test_prompt_with_embedded_resource"_s, {{u"resourceUri"_s, u"Address"_s, true}}, withResource);
    add(u"test_prompt_with_image"_s, {}, withImage);
    add(u"test_input_required_result_prompt"_s, {}, askingForContext);
    return made;
}

void addChangingTools(ToolRegistry &registry, std::shared_ptr<Offer> offer)
{
    registry.add(tool(u"test_trigger_tool_change"_s, u"Says that the tools have changed"_s, [offer](Call) {
        Q_EMIT offer->toolsChanged();
        return changed();
    }));
    registry.add(tool(u"test_trigger_prompt_change"_s, u"Says that the prompts have changed"_s, [offer](Call) {
        Q_EMIT offer->promptsChanged();
        return changed();
    }));
}

} // namespace fixtures
