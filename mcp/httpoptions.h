// What conductor-mcp was asked about serving over HTTP. A part of the CommandLine.
#pragma once

#include "conductor/base/result.h"

#include <QHostAddress>
#include <QString>

namespace mcp {

struct HttpOptions {
    QString at = {};          // --http [ADDRESS:]PORT; empty: standard input and output
    QString tokenFile = {};   // --token-file FILE
    bool allowRemote = false; // --allow-remote
    bool noAuth = false;      // --no-auth
    QString supervised = {};  // --supervised N: the companion's own, after N that died

    struct Address {
        QHostAddress host = QHostAddress::LocalHost;
        quint16 port = 0; // 0: a free one
    };

    bool isAsked() const { return !at.isEmpty(); }
    bool isSupervised() const { return !supervised.isEmpty(); }
    // Neither a file nor nothing: the profile's token, in the keychain.
    bool wantsKeychain() const { return !noAuth && tokenFile.isEmpty(); }

    // "8900", "0.0.0.0:8900", "[::1]:8900", "localhost:8900". Error: Validation.
    conductor::Result<Address> address() const;

    // What does not go together; empty when all does. Who is let in is nothing to guess about. profile: the server may be one of
    // the profiles, which have tokens in the keychain.
    QString problem(bool profile = true) const;

    // What clients must show, unless it is in the keychain; empty with --no-auth. Errors: NotFound, Validation for a file that
    // others may read or that holds no good token.
    conductor::Result<QByteArray> token() const;

    // Why nobody can be let in when the server is no profile.
    static QString tokenIsMissing();
};

} // namespace mcp
