#include "mcp/clients/jsontext.h"

#include "mcp/clients/textplace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int deepest = 200;

class Reader
{
public:
    explicit Reader(const QByteArray &text)
        : m_text(text)
    {
    }

    Result<JsonNode> read()
    {
        if (m_text.startsWith(byteOrderMark))
            m_at = byteOrderMark.size();
        JsonNode root;
        if (!skip() || !value(root, 0) || !skip())
            return Failure(m_error);
        if (!isAtEnd()) {
            fail(u"nothing may follow after the end of the value"_s);
            return Failure(m_error);
        }
        return root;
    }

private:
    bool isAtEnd() const { return m_at >= m_text.size(); }
    char peek() const { return isAtEnd() ? '\0' : m_text[m_at]; }

    bool fail(const QString &what)
    {
        m_error = faultAt(m_text, m_at, what);
        return false;
    }

    // Blanks and comments.
    bool skip()
    {
        while (!isAtEnd()) {
            const char c = peek();
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                ++m_at;
            } else if (m_text.mid(m_at, 2) == "//") {
                const qsizetype end = m_text.indexOf('\n', m_at);
                m_at = end < 0 ? m_text.size() : end;
            } else if (m_text.mid(m_at, 2) == "/*") {
                const qsizetype end = m_text.indexOf("*/", m_at + 2);
                if (end < 0)
                    return fail(u"this comment is not closed"_s);
                m_at = end + 2;
            } else {
                break;
            }
        }
        return true;
    }

    bool value(JsonNode &node, int depth)
    {
        if (depth > deepest)
            return fail(u"nested deeper than %1 levels"_s.arg(deepest));
        node.begin = m_at;
        bool isGood = false;
        if (peek() == '{')
            isGood = container(node, '}', depth);
        else if (peek() == '[')
            isGood = container(node, ']', depth);
        else if (peek() == '"')
            isGood = string(node.kind, node.text);
        else
            isGood = word(node);
        node.end = m_at;
        return isGood;
    }

    bool container(JsonNode &node, char close, int depth)
    {
        node.kind = close == '}' ? JsonNode::Kind::Object : JsonNode::Kind::Array;
        ++m_at;
        while (true) {
            if (!skip())
                return false;
            if (peek() == close) {
                ++m_at;
                return true;
            }
            JsonNode child;
            child.keyBegin = m_at;
            if (close == '}' && !key(child))
                return false;
            if (!value(child, depth + 1) || !skip())
                return false;
            node.children.push_back(std::move(child));
            if (peek() == ',')
                ++m_at;
            else if (peek() != close)
                return fail(isAtEnd() ? u"the text ends here, within %1"_s.arg(close == '}' ? u"an object"_s : u"a list"_s) : u"a comma or %1 should stand here"_s.arg(QLatin1Char(close)));
        }
    }

    bool key(JsonNode &node)
    {
        JsonNode::Kind kind = {};
        if (peek() != '"')
            return fail(isAtEnd() ? u"the text ends here, within an object"_s : u"a key in double quotes should stand here"_s);
        if (!string(kind, node.key) || !skip())
            return false;
        if (peek() != ':')
            return fail(u"a colon should stand here, after the key"_s);
        ++m_at;
        return skip();
    }

    bool string(JsonNode::Kind &kind, QString &content)
    {
        kind = JsonNode::Kind::Text;
        const qsizetype begin = m_at;
        ++m_at;
        while (!isAtEnd() && peek() != '"' && peek() != '\n')
            m_at += peek() == '\\' ? 2 : 1;
        if (isAtEnd() || peek() != '"') {
            m_at = begin;
            return fail(u"this text is not closed on its line"_s);
        }
        ++m_at;
        // Qt knows escapes and what is no UTF-8.
        QJsonParseError parse;
        const QJsonDocument document = QJsonDocument::fromJson(QByteArray("[" + m_text.mid(begin, m_at - begin) + "]"), &parse);
        if (parse.error != QJsonParseError::NoError) {
            m_at = begin;
            return fail(u"this text cannot be read: %1"_s.arg(parse.errorString()));
        }
        content = document.array().first().toString();
        return true;
    }

    bool word(JsonNode &node)
    {
        node.kind = JsonNode::Kind::Word;
        const qsizetype begin = m_at;
        const auto belongs = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 'E' || c == '+' || c == '-' || c == '.'; };
        while (!isAtEnd() && belongs(peek()))
            ++m_at;
        const QByteArray text = m_text.mid(begin, m_at - begin);
        QJsonParseError parse;
        QJsonDocument::fromJson(QByteArray("[" + text + "]"), &parse);
        if (text.isEmpty() || parse.error != QJsonParseError::NoError) {
            m_at = begin;
            return fail(isAtEnd() ? u"the text ends here, where a value should stand"_s : u"a value should stand here"_s);
        }
        node.text = QString::fromLatin1(text);
        return true;
    }

    const QByteArray m_text;
    qsizetype m_at = 0;
    Error m_error;
};

