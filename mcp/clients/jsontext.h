// JSON as people keep it in configuration files: comments, trailing commas, a byte order mark, any indentation. Reads where each
// value stands and edits the text in place, so that all the rest stays byte for byte. Values and functions.
#pragma once

#include "conductor/base/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QStringList>

#include <vector>

namespace mcp {

struct JsonNode {
    enum class Kind { Object, Array, Text, Word }; // Word: a number, true, false or null, as written

    Kind kind = Kind::Object;
    qsizetype begin = 0; // of the value, in bytes
    qsizetype end = 0;
    qsizetype keyBegin = 0; // of a member's key in its quotes
    QString key = {};
    QString text = {}; // of a Text or Word
    std::vector<JsonNode> children = {};

    const JsonNode *member(const QString &name) const; // of two with one name the last one counts; null: there is none
};

// Errors: Validation, "line 3, column 7: …".
conductor::Result<JsonNode> readJson(const QByteArray &text);

QJsonValue valueOf(const JsonNode &node);

// Sets the members, in their order, of the object at path; objects on the way are made where they are missing. A member that has the
// value already is not touched; nothing else is. Values are written from nodes, which keep the order of their members.
// Errors: Validation where the text cannot be read or something on the way is no object.
conductor::Result<QByteArray> withMembers(const QByteArray &text, const QStringList &path, const std::vector<JsonNode> &members);

// Without the value at path; the text as it is when there is none.
conductor::Result<QByteArray> withoutMember(const QByteArray &text, const QStringList &path);

// Indented like the text that surrounds it: the first line without, the others with indent before them. Compact: on one line.
QByteArray written(const JsonNode &node, const QByteArray &unit, const QByteArray &indent, const QByteArray &lineEnd);
QByteArray writtenCompactly(const JsonNode &node);

} // namespace mcp
