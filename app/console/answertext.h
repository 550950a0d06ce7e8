// What a model reads of a server's answer, as one text. Pure; the text is hostile.
#pragma once

#include "mcp/caller/conversation.h"

#include <QString>

namespace app {

// Blocks of a tool's answer, contents of a resource, messages of a prompt; what is no text is said in brackets.
QString answerText(const mcp::ServerAnswer &answer);

} // namespace app
