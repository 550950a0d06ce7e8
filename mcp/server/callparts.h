// What a call is given to speak to its client with, and what is wrong with a call before it begins.
#pragma once

#include "mcp/server/era.h"
#include "mcp/server/tool.h"
#include "mcp/server/toolregistry.h"

namespace mcp {

using SendLine = std::function<void(const QByteArray &line)>;

// Sends what a tool tells of its progress, only while it rises; empty when the client did not ask for it.
std::function<void(double, double, QString)> progressOf(const Exchange &exchange, SendLine send);

// Sends what a tool logs, from the level on that the client asked for.
std::function<void(QString, QJsonValue)> logOf(const Exchange &exchange, SendLine send);

// Of tools/call: an unknown tool, arguments that are no object.
std::optional<RpcError> wrongCall(const Exchange &exchange, const ToolRegistry &tools);

} // namespace mcp
