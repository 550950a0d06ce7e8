// toml++ takes long to compile and stays in this file.
#include "mcp/clients/tomltext.h"

#include "mcp/clients/textplace.h"

#include <QJsonArray>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

struct Span {
    qsizetype begin = 0;
    qsizetype end = 0;
};

Result<toml::table> parsed(const QByteArray &text)
{
    toml::parse_result result = toml::parse(std::string_view(text.constData(), size_t(text.size())));
    if (result)
        return std::move(result).table();
    const toml::source_position at = result.error().source().begin;
    return Failure(faultAt(qsizetype(at.line), qsizetype(at.column), QString::fromUtf8(result.error().description())));
}

// toml++ counts characters, we count bytes.
qsizetype byteAt(const QByteArray &text, toml::source_position position)
{
    qsizetype at = beginOfLine(text, position.line);
    if (at == 0 && text.startsWith(byteOrderMark))
        at = byteOrderMark.size();
    for (toml::source_index column = 1; column < position.column && at < text.size(); ++column) {
        ++at;
        while (at < text.size() && (uchar(text[at]) & 0xC0) == 0x80)
            ++at;
    }
    return at;
}

Span spanOf(const QByteArray &text, const toml::node &node)
{
    return {byteAt(text, node.source().begin), byteAt(text, node.source().end)};
}

const toml::table *tableAt(const toml::table &root, const QStringList &path)
{
    const toml::table *table = &root;
    for (const QString &key : path) {
        const toml::node *next = table->get(key.toStdString());
        table = next ? next->as_table() : nullptr;
        if (!table)
            return nullptr;
    }
    return table;
}

bool hasHeader(const QByteArray &text, const toml::table &table)
{
    return !table.is_inline() && text.mid(spanOf(text, table).begin, 1) == "[";
}

Error byHand(const QByteArray &text, const toml::table &table, const QStringList &path)
{
    return faultAt(text, spanOf(text, table).begin, u"%1 is written in a way that cannot be edited here; change or remove it by hand"_s.arg(path.join(u'.')));
}

QByteArray valueText(const JsonNode &node)
{
    if (node.kind != JsonNode::Kind::Object)
        return writtenCompactly(node);
    QByteArrayList parts;
    for (const JsonNode &child : node.children)
        parts << QByteArray(child.key.toUtf8() + " = " + valueText(child));
    return parts.isEmpty() ? QByteArray("{}") : QByteArray("{ " + parts.join(", ") + " }");
}

QJsonValue valueOfNode(const toml::node &node)
{
    if (const toml::table *table = node.as_table()) {
        QJsonObject object;
        for (const auto &[key, value] : *table)
            object[QString::fromUtf8(key.str().data(), qsizetype(key.str().size()))] = valueOfNode(value);
        return object;
    }
    if (const toml::array *array = node.as_array()) {
        QJsonArray list;
        for (const toml::node &element : *array)
            list << valueOfNode(element);
        return list;
    }
    if (const auto text = node.value_exact<std::string>())
        return QString::fromStdString(*text);
    if (const auto flag = node.value_exact<bool>())
        return *flag;
    if (const auto number = node.value_exact<int64_t>())
        return qint64(*number);
    if (const auto number = node.value_exact<double>())
        return *number;
    std::ostringstream other; // dates and times
    node.visit([&other](const auto &value) {
        if constexpr (toml::is_chronological<decltype(value)>)
            other << value.get();
    });
    return QString::fromStdString(other.str());
}

qsizetype endOfLine(const QByteArray &text, qsizetype at)
{
    const qsizetype end = text.indexOf('\n', at);
    return end < 0 ? text.size() : end + 1;
}

// The end of what belongs to the table's own section: its header, its values, what dotted keys made of it.
qsizetype endOfSection(const QByteArray &text, const toml::table &table)
{
    qsizetype end = spanOf(text, table).end;
    for (const auto &[key, value] : table) {
        const toml::table *inner = value.as_table();
        const bool isOwn = !(inner && hasHeader(text, *inner)) && !(value.is_array_of_tables());
        if (isOwn)
            end = std::max(end, inner && !inner->is_inline() ? endOfSection(text, *inner) : spanOf(text, value).end);
    }
    return end;
}

// Whole lines of the table's section and of the sections below it.
void collectSections(const QByteArray &text, const toml::table &table, std::vector<Span> &spans)
{
    if (hasHeader(text, table)) {
        const qsizetype begin = spanOf(text, table).begin;
        spans.push_back({text.lastIndexOf('\n', begin) + 1, endOfLine(text, endOfSection(text, table))});
    }
    for (const auto &[key, value] : table) {
        if (const toml::table *inner = value.as_table())
            collectSections(text, *inner, spans);
    }
}

