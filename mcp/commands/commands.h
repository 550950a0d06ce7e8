// What conductor-mcp does besides serving: each prints to the descriptor and answers the exit code: 0 fine, 1 not, 2 asked wrongly.
#pragma once

#include "mcp/commandline.h"
#include "mcp/host/configuration.h"

namespace mcp {

// The tools, what calling each may do, and what a client's model is told of it in bytes. Asks no server.
int listTools(const CommandLine &line, int out);

// One tool, through the same session, policy and audit as an AI client's call. Runs the event loop.
int callTool(const CommandLine &line, const Configuration &configuration, int out);

int reportAudit(const CommandLine &line, int out);

// Definitions without a server: FILE:LINE:COLUMN and what is wrong. 1 for what a server refuses or a run would fail on.
int validateFiles(const CommandLine &line, int out);

// AI clients: how they stand; our entry put into their configuration, taken out of it, or the last of both taken back. Run the
// event loop.
int listClients(const CommandLine &line, int out);
int registerClients(const CommandLine &line, int out);

} // namespace mcp