QByteArray quoted(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

// Where the blanks and comments after a value end that stand on its line.
qsizetype endOfLineAfter(const QByteArray &text, qsizetype at)
{
    while (at < text.size()) {
        if (text[at] == ' ' || text[at] == '\t') {
            ++at;
        } else if (text.mid(at, 2) == "//") {
            const qsizetype end = text.indexOf('\n', at);
            at = end < 0 ? text.size() : end;
            return at > 0 && text[at - 1] == '\r' ? at - 1 : at;
        } else if (text.mid(at, 2) == "/*" && text.indexOf("*/", at + 2) >= 0 && text.mid(at, text.indexOf("*/", at + 2) - at).count('\n') == 0) {
            at = text.indexOf("*/", at + 2) + 2;
        } else {
            return at;
        }
    }
    return at;
}

// Of the comma after a value, behind blanks and comments; -1: there is none.
qsizetype commaAfter(const QByteArray &text, qsizetype at)
{
    while (at < text.size()) {
        const char c = text[at];
        if (c == ',')
            return at;
        if (text.mid(at, 2) == "//") {
            const qsizetype end = text.indexOf('\n', at);
            at = end < 0 ? text.size() : end;
        } else if (text.mid(at, 2) == "/*") {
            at = text.indexOf("*/", at + 2) + 2;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++at;
        } else {
            return -1;
        }
    }
    return -1;
}

bool isOnOneLine(const QByteArray &text, const JsonNode &node)
{
    return text.mid(node.begin, node.end - node.begin).count('\n') == 0;
}

QByteArray memberText(const JsonNode &member, const TextStyle &style, const QByteArray &indent, bool isCompact)
{
    return QByteArray(quoted(member.key) + ": " + (isCompact ? writtenCompactly(member) : written(member, style.unit, indent, style.lineEnd)));
}

// A further member of an object that has some.
void append(QByteArray &text, const JsonNode &object, const JsonNode &member, const TextStyle &style)
{
    const JsonNode &last = object.children.back();
    const qsizetype comma = commaAfter(text, last.end);
    if (isOnOneLine(text, object)) {
        text.insert(comma < 0 ? last.end : comma + 1, QByteArray((comma < 0 ? ", " : " ") + memberText(member, style, {}, true) + (comma < 0 ? "" : ",")));
        return;
    }
    const QByteArray indent = indentAt(text, object.children.front().keyBegin);
    const QByteArray added = QByteArray(style.lineEnd + indent + memberText(member, style, indent, false) + (comma < 0 ? "" : ","));
    text.insert(endOfLineAfter(text, comma < 0 ? last.end : comma + 1), added);
    if (comma < 0)
        text.insert(last.end, ',');
}

void fill(QByteArray &text, const JsonNode &object, const JsonNode &member, const TextStyle &style, bool isCompact)
{
    QByteArray inner = text.mid(object.begin + 1, object.end - object.begin - 2);
    const bool hasComment = !inner.trimmed().isEmpty();
    while (!inner.isEmpty() && (inner.back() == ' ' || inner.back() == '\t' || inner.back() == '\n' || inner.back() == '\r'))
        inner.chop(1);
    const QByteArray base = indentAt(text, object.begin);
    const QByteArray indent = base + style.unit;
    const QByteArray filling = isCompact && !hasComment ? memberText(member, style, {}, true)
                                                        : QByteArray(inner + style.lineEnd + indent + memberText(member, style, indent, false) + style.lineEnd + base);
    text.replace(object.begin + 1, object.end - object.begin - 2, filling);
}

const JsonNode *at(const JsonNode &root, const QStringList &path)
{
    const JsonNode *node = &root;
    for (const QString &key : path) {
        node = node->kind == JsonNode::Kind::Object ? node->member(key) : nullptr;
        if (!node)
            return nullptr;
    }
    return node;
}

JsonNode objectOf(const QString &key, std::vector<JsonNode> members)
{
    JsonNode node;
    node.key = key;
    node.children = std::move(members);
    return node;
}

// The member at path is put in or gets the value; all of the path but its end exists.
void place(QByteArray &text, const JsonNode &root, const JsonNode &object, const JsonNode &member)
{
    const TextStyle style = styleOf(text);
    const JsonNode *before = object.member(member.key);
    const bool isCompact = isOnOneLine(text, root) && !root.children.empty();
    if (before && valueOf(*before) == valueOf(member))
        return;
    if (before) {
        const bool staysCompact = isOnOneLine(text, object);
        const QByteArray indent = indentAt(text, before->keyBegin);
        text.replace(before->begin, before->end - before->begin, staysCompact ? writtenCompactly(member) : written(member, style.unit, indent, style.lineEnd));
    } else if (object.children.empty()) {
        fill(text, object, member, style, isCompact);
    } else {
        append(text, object, member, style);
    }
}

} // namespace

