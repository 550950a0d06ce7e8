#include "conductor/secret/storedkey.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace conductor {

QString StoredKey::entryOf(const QString &profileId)
{
    return profileId + u"/access-key"_s;
}

QByteArray StoredKey::toBytes() const
{
    const QJsonObject json{{u"keyId"_s, key.id}, {u"keySecret"_s, key.secret}, {u"server"_s, origin}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<StoredKey> StoredKey::fromBytes(const QByteArray &bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    const StoredKey stored{{json[u"keyId"].toString(), json[u"keySecret"].toString()}, json[u"server"].toString()};
    if (stored.key.id.isEmpty() || stored.key.secret.isEmpty() || stored.origin.isEmpty())
        return Failure({Error::Kind::Keychain, u"The keychain's entry for this profile is not one of ours"_s, u"Enter the key of this profile again"_s});
    return stored;
}

} // namespace conductor
