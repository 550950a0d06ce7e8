// yaml-cpp throws; its exceptions end in this file.
#include "mcp/clients/yamltext.h"

#include "mcp/clients/textplace.h"

#include <QJsonArray>
#include <QRegularExpression>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include <yaml-cpp/yaml.h>
#pragma GCC diagnostic pop

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int deepest = 100;

// Lines of the text, from 1; the last one is not included.
struct Lines {
    qsizetype begin = 0;
    qsizetype end = 0;
};

Result<YAML::Node> parsed(const QByteArray &text)
{
    try {
        std::vector<YAML::Node> documents = YAML::LoadAll(text.toStdString());
        if (documents.size() > 1)
            return Failure(faultAt(1, 1, u"the file holds several documents, and which counts is not known"_s));
        YAML::Node root = documents.empty() ? YAML::Node(YAML::NodeType::Map) : documents.front();
        if (root.IsNull())
            root = YAML::Node(YAML::NodeType::Map);
        if (!root.IsMap())
            return Failure(faultAt(1, 1, u"the file should be a map"_s));
        return root;
    } catch (const YAML::Exception &exception) {
        return Failure(faultAt(exception.mark.line + 1, exception.mark.column + 1, QString::fromStdString(exception.msg)));
    }
}

qsizetype lineOf(const YAML::Node &node) { return node.Mark().line + 1; }

Result<QJsonValue> valueOfNode(const YAML::Node &node, int depth = 0)
{
    if (depth > deepest)
        return Failure(faultAt(lineOf(node), node.Mark().column + 1, u"nested too deeply"_s));
    if (node.IsScalar())
        return QJsonValue(QString::fromStdString(node.Scalar()));
    QJsonArray list;
    QJsonObject object;
    for (const auto &child : node) {
        const Result<QJsonValue> value = valueOfNode(node.IsMap() ? child.second : YAML::Node(child), depth + 1);
        if (!value)
            return Failure(value.error());
        if (node.IsMap())
            object[child.first.IsScalar() ? QString::fromStdString(child.first.Scalar()) : u"?"_s] = *value;
        else
            list << *value;
    }
    return node.IsMap() ? QJsonValue(object) : node.IsSequence() ? QJsonValue(list) : QJsonValue();
}

struct Found {
    YAML::Node key; // of a member of a map
    YAML::Node value;
    qsizetype nextLine = 0; // of what follows in the same map or list; 0: it is the last
};

std::optional<Found> memberOf(const YAML::Node &map, const QString &name)
{
    std::optional<Found> found;
    if (!map.IsMap())
        return found;
    for (const auto &child : map) {
        if (found) {
            found->nextLine = lineOf(child.first);
            return found;
        }
        if (child.first.IsScalar() && child.first.Scalar() == name.toStdString())
            found = Found{child.first, child.second};
    }
    return found;
}

std::optional<Found> elementOf(const YAML::Node &list, const QString &name)
{
    std::optional<Found> found;
    if (!list.IsSequence())
        return found;
    for (const YAML::Node &child : list) {
        if (found) {
            found->nextLine = lineOf(child);
            return found;
        }
        const std::optional<Found> named = memberOf(child, u"name"_s);
        if (named && named->value.IsScalar() && named->value.Scalar() == name.toStdString())
            found = Found{{}, child};
    }
    return found;
}

std::optional<Found> entryOf(const YAML::Node &container, const YamlPlace &place)
{
    return place.isList ? elementOf(container, place.name) : memberOf(container, place.name);
}

QByteArray lineAt(const QByteArray &text, qsizetype line)
{
    const qsizetype begin = beginOfLine(text, line);
    const qsizetype end = text.indexOf('\n', begin);
    return text.mid(begin, end < 0 ? -1 : end - begin);
}

qsizetype lineCount(const QByteArray &text) { return text.count('\n') + (text.endsWith('\n') || text.isEmpty() ? 0 : 1); }

// Blank lines at the end, and comments that stand left of the indent, belong to what follows.
Lines trimmed(const QByteArray &text, Lines lines, qsizetype indent)
{
    while (lines.end > lines.begin + 1) {
        const QByteArray line = lineAt(text, lines.end - 1);
        const QByteArray content = line.trimmed();
        const bool isOurs = !content.isEmpty() && !(content.startsWith('#') && line.indexOf('#') < indent) && content != "..." && content != "---";
        if (isOurs)
            break;
        --lines.end;
    }
    return lines;
}

