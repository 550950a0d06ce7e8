// How much a client of the HTTP server may ask of us, and how long. Tests take shorter times.
#pragma once

#include <QtGlobal>

#include <chrono>

namespace mcp {

struct HttpLimits {
    std::chrono::milliseconds headerTime = std::chrono::seconds(10); // from the first byte of a request to the end of its header
    std::chrono::milliseconds bodyTime = std::chrono::seconds(60);
    std::chrono::milliseconds idleTime = std::chrono::seconds(60);  // between two requests
    std::chrono::milliseconds stallTime = std::chrono::seconds(60); // while the client takes nothing of what is sent
    std::chrono::milliseconds beat = std::chrono::seconds(15);      // a comment on a silent stream, so that nobody between us cuts it
    std::chrono::milliseconds streamAfter = std::chrono::seconds(5); // an answer that takes longer gets a stream
    std::chrono::milliseconds streamTime = std::chrono::minutes(5);  // then the stream of a call is left for its client to take up again
    std::chrono::milliseconds sessionTime = std::chrono::hours(1);  // without a request and without a stream
    qsizetype connections = 256;
    qsizetype sessions = 256;
    qint64 unsent = 4 * 1024 * 1024;         // that a client has not taken: it then loses its stream
    qsizetype kept = 2 * 1024 * 1024;        // bytes of events a session keeps for clients that come back
    qsizetype streamsKept = 32;              // finished streams of a session that can be resumed
};

} // namespace mcp
