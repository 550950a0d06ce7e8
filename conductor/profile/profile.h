// A Conductor server as a person set it up, without its secrets: one entry of profiles.json. A value.
#pragma once

#include "conductor/base/serverurl.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

#include <optional>

namespace conductor {

// Which of the session's keychains holds a profile's key. Recorded, so that a window with a desktop's variables and a server
// with none look in the same place.
enum class Keychain { None, SecretService, KWallet };

struct Profile {
    QString id = {};                    // short, random, never changes: names the profile's secrets and files
    QString name = {};                  // what people and --profile call it
    QUrl url = {};                      // as serverUrl() makes it, with /api
    bool production = false;            // marked everywhere, and asked about more strictly
    bool requiresCompanion = false;     // nothing goes to this server while the companion does not run
    Keychain keychain = Keychain::None; // None: the profile has no key
    qint64 secretRevision = 0;          // raised when the key changes; running sessions take the new one then
    QDateTime keySince = {};            // when the key was entered or last rotated; invalid without a key
    QJsonObject sections = {};          // every JSON key we do not know, verbatim: other rooms read their own

    bool operator==(const Profile &) const = default;

    // what: the root of the paths in errors, such as "profiles[2]". Errors: Protocol with the path of what does not fit.
    static Result<Profile> fromJson(const QJsonValue &json, const QString &what);
    QJsonObject toJson() const;
};

// The name as it is stored: blanks at its ends removed. Errors: Validation when it is empty, over 64 characters, or holds
// control or direction characters.
Result<QString> profileName(const QString &text);

// Full days since the key was entered; nothing without a key.
std::optional<qint64> keyAgeInDays(const Profile &profile, const QDateTime &now);

constexpr qint64 oldKeyInDays = 30;
bool keyIsOld(const Profile &profile, const QDateTime &now); // older than oldKeyInDays

// "secretservice", "kwallet", "" for none: as profiles.json has it.
QString keychainId(Keychain keychain);
// "the Secret Service", "KWallet": as a sentence has it.
QString keychainName(Keychain keychain);

} // namespace conductor
