// The workflow definitions of the sample server: those of resources/samples and a handful of names, with believable versions.
#pragma once

#include "conductor/api/transport.h"

#include <optional>

namespace scenes {

// Nothing for a request that asks for something else.
std::optional<conductor::Result<QJsonValue>> definitionAnswer(const conductor::Request &request);

} // namespace scenes
