// An entry in a YAML text, read by yaml-cpp and edited in the text itself, which yaml-cpp would write without its comments.
#pragma once

#include "mcp/clients/jsontext.h"

#include <QJsonObject>

namespace mcp {

// Where an entry stands: in a map below key, or in a list below it whose elements have a "name".
struct YamlPlace {
    QString key;
    bool isList = false;
    QString name;
};

// Scalars are texts as they are written, null is null. Errors: Validation, "line 3, column 7: …".
conductor::Result<QJsonObject> readYaml(const QByteArray &text);

// The value with all scalars as texts, as readYaml() has them.
QJsonValue asWritten(const QJsonValue &value);

// The entry with these members set and those of the obsolete names removed; a new one comes last.
// Errors: also Validation where it is written in a way that is not edited here.
conductor::Result<QByteArray> withYamlEntry(const QByteArray &text, const YamlPlace &place, const std::vector<JsonNode> &members, const QStringList &obsolete);
conductor::Result<QByteArray> withoutYamlEntry(const QByteArray &text, const YamlPlace &place);

} // namespace mcp