void removeLines(QByteArray &text, Span lines)
{
    // One of the two blank lines around it goes with it.
    const QByteArray before = text.first(lines.begin);
    const bool blankBefore = before.endsWith("\n\n") || before.endsWith("\n\r\n");
    const bool blankAfter = lines.end >= text.size() || text[lines.end] == '\n' || text.mid(lines.end, 2) == "\r\n";
    if (blankBefore && blankAfter)
        lines.begin -= before.endsWith("\r\n") ? 2 : 1;
    text.remove(lines.begin, lines.end - lines.begin);
}

Result<QByteArray> appended(QByteArray text, const QStringList &path, const std::vector<JsonNode> &members)
{
    const QByteArray lineEnd = styleOf(text).lineEnd;
    if (!isBlank(text)) {
        if (!text.endsWith('\n'))
            text += lineEnd;
        text += lineEnd;
    }
    text += "[" + path.join(u'.').toUtf8() + "]" + lineEnd;
    for (const JsonNode &member : members)
        text += member.key.toUtf8() + " = " + valueText(member) + lineEnd;
    return text;
}

Result<QByteArray> withMember(QByteArray text, const QStringList &path, const JsonNode &member)
{
    const Result<toml::table> root = parsed(text);
    if (!root)
        return Failure(root.error());
    const toml::table &table = *tableAt(*root, path);
    const toml::node *before = table.get(member.key.toStdString());
    if (before && valueOfNode(*before) == valueOf(member))
        return text;
    const QByteArray line = QByteArray(member.key.toUtf8() + " = " + valueText(member));
    if (before && !(before->is_table() && !before->as_table()->is_inline())) {
        const Span span = spanOf(text, *before);
        text.replace(span.begin, span.end - span.begin, valueText(member));
    } else if (!before && table.is_inline()) {
        text.insert(spanOf(text, table).begin + 1, QByteArray(" " + line + (table.empty() ? " " : ",")));
    } else if (!before && hasHeader(text, table)) {
        const qsizetype end = endOfLine(text, endOfSection(text, table));
        const QByteArray lineEnd = styleOf(text).lineEnd;
        text.insert(end, QByteArray((end > 0 && text[end - 1] != '\n' ? lineEnd : QByteArray()) + line + lineEnd));
    } else {
        return Failure(byHand(text, table, path));
    }
    return text;
}

Result<QByteArray> withoutKey(QByteArray text, const QStringList &path, const QString &key)
{
    const Result<toml::table> root = parsed(text);
    if (!root)
        return Failure(root.error());
    const toml::table *table = tableAt(*root, path);
    const auto found = table ? table->find(key.toStdString()) : toml::table::const_iterator();
    if (!table || found == table->cend())
        return text;
    const qsizetype keyBegin = byteAt(text, found->first.source().begin);
    const qsizetype lineBegin = keyBegin > 0 ? text.lastIndexOf('\n', keyBegin - 1) + 1 : 0;
    const bool isInline = table->is_inline() || (found->second.is_table() && !found->second.as_table()->is_inline());
    if (isInline || !text.mid(lineBegin, keyBegin - lineBegin).trimmed().isEmpty())
        return Failure(byHand(text, *table, path));
    text.remove(lineBegin, endOfLine(text, spanOf(text, found->second).end) - lineBegin);
    return text;
}

} // namespace

Result<QJsonObject> readToml(const QByteArray &text)
{
    const Result<toml::table> root = parsed(text);
    if (!root)
        return Failure(root.error());
    return valueOfNode(*root).toObject();
}

Result<QByteArray> withTomlTable(const QByteArray &text, const QStringList &path, const std::vector<JsonNode> &members, const QStringList &obsolete)
{
    const Result<toml::table> root = parsed(text);
    if (!root)
        return Failure(root.error());
    if (!tableAt(*root, path))
        return appended(text, path, members);
    Result<QByteArray> edited = text;
    for (const QString &key : obsolete) {
        if (edited)
            edited = withoutKey(*edited, path, key);
    }
    for (const JsonNode &member : members) {
        if (edited)
            edited = withMember(*edited, path, member);
    }
    return edited;
}

Result<QByteArray> withoutTomlTable(const QByteArray &before, const QStringList &path)
{
    const Result<toml::table> root = parsed(before);
    if (!root)
        return Failure(root.error());
    const toml::table *table = tableAt(*root, path);
    if (!table)
        return before;
    if (table->is_inline())
        return withoutKey(before, path.first(path.size() - 1), path.back());
    QByteArray text = before;
    std::vector<Span> sections;
    collectSections(text, *table, sections);
    if (sections.empty())
        return Failure(byHand(text, *table, path));
    std::sort(sections.begin(), sections.end(), [](const Span &a, const Span &b) { return a.begin > b.begin; });
    for (const Span &section : sections)
        removeLines(text, section);
    return text;
}

} // namespace mcp
