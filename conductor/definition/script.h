// Looks a JavaScript expression over for what no JavaScript takes: no engine, only what is wrong for certain.
#pragma once

#include <QString>

#include <optional>

namespace conductor {

struct ScriptFault {
    qsizetype at = 0; // in the script
    QString message;
};

enum class Return { Refused, Allowed }; // LAMBDA wraps its script in a function

// Brackets and quotes that do not close, operators without operand, two values side by side, a return outside functions.
std::optional<ScriptFault> scriptFault(QStringView script, Return atTop = Return::Refused);

// What it reads of its input: the names after "$.", each once: "$.lp['iteration'] < 2" → lp.
QStringList scriptInputs(QStringView script);

} // namespace conductor
