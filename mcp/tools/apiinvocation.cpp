#include "mcp/tools/apitools.h"

#include "mcp/policy/endpoints.h"
#include "mcp/tools/bodycheck.h"
#include "mcp/tools/openapi.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr qsizetype pageSize = 16000; // characters

std::optional<Request::Verb> verbOf(const QString &method)
{
    for (const Request::Verb verb : {Request::Verb::Get, Request::Verb::Post, Request::Verb::Put, Request::Verb::Delete}) {
        if (QString::fromLatin1(verbName(verb)) == method)
            return verb;
    }
    return {};
}

// Steps of a path below /api, or below the server where it is not there.
QStringList stepsOf(QString path, Request::Root &root)
{
    root = path.startsWith(u"/api/") ? Request::Root::Api : Request::Root::Server;
    if (root == Request::Root::Api)
        path.remove(0, 4);
    return path.split(u'/', Qt::SkipEmptyParts);
}

Endpoint endpointFor(const QJsonObject &arguments)
{
    const std::optional<Request::Verb> verb = verbOf(arguments[u"method"].toString());
    QString path = arguments[u"path"].toString();
    if (!path.startsWith(u'/'))
        path.prepend(u'/');
    Request::Root root = Request::Root::Api;
    return verb ? endpointOf(*verb, stepsOf(path, root)) : Endpoint{};
}

QStringList problemsOf(const Operation &operation, const QJsonObject &path, const QJsonObject &query, const QJsonValue &sent, const QJsonObject &document)
{
    const bool hasBody = !sent.isUndefined();
    QStringList problems;
    QStringList known;
    const QJsonArray parameters = operation.json[u"parameters"].toArray();
    for (const QJsonValue &parameter : parameters) {
        const QString name = parameter[u"name"].toString();
        const bool inQuery = parameter[u"in"].toString() == u"query";
        if (inQuery)
            known << name;
        if (parameter[u"required"].toBool() && !(inQuery ? query : path).contains(name))
            problems << u"parameter \"%1\" is missing in \"%2\""_s.arg(name, inQuery ? u"query"_s : u"path_parameters"_s);
        const QJsonValue value = (inQuery ? query : path)[name];
        const bool isOneOfMany = !value.isArray() && parameter[u"schema"][u"type"].toString() == u"array";
        problems << misfits(isOneOfMany ? QJsonValue(QJsonArray{value}) : value, parameter[u"schema"], document, name);
    }
    for (auto it = query.begin(); it != query.end(); ++it) {
        if (!known.contains(it.key()))
            problems << u"there is no query parameter \"%1\"; there are: %2"_s.arg(it.key(), known.isEmpty() ? u"none"_s : known.join(u", "_s));
    }
    const QJsonObject body = operation.json[u"requestBody"].toObject();
    if (body[u"required"].toBool() && !hasBody)
        problems << u"\"body\" is missing"_s;
    if (body.isEmpty() && hasBody)
        problems << u"this endpoint takes no \"body\""_s;
    const QJsonObject content = body[u"content"].toObject();
    if (hasBody && !content.isEmpty())
        problems << misfits(sent, content.begin()->toObject()[u"schema"], document, u"body"_s);
    return problems;
}

Request requestFor(const Operation &operation, const QJsonObject &path, const QJsonObject &query, const QJsonValue &body)
{
    Request request;
    request.verb = operation.verb;
    request.segments = stepsOf(operation.path, request.root);
    for (QString &step : request.segments) {
        if (step.startsWith(u'{'))
            step = path[step.mid(1, step.size() - 2)].toVariant().toString();
    }
    for (auto it = query.begin(); it != query.end(); ++it) {
        const QVariantList values = it->isArray() ? it->toArray().toVariantList() : QVariantList{it->toVariant()};
        for (const QVariant &value : values)
            request = request.with(it.key(), value.toString());
    }
    if (!body.isUndefined())
        request.body = body;
    return request;
}

// again: the same call may be made again to read on; what changed something must not be sent twice.
Answer told(const QJsonValue &json, qsizetype offset, bool again)
{
    const QString whole = shownJson(json, std::numeric_limits<qsizetype>::max());
    const QString page = whole.mid(offset, pageSize);
    const qsizetype next = offset + page.size();
    QJsonObject structured{{u"characters"_s, whole.size()}};
    if (next < whole.size() && !again)
        return {.text = page + u"\n… the first %1 of %2 characters. It is done; do not call it again to read on."_s.arg(next).arg(whole.size()), .structured = structured};
    if (next < whole.size()) {
        structured[u"next_offset"] = next;
        return {.text = page + u"\n… %1 of %2 characters; call again with offset %3."_s.arg(next).arg(whole.size()).arg(next), .structured = structured};
    }
    if (offset == 0 && json.isObject())
        structured[u"answer"] = json;
    return {.text = whole.isEmpty() ? u"Done; the server answered without content."_s : page, .structured = structured};
}

