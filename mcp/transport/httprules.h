// What the body of a POST and its headers say about each other, as the revisions have it. No state, no connection.
#pragma once

#include "mcp/transport/httpmessage.h"

#include <optional>

namespace mcp {

// Content-Type and Accept of a POST.
std::optional<HttpAnswer> formRefusal(const HttpRequest &request);

// MCP-Protocol-Version of a message by handshake: missing is fine, what we do not know is not.
std::optional<HttpAnswer> versionRefusal(const HttpRequest &request, const Message &message);

// The headers of a modern message repeat its body; a difference means that somebody between us read something else. A claim that
// is no text is left to the session to refuse.
std::optional<HttpAnswer> mirrorRefusal(const HttpRequest &request, const Message &message);

// So do Mcp-Param headers, for the arguments of a tool's call whose schema asks for that (x-mcp-header).
std::optional<HttpAnswer> paramRefusal(const HttpRequest &request, const Message &message, const QJsonObject &inputSchema);

// The status that goes with an error of a modern message.
int statusOf(int rpcCode);

// Whether a line of ours is an answer, rather than a notification or a question. Reads no further than it must.
bool isAnswer(const QByteArray &line);

} // namespace mcp
