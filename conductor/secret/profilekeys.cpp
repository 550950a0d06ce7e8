#include "conductor/secret/profilekeys.h"

#include "conductor/secret/storedkey.h"

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

Error missing(const Profile &profile)
{
    return {Error::Kind::Keychain, u"The key of profile \"%1\" is no longer in %2"_s.arg(profile.name, keychainName(profile.keychain)),
            u"Enter it again in Conductor Companion, page Servers"_s};
}

Error boundElsewhere(const Profile &profile, const QString &origin, const QUrl &server)
{
    return {Error::Kind::Keychain, u"The key of profile \"%1\" was entered for %2 and is not sent to %3"_s.arg(profile.name, origin, originOf(server)),
            u"If the server has moved, enter the key again in Conductor Companion, page Servers"_s};
}

Reply<AccessKey> readKey(std::shared_ptr<SecretStore> secrets, Profile profile, QUrl server)
{
    const Result<QByteArray> bytes = co_await outcome(secrets->read(profile.keychain, StoredKey::entryOf(profile.id)));
    if (!bytes && bytes.error().kind == Error::Kind::NotFound)
        co_return Failure(missing(profile));
    if (!bytes)
        co_return Failure(bytes.error());
    const Result<StoredKey> stored = StoredKey::fromBytes(*bytes);
    if (!stored)
        co_return Failure(stored.error());
    if (stored->origin != originOf(server))
        co_return Failure(boundElsewhere(profile, stored->origin, server));
    co_return stored->key;
}

} // namespace

ProfileKeys::ProfileKeys(const ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId, QUrl server)
    : m_profiles(&profiles)
    , m_secrets(std::move(secrets))
    , m_profileId(std::move(profileId))
    , m_server(std::move(server))
{
}

Reply<AccessKey> ProfileKeys::read()
{
    const Profile *profile = m_profiles ? m_profiles->find(m_profileId) : nullptr;
    if (!profile)
        return answered<AccessKey>(Failure({Error::Kind::Keychain, u"The profile of this connection has been removed"_s, u"Choose another profile"_s}));
    if (profile->keychain == Keychain::None)
        return answered<AccessKey>(AccessKey{});
    return readKey(m_secrets, *profile, m_server);
}

qint64 ProfileKeys::revision() const
{
    const Profile *profile = m_profiles ? m_profiles->find(m_profileId) : nullptr;
    return profile ? profile->secretRevision : -1;
}

} // namespace conductor