const JsonNode *JsonNode::member(const QString &name) const
{
    const auto found = std::find_if(children.rbegin(), children.rend(), [&](const JsonNode &child) { return child.key == name; });
    return kind != Kind::Object || found == children.rend() ? nullptr : &*found;
}

Result<JsonNode> readJson(const QByteArray &text) { return Reader(text).read(); }

QJsonValue valueOf(const JsonNode &node)
{
    if (node.kind == JsonNode::Kind::Text)
        return node.text;
    if (node.kind == JsonNode::Kind::Word)
        return QJsonDocument::fromJson(QByteArray("[" + node.text.toLatin1() + "]")).array().first();
    if (node.kind == JsonNode::Kind::Array) {
        QJsonArray list;
        for (const JsonNode &child : node.children)
            list << valueOf(child);
        return list;
    }
    QJsonObject object;
    for (const JsonNode &child : node.children)
        object[child.key] = valueOf(child);
    return object;
}

Result<QByteArray> withMembers(const QByteArray &before, const QStringList &path, const std::vector<JsonNode> &members)
{
    QByteArray text = before;
    if (isBlank(text))
        text = (text.startsWith(byteOrderMark) ? byteOrderMark : QByteArray()) + "{}" + styleOf(before).lineEnd;
    Result<JsonNode> root = readJson(text);
    if (!root)
        return Failure(root.error());
    // What is missing of the path is put in at once, with all that belongs into it.
    const JsonNode *object = &*root;
    for (qsizetype depth = 0; depth <= path.size(); ++depth) {
        if (object->kind != JsonNode::Kind::Object)
            return Failure(faultAt(text, object->begin, u"\"%1\" should be an object here"_s.arg(depth > 0 ? path[depth - 1] : u"the file"_s)));
        if (depth == path.size())
            break;
        const JsonNode *next = object->member(path[depth]);
        if (!next) {
            JsonNode inner = objectOf(path.back(), members);
            for (qsizetype outer = path.size() - 2; outer >= depth; --outer)
                inner = objectOf(path[outer], {inner});
            place(text, *root, *object, inner);
            return text;
        }
        object = next;
    }
    for (const JsonNode &member : members) {
        place(text, *root, *at(*root, path), member);
        root = readJson(text);
        if (!root)
            return Failure(root.error());
    }
    return text;
}