struct Prepared {
    Request request;
    bool reads = false;
};

// The request that a call asks for, checked: nothing that would be refused reaches the server, or a person who is asked.
Reply<Prepared> prepared(std::shared_ptr<Backend> backend, Call call)
{
    const QJsonObject document = co_await backend->openApi(call);
    const Result<Located> located = locate(operationsOf(document), call.arguments[u"method"].toString(), call.arguments[u"path"].toString());
    if (!located)
        co_return Failure(located.error());
    const Operation operation = located->operation;

    QJsonObject path = call.arguments[u"path_parameters"].toObject();
    for (auto it = located->parameters.begin(); it != located->parameters.end(); ++it) {
        if (!path.contains(it.key()))
            path[it.key()] = it.value();
    }
    const QJsonObject query = call.arguments[u"query"].toObject();
    const QJsonValue body = call.arguments.contains(u"body") ? call.arguments[u"body"] : QJsonValue(QJsonValue::Undefined);
    if (const QStringList problems = problemsOf(operation, path, query, body, document); !problems.isEmpty())
        co_return Failure({Error::Kind::Validation, problems.join(u"; "_s), u"conductor_get_api_endpoint_schema shows what it takes"_s});

    // Policy judged the path as it was called. What would be sent must be the same thing, parameters filled in or not.
    Request request = requestFor(operation, path, query, body);
    Request::Root root = Request::Root::Api;
    const Endpoint endpoint = endpointOf(operation.verb, stepsOf(operation.path, root));
    for (const Endpoint &other : {endpointFor(call.arguments), endpointOf(request.verb, request.segments)}) {
        if (other.effect != endpoint.effect || other.tool != endpoint.tool)
            co_return Failure({Error::Kind::Validation, u"With these parameters the path is another endpoint"_s, u"Write the path as conductor_list_api_endpoints lists it"_s});
    }
    if (endpoint.effect != Effect::Kind::Read && !call.arguments[u"confirm"].toBool())
        co_return Failure({Error::Kind::Validation, u"%1 %2 changes the server"_s.arg(call.arguments[u"method"].toString(), operation.path),
                           u"If that is what is wanted, call again with confirm true%1"_s.arg(
                               endpoint.tool.isEmpty() ? QString() : u"; %1 does the same with more care"_s.arg(endpoint.tool))});

    const bool reads = endpoint.effect == Effect::Kind::Read;
    request.repeatable = reads && operation.verb == Request::Verb::Get;
    co_return Prepared{request, reads};
}

Reply<Premise> premiseOf(std::shared_ptr<Backend> backend, Call call)
{
    const Prepared checked = co_await prepared(backend, call);
    co_return Premise{.facts = {u"%1 %2"_s.arg(QString::fromLatin1(verbName(checked.request.verb)), checked.request.segments.join(u'/'))}};
}

Reply<Answer> invoke(std::shared_ptr<Backend> backend, Call call)
{
    const Prepared checked = co_await prepared(backend, call);
    const Client client = co_await backend->clientFor(call);
    const QJsonValue json = co_await client.send(checked.request);
    co_return told(json, checked.reads ? call.arguments[u"offset"].toInt(0) : 0, checked.reads);
}

} // namespace

Tool invokeApiEndpoint(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_invoke_api_endpoint"_s,
        .title = u"Call an API endpoint"_s,
        .description = u"Call a REST endpoint that has no tool of its own. The request is checked first. "
                       "What changes state needs confirm; some GETs do."_s,
        .inputSchema = arguments({{u"method"_s, choice({u"GET"_s, u"POST"_s, u"PUT"_s, u"DELETE"_s}, u"Method"_s)},
                                  {u"path"_s, text(u"As listed"_s)},
                                  {u"path_parameters"_s, object(u"For its {…}"_s)},
                                  {u"query"_s, object(u"Parameters"_s)},
                                  {u"body"_s, QJsonObject{{u"description"_s, u"JSON body"_s}}},
                                  {u"confirm"_s, yesNo(u"To change something"_s)},
                                  {u"offset"_s, whole(0, 100000000, u"Where to read on"_s)}},
                                 {u"method"_s, u"path"_s}),
        .hints = {.readOnly = false, .destructive = true, .idempotent = false},
        .mayRead = true,
        .effect =
            [](const QJsonObject &arguments) {
                const Endpoint endpoint = endpointFor(arguments);
                return Effect{endpoint.effect, arguments[u"method"].toString() + u' ' + arguments[u"path"].toString(), endpoint.tool};
            },
        .premise = [backend](Call call) { return premiseOf(backend, std::move(call)); },
        .call = [backend](Call call) { return invoke(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
