#include "conductor/profile/profile.h"

#include "conductor/base/fields.h"
#include "conductor/base/hostile.h"

#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr qsizetype longestName = 64;

namespace key {
constexpr QStringView id = u"id";
constexpr QStringView name = u"name";
constexpr QStringView url = u"url";
constexpr QStringView production = u"production";
constexpr QStringView requiresCompanion = u"requiresCompanion";
constexpr QStringView keychain = u"keychain";
constexpr QStringView secretRevision = u"secretRevision";
constexpr QStringView keySince = u"keySince";
constexpr std::array all{id, name, url, production, requiresCompanion, keychain, secretRevision, keySince};
} // namespace key

std::optional<Keychain> keychainOf(const QString &id)
{
    for (const Keychain keychain : {Keychain::None, Keychain::SecretService, Keychain::KWallet}) {
        if (keychainId(keychain) == id)
            return keychain;
    }
    return {};
}

} // namespace

Result<Profile> Profile::fromJson(const QJsonValue &json, const QString &what)
{
    Fields fields(json, what);
    Profile profile;
    profile.id = fields.required(key::id);
    profile.production = fields.flag(key::production);
    profile.requiresCompanion = fields.flag(key::requiresCompanion);
    profile.secretRevision = fields.integer(key::secretRevision);
    profile.keySince = fields.time(key::keySince);

    const Result<QString> name = profileName(fields.required(key::name));
    const Result<QUrl> url = serverUrl(fields.required(key::url));
    const std::optional<Keychain> keychain = keychainOf(fields.text(key::keychain));
    if (!name)
        fields.fail({Error::Kind::Protocol, u"%1: %2"_s.arg(fields.path(key::name), name.error().message)});
    if (!url)
        fields.fail({Error::Kind::Protocol, u"%1: %2"_s.arg(fields.path(key::url), url.error().message)});
    if (!keychain)
        fields.fail({Error::Kind::Protocol, u"%1 is neither \"secretservice\" nor \"kwallet\""_s.arg(fields.path(key::keychain))});
    profile.name = name.value_or(QString());
    profile.url = url.value_or(QUrl());
    profile.keychain = keychain.value_or(Keychain::None);

    profile.sections = json.toObject();
    for (const QStringView known : key::all)
        profile.sections.remove(known);
    return fields.read(std::move(profile));
}

QJsonObject Profile::toJson() const
{
    QJsonObject json = sections;
    json[key::id] = id;
    json[key::name] = name;
    json[key::url] = url.toString(QUrl::FullyEncoded);
    json[key::production] = production;
    json[key::requiresCompanion] = requiresCompanion;
    json[key::secretRevision] = secretRevision;
    if (keychain != Keychain::None)
        json[key::keychain] = keychainId(keychain);
    if (keySince.isValid())
        json[key::keySince] = keySince.toUTC().toString(Qt::ISODateWithMs);
    return json;
}

Result<QString> profileName(const QString &text)
{
    const QString name = text.trimmed();
    if (name.isEmpty())
        return Failure({Error::Kind::Validation, u"The profile has no name"_s, u"Give it one, such as \"local\" or \"production\""_s});
    if (name.size() > longestName)
        return Failure({Error::Kind::Validation, u"The profile's name has %1 characters"_s.arg(name.size()), u"Use at most %1"_s.arg(longestName)});
    if (harmless(name) != name)
        return Failure({Error::Kind::Validation, u"The profile's name \"%1\" holds invisible characters"_s.arg(harmless(name)), u"Type it anew"_s});
    return name;
}

std::optional<qint64> keyAgeInDays(const Profile &profile, const QDateTime &now)
{
    if (profile.keychain == Keychain::None || !profile.keySince.isValid())
        return {};
    return std::max<qint64>(0, profile.keySince.secsTo(now) / (24 * 60 * 60));
}

bool keyIsOld(const Profile &profile, const QDateTime &now)
{
    return keyAgeInDays(profile, now) && profile.keySince.addDays(oldKeyInDays) < now;
}

QString keychainId(Keychain keychain)
{
    switch (keychain) {
    case Keychain::None:
        return {};
    case Keychain::SecretService:
        return u"secretservice"_s;
    case Keychain::KWallet:
        return u"kwallet"_s;
    }
    return {};
}

QString keychainName(Keychain keychain)
{
    switch (keychain) {
    case Keychain::None:
        return u"no keychain"_s;
    case Keychain::SecretService:
        return u"the Secret Service"_s;
    case Keychain::KWallet:
        return u"KWallet"_s;
    }
    return {};
}

} // namespace conductor
