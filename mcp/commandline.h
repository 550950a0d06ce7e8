// What conductor-mcp was asked to do.
#pragma once

#include "mcp/httpoptions.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace mcp {

struct CommandLine {
    enum class Command { Serve, Doctor, Help, Version };

    Command command = Command::Serve;
    QString profile = {};    // --profile NAME
    QString configFile = {}; // --config FILE
    bool localDev = false;   // --local_dev
    QString session = {};    // --serve-session ID: started by the companion, for that session
    HttpOptions http = {};
    QString problem = {};    // what is wrong with the arguments; empty when nothing is

    static CommandLine read(const QStringList &arguments); // without the program's name
};

// Fits a screen of 80 × 24.
QString helpText();

} // namespace mcp
