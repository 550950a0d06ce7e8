// The token that clients show to a profile's HTTP server: in the keychain, beside the profile's key. Whoever makes a new one
// announces it in the profile, so that a running server takes it.
#pragma once

#include "conductor/profile/profilestore.h"
#include "conductor/secret/secretstore.h"

namespace mcp {

// "PROFILE-ID/http-token"
QString httpTokenEntry(const QString &profileId);

// 256 random bits as base64url.
QByteArray newHttpToken();

// Errors: NotFound when the profile has none; Keychain when it cannot be known.
conductor::Reply<QByteArray> httpToken(std::shared_ptr<conductor::SecretStore> secrets, conductor::Profile profile);

// Puts a new one into the keychain, then says so in the profile. Errors: NotFound for the profile, Keychain, and what keeps the
// profile from being written; the old token stays in force then.
conductor::Reply<conductor::Done> renewHttpToken(conductor::ProfileStore &profiles, std::shared_ptr<conductor::SecretStore> secrets, QString profileId);

// Nothing when there is none. The profile is left as it is: it is about to go. Errors: Keychain.
conductor::Reply<conductor::Done> removeHttpToken(std::shared_ptr<conductor::SecretStore> secrets, conductor::Profile profile);

} // namespace mcp
