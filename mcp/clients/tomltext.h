// A table in a TOML text, read by toml++ and edited in the text itself, which toml++ would write without its comments.
#pragma once

#include "mcp/clients/jsontext.h"

#include <QJsonObject>

namespace mcp {

// Errors: Validation, "line 3, column 7: …".
conductor::Result<QJsonObject> readToml(const QByteArray &text);

// The table at path with these members set and those of the obsolete names removed; a new table stands at the end.
// Errors: also Validation where it is written in a way that is not edited here.
conductor::Result<QByteArray> withTomlTable(const QByteArray &text, const QStringList &path, const std::vector<JsonNode> &members, const QStringList &obsolete);
conductor::Result<QByteArray> withoutTomlTable(const QByteArray &text, const QStringList &path);

} // namespace mcp
