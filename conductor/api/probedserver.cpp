// The part of Probe that finds out who answers at an address, or why nobody does.
#include "conductor/api/probing.h"

#include "conductor/base/hostile.h"
#include "conductor/base/serverurl.h"

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using What = ProbeCheck::What;
using End = ProbedExchange::End;
using Shared = std::shared_ptr<Probing>;

QString seconds(std::chrono::milliseconds time)
{
    return QString::number(double(time.count()) / 1000.0);
}

// An address that answers as Conductor's API does, with or without asking for a token.
bool looksLikeApi(const ProbedExchange &exchange)
{
    return !versionIn(exchange).isEmpty() || (exchange.status == 401 && !objectIn(exchange).isEmpty());
}

QUrl withScheme(QUrl url, const QString &scheme)
{
    url.setScheme(scheme);
    return url;
}

void suggestScheme(Probing &probing, What what, const QString &scheme, qint64 tookMs)
{
    probing.report.suggestion = withScheme(probing.url, scheme);
    probing.fail(what, ProbeStatus::WrongScheme,
                 u"The port of %1 speaks %2"_s.arg(probing.server(), scheme == u"http" ? u"plain HTTP, not HTTPS"_s : u"HTTPS, not plain HTTP"_s),
                 u"Use %1"_s.arg(probing.report.suggestion.toString()), tookMs);
}

QString certificateFix(const QSslError &doubt)
{
    switch (doubt.error()) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return u"Add the authority that issued it to the certificates that this system trusts"_s;
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return u"Have the certificate renewed, and check the clock of this machine"_s;
    case QSslError::HostNameMismatch:
        return u"Use the host name that the certificate was issued for"_s;
    default:
        return u"Have the server's certificate mended"_s;
    }
}

Reply<Done> explainNoHandshake(Shared probing, ProbedExchange first)
{
    const ProbedExchange plain = co_await ask(probing, withScheme(probing->below(u"/version"_s), u"http"_s));
    if (plain.answered() && plain.status != 400) // 400 is how web servers answer HTTP on a port for HTTPS
        suggestScheme(*probing, What::Encryption, u"http"_s, first.tookMs);
    else
        probing->fail(What::Encryption, ProbeStatus::TlsFailed, u"No secure connection came about: %1"_s.arg(harmless(first.reason)),
                      u"Check that the server offers TLS 1.2 or 1.3, and that no proxy stands in between"_s, first.tookMs);
    co_return Done{};
}

// A peer that answers HTTP with nothing, garbage or 400 may speak HTTPS.
Reply<bool> speaksTls(Shared probing)
{
    const ProbedExchange secure = co_await ask(probing, withScheme(probing->below(u"/version"_s), u"https"_s));
    co_return secure.secure;
}

void recognise(Probing &probing, const QString &version, qint64 tookMs)
{
    probing.report.version = version;
    probing.pass(What::Api, version.isEmpty() ? u"The server asks for a token"_s : u"Conductor %1"_s.arg(version), tookMs);
}

// Servers before 3.30 have no /version; but only Conductor words the lack of a workflow so.
Reply<bool> isOldApi(Shared probing, ProbedExchange version)
{
    if (version.status != 404 || !objectIn(version).contains(u"message"))
        co_return false;
    const ProbedExchange unknown = co_await ask(probing, probing->below(u"/metadata/workflow/no-such-workflow"_s));
    co_return unknown.status == 404 && objectIn(unknown)[u"message"].toString().contains(u"No such workflow");
}

// Tries where the API of this server may be, and says so when it is there.
Reply<bool> foundElsewhere(Shared probing, ProbedExchange first)
{
    QUrl root = probing->url;
    root.setPath({});
    const QUrl given = probing->url;
    QList<QUrl> candidates{withApi(given), withApi(root)};
    candidates.removeAll(given);
    if (candidates.size() == 2 && candidates[0] == candidates[1])
        candidates.removeLast();
    for (const QUrl &candidate : candidates) {
        probing->url = candidate;
        const ProbedExchange there = co_await ask(probing, probing->below(u"/version"_s));
        const bool old = co_await isOldApi(probing, there);
        probing->url = given;
        if (!old && !looksLikeApi(there))
            continue;
        probing->report.suggestion = candidate;
        probing->report.version = versionIn(there);
        probing->fail(What::Api, ProbeStatus::MissingApi,
                      first.isPage() ? u"The address is that of Conductor's web pages"_s : u"Conductor's API is not at this address (%1)"_s.arg(wordsOf(first)),
                      u"Use %1"_s.arg(candidate.toString()), first.tookMs);
        co_return true;
    }
    co_return false;
}

// Says so when it is an old server; its build information tells which.
Reply<bool> foundOld(Shared probing, ProbedExchange first)
{
    const bool old = co_await isOldApi(probing, first);
    if (!old)
        co_return false;
    QUrl info = probing->url;
    info.setPath(info.path().chopped(info.path().endsWith(u"/api") ? 4 : 0) + u"/actuator/info"_s);
    const ProbedExchange build = co_await ask(probing, info);
    const QString version = harmless(objectIn(build)[u"build"][u"version"].toString(), 40);
    probing->report.status = ProbeStatus::OldServer;
    probing->report.version = version;
    probing->pass(What::Api, u"Conductor %1, an old version: some calls are missing"_s.arg(version.isEmpty() ? u"before 3.30"_s : version), first.tookMs);
    co_return true;
}

