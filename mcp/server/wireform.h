// How tools and answers look on the wire: what a revision cannot carry is left out.
#pragma once

#include "mcp/protocol/revision.h"
#include "mcp/server/tool.h"

namespace mcp {

QJsonObject initializeResult(Revision revision, const QString &instructions);
QJsonObject toolJson(const Tool &tool, Revision revision);
QJsonObject answerJson(const Answer &answer, Revision revision);

} // namespace mcp
