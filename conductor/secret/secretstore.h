// The seam between us and where secrets are kept: KeychainStore asks the session's keychain, MemoryStore forgets at exit.
#pragma once

#include "conductor/base/reply.h"
#include "conductor/profile/profile.h"

#include <QByteArray>

namespace conductor {

class SecretStore
{
public:
    virtual ~SecretStore() = default;

    // Where a new secret goes. Errors: Keychain when there is none.
    virtual Reply<Keychain> preferred() = 0;

    // Errors: NotFound when there is no such entry and the keychain is open, so that this is sure; Keychain for everything that
    // keeps it from being known (locked, hanging, missing, no session bus), with a hint.
    virtual Reply<QByteArray> read(Keychain keychain, QString key) = 0;

    // Replaces the entry whole. Errors: Keychain.
    virtual Reply<Done> write(Keychain keychain, QString key, QByteArray value) = 0;

    // No such entry is no error. Errors: Keychain.
    virtual Reply<Done> remove(Keychain keychain, QString key) = 0;
};

} // namespace conductor
