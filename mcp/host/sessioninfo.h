// What the window shows of one AI client's session; a value that crosses threads.
#pragma once

#include "mcp/server/session.h"

#include <QDateTime>
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
    QString lastExit;   // how the last server process ended; empty: none has
    QDateTime lastCall;

    bool operator==(const SessionInfo &) const = default;
};

} // namespace mcp
