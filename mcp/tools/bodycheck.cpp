#include "mcp/tools/bodycheck.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace mcp::tools {
namespace {

constexpr int deepest = 40;      // levels of the value
constexpr int mostReferences = 8; // that point to each other
constexpr qsizetype mostMisfits = 10;
constexpr qsizetype mostNames = 16;

QString kindOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return u"true or false"_s;
    case QJsonValue::Double:
        return u"a number"_s;
    case QJsonValue::String:
        return u"text"_s;
    case QJsonValue::Array:
        return u"an array"_s;
    case QJsonValue::Object:
        return u"an object"_s;
    default:
        return u"null"_s;
    }
}

bool isNumberText(const QJsonValue &value, bool whole)
{
    bool is = false;
    const QString text = value.toString();
    if (whole)
        text.toLongLong(&is);
    else
        text.toDouble(&is);
    return is;
}

// As the server's JSON reader takes it: numbers and truth values also as text, anything flat as text.
bool isOfType(const QJsonValue &value, const QString &type)
{
    if (type == u"string")
        return !value.isArray() && !value.isObject();
    if (type == u"integer" || type == u"number")
        return value.isDouble() || isNumberText(value, type == u"integer");
    if (type == u"boolean")
        return value.isBool() || value.toString() == u"true" || value.toString() == u"false";
    if (type == u"array")
        return value.isArray();
    return type != u"object" || value.isObject();
}

class Check
{
public:
    explicit Check(const QJsonObject &document)
        : m_document(document)
    {
    }

    void look(const QJsonValue &value, const QJsonValue &given, const QString &path, int depth)
    {
        const QJsonObject schema = resolved(given);
        if (depth > deepest || problems.size() >= mostMisfits || value.isNull() || value.isUndefined() || isOpen(schema))
            return;
        const QString type = schema[u"type"].toString();
        if (!type.isEmpty() && !isOfType(value, type)) {
            problems << u"%1 must be of type %2, not %3"_s.arg(path, type, kindOf(value));
            return;
        }
        lookAtChoices(value, schema, path);
        if (value.isArray()) {
            const QJsonArray elements = value.toArray();
            for (qsizetype i = 0; i < elements.size(); ++i)
                look(elements[i], schema[u"items"], u"%1[%2]"_s.arg(path, QString::number(i)), depth + 1);
        } else if (value.isObject()) {
            lookInto(value.toObject(), schema, path, depth);
        }
    }

    QStringList problems;

private:
    QJsonObject resolved(const QJsonValue &given) const
    {
        QJsonObject schema = given.toObject();
        for (int i = 0; i < mostReferences && schema.contains(u"$ref"); ++i)
            schema = m_document[u"components"][u"schemas"][schema[u"$ref"].toString().section(u'/', -1)].toObject();
        return schema;
    }

    // Anything goes. The document writes "object" for what may be any value.
    static bool isOpen(const QJsonObject &schema)
    {
        const bool isMixed = schema.contains(u"oneOf") || schema.contains(u"anyOf") || schema.contains(u"allOf") || schema.contains(u"$ref");
        const bool isBare = schema[u"type"].toString() == u"object" && !schema.contains(u"properties") && !schema.contains(u"additionalProperties");
        return schema.isEmpty() || isMixed || isBare;
    }

    void lookAtChoices(const QJsonValue &value, const QJsonObject &schema, const QString &path)
    {
        const QJsonArray choices = schema[u"enum"].toArray();
        if (!choices.isEmpty() && value.isString() && !choices.contains(value)) {
            QStringList words;
            for (const QJsonValue &choice : choices)
                words << choice.toVariant().toString();
            problems << u"%1 must be one of %2"_s.arg(path, words.mid(0, mostNames).join(u", "_s));
        }
        if (!value.isDouble())
            return;
        if (schema[u"minimum"].isDouble() && value.toDouble() < schema[u"minimum"].toDouble())
            problems << u"%1 must be %2 or more"_s.arg(path, schema[u"minimum"].toVariant().toString());
        if (schema[u"maximum"].isDouble() && value.toDouble() > schema[u"maximum"].toDouble())
            problems << u"%1 must be %2 or less"_s.arg(path, schema[u"maximum"].toVariant().toString());
    }

    void lookInto(const QJsonObject &object, const QJsonObject &schema, const QString &path, int depth)
    {
        const QJsonObject properties = schema[u"properties"].toObject();
        const QJsonValue others = schema[u"additionalProperties"];
        const QJsonArray required = schema[u"required"].toArray();
        for (const QJsonValue &name : required) {
            if (!object.contains(name.toString()))
                problems << u"%1.%2 is missing"_s.arg(path, name.toString());
        }
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QString at = path + u'.' + it.key();
            if (properties.contains(it.key()))
                look(*it, properties[it.key()], at, depth + 1);
            else if (others.isObject())
                look(*it, others, at, depth + 1);
            else if (!properties.isEmpty() && !others.toBool()) // the server would drop it without a word
                problems << u"%1 is not known; there are %2%3"_s.arg(at, properties.keys().mid(0, mostNames).join(u", "_s), properties.size() > mostNames ? u" …"_s : QString());
        }
    }

    const QJsonObject &m_document;
};

} // namespace

QStringList misfits(const QJsonValue &value, const QJsonValue &schema, const QJsonObject &document, const QString &what)
{
    Check check(document);
    check.look(value, schema, what, 0);
    return check.problems.mid(0, mostMisfits);
}

} // namespace mcp::tools
