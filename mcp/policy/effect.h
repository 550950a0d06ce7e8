// What one tool call would do.
#pragma once

#include <QString>

#include <optional>

namespace mcp {

// Policy, approval, freeze and resending after a crash judge the effect of the call, not the name of its tool.
struct Effect {
    enum class Kind { Read, Add, Change, Destroy };

    Kind kind = Kind::Destroy;
    QString on = {};   // for a person: "3 executions", "definition order_flow 2"
    QString tool = {}; // whose work an API endpoint does: "conductor_pause_workflow"; empty for tools and other endpoints
    int runs = 0;      // executions it names
};

QString word(Effect::Kind kind); // "read", "add", "change", "destroy": for people and for searches, they do not change
std::optional<Effect::Kind> effectKind(QStringView word);

} // namespace mcp
