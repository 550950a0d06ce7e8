// What a client's model is told of the server before it calls anything.
#pragma once

#include <QString>

namespace mcp {

// At most 1,500 characters, the most important first: clients cut it.
QString instructions();

} // namespace mcp
