#include "mcp/transport/httpgate.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

QByteArray digest(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

// Takes the same time wherever they differ.
bool sameDigest(const QByteArray &one, const QByteArray &other)
{
    int difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        difference |= one[i] ^ other[i];
    return difference == 0;
}

// The name within "name:port"; empty when it is neither a name nor an address.
QString hostIn(const QByteArray &authority)
{
    const QUrl url(u"http://"_s + QString::fromUtf8(authority), QUrl::StrictMode);
    return url.isValid() && url.userInfo().isEmpty() && url.path().isEmpty() && !url.hasQuery() && !url.hasFragment() ? url.host().toLower() : QString();
}

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

} // namespace

HttpGate::HttpGate(const QByteArray &token, bool remote)
    : m_tokenDigest(token.isEmpty() ? QByteArray() : digest(token))
    , m_remote(remote)
{
}

std::optional<HttpAnswer> HttpGate::refusal(const HttpRequest &request) const
{
    if (!knowsHost(request))
        return refused(403, u"This server is not reached under that name"_s);
    if (!knowsOrigin(request))
        return refused(403, u"Web pages of that origin may not use this server"_s);
    if (request.path == "/health" || knowsToken(request))
        return {};
    HttpAnswer answer = refused(401, u"This server wants its token: \"Authorization: Bearer TOKEN\""_s);
    const bool shown = request.has("authorization");
    answer.headers.emplace_back("WWW-Authenticate", shown ? "Bearer realm=\"conductor-mcp\", error=\"invalid_token\"" : "Bearer realm=\"conductor-mcp\"");
    return answer;
}

bool HttpGate::knowsHost(const HttpRequest &request) const
{
    const QString host = hostIn(request.header("host"));
    return m_remote ? !host.isEmpty() : isLoopback(host);
}

bool HttpGate::knowsOrigin(const HttpRequest &request) const
{
    if (!request.has("origin"))
        return true;
    const QByteArray origin = request.header("origin");
    const qsizetype scheme = origin.startsWith("http://") ? 7 : origin.startsWith("https://") ? 8 : 0;
    const QString host = scheme > 0 ? hostIn(origin.mid(scheme)) : QString();
    return isLoopback(host) || (m_remote && !host.isEmpty() && host == hostIn(request.header("host")));
}

bool HttpGate::knowsToken(const HttpRequest &request) const
{
    if (m_tokenDigest.isEmpty())
        return true;
    const QByteArray shown = request.header("authorization");
    return shown.size() > 7 && shown.first(7).toLower() == "bearer " && sameDigest(digest(shown.mid(7).trimmed()), m_tokenDigest);
}

} // namespace mcp
