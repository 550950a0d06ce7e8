// The words that input schemas of tools are written in.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

namespace mcp::tools {

using Properties = QList<std::pair<QString, QJsonObject>>;

inline QJsonObject text(const QString &description)
{
    return {{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("description"), description}};
}

inline QJsonObject choice(const QStringList &words, const QString &description)
{
    QJsonObject schema = text(description);
    schema[u"enum"] = QJsonArray::fromStringList(words);
    return schema;
}

inline QJsonObject whole(int least, int most, const QString &description)
{
    return {{QStringLiteral("type"), QStringLiteral("integer")},
            {QStringLiteral("minimum"), least},
            {QStringLiteral("maximum"), most},
            {QStringLiteral("description"), description}};
}

inline QJsonObject yesNo(const QString &description)
{
    return {{QStringLiteral("type"), QStringLiteral("boolean")}, {QStringLiteral("description"), description}};
}

inline QJsonObject object(const QString &description)
{
    return {{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("description"), description}};
}

inline QJsonObject texts(int most, const QString &description)
{
    return {{QStringLiteral("type"), QStringLiteral("array")},
            {QStringLiteral("items"), QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}}},
            {QStringLiteral("minItems"), 1},
            {QStringLiteral("maxItems"), most},
            {QStringLiteral("description"), description}};
}

inline QJsonObject objects(int most, const QString &description)
{
    QJsonObject schema = texts(most, description);
    schema[u"items"] = QJsonObject{{QStringLiteral("type"), QStringLiteral("object")}};
    return schema;
}

// The schema of a tool's arguments; nothing but these is taken.
inline QJsonObject arguments(const Properties &properties, const QStringList &required = {})
{
    QJsonObject all;
    for (const auto &[name, schema] : properties)
        all[name] = schema;
    QJsonObject json{{QStringLiteral("type"), QStringLiteral("object")},
                     {QStringLiteral("properties"), all},
                     {QStringLiteral("additionalProperties"), false}};
    if (!required.isEmpty())
        json[u"required"] = QJsonArray::fromStringList(required);
    return json;
}

} // namespace mcp::tools