Lines linesOf(const QByteArray &text, qsizetype first, qsizetype next, qsizetype outerNext, qsizetype indent)
{
    const qsizetype end = next > 0 ? next : outerNext > 0 ? outerNext : lineCount(text) + 1;
    return trimmed(text, {first, end}, indent);
}

QByteArray scalar(const JsonNode &node)
{
    static const QRegularExpression plain(u"^[A-Za-z/_][A-Za-z0-9/._-]*$"_s);
    static const QStringList meant{u"true"_s, u"false"_s, u"yes"_s, u"no"_s, u"on"_s, u"off"_s, u"null"_s, u"y"_s, u"n"_s};
    const bool isPlain = node.kind == JsonNode::Kind::Text && plain.match(node.text).hasMatch() && !meant.contains(node.text.toLower());
    return isPlain ? node.text.toUtf8() : writtenCompactly(node);
}

QByteArray memberLine(const JsonNode &member, const QByteArray &indent, const QByteArray &lineEnd)
{
    return QByteArray(indent + member.key.toUtf8() + ": " + scalar(member) + lineEnd);
}

// A whole entry; before: what stands before it on its first line, such as "- ".
QByteArray entryText(const YamlPlace &place, const std::vector<JsonNode> &members, const QByteArray &indent, const TextStyle &style)
{
    QByteArray text;
    if (!place.isList) {
        text = indent + place.name.toUtf8() + ":" + style.lineEnd;
        for (const JsonNode &member : members)
            text += memberLine(member, QByteArray(indent + style.unit), style.lineEnd);
        return text;
    }
    text = indent + "- name: " + place.name.toUtf8() + style.lineEnd;
    for (const JsonNode &member : members)
        text += memberLine(member, QByteArray(indent + "  "), style.lineEnd);
    return text;
}

void insertLines(QByteArray &text, qsizetype line, const QByteArray &added)
{
    const qsizetype at = beginOfLine(text, line);
    const bool breaks = at > 0 && text[at - 1] != '\n';
    text.insert(at, QByteArray((breaks ? styleOf(text).lineEnd : QByteArray()) + added));
}

void removeLines(QByteArray &text, Lines lines)
{
    const qsizetype begin = beginOfLine(text, lines.begin);
    text.remove(begin, beginOfLine(text, lines.end) - begin);
}

// Tabs do not indent in YAML.
TextStyle yamlStyle(const QByteArray &text)
{
    TextStyle style = styleOf(text);
    if (style.unit.contains('\t') || style.unit.isEmpty())
        style.unit = "  ";
    return style;
}

bool isFlow(const QByteArray &text, const YAML::Node &node)
{
    const QByteArray first = lineAt(text, lineOf(node)).mid(node.Mark().column, 1);
    return node.Style() == YAML::EmitterStyle::Flow || first == "{" || first == "[";
}

Error byHand(const YAML::Node &node, const QString &what)
{
    return faultAt(lineOf(node), node.Mark().column + 1, u"%1 is written in a way that cannot be edited here; change or remove it by hand"_s.arg(what));
}

Result<QByteArray> withNewEntry(QByteArray text, const YAML::Node &root, const YamlPlace &place, const std::vector<JsonNode> &members)
{
    const TextStyle style = yamlStyle(text);
    const std::optional<Found> container = memberOf(root, place.key);
    if (!container) {
        const QByteArray added = QByteArray(place.key.toUtf8() + ":" + style.lineEnd + entryText(place, members, style.unit, style));
        insertLines(text, trimmed(text, {0, lineCount(text) + 1}, 0).end, added);
        return text;
    }
    const bool isEmpty = container->value.IsNull() || ((container->value.IsMap() || container->value.IsSequence()) && container->value.size() == 0);
    if (isEmpty) {
        // "extensions:", "extensions: {}", "extensions: null"; a comment after it stays.
        const qsizetype line = lineOf(container->key);
        static const QRegularExpression empty(u"^([^#]*?:)[ \\t]*(\\{[ ]*\\}|\\[[ ]*\\]|null|~)?([ \\t]*(#.*)?\\r?)$"_s);
        const QRegularExpressionMatch match = empty.match(QString::fromUtf8(lineAt(text, line)));
        if (!match.hasMatch())
            return Failure(byHand(container->key, place.key));
        text.replace(beginOfLine(text, line), lineAt(text, line).size(), QString(match.captured(1) + match.captured(3)).toUtf8());
        insertLines(text, line + 1, entryText(place, members, style.unit, style));
        return text;
    }
    if ((place.isList && !container->value.IsSequence()) || (!place.isList && !container->value.IsMap()) || isFlow(text, container->value))
        return Failure(byHand(container->key, place.key));
    const qsizetype column = container->value.Mark().column; // of the first entry: its key, or its dash
    const Lines lines = linesOf(text, lineOf(container->key), container->nextLine, 0, column);
    insertLines(text, lines.end, entryText(place, members, QByteArray(column, ' '), style));
    return text;
}

