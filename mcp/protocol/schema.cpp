// The only source that includes valijson: its headers take seconds to compile.
#include "mcp/protocol/schema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

#include <optional>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

QString typeOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return u"boolean"_s;
    case QJsonValue::Double:
        return u"number"_s;
    case QJsonValue::String:
        return u"text"_s;
    case QJsonValue::Array:
        return u"array"_s;
    case QJsonValue::Object:
        return u"object"_s;
    default:
        return u"null"_s;
    }
}

std::optional<QJsonValue> fromText(const QString &text, QStringView type)
{
    if (type == u"boolean" && (text == u"true" || text == u"false"))
        return QJsonValue(text == u"true");
    if (type == u"integer" || type == u"number") {
        bool isNumber = false;
        const qint64 whole = text.toLongLong(&isNumber);
        if (isNumber)
            return QJsonValue(whole);
        const double number = text.toDouble(&isNumber);
        return isNumber && type == u"number" ? std::optional(QJsonValue(number)) : std::nullopt;
    }
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (type == u"object" && document.isObject())
        return QJsonValue(document.object());
    if (type == u"array" && document.isArray())
        return QJsonValue(document.array());
    return {};
}

QJsonValue mendedValue(const QJsonValue &value, const QJsonObject &schema)
{
    const QString type = schema[u"type"].toString();
    if (!value.isString() || type.isEmpty() || type == u"string")
        return value;
    if (const std::optional<QJsonValue> read = fromText(value.toString(), type))
        return *read;
    if (type == u"array" && schema[u"items"][u"type"].toString() == u"string")
        return QJsonArray{value};
    return value;
}

QString nearest(const QString &name, const QStringList &known)
{
    for (const QString &candidate : known) {
        if (candidate.compare(name, Qt::CaseInsensitive) == 0 || candidate.contains(name, Qt::CaseInsensitive) || name.contains(candidate, Qt::CaseInsensitive))
            return candidate;
    }
    return {};
}

// What people and models get wrong most, in words that say what to do. Only the top level; valijson has the rest.
QStringList plainProblems(const QJsonObject &arguments, const QJsonObject &schema)
{
    QStringList problems;
    const QJsonObject properties = schema[u"properties"].toObject();
    const QJsonArray required = schema[u"required"].toArray();
    for (const QJsonValue &name : required) {
        if (!arguments.contains(name.toString()))
            problems << u"\"%1\" is missing: %2"_s.arg(name.toString(), properties[name.toString()][u"description"].toString());
    }
    for (auto it = arguments.begin(); it != arguments.end(); ++it) {
        const QJsonObject property = properties[it.key()].toObject();
        if (!properties.contains(it.key())) {
            if (schema[u"additionalProperties"].toBool(true))
                continue;
            const QString meant = nearest(it.key(), properties.keys());
            problems << u"There is no argument \"%1\"%2. Arguments: %3"_s.arg(it.key(), meant.isEmpty() ? QString() : u"; perhaps \"%1\" is meant"_s.arg(meant),
                                                                             properties.keys().join(u", "_s));
            continue;
        }
        const QJsonArray choices = property[u"enum"].toArray();
        if (!choices.isEmpty() && !choices.contains(it.value())) {
            QStringList words;
            for (const QJsonValue &choice : choices)
                words << choice.toVariant().toString();
            problems << u"\"%1\" must be one of %2"_s.arg(it.key(), words.join(u", "_s));
            continue;
        }
        const QString type = property[u"type"].toString();
        const QString given = typeOf(it.value());
        const bool fits = type.isEmpty() || type == given || (type == u"string" && given == u"text") || (type == u"integer" && it->isDouble());
        if (!fits)
            problems << u"\"%1\" must be %2 %3, not %4"_s.arg(it.key(), type.front() == u'o' || type.front() == u'i' || type.front() == u'a' ? u"an"_s : u"a"_s,
                                                               type == u"string" ? u"text"_s : type, given);
    }
    return problems;
}

QString pathOf(const valijson::ValidationResults::Error &error)
{
    QString path;
    for (const std::string &step : error.context) {
        if (step == "<root>")
            continue;
        QString name = QString::fromStdString(step);
        if (name.startsWith(u'[') && name.endsWith(u']'))
            name = name.mid(1, name.size() - 2);
        path += (path.isEmpty() ? QString() : u"."_s) + name;
    }
    return path;
}

} // namespace

struct Schema::Compiled {
    valijson::Schema schema;
};

Schema::Schema(QJsonObject json)
    : m_json(std::move(json))
{
}

Schema::~Schema() = default;

QJsonObject Schema::mended(QJsonObject arguments) const
{
    const QJsonObject properties = m_json[u"properties"].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QString name = it.key();
        if (name.endsWith(u's') && !arguments.contains(name) && arguments.contains(name.chopped(1)) && !properties.contains(name.chopped(1)))
            arguments[name] = arguments.take(name.chopped(1));
        if (!arguments.contains(name))
            continue;
        if (arguments[name].isNull())
            arguments.remove(name);
        else
            arguments[name] = mendedValue(arguments[name], it->toObject());
    }
    return arguments;
}

QStringList Schema::problems(const QJsonObject &arguments) const
{
    const QStringList plain = plainProblems(arguments, m_json);
    if (!plain.isEmpty())
        return plain;

    if (!m_compiled) {
        auto compiled = std::make_shared<Compiled>();
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        const QJsonValue json(m_json);
        parser.populateSchema(valijson::adapters::QtJsonAdapter(json), compiled->schema);
        m_compiled = compiled;
    }
    valijson::Validator validator;
    valijson::ValidationResults results;
    const QJsonValue value(arguments);
    if (validator.validate(m_compiled->schema, valijson::adapters::QtJsonAdapter(value), &results))
        return {};

    QStringList problems;
    valijson::ValidationResults::Error error;
    while (results.popError(error) && problems.size() < 5) {
        const QString description = QString::fromStdString(error.description);
        if (description.startsWith(u"Failed to validate against schema")) // only repeats that something within does not fit
            continue;
        const QString path = pathOf(error);
        problems << (path.isEmpty() ? QString() : u"\"%1\": "_s.arg(path)) + description;
    }
    if (problems.isEmpty())
        problems << u"The arguments do not fit the inputSchema"_s;
    return problems;
}

} // namespace mcp