Result<QByteArray> withoutMember(const QByteArray &before, const QStringList &path)
{
    if (isBlank(before))
        return before;
    QByteArray text = before;
    const Result<JsonNode> root = readJson(text);
    if (!root)
        return Failure(root.error());
    const JsonNode *object = at(*root, path.first(path.size() - 1));
    const JsonNode *gone = object ? object->member(path.back()) : nullptr;
    if (!gone)
        return text;

    qsizetype begin = gone->keyBegin;
    qsizetype end = gone->end;
    const qsizetype comma = commaAfter(text, gone->end);
    if (comma >= 0 && text.mid(gone->end, comma - gone->end).trimmed().isEmpty())
        end = comma + 1;
    else if (comma >= 0)
        text.remove(comma, 1); // the comment before it stays
    const bool isAlone = object->children.size() == 1;
    qsizetype extraComma = -1; // the one before the last member
    if (comma < 0 && !isAlone && gone == &object->children.back())
        extraComma = commaAfter(text, object->children[object->children.size() - 2].end);

    const qsizetype lineBegin = text.lastIndexOf('\n', begin - 1) + 1;
    const bool beginsLine = begin > 0 && text.mid(lineBegin, begin - lineBegin).trimmed().isEmpty();
    qsizetype lineEnd = end;
    while (lineEnd < text.size() && (text[lineEnd] == ' ' || text[lineEnd] == '\t' || text[lineEnd] == '\r'))
        ++lineEnd;
    if (beginsLine && lineEnd < text.size() && text[lineEnd] == '\n') {
        begin = lineBegin;
        end = lineEnd + 1;
    } else if (comma >= 0) {
        while (end < text.size() && text[end] == ' ')
            ++end;
    } else if (extraComma >= 0 && text.mid(extraComma + 1, begin - extraComma - 1).trimmed().isEmpty()) {
        begin = extraComma;
        extraComma = -1;
    }
    text.remove(begin, end - begin);
    if (extraComma >= 0)
        text.remove(extraComma, 1);
    if (isAlone) { // {} again where nothing else is in it
        const qsizetype close = text.indexOf('}', object->begin);
        if (close > 0 && text.mid(object->begin + 1, close - object->begin - 1).trimmed().isEmpty())
            text.remove(object->begin + 1, close - object->begin - 1);
    }
    return withoutMember(text, path); // a name may stand twice
}

QByteArray written(const JsonNode &node, const QByteArray &unit, const QByteArray &indent, const QByteArray &lineEnd)
{
    // Lists of texts, such as arguments, are read most easily on one line.
    if (node.kind != JsonNode::Kind::Object || node.children.empty())
        return writtenCompactly(node);
    QByteArray text = "{";
    for (const JsonNode &child : node.children) {
        text += (&child == &node.children.front() ? QByteArray() : QByteArray(",")) + lineEnd + indent + unit;
        text += quoted(child.key) + ": " + written(child, unit, QByteArray(indent + unit), lineEnd);
    }
    return QByteArray(text + lineEnd + indent + "}");
}

QByteArray writtenCompactly(const JsonNode &node)
{
    if (node.kind == JsonNode::Kind::Text)
        return quoted(node.text);
    if (node.kind == JsonNode::Kind::Word)
        return node.text.toLatin1();
    const bool isObject = node.kind == JsonNode::Kind::Object;
    QByteArrayList parts;
    for (const JsonNode &child : node.children)
        parts << QByteArray((isObject ? QByteArray(quoted(child.key) + ": ") : QByteArray()) + writtenCompactly(child));
    return QByteArray((isObject ? "{" : "[") + parts.join(", ") + (isObject ? "}" : "]"));
}

} // namespace mcp
