#include "mcp/server/methods.h"

#include "mcp/server/wireform.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr qsizetype mostValues = 100; // the protocol's own limit

MethodResult refuseCursor(const Exchange &exchange, const QString &what)
{
    const QJsonValue cursor = exchange.params[u"cursor"];
    if (cursor.isUndefined() || cursor.isNull())
        return QJsonObject();
    return RpcFailure({RpcError::InvalidParams, u"There is no such page; all %1 are on the first"_s.arg(what)});
}

MethodResult notFound(const Exchange &exchange, const QString &uri, const QString &why)
{
    return RpcFailure({exchange.isModern() ? RpcError::InvalidParams : RpcError::ResourceNotFound, why, QJsonObject{{u"uri"_s, uri}}});
}

const Prompt *findPrompt(const Offer &offer, const QString &name)
{
    for (const Prompt &prompt : offer.prompts) {
        if (prompt.name == name)
            return &prompt;
    }
    return nullptr;
}

// What completes the argument a completion asks about, and its name.
const Complete *completerFor(const Offer &offer, const QJsonObject &ref)
{
    if (ref[u"type"] == u"ref/prompt"_s) {
        const Prompt *prompt = findPrompt(offer, ref[u"name"].toString());
        return prompt ? &prompt->complete : nullptr;
    }
    for (const Resource &resource : offer.resources) {
        if (ref[u"type"] == u"ref/resource"_s && resource.uri.text() == ref[u"uri"].toString())
            return &resource.complete;
    }
    return nullptr;
}

QJsonObject completionJson(const QStringList &values)
{
    return {{u"completion"_s, QJsonObject{{u"values"_s, QJsonArray::fromStringList(values.mid(0, mostValues))},
                                          {u"total"_s, values.size()},
                                          {u"hasMore"_s, values.size() > mostValues}}}};
}

} // namespace

QJsonObject introductionOf(const Offer &offer, Revision revision)
{
    QJsonObject capabilities{{u"tools"_s, offer.changes ? QJsonObject{{u"listChanged"_s, true}} : QJsonObject()}};
    if (!offer.resources.empty())
        capabilities[u"resources"] = QJsonObject{{u"subscribe"_s, true}};
    if (!offer.prompts.empty())
        capabilities[u"prompts"] = offer.changes ? QJsonObject{{u"listChanged"_s, true}} : QJsonObject();
    if ((!offer.resources.empty() || !offer.prompts.empty()) && hasCompletionsCapability(revision))
        capabilities[u"completions"] = QJsonObject();
    if (!isModern(revision))
        capabilities[u"logging"] = QJsonObject();
    QJsonObject introduction{{u"capabilities"_s, capabilities}};
    if (!offer.instructions.isEmpty())
        introduction[u"instructions"] = offer.instructions;
    return introduction;
}

MethodResult listTools(const ToolRegistry &tools, const Exchange &exchange)
{
    if (const MethodResult page = refuseCursor(exchange, u"tools"_s); !page)
        return page;
    QJsonArray list;
    for (const ToolRegistry::Entry &entry : tools.entries())
        list << toolJson(entry.tool, exchange.revision);
    return QJsonObject{{u"tools"_s, list}};
}

MethodResult listResources(const Offer &offer, const Exchange &exchange)
{
    if (const MethodResult page = refuseCursor(exchange, u"resources"_s); !page)
        return page;
    QJsonArray list;
    for (const Resource &resource : offer.resources) {
        if (!resource.isTemplate())
            list << resourceJson(resource, exchange.revision);
    }
    return QJsonObject{{u"resources"_s, list}};
}

MethodResult listTemplates(const Offer &offer, const Exchange &exchange)
{
    if (const MethodResult page = refuseCursor(exchange, u"templates"_s); !page)
        return page;
    QJsonArray list;
    for (const Resource &resource : offer.resources) {
        if (resource.isTemplate())
            list << resourceJson(resource, exchange.revision);
    }
    return QJsonObject{{u"resourceTemplates"_s, list}};
}