Result<QByteArray> withMember(QByteArray text, const YamlPlace &place, const QString &key, const JsonNode *member)
{
    const Result<YAML::Node> root = parsed(text);
    if (!root)
        return Failure(root.error());
    const Found container = *memberOf(*root, place.key);
    const Found entry = *entryOf(container.value, place);
    const qsizetype after = entry.nextLine > 0 ? entry.nextLine : container.nextLine;
    if (!entry.value.IsMap() || entry.value.size() == 0 || isFlow(text, entry.value) || isFlow(text, container.value))
        return Failure(byHand(entry.value, place.name));
    const QByteArray indent(entry.value.Mark().column, ' ');
    const QByteArray lineEnd = yamlStyle(text).lineEnd;
    const std::optional<Found> before = memberOf(entry.value, key);
    if (!before) {
        if (member)
            insertLines(text, linesOf(text, lineOf(entry.value), 0, after, indent.size()).end, memberLine(*member, indent, lineEnd));
        return text;
    }
    const Result<QJsonValue> value = valueOfNode(before->value);
    if (member && value && asWritten(*value) == asWritten(valueOf(*member)))
        return text;
    const Lines lines = linesOf(text, lineOf(before->key), before->nextLine, after, indent.size() + 1);
    const QByteArray firstLine = lineAt(text, lines.begin);
    const QByteArray start = firstLine.first(before->key.Mark().column); // blanks, or the dash of a list
    if (!member && !start.trimmed().isEmpty())
        return Failure(byHand(before->key, key));
    removeLines(text, lines);
    if (member)
        insertLines(text, lines.begin, QByteArray(start + memberLine(*member, {}, lineEnd)));
    return text;
}

} // namespace

QJsonValue asWritten(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue &element : value.toArray())
            list << asWritten(element);
        return list;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            *member = asWritten(*member);
        return object;
    }
    return value.isNull() ? value : QJsonValue(value.toVariant().toString());
}

Result<QJsonObject> readYaml(const QByteArray &text)
{
    const Result<YAML::Node> root = parsed(text);
    if (!root)
        return Failure(root.error());
    const Result<QJsonValue> value = valueOfNode(*root);
    if (!value)
        return Failure(value.error());
    return value->toObject();
}

Result<QByteArray> withYamlEntry(const QByteArray &text, const YamlPlace &place, const std::vector<JsonNode> &members, const QStringList &obsolete)
{
    const Result<YAML::Node> root = parsed(text);
    if (!root)
        return Failure(root.error());
    const std::optional<Found> container = memberOf(*root, place.key);
    if (!container || !entryOf(container->value, place))
        return withNewEntry(text, *root, place, members);
    Result<QByteArray> edited = text;
    for (const JsonNode &member : members) {
        if (edited)
            edited = withMember(*edited, place, member.key, &member);
    }
    for (const QString &key : obsolete) {
        if (edited)
            edited = withMember(*edited, place, key, nullptr);
    }
    return edited;
}

Result<QByteArray> withoutYamlEntry(const QByteArray &before, const YamlPlace &place)
{
    QByteArray text = before;
    const Result<YAML::Node> root = parsed(text);
    if (!root)
        return Failure(root.error());
    const std::optional<Found> container = memberOf(*root, place.key);
    const std::optional<Found> entry = container ? entryOf(container->value, place) : std::nullopt;
    if (!entry)
        return text;
    if (isFlow(text, container->value))
        return Failure(byHand(container->key, place.key));
    const qsizetype first = place.isList ? lineOf(entry->value) : lineOf(entry->key);
    removeLines(text, linesOf(text, first, entry->nextLine, container->nextLine, container->value.Mark().column + 1));
    if (container->value.size() == 1) {
        const qsizetype colon = text.indexOf(':', beginOfLine(text, lineOf(container->key)) + container->key.Mark().column);
        text.insert(colon + 1, place.isList ? " []" : " {}");
    }
    return text;
}

} // namespace mcp
