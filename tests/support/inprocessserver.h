// Our MCP server within this process, as one end of a link: the real session and dispatcher, with tools of the test's choice.
#pragma once

#include "mcp/policy/freeze.h"
#include "mcp/server/dispatcher.h"
#include "mcp/server/session.h"
#include "mcp/transport/sessionlink.h"

#include <memory>

namespace support {

// freeze: a path where nothing need be.
inline std::unique_ptr<mcp::Link> inProcessServer(std::shared_ptr<const mcp::ToolRegistry> tools, std::shared_ptr<const mcp::Offer> offer, const QString &freeze)
{
    auto dispatcher = std::make_shared<mcp::Dispatcher>(mcp::Dispatcher::Setup{.tools = std::move(tools), .freeze = std::make_shared<mcp::FreezeFile>(freeze)});
    return std::make_unique<mcp::SessionLink>(std::make_unique<mcp::Session>(std::move(dispatcher), std::move(offer), std::make_shared<mcp::Seal>()));
}

} // namespace support
