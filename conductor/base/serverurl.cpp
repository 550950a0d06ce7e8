#include "conductor/base/serverurl.h"

#include "conductor/base/hostile.h"

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr qsizetype longest = 2000;

Error badUrl(const QString &text, const QString &reason)
{
    return {Error::Kind::Validation, u"\"%1\" is not a server's address: %2"_s.arg(harmless(text), reason), u"Write it as http://HOST:PORT/api"_s};
}

} // namespace

Result<QUrl> serverUrl(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > longest)
        return Failure(badUrl(trimmed.left(80), trimmed.isEmpty() ? u"it is empty"_s : u"it is too long"_s));
    QUrl url(trimmed, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (!url.isValid())
        return Failure(badUrl(trimmed, url.errorString()));
    if (scheme != u"http" && scheme != u"https")
        return Failure(badUrl(trimmed, u"it does not begin with http:// or https://"_s));
    if (url.host().isEmpty())
        return Failure(badUrl(trimmed, u"it names no host"_s));
    if (!url.userInfo().isEmpty())
        return Failure({Error::Kind::Validation, u"The address of %1 holds a user or a password"_s.arg(url.host()),
                        u"Leave them out; an access key is entered by itself and kept in the keychain"_s});
    url.setQuery(QString());
    url.setFragment(QString());
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path, QUrl::StrictMode);
    return url;
}

QUrl withApi(const QUrl &url)
{
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (!path.endsWith(u"/api"))
        path += u"/api";
    QUrl changed = url;
    changed.setPath(path, QUrl::StrictMode);
    return changed;
}

QString originOf(const QUrl &url)
{
    const int port = url.port(url.scheme() == u"https" ? 443 : 80);
    return u"%1://%2:%3"_s.arg(url.scheme(), url.host().toLower(), QString::number(port));
}

} // namespace conductor