void explainRedirect(Probing &probing, const ProbedExchange &first)
{
    const bool onlyScheme = first.location.host() == probing.url.host() && first.location.scheme() == u"https" && probing.url.scheme() == u"http";
    if (onlyScheme) {
        QUrl secure = withScheme(probing.url, u"https"_s);
        secure.setPort(first.location.port());
        probing.report.suggestion = secure;
        probing.fail(What::Api, ProbeStatus::WrongScheme, u"The server sends plain HTTP on to HTTPS"_s, u"Use %1"_s.arg(secure.toString()), first.tookMs);
        return;
    }
    const QString target = first.location.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    probing.fail(What::Api, ProbeStatus::NotConductor, u"The server sends the request on to %1"_s.arg(harmless(target)),
                 u"If that is a page to log in, a proxy stands before Conductor: use an address behind it. Keys are never sent on to another address"_s,
                 first.tookMs);
}

} // namespace

Reply<Done> explainNoAnswer(Shared probing, ProbedExchange first)
{
    const QString server = probing->server();
    switch (first.end) {
    case End::HostUnknown:
        probing->fail(What::Connection, ProbeStatus::UnknownHost, u"There is no host \"%1\""_s.arg(probing->url.host()),
                      u"Check the name; without a network or VPN no name can be found"_s, first.tookMs);
        break;
    case End::Refused:
        probing->fail(What::Connection, ProbeStatus::Refused, u"%1 refuses the connection"_s.arg(server),
                      u"Start the server, or check the port: Conductor's own is 8080"_s, first.tookMs);
        break;
    case End::TimedOut:
        probing->fail(What::Connection, ProbeStatus::NoAnswer, u"%1 did not answer within %2 s"_s.arg(server, seconds(probing->limits.patience)),
                      u"Check that the server is not overloaded, and that no firewall stands in between"_s, first.tookMs);
        break;
    case End::Untrusted:
        probing->pass(What::Connection, u"%1 takes connections"_s.arg(server), first.tookMs);
        probing->fail(What::Encryption, ProbeStatus::TlsFailed, u"The server's certificate is not trusted: %1"_s.arg(harmless(first.doubts[0].errorString())),
                      certificateFix(first.doubts[0]), first.tookMs);
        break;
    case End::NoHandshake:
        probing->pass(What::Connection, u"%1 takes connections"_s.arg(server), first.tookMs);
        co_await explainNoHandshake(probing, first);
        break;
    default: {
        const bool tls = co_await speaksTls(probing);
        if (tls && probing->url.scheme() == u"http")
            suggestScheme(*probing, What::Connection, u"https"_s, first.tookMs);
        else if (first.end == End::Unreachable)
            probing->fail(What::Connection, ProbeStatus::NoAnswer, u"%1 cannot be reached: %2"_s.arg(server, harmless(first.reason)),
                          u"Check the network, a VPN that is needed, and the address"_s, first.tookMs);
        else
            probing->fail(What::Connection, ProbeStatus::NotConductor, u"What listens at %1 does not speak HTTP"_s.arg(server),
                          u"Check host and port: Conductor's own port is 8080"_s, first.tookMs);
    }
    }
    co_return Done{};
}

Reply<Done> judge(Shared probing, ProbedExchange first)
{
    const QString version = versionIn(first);
    if (!version.isEmpty() || (isRefusal(first) && !first.isPage())) {
        probing->demandsToken = isRefusal(first);
        recognise(*probing, version, first.tookMs);
        co_return Done{};
    }
    if (first.status >= 300 && first.status < 400) {
        explainRedirect(*probing, first);
        co_return Done{};
    }
    if (isFailure(first)) {
        const QString fix = first.status == 429 ? u"Try again in a moment"_s
            : first.status == 502 || first.status == 503 || first.status == 504
            ? u"What stands before Conductor does not reach it: start it, or wait until it has started"_s
            : u"Look into the server's log"_s;
        probing->fail(What::Api, ProbeStatus::ServerFails, u"The server fails: %1"_s.arg(wordsOf(first)), fix, first.tookMs);
        co_return Done{};
    }
    if (first.status == 400 && probing->url.scheme() == u"http") {
        const bool tls = co_await speaksTls(probing);
        if (tls) {
            suggestScheme(*probing, What::Api, u"https"_s, first.tookMs);
            co_return Done{};
        }
    }
    const bool old = co_await foundOld(probing, first);
    if (old)
        co_return Done{};
    const bool elsewhere = co_await foundElsewhere(probing, first);
    if (elsewhere)
        co_return Done{};
    probing->fail(What::Api, ProbeStatus::NotConductor,
                  first.isPage() ? u"A web page answers, not Conductor"_s : u"What answers is not Conductor (%1)"_s.arg(wordsOf(first)),
                  u"Check the address; Conductor's own is http://HOST:8080/api"_s, first.tookMs);
    co_return Done{};
}

} // namespace conductor
