// What a profile says of its HTTP server: the key "http" among its sections. A value; who reads or edits a profile uses it.
#pragma once

#include "conductor/profile/profile.h"

namespace mcp {

struct HttpSection {
    static constexpr int usualPort = 8765;

    bool on = false;
    int port = usualPort; // 0: the file says something that is none
    conductor::Keychain keychain = conductor::Keychain::None; // which one holds the token; None: there is no token yet
    qint64 tokenRevision = 0; // raised when the token changes; a running server takes the new one then

    bool operator==(const HttpSection &) const = default;

    static bool isIn(const conductor::Profile &profile); // somebody has chosen something already
    static HttpSection of(const conductor::Profile &profile);
    void putInto(conductor::Profile &profile) const; // what else its section holds stays
};

} // namespace mcp
