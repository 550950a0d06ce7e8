// Looks whether a Conductor server can be worked with, and says what is in the way: one named status per cause. Used by
// `conductor-mcp doctor` and by the window's page of servers.
#pragma once

#include "conductor/api/token.h"

#include <QUrl>

#include <chrono>
#include <vector>

namespace conductor {

enum class ProbeStatus {
    Ready,
    Slow,      // ready, but an answer took over two seconds
    OldServer, // ready, but before 3.30: without /api/version and some other calls
    BadAddress,
    UnknownHost,
    Refused,
    NoAnswer,     // nothing within the time
    WrongScheme,  // https asked of a port that speaks http, or the other way round
    TlsFailed,    // no trusted secure connection
    MissingApi,   // a Conductor server, but the address is that of its web pages
    NotConductor, // something else answers
    ServerFails,  // Conductor, or what stands before it, answers 429 or 5xx
    KeychainTrouble,
    KeyMissing, // the server demands a key and there is none
    WrongKey,
    KeyExpired,
};

struct ProbeCheck {
    enum class What { Address, Connection, Encryption, Api, Key, Reading, Speed };
    enum class State { Passed, Failed, Skipped };

    What what = What::Address;
    State state = State::Skipped;
    QString title = {};  // "Connection"
    QString detail = {}; // what was seen
    QString fix = {};    // what to do; only when it failed
    qint64 tookMs = 0;
};

struct ProbeReport {
    ProbeStatus status = ProbeStatus::Ready;
    std::vector<ProbeCheck> checks = {}; // all of them, in the order of What; those after a failed one are skipped
    QString version = {};                // "3.32.3"; empty when the server does not say
    QUrl suggestion = {};                // an address that was tried and is right; empty when there is none

    bool isUsable() const { return status == ProbeStatus::Ready || status == ProbeStatus::Slow || status == ProbeStatus::OldServer; }
};

struct ProbeLimits {
    std::chrono::milliseconds patience = std::chrono::seconds(10); // for each request
    std::chrono::milliseconds slow = std::chrono::seconds(2);
};

// Three requests on a good server, none of which changes anything. The key is read only when the server has answered. Never
// fails; texts of the server in the report are made harmless. Without a key: fixedKey({}).
Reply<ProbeReport> probe(QUrl baseUrl, std::shared_ptr<KeySource> keys, ProbeLimits limits = {});

// "missing_api" for MissingApi, and so on: for logs and programs.
QString statusName(ProbeStatus status);

} // namespace conductor
