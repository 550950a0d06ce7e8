// How the state of an AI client is shown: its badge, and sentences that say what it means and what to do.
#pragma once

#include "app/look/statuslook.h"
#include "mcp/clients/registrar.h"

namespace app {

StatusLook clientLook(const mcp::ClientState &state);
bool hasDrifted(const mcp::ClientState &state);
QString driftSentence(const mcp::ClientState &state);  // short, with the client's name
QString clientSentence(const mcp::ClientState &state); // where it is registered, or why not

QString pathText(const QString &path); // for people: ~ for the home directory, harmless

} // namespace app
