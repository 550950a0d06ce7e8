// What the window shows of one AI client's session; a value that crosses threads.
#pragma once

#include "mcp/server/session.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace mcp {

struct SessionInfo {
    // Through the companion; a server of its own with a desk link; one of the clients of an HTTP server.
    enum class Kind { Bridged, Standalone, Http };

    QString id;
    Kind kind = Kind::Bridged;
    bool identified = false; // has said who it is, or called something; probes never do
    ClientIdentity client;
    QString profile;
    qint64 doorPid = 0;   // the process the client started
    qint64 clientPid = 0; // its parent
    qint64 serverPid = 0; // 0 while none runs
    QDateTime since;
    qint64 calls = 0;
    qint64 errors = 0; // answers with isError
    int restarts = 0;
    qint64 bytes = 0; // of all messages, both ways; as of the last call. 0 for a server on its own, which tells none
    bool outdated = false; // its server process is not of the program that is installed now
    QString lastExit;   // how the last server process ended; empty: none has
    QDateTime lastCall;
    QList<qint64> serverPids; // all there were, for the audit

    bool operator==(const SessionInfo &) const = default;
};

} // namespace mcp
