// Entering, replacing and removing a profile's access key, such that whatever fails leaves a key in force that works.
#pragma once

#include "conductor/api/token.h"
#include "conductor/profile/profilestore.h"
#include "conductor/secret/secretstore.h"

#include <vector>

namespace conductor {

// What happened, step by step, for a person. The change took effect when there is no failure.
struct KeyChange {
    enum class Step {
        Verify,   // the server gives a token for the new key
        Use,      // and answers a request with it
        Keep,     // what the keychain held is read, to be able to put it back
        Store,    // the keychain holds the new key
        Announce, // the profile file says so; running sessions take the new key now
        Restore,  // the keychain holds the old key again, since a step failed
        Remove,   // the keychain holds no key
    };
    struct Taken {
        Step step = Step::Verify;
        std::optional<Error> error = {}; // empty: it worked
    };

    std::vector<Taken> steps = {};

    // The first error, with what is in force now as its hint; empty: all went well.
    std::optional<Error> failure = {};
};

// Each Reply fails only when `profiles` has died. A key entered for the first time is not asked of the server, which may be
// down; a rotation is, and nothing is written unless the server gives a token for the new key and answers with it.
Reply<KeyChange> setKey(ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId, AccessKey key);
Reply<KeyChange> rotateKey(ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId, AccessKey key);
Reply<KeyChange> removeKey(ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId);

// "The server accepts the new key": what a step is, once it is done.
QString stepText(KeyChange::Step step);

} // namespace conductor
