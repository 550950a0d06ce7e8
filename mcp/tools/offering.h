// The resources and prompts for Conductor, and the instructions.
#pragma once

#include "mcp/server/backend.h"
#include "mcp/server/offer.h"
#include "mcp/server/toolregistry.h"

#include <memory>

namespace mcp::tools {

// What goes with these tools: what a tool that is not offered would read is no resource either.
std::shared_ptr<const Offer> offer(std::shared_ptr<Backend> backend, const ToolRegistry &tools);

// conductor://workflows, executions, task definitions, queues.
void addServerResources(Offer &offer, std::shared_ptr<Backend> backend);
// conductor://guide/{topic}: what a model has to know and no server tells.
void addGuides(Offer &offer);
void addPrompts(Offer &offer, std::shared_ptr<Backend> backend);

// Names that contain what was typed, those that begin with it first; a hundred at most.
QStringList matching(const QStringList &names, const QString &typed);

// Names of workflows on the server. Errors: as the server's.
conductor::Reply<QStringList> workflowNames(std::shared_ptr<Backend> backend, Call call);
// Ids of the newest fifty executions. Errors: as the server's.
conductor::Reply<QStringList> executionIds(std::shared_ptr<Backend> backend, Call call);

} // namespace mcp::tools
