#include "mcp/protocol/portability.h"

#include "mcp/protocol/weight.h"

#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype mostTools = 40, longestDescription = 400, longestProperty = 64;
constexpr qint64 mostBytes = 40'000; // about 10,000 tokens
constexpr int deepest = 6;

class Lint
{
public:
    std::vector<PortabilityFinding> all(const QJsonArray &tools)
    {
        if (tools.size() > mostTools)
            find(u"tool-count"_s, u"%1 tools; some clients take no more than %2"_s.arg(tools.size()).arg(mostTools));
        QSet<QString> names;
        qint64 bytes = 0;
        for (const QJsonValue &value : tools) {
            const QJsonObject tool = value.toObject();
            m_tool = tool[u"name"].toString();
            bytes += bytesForModel(tool);
            if (names.contains(m_tool))
                find(u"tool-name"_s, u"Another tool has the same name"_s);
            names.insert(m_tool);
            one(tool);
        }
        m_tool.clear();
        if (bytes > mostBytes)
            find(u"size"_s, u"A model reads %1 bytes of tools in every conversation; %2 are enough"_s.arg(bytes).arg(mostBytes));
        return std::move(m_findings);
    }

private:
    void find(const QString &rule, const QString &message) { m_findings.push_back({m_tool, rule, message}); }

    void one(const QJsonObject &tool)
    {
        static const QRegularExpression portable(u"\\A[a-z0-9_]{1,40}\\z"_s);
        if (!portable.match(m_tool).hasMatch())
            find(u"tool-name"_s, u"The name is to be 1 to 40 of a-z, 0-9 and _"_s);
        describe(tool[u"description"], u"The tool"_s);
        const QJsonValue schema = tool[u"inputSchema"];
        if (!schema.isObject() || schema[u"type"].toString() != u"object") {
            find(u"schema"_s, u"inputSchema is to be an object of \"type\": \"object\""_s);
            return;
        }
        for (const QString &combinator : {u"anyOf"_s, u"oneOf"_s, u"allOf"_s, u"not"_s, u"if"_s, u"enum"_s}) {
            if (schema.toObject().contains(combinator))
                find(u"combinator"_s, u"\"%1\" at the top of inputSchema; some providers refuse the whole request"_s.arg(combinator));
        }
        properties(schema.toObject(), {});
        walk(schema.toObject(), {}, 0);
    }

    void describe(const QJsonValue &description, const QString &what)
    {
        const qsizetype length = description.toString().trimmed().size();
        if (length == 0)
            find(u"description"_s, u"%1 has no description: a model has to guess"_s.arg(what));
        else if (length > longestDescription)
            find(u"description"_s, u"The description of %1 has %2 characters; %3 are read everywhere"_s.arg(what.toLower()).arg(length).arg(longestDescription));
    }

    void properties(const QJsonObject &schema, const QString &path)
    {
        static const QRegularExpression portable(u"\\A[A-Za-z0-9_.-]{1,%1}\\z"_s.arg(longestProperty));
        const QJsonObject all = schema[u"properties"].toObject();
        for (auto it = all.begin(); it != all.end(); ++it) {
            if (!portable.match(it.key()).hasMatch())
                find(u"property-name"_s, u"%1 is to be 1 to %2 of letters, digits, _, . and -"_s.arg(path + it.key().left(80)).arg(longestProperty));
            if (path.isEmpty())
                describe(it.value()[u"description"], u"Argument "_s + it.key().left(80));
        }
        const QJsonArray required = schema[u"required"].toArray();
        for (const QJsonValue &name : required) {
            if (!all.contains(name.toString()))
                find(u"required"_s, u"%1 is required but not described"_s.arg(path + name.toString().left(80)));
        }
    }

    void walk(const QJsonObject &schema, const QString &path, int depth)
    {
        if (depth > deepest) {
            find(u"depth"_s, u"%1 lies deeper than %2 levels"_s.arg(path).arg(deepest));
            return;
        }
        const QString place = path.isEmpty() ? u"inputSchema"_s : path;
        if (schema.contains(u"$ref") || schema.contains(u"$defs") || schema.contains(u"definitions"))
            find(u"ref"_s, u"%1 refers elsewhere; several clients follow no \"$ref\""_s.arg(place));
        checkType(schema[u"type"], place);
        if (schema[u"type"] == u"array"_s && !schema[u"items"].isObject())
            find(u"items"_s, u"%1 is an array of nobody knows what: \"items\" is missing"_s.arg(place));
        const QJsonObject all = schema[u"properties"].toObject();
        for (auto it = all.begin(); it != all.end(); ++it) {
            const QString name = path.isEmpty() ? it.key() : path + u'.' + it.key();
            if (!it.value().isObject())
                find(u"schema"_s, u"%1 is described by no object"_s.arg(name));
            else if (it.value()[u"type"].isUndefined() && it.value()[u"enum"].isUndefined() && it.value()[u"description"].toString().isEmpty())
                find(u"type"_s, u"%1 has no type, and no description says what it may be"_s.arg(name));
            if (!path.isEmpty() || depth > 0)
                continue;
            properties(it.value().toObject(), name + u'.');
        }
        for (auto it = all.begin(); it != all.end(); ++it)
            walk(it.value().toObject(), path.isEmpty() ? it.key() : path + u'.' + it.key(), depth + 1);
        if (schema[u"items"].isObject())
            walk(schema[u"items"].toObject(), path + u"[]"_s, depth + 1);
    }

    void checkType(const QJsonValue &type, const QString &place)
    {
        static const QStringList known{u"string"_s, u"number"_s, u"integer"_s, u"boolean"_s, u"object"_s, u"array"_s, u"null"_s};
        if (type.isArray())
            find(u"type"_s, u"%1 has several types; some providers take one only"_s.arg(place));
        else if (!type.isUndefined() && !known.contains(type.toString()))
            find(u"type"_s, u"%1 has an unknown type"_s.arg(place));
    }

    QString m_tool;
    std::vector<PortabilityFinding> m_findings;
};

} // namespace

std::vector<PortabilityFinding> portabilityFindings(const QJsonArray &tools)
{
    return Lint().all(tools);
}

} // namespace mcp
