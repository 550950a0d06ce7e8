// Our entry in an AI client's configuration text, whatever its format: read, put in, taken out. Edits are made in the text, and what
// came out is read again: our entry has to be there, and everything else as it was. Values and functions.
#pragma once

#include "mcp/clients/jsontext.h"

#include <QJsonObject>

#include <optional>

namespace mcp {

struct EntryPlace {
    enum class Format { Json, Toml, Yaml };

    Format format = Format::Json;
    QStringList key = {}; // where the servers stand
    bool isList = false;  // they are a list of entries with a name
    QString name = {};
};

// Errors of all: Validation, with line and column, for a text that cannot be read or is written in a way that is not edited.
conductor::Result<std::optional<QJsonObject>> entryIn(const QByteArray &text, const EntryPlace &place);

// Fields that are not named stay as they are; obsolete ones go.
conductor::Result<QByteArray> withEntry(const QByteArray &text, const EntryPlace &place, const std::vector<JsonNode> &fields, const QStringList &obsolete);
conductor::Result<QByteArray> withoutEntry(const QByteArray &text, const EntryPlace &place);

} // namespace mcp
