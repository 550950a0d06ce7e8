#include "mcp/host/configuration.h"

#include "conductor/base/privatefile.h"
#include "conductor/profile/profile.h"

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

} // namespace

Result<Configuration> Configuration::from(const CommandLine &line)
{
    if (!line.profile.isEmpty())
        return Configuration{Source::Profile, line.profile};
    if (!line.configFile.isEmpty())
        return fromFile(line.configFile);
    if (line.localDev)
        return Configuration{Source::LocalDev, {}, QUrl(u"http://localhost:8080/api"_s)};
    if (const QString path = qEnvironmentVariable("CONDUCTOR_CONFIG_PATH"); !path.isEmpty())
        return fromFile(path);
    if (const QString address = qEnvironmentVariable(qPrintable(urlName)); !address.isEmpty()) {
        const Result<QUrl> url = addressIn(urlName, address);
        if (!url)
            return Failure(url.error());
        return Configuration{Source::Environment, {}, *url, {qEnvironmentVariable(qPrintable(keyName)), qEnvironmentVariable(qPrintable(secretName))}};
    }
    return Configuration{Source::Profile};
}

} // namespace mcp
