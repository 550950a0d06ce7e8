// Something wrong with a definition: where, how bad, and what to do.
#pragma once

#include <QString>

#include <vector>

namespace conductor {

struct Problem {
    enum class Severity {
        Error,   // the server refuses it
        Hazard,  // the server takes it; a run fails, hangs or reads nothing there
        Warning, // probably not what was meant
    };

    Severity severity = Severity::Warning;
    QString rule = {};    // a stable name: "duplicate-reference"
    QString path = {};    // see jsonpath.h; empty: the whole
    QString ref = {};     // of the task, when it is within one
    QString message = {}; // what is wrong, for a person
    QString remedy = {};  // what to do
    int line = 0;         // from 1, when the problem was found in a text
    int column = 0;

    bool operator==(const Problem &) const = default;
};

QString word(Problem::Severity severity);             // "error"
bool isRefused(const std::vector<Problem> &problems); // by the server

} // namespace conductor
