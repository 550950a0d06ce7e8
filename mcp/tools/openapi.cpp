#include "mcp/tools/openapi.h"

#include <QHash>
#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr int deepest = 4;
constexpr std::array verbs{Request::Verb::Delete, Request::Verb::Get, Request::Verb::Post, Request::Verb::Put};

bool isParameter(QStringView step)
{
    return step.startsWith(u'{') && step.endsWith(u'}');
}

// How many fixed steps match; -1 when the path does not fit. Fixed steps win over parameters.
int fit(const QString &pattern, const QString &path, QHash<QString, QString> &parameters)
{
    const QStringList steps = pattern.split(u'/');
    const QStringList given = path.split(u'/');
    if (steps.size() != given.size())
        return -1;
    int fixed = 0;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        if (steps[i] == given[i])
            ++fixed;
        else if (!isParameter(steps[i]) || given[i].isEmpty())
            return -1;
        else
            parameters.insert(steps[i].mid(1, steps[i].size() - 2), given[i]);
    }
    return fixed;
}

QStringList nearPaths(const std::vector<Operation> &operations, const QString &path)
{
    QStringList near;
    const QStringList given = path.split(u'/', Qt::SkipEmptyParts);
    const QString first = given.value(given.value(0) == u"api" ? 1 : 0);
    for (const Operation &operation : operations) {
        if (!first.isEmpty() && operation.path.contains(first, Qt::CaseInsensitive))
            near << QString::fromLatin1(verbName(operation.verb)) + u' ' + operation.path;
    }
    return near.mid(0, 8);
}

QJsonValue resolved(const QJsonValue &schema, const QJsonObject &document, int depth)
{
    QJsonObject object = schema.toObject();
    if (const QString reference = object.value(u"$ref").toString(); !reference.isEmpty()) {
        const QString name = reference.section(u'/', -1);
        if (depth >= deepest)
            return u"%1 …"_s.arg(name);
        object = document[u"components"][u"schemas"][name].toObject();
    }
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == u"properties") {
            QJsonObject properties;
            const QJsonObject all = it->toObject();
            for (auto property = all.begin(); property != all.end(); ++property)
                properties[property.key()] = resolved(*property, document, depth + 1);
            result[it.key()] = properties;
        } else if (it.key() == u"items" || it.key() == u"additionalProperties") {
            result[it.key()] = it->isObject() ? resolved(*it, document, depth + 1) : QJsonValue(*it);
        } else if (it.key() != u"xml" && it.key() != u"example") {
            result[it.key()] = *it;
        }
    }
    return result;
}

QJsonValue contentSchema(const QJsonObject &holder, const QJsonObject &document)
{
    const QJsonObject content = holder[u"content"].toObject();
    return content.isEmpty() ? QJsonValue(QJsonValue::Undefined) : resolved(content.begin()->toObject()[u"schema"], document, 0);
}

} // namespace

std::vector<Operation> operationsOf(const QJsonObject &document)
{
    std::vector<Operation> operations;
    const QJsonObject paths = document[u"paths"].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        for (const Request::Verb verb : verbs) {
            const QJsonObject json = path.value()[QString::fromLatin1(verbName(verb)).toLower()].toObject();
            if (json.isEmpty())
                continue;
            Operation operation{verb, path.key(), json[u"summary"].toString(json[u"operationId"].toString()), {}, json};
            const QJsonArray tags = json[u"tags"].toArray();
            for (const QJsonValue &tag : tags)
                operation.tags << tag.toString();
            operations.push_back(operation);
        }
    }
    return operations;
}

Result<Located> locate(const std::vector<Operation> &operations, const QString &method, const QString &path)
{
    if (path.contains(u"://") || path.startsWith(u"//"))
        return Failure({Error::Kind::Validation, u"Only this server's own paths can be asked, not %1"_s.arg(path), u"Give a path such as /api/workflow/{workflowId}"_s});
    if (path.contains(u'?') || path.contains(u'#'))
        return Failure({Error::Kind::Validation, u"The path must not hold a query"_s, u"Put query parameters into \"query\""_s});

    QStringList candidates{path.startsWith(u'/') ? path : u'/' + path};
    if (!candidates.first().startsWith(u"/api/"))
        candidates << u"/api"_s + candidates.first();
    const Operation *best = nullptr;
    QHash<QString, QString> parameters;
    int bestFit = -1;
    for (const Operation &operation : operations) {
        if (QString::fromLatin1(verbName(operation.verb)) != method)
            continue;
        for (const QString &candidate : std::as_const(candidates)) {
            QHash<QString, QString> found;
            const int fixed = fit(operation.path, candidate, found);
            if (fixed > bestFit) {
                best = &operation;
                bestFit = fixed;
                parameters = found;
            }
        }
    }
    if (!best) {
        const QStringList near = nearPaths(operations, path);
        return Failure({Error::Kind::NotFound, u"The server has no endpoint %1 %2"_s.arg(method, path),
                        near.isEmpty() ? u"conductor_list_api_endpoints lists what there is"_s : u"Near it: "_s + near.join(u", "_s)});
    }
    return Located{*best, parameters};
}

QJsonObject schemaOf(const Operation &operation, const QJsonObject &document)
{
    QJsonArray parameters;
    const QJsonArray all = operation.json[u"parameters"].toArray();
    for (const QJsonValue &parameter : all) {
        QJsonObject json{{u"name"_s, parameter[u"name"]}, {u"in"_s, parameter[u"in"]}, {u"schema"_s, resolved(parameter[u"schema"], document, 0)}};
        if (parameter[u"required"].toBool())
            json[u"required"] = true;
        if (parameter[u"description"].isString())
            json[u"description"] = parameter[u"description"];
        parameters << json;
    }
    QJsonObject schema{{u"method"_s, QString::fromLatin1(verbName(operation.verb))}, {u"path"_s, operation.path}, {u"summary"_s, operation.summary}};
    if (!parameters.isEmpty())
        schema[u"parameters"] = parameters;
    const QJsonObject body = operation.json[u"requestBody"].toObject();
    if (const QJsonValue bodySchema = contentSchema(body, document); !bodySchema.isUndefined())
        schema[u"body"] = QJsonObject{{u"required"_s, body[u"required"].toBool()}, {u"schema"_s, bodySchema}};
    if (const QJsonValue answer = contentSchema(operation.json[u"responses"][u"200"].toObject(), document); !answer.isUndefined())
        schema[u"answer"] = answer;
    return schema;
}

} // namespace mcp::tools
