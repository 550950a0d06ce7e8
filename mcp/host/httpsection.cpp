#include "mcp/host/httpsection.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

const QString sectionKey = u"http"_s;

} // namespace

bool HttpSection::isIn(const Profile &profile)
{
    return profile.sections.contains(sectionKey);
}

HttpSection HttpSection::of(const Profile &profile)
{
    const QJsonObject json = profile.sections[sectionKey].toObject();
    HttpSection section;
    section.on = json[u"on"].toBool();
    section.port = json[u"port"].toInt(json.contains(u"port") ? 0 : usualPort);
    if (section.port < 1 || section.port > 65535)
        section.port = 0;
    for (const Keychain keychain : {Keychain::SecretService, Keychain::KWallet}) {
        if (json[u"keychain"].toString() == keychainId(keychain))
            section.keychain = keychain;
    }
    section.tokenRevision = json[u"tokenRevision"].toInteger();
    return section;
}

void HttpSection::putInto(Profile &profile) const
{
    QJsonObject json = profile.sections[sectionKey].toObject();
    json[u"on"] = on;
    json[u"port"] = port;
    json[u"tokenRevision"] = tokenRevision;
    if (keychain == Keychain::None)
        json.remove(u"keychain");
    else
        json[u"keychain"] = keychainId(keychain);
    profile.sections[sectionKey] = json;
}

} // namespace mcp
