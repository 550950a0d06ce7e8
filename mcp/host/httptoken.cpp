#include "mcp/host/httptoken.h"

#include "mcp/host/httpsection.h"

#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

Error missing(const Profile &profile)
{
    return {Error::Kind::NotFound, u"Profile \"%1\" has no token for its HTTP server"_s.arg(profile.name),
            u"Switch the HTTP server on in Conductor Companion, page Servers, which makes one; or give --token-file FILE, or --no-auth to let in every "
            "program on this machine"_s};
}

Result<Profile> announce(ProfileStore &profiles, const QString &profileId, Keychain keychain)
{
    return profiles.change(profileId, [keychain](Profile &profile) {
        HttpSection section = HttpSection::of(profile);
        section.keychain = keychain;
        ++section.tokenRevision;
        section.putInto(profile);
    });
}

} // namespace

QString httpTokenEntry(const QString &profileId)
{
    return profileId + u"/http-token"_s;
}

QByteArray newHttpToken()
{
    std::array<quint32, 8> bits;
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QByteArray(reinterpret_cast<const char *>(bits.data()), sizeof bits).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Reply<QByteArray> httpToken(std::shared_ptr<SecretStore> secrets, Profile profile)
{
    const Keychain keychain = HttpSection::of(profile).keychain;
    if (keychain == Keychain::None)
        co_return Failure(missing(profile));
    const Result<QByteArray> token = co_await outcome(secrets->read(keychain, httpTokenEntry(profile.id)));
    if (token ? token->isEmpty() : token.error().kind == Error::Kind::NotFound)
        co_return Failure(missing(profile));
    co_return token;
}

Reply<Done> renewHttpToken(ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId)
{
    const Keychain target = co_await secrets->preferred();
    const QString entry = httpTokenEntry(profileId);
    const Result<QByteArray> old = co_await outcome(secrets->read(target, entry));
    if (!old && old.error().kind != Error::Kind::NotFound)
        co_return Failure(old.error());
    const Result<Done> written = co_await outcome(secrets->write(target, entry, newHttpToken()));
    const Result<Profile> announced = written ? announce(profiles, profileId, target) : Failure(written.error());
    if (announced)
        co_return Done{};
    const Reply<Done> restoring = old ? secrets->write(target, entry, *old) : secrets->remove(target, entry); // no answer may still have written it
    co_await outcome(restoring);
    co_return Failure(announced.error());
}

Reply<Done> removeHttpToken(std::shared_ptr<SecretStore> secrets, Profile profile)
{
    const Keychain keychain = HttpSection::of(profile).keychain;
    if (keychain != Keychain::None)
        co_await secrets->remove(keychain, httpTokenEntry(profile.id));
    co_return Done{};
}

} // namespace mcp
