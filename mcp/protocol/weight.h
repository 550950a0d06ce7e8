// What the entry of a tool costs a model: bytes it reads in every conversation, and about how many tokens they are.
#pragma once

#include <QJsonObject>

namespace mcp {

// Of an entry of tools/list: name, description and inputSchema; the rest is for the client.
qint64 bytesForModel(const QJsonObject &tool);

// About four bytes of English or JSON are a token.
constexpr qint64 tokensOf(qint64 bytes)
{
    return (bytes + 3) / 4;
}

} // namespace mcp
