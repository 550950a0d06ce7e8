// What a request to a Conductor server does, by its method and path. GETs that act and POSTs that only read are named one by
// one; the rest follows its method. The tool that does the same is named too, so that denying the tool denies its endpoints.
#pragma once

#include "conductor/api/request.h"
#include "mcp/policy/effect.h"

namespace mcp {

struct Endpoint {
    Effect::Kind effect = Effect::Kind::Destroy;
    QString tool = {}; // "conductor_pause_workflow"; empty when no tool of ours does this
};

// path: below /api, as segments, parameters filled in or as {template}.
Endpoint endpointOf(conductor::Request::Verb verb, const QStringList &path);

} // namespace mcp
