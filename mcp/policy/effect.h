// What one tool call would do.
#pragma once

#include <QString>

namespace mcp {

// Policy, approval, freeze and resending after a crash judge the effect of the call, not the name of its tool.
struct Effect {
    enum class Kind { Read, Add, Change, Destroy };

    Kind kind = Kind::Destroy;
    QString on = {}; // for a person: "3 executions", "definition order_flow 2"
};

} // namespace mcp
