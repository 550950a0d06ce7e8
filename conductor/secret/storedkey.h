// An access key as the keychain keeps it: one entry per profile, so that it is replaced whole, bound to the server that it was
// entered for.
#pragma once

#include "conductor/api/token.h"
#include "conductor/profile/profile.h"

namespace conductor {

struct StoredKey {
    AccessKey key = {};
    QString origin = {}; // of the server; see originOf()

    // "PROFILE-ID/access-key"
    static QString entryOf(const QString &profileId);

    // {"keyId","keySecret","server"}
    QByteArray toBytes() const;
    // Errors: Keychain. No error ever quotes the bytes.
    static Result<StoredKey> fromBytes(const QByteArray &bytes);
};

} // namespace conductor
