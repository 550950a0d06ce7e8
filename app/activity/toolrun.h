// Carries out one tool call as conductor-mcp call does, in a process of its own: the same policy, the same audit, and nothing of it
// in the window's process.
#pragma once

#include "conductor/base/reply.h"

#include <QJsonObject>

#include <chrono>
#include <functional>

namespace app {

struct ToolCall {
    QString profile; // its name
    QString tool;
    QJsonObject arguments;

    bool operator==(const ToolCall &) const = default;
};

struct ToolAnswer {
    bool good = false;
    QJsonObject structured; // may be empty
    QString text;           // what went wrong, when it did
};

// Errors: Timeout; Server when the program cannot be started or says too much.
using CarryOut = std::function<conductor::Reply<ToolAnswer>(ToolCall)>;

conductor::Reply<ToolAnswer> carryOut(QString program, ToolCall call, std::chrono::milliseconds patience = std::chrono::minutes(2));

} // namespace app
