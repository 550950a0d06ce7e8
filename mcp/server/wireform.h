// How what we offer and answer looks on the wire: what a revision cannot carry is left out.
#pragma once

#include "mcp/protocol/revision.h"
#include "mcp/server/offer.h"
#include "mcp/server/tool.h"

namespace mcp {

QJsonObject serverInfo(Revision revision);
QJsonObject toolJson(const Tool &tool, Revision revision);
QJsonObject answerJson(const Answer &answer, Revision revision);
QJsonObject resourceJson(const Resource &resource, Revision revision); // or template
QJsonObject contentsJson(const QString &uri, const Contents &contents, const QString &usualType);
QJsonObject promptJson(const Prompt &prompt, Revision revision);

} // namespace mcp
