// What conductor-mcp was asked to do.
#pragma once

#include "mcp/httpoptions.h"
#include "mcp/policy/toolsets.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace mcp {

struct CommandLine {
    enum class Command { Serve, Doctor, Tools, Call, Audit, Validate, Register, Unregister, Clients, Help, Version };

    Command command = Command::Serve;
    QString profile = {}; // --profile NAME
    QString configFile = {}; // --config FILE
    bool localDev = false; // --local_dev
    QString session = {}; // --serve-session ID: started by the companion, for that session
    HttpOptions http = {};
    Selection offered = {}; // --toolsets A,B, --tools A,B, --exclude-tools A,B, --read-only
    QStringList operands = {}; // of the command: TOOL JSON, list|export|verify, FILE…, CLIENT
    bool json = false; // --json
    QString format = {}; // --format jsonl|csv
    QString since = {}; // --since 7d
    QString tool = {}; // --tool NAME
    QString holds = {}; // --holds NUMBER:HASH, of a row
    bool all = false; // --all: every AI client that is here
    bool dryRun = false; // --dry-run
    bool undo = false; // --undo
    QString url = {}; // --url URL: register a server that serves there
    QString tokenVariable = {}; // --token-variable NAME: of the environment, holds that server's token
    QString logLevel = {}; // --log-level debug|info|warning|error
    QString logFile = {}; // --log-file FILE
    QString problem = {}; // what is wrong with the arguments; empty when nothing is

    static CommandLine read(const QStringList &arguments); // without the program's name
};

// Fits a screen of 80 × 24.
QString helpText();

} // namespace mcp
