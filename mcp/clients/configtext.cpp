#include "mcp/clients/configtext.h"

#include "mcp/clients/textplace.h"
#include "mcp/clients/tomltext.h"
#include "mcp/clients/yamltext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

using Format = EntryPlace::Format;

Result<QJsonObject> contentOf(const QByteArray &text, Format format)
{
    if (isBlank(text))
        return QJsonObject();
    if (format == Format::Toml)
        return readToml(text);
    if (format == Format::Yaml)
        return readYaml(text);
    const Result<JsonNode> root = readJson(text);
    if (!root)
        return Failure(root.error());
    if (root->kind != JsonNode::Kind::Object)
        return Failure(faultAt(text, root->begin, u"the file should hold an object, { … }"_s));
    return valueOf(*root).toObject();
}

QJsonValue without(const QJsonValue &content, QStringList key, const EntryPlace &place)
{
    if (key.isEmpty() && place.isList) {
        QJsonArray kept;
        for (const QJsonValue &element : content.toArray()) {
            if (element[u"name"_s].toString() != place.name)
                kept << element;
        }
        return kept.isEmpty() ? QJsonValue() : QJsonValue(kept);
    }
    QJsonObject object = content.toObject();
    if (key.isEmpty()) {
        object.remove(place.name);
    } else if (object.contains(key.first())) {
        const QString first = key.takeFirst();
        const QJsonValue inner = without(object[first], key, place);
        object[first] = inner;
        if (inner.isNull()) // what held nothing else may come and go
            object.remove(first);
    }
    return object.isEmpty() ? QJsonValue() : QJsonValue(object);
}

std::optional<QJsonObject> entryOf(const QJsonObject &content, const EntryPlace &place)
{
    QJsonValue found = content;
    for (const QString &key : place.key)
        found = found[key];
    if (place.isList) {
        for (const QJsonValue &element : found.toArray()) {
            if (element[u"name"_s].toString() == place.name)
                return element.toObject();
        }
        return {};
    }
    if (!found.toObject().contains(place.name))
        return {};
    return found[place.name].toObject();
}

// The servers' place holds something else than servers.
std::optional<Error> oddity(const QJsonObject &content, const EntryPlace &place)
{
    QJsonValue found = content;
    for (const QString &key : place.key)
        found = found[key];
    const bool isGood = found.isUndefined() || (place.isList ? found.isArray() : found.isObject()) || (place.format == Format::Yaml && found.isNull());
    if (isGood)
        return {};
    return Error{Error::Kind::Validation, u"%1 should hold the MCP servers, but holds something else"_s.arg(place.key.join(u'.'))};
}

Result<QByteArray> checked(const QByteArray &before, const Result<QByteArray> &after, const EntryPlace &place, const std::vector<JsonNode> *fields)
{
    if (!after)
        return after;
    const Result<QJsonObject> old = contentOf(before, place.format);
    const Result<QJsonObject> now = contentOf(*after, place.format);
    bool isGood = old && now && without(*old, place.key, place) == without(*now, place.key, place);
    if (isGood && fields) {
        const std::optional<QJsonObject> entry = entryOf(*now, place);
        isGood = entry.has_value();
        for (const JsonNode &field : *fields)
            isGood = isGood && asWritten((*entry)[field.key]) == asWritten(valueOf(field));
    } else if (isGood) {
        isGood = !entryOf(*now, place);
    }
    if (isGood)
        return after;
    return Failure({Error::Kind::Validation, u"The entry cannot be edited here without touching something else"_s, u"Change the file by hand"_s});
}

} // namespace

Result<std::optional<QJsonObject>> entryIn(const QByteArray &text, const EntryPlace &place)
{
    const Result<QJsonObject> content = contentOf(text, place.format);
    if (!content)
        return Failure(content.error());
    return entryOf(*content, place);
}

Result<QByteArray> withEntry(const QByteArray &text, const EntryPlace &place, const std::vector<JsonNode> &fields, const QStringList &obsolete)
{
    const Result<QJsonObject> content = contentOf(text, place.format);
    if (!content)
        return Failure(content.error());
    if (const std::optional<Error> odd = oddity(*content, place))
        return Failure(*odd);
    const QStringList path = place.key + QStringList{place.name};
    if (place.format == Format::Toml)
        return checked(text, withTomlTable(text, path, fields, obsolete), place, &fields);
    if (place.format == Format::Yaml)
        return checked(text, withYamlEntry(text, {place.key.first(), place.isList, place.name}, fields, obsolete), place, &fields);
    Result<QByteArray> edited = withMembers(text, path, fields);
    for (const QString &gone : obsolete) {
        if (edited)
            edited = withoutMember(*edited, path + QStringList{gone});
    }
    return checked(text, edited, place, &fields);
}

Result<QByteArray> withoutEntry(const QByteArray &text, const EntryPlace &place)
{
    const QStringList path = place.key + QStringList{place.name};
    const Result<QJsonObject> content = contentOf(text, place.format);
    if (!content)
        return Failure(content.error());
    if (!entryOf(*content, place))
        return text;
    if (place.format == Format::Toml)
        return checked(text, withoutTomlTable(text, path), place, nullptr);
    if (place.format == Format::Yaml)
        return checked(text, withoutYamlEntry(text, {place.key.first(), place.isList, place.name}), place, nullptr);
    return checked(text, withoutMember(text, path), place, nullptr);
}

} // namespace mcp
