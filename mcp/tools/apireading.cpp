#include "mcp/tools/apitools.h"

#include "mcp/tools/openapi.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr qsizetype mostSchema = 20'000; // characters
const QStringList methods{u"GET"_s, u"POST"_s, u"PUT"_s, u"DELETE"_s};

bool fits(const Operation &operation, const QStringList &words, const QString &tag, const QString &method)
{
    const QString haystack = operation.path + u' ' + operation.summary + u' ' + operation.tags.join(u' ');
    const bool hasWords = std::all_of(words.begin(), words.end(), [&](const QString &word) { return haystack.contains(word, Qt::CaseInsensitive); });
    const bool hasTag = tag.isEmpty() || operation.tags.join(u' ').contains(tag, Qt::CaseInsensitive);
    return hasWords && hasTag && (method.isEmpty() || method == QString::fromLatin1(verbName(operation.verb)));
}

Reply<Answer> list(std::shared_ptr<Backend> backend, Call call)
{
    const QJsonObject document = co_await backend->openApi(call);
    const QStringList words = call.arguments[u"words"].toString().split(u' ', Qt::SkipEmptyParts);
    const QString tag = call.arguments[u"tag"].toString();
    const QString method = call.arguments[u"method"].toString();
    const size_t start = size_t(call.arguments[u"start"].toInt(0));
    const size_t limit = size_t(call.arguments[u"limit"].toInt(40));

    const std::vector<Operation> operations = operationsOf(document);
    std::vector<const Operation *> found;
    for (const Operation &operation : operations) {
        if (fits(operation, words, tag, method))
            found.push_back(&operation);
    }
    QStringList lines{u"%1 of %2 endpoints."_s.arg(found.size()).arg(operations.size())};
    QJsonArray rows;
    const size_t end = std::min(found.size(), start + limit);
    for (size_t i = start; i < end; ++i) {
        const QString verb = QString::fromLatin1(verbName(found[i]->verb));
        lines << u"%1 %2 – %3"_s.arg(verb, found[i]->path, found[i]->summary);
        rows << QJsonObject{{u"method"_s, verb}, {u"path"_s, found[i]->path}};
    }
    QJsonObject structured{{u"total"_s, qint64(found.size())}, {u"endpoints"_s, rows}};
    if (end < found.size()) {
        lines << u"%1 more: call again with start %2, or narrow it with words, tag or method."_s.arg(found.size() - end).arg(end);
        structured[u"next_start"] = qint64(end);
    }
    co_return Answer{.text = lines.join(u'\n'), .structured = structured};
}

Reply<Answer> schema(std::shared_ptr<Backend> backend, Call call)
{
    const QJsonObject document = co_await backend->openApi(call);
    const Result<Located> located = locate(operationsOf(document), call.arguments[u"method"].toString(), call.arguments[u"path"].toString());
    if (!located)
        co_return Failure(located.error());
    const QJsonObject json = schemaOf(located->operation, document);
    const QString text = shownJson(json, mostSchema);
    if (text.size() > mostSchema) // cut: as data it would be whole
        co_return Answer{.text = text, .structured = {{u"method"_s, json[u"method"]}, {u"path"_s, json[u"path"]}}};
    co_return Answer{.text = text, .structured = json};
}

} // namespace

Tool listApiEndpoints(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_list_api_endpoints"_s,
        .title = u"List API endpoints"_s,
        .description = u"Find REST endpoints of this server for what no other tool does: schedules, event handlers, secrets, agents, administration."_s,
        .inputSchema = arguments({{u"words"_s, text(u"All must appear"_s)},
                                  {u"tag"_s, text(u"Group"_s)},
                                  {u"method"_s, choice(methods, u"Only this"_s)},
                                  {u"limit"_s, whole(1, 200, u"Rows, default 40"_s)},
                                  {u"start"_s, whole(0, 10000, u"To skip"_s)}}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return list(backend, std::move(call)); },
    };
}

Tool getApiEndpointSchema(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_get_api_endpoint_schema"_s,
        .title = u"Get the schema of an API endpoint"_s,
        .description = u"Parameters, body and answer of a REST endpoint. Look here before conductor_invoke_api_endpoint."_s,
        .inputSchema = arguments({{u"method"_s, choice(methods, u"Method"_s)}, {u"path"_s, text(u"As listed"_s)}},
                                 {u"method"_s, u"path"_s}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return schema(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
