// Reads a profile's access key from the keychain when a token is needed. Belongs to the connection to that profile's server;
// the stores outlive it or it answers that they are gone.
#pragma once

#include "conductor/api/token.h"
#include "conductor/profile/profilestore.h"
#include "conductor/secret/secretstore.h"

#include <QPointer>

namespace conductor {

class ProfileKeys : public KeySource
{
public:
    // server: where the key goes to. A key that was entered for another origin is not given out.
    ProfileKeys(const ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId, QUrl server);

    // Empty when the profile has none. Errors: Keychain.
    Reply<AccessKey> read() override;

    // The profile's secretRevision; follows the file when the store watches it.
    qint64 revision() const override;

private:
    QPointer<const ProfileStore> m_profiles;
    std::shared_ptr<SecretStore> m_secrets;
    const QString m_profileId;
    const QUrl m_server;
};

} // namespace conductor
