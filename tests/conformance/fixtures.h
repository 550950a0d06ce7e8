// What the official conformance suite expects a server to offer, on our registries: the program around it is the fixture server.
#pragma once

#include "mcp/server/offer.h"
#include "mcp/server/toolregistry.h"

namespace fixtures {

// A tool that changes nothing and takes what the suite gives it.
mcp::Tool tool(const QString &name, const QString &description, std::function<conductor::Reply<mcp::Answer>(mcp::Call)> call);

// A pixel and no sound, in base64.
QString png();
QString wav();

// Tools that answer by themselves, and one for each kind of content.
void addContentTools(mcp::ToolRegistry &registry);
// Tools that ask the client something while they run.
void addAskingTools(mcp::ToolRegistry &registry);
// Tools that make a list change.
void addChangingTools(mcp::ToolRegistry &registry, std::shared_ptr<mcp::Offer> offer);

// Resources and prompts.
std::shared_ptr<mcp::Offer> offer();

} // namespace fixtures
