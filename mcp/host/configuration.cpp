#include "mcp/host/configuration.h"

#include "conductor/base/privatefile.h"
#include "conductor/profile/profilestore.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

const QString urlName = u"CONDUCTOR_SERVER_URL"_s;
const QString keyName = u"CONDUCTOR_AUTH_KEY"_s;
const QString secretName = u"CONDUCTOR_AUTH_SECRET"_s;

Result<QUrl> addressIn(const QString &from, const QString &text)
{
    Result<QUrl> url = serverUrl(text);
    if (!url)
        url.error().message = u"%1: %2"_s.arg(from, url.error().message);
    return url;
}

Result<Configuration> fromFile(const QString &path)
{
    const Result<QByteArray> content = readWhole(path, 1024 * 1024);
    if (!content)
        return Failure(content.error());
    QJsonParseError parse;
    const QJsonObject json = QJsonDocument::fromJson(*content, &parse).object();
    if (parse.error != QJsonParseError::NoError)
        return Failure({Error::Kind::Validation, u"%1 is not valid JSON at byte %2: %3"_s.arg(path).arg(parse.offset).arg(parse.errorString())});
    const Result<QUrl> url = addressIn(path + u": "_s + urlName, json[urlName].toString());
    if (!url)
        return Failure(url.error());
    Configuration configuration{Configuration::Source::ConfigFile, {}, *url, {json[keyName].toString(), json[secretName].toString()}};
    const bool open = (QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)) != 0;
    if (open && !configuration.key.isEmpty())
        configuration.warnings << u"%1 holds a secret and may be read by other users; run: chmod 600 %1"_s.arg(path);
    return configuration;
}

Result<Configuration> sourceOf(const CommandLine &line)
{
    if (!line.profile.isEmpty())
        return Configuration{Configuration::Source::Profile, line.profile};
    if (!line.configFile.isEmpty())
        return fromFile(line.configFile);
    if (line.localDev)
        return Configuration{Configuration::Source::LocalDev, {}, QUrl(u"http://localhost:8080/api"_s)};
    if (const QString path = qEnvironmentVariable("CONDUCTOR_CONFIG_PATH"); !path.isEmpty())
        return fromFile(path);
    if (const QString address = qEnvironmentVariable(qPrintable(urlName)); !address.isEmpty()) {
        const Result<QUrl> url = addressIn(urlName, address);
        if (!url)
            return Failure(url.error());
        return Configuration{Configuration::Source::Environment, {}, *url, {qEnvironmentVariable(qPrintable(keyName)), qEnvironmentVariable(qPrintable(secretName))}};
    }
    return Configuration{Configuration::Source::Profile};
}

} // namespace

Result<Configuration> Configuration::from(const CommandLine &line)
{
    Result<Configuration> configuration = sourceOf(line);
    if (configuration)
        configuration->offered = line.offered;
    return configuration;
}

Result<Policy> policyOf(const Selection &asked, const Profile &profile)
{
    const QJsonValue section = profile.sections[Policy::section];
    Result<Policy> policy = section.isUndefined() || section.isObject()
        ? Policy::of(asked, section.toObject(), profile.production)
        : Failure({Error::Kind::Validation, u"%1 must be an object"_s.arg(Policy::section)});
    if (!policy)
        policy.error().message = u"Profile %1: %2"_s.arg(profile.name, policy.error().message);
    return policy;
}

Result<Policy> policyFor(const Configuration &configuration)
{
    ProfileStore profiles;
    if (configuration.source != Configuration::Source::Profile || !profiles.load())
        return Policy{.asked = configuration.offered};
    const Result<Profile> profile = profiles.named(configuration.profile);
    return profile ? policyOf(configuration.offered, *profile) : Policy{.asked = configuration.offered};
}

} // namespace mcp