MethodResult listPrompts(const Offer &offer, const Exchange &exchange)
{
    if (const MethodResult page = refuseCursor(exchange, u"prompts"_s); !page)
        return page;
    QJsonArray list;
    for (const Prompt &prompt : offer.prompts)
        list << promptJson(prompt, exchange.revision);
    return QJsonObject{{u"prompts"_s, list}};
}

FoundResource findResource(const Offer &offer, const QString &uri)
{
    for (const Resource &resource : offer.resources) {
        if (const auto variables = resource.uri.match(uri))
            return {&resource, *variables};
    }
    return {};
}

Reply<MethodResult> readResource(std::shared_ptr<const Offer> offer, Exchange exchange, Call call)
{
    const QString uri = exchange.params[u"uri"].toString();
    const FoundResource found = findResource(*offer, uri);
    if (!exchange.params[u"uri"].isString())
        co_return MethodResult(RpcFailure({RpcError::InvalidParams, u"\"uri\" must be a text"_s}));
    if (!found.resource)
        co_return notFound(exchange, uri, u"There is no resource %1"_s.arg(uri.left(200)));
    for (auto it = found.variables.begin(); it != found.variables.end(); ++it)
        call.arguments[it.key()] = it.value();
    const QString mimeType = found.resource->mimeType;
    const Result<Contents> contents = co_await outcome(found.resource->read(std::move(call)));
    if (!contents && contents.error().kind == Error::Kind::Cancelled)
        co_return Failure(contents.error());
    if (!contents && contents.error().kind == Error::Kind::NotFound)
        co_return notFound(exchange, uri, sentence(contents.error()));
    if (!contents)
        co_return MethodResult(RpcFailure({RpcError::InternalError, sentence(contents.error())}));
    co_return MethodResult(QJsonObject{{u"contents"_s, QJsonArray{contentsJson(uri, *contents, mimeType)}}});
}

Reply<MethodResult> getPrompt(std::shared_ptr<const Offer> offer, Exchange exchange, Call call)
{
    const Prompt *prompt = findPrompt(*offer, exchange.params[u"name"].toString());
    if (!prompt)
        co_return MethodResult(RpcFailure({RpcError::InvalidParams, u"Unknown prompt: %1"_s.arg(exchange.params[u"name"].toString().left(200))}));
    call.arguments = exchange.params[u"arguments"].toObject();
    for (const PromptArgument &argument : prompt->arguments) {
        const QJsonValue value = call.arguments[argument.name];
        if ((argument.required && value.isUndefined()) || !(value.isUndefined() || value.isString()))
            co_return MethodResult(RpcFailure({RpcError::InvalidParams, u"The argument \"%1\" is needed, as a text"_s.arg(argument.name)}));
    }
    const QString description = prompt->description;
    const Result<QJsonArray> messages = co_await outcome(prompt->get(std::move(call)));
    if (!messages && messages.error().kind == Error::Kind::Cancelled)
        co_return Failure(messages.error());
    if (!messages)
        co_return MethodResult(RpcFailure({RpcError::InvalidParams, sentence(messages.error())}));
    co_return MethodResult(QJsonObject{{u"description"_s, description}, {u"messages"_s, *messages}});
}

Reply<MethodResult> complete(std::shared_ptr<const Offer> offer, Exchange exchange, Call call)
{
    const QJsonObject argument = exchange.params[u"argument"].toObject();
    const Complete *completer = completerFor(*offer, exchange.params[u"ref"].toObject());
    if (!completer)
        co_return MethodResult(RpcFailure({RpcError::InvalidParams, u"\"ref\" names no prompt and no resource template of this server"_s}));
    if (!argument[u"name"].isString() || !argument[u"value"].isString())
        co_return MethodResult(RpcFailure({RpcError::InvalidParams, u"\"argument\" must have a name and a value"_s}));
    if (!*completer)
        co_return MethodResult(completionJson({}));
    const QJsonObject known = exchange.params[u"context"][u"arguments"].toObject();
    const Result<QStringList> values = co_await outcome((*completer)(argument[u"name"].toString(), argument[u"value"].toString(), known, std::move(call)));
    if (!values && values.error().kind == Error::Kind::Cancelled)
        co_return Failure(values.error());
    co_return MethodResult(completionJson(values.value_or(QStringList()))); // what cannot be completed is typed
}

} // namespace mcp
