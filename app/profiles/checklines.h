// What a probe has found and what a change of a key has done, line by line in words for a person. Pure.
#pragma once

#include "conductor/api/probe.h"
#include "conductor/secret/keychange.h"

#include <QString>

#include <vector>

namespace app {

struct CheckLine {
    enum class State { Passed, Warned, Failed, Skipped };

    State state = State::Skipped;
    QString title;
    QString detail = {}; // what was seen
    QString fix = {};    // what to do about it

    bool operator==(const CheckLine &) const = default;
};

std::vector<CheckLine> checkLines(const conductor::ProbeReport &report);
std::vector<CheckLine> checkLines(const conductor::KeyChange &change);

// The result in one sentence: "The server can be used: Conductor 3.32.3".
QString headline(const conductor::ProbeReport &report);

// The same in a word or two, as a server's health has it.
QString shortWords(conductor::ProbeStatus status);

} // namespace app
