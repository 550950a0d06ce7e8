// Runs a command of an AI client and waits for its end, for so long and not longer.
#pragma once

#include "conductor/base/reply.h"

#include <QByteArray>
#include <QStringList>

#include <chrono>

namespace mcp {

struct ProgramEnd {
    int code = 0;
    QByteArray output; // both streams, the first 64 KiB
};

// Its PATH holds the directories too, since scripts need their interpreter; it and its children are ended with it at the limit.
// Errors: NotFound when it cannot be started, Timeout.
conductor::Reply<ProgramEnd> runProgram(QString program, QStringList arguments, QStringList directories, std::chrono::milliseconds limit);

// The first that exists and may be run; empty: none.
QString findProgram(const QStringList &names, const QStringList &directories);

} // namespace mcp
