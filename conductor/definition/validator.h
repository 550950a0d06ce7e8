// Checks a workflow definition without a server: what 3.32.3 refuses, and what it takes and then fails or hangs on. What the
// server does with each case was tried against it (tests/wire/tst_validation posts them again).
#pragma once

#include "conductor/definition/problem.h"

#include <QJsonObject>
#include <QSet>

#include <optional>

namespace conductor {

// What else is on the server, as far as it is known; unset: not known, and not checked.
struct Surroundings {
    std::optional<QSet<QString>> workflows = {};
    std::optional<QSet<QString>> taskDefinitions = {};
};

// Wrong types first, then what tasks lack, how they follow each other, what they refer to.
std::vector<Problem> validate(const QJsonObject &definition, const Surroundings &surroundings = {});

struct CheckedText {
    std::optional<QJsonObject> definition; // when it is JSON at all
    std::vector<Problem> problems;         // with line and column, in the order of the text
};

// The same for a text that somebody is writing: syntax first; keys that stand twice.
CheckedText validateText(const QByteArray &json, const Surroundings &surroundings = {});

} // namespace conductor
