#include "conductor/api/probe.h"

#include "conductor/api/httptransport.h"
#include "conductor/api/probing.h"
#include "conductor/base/hostile.h"
#include "conductor/base/serverurl.h"

#include <QElapsedTimer>
#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using What = ProbeCheck::What;
using State = ProbeCheck::State;
using Shared = std::shared_ptr<Probing>;

void explainNoToken(Probing &probing, const Error &error, qint64 tookMs)
{
    const QString enterKey = u"Enter a valid key: an application's page on the server makes one"_s;
    switch (error.kind) {
    case Error::Kind::Auth:
        if (error.message.contains(u"expired", Qt::CaseInsensitive))
            probing.fail(What::Key, ProbeStatus::KeyExpired, error.message, u"Make a new key on the server and enter it here"_s, tookMs);
        else
            probing.fail(What::Key, ProbeStatus::WrongKey, error.message, enterKey, tookMs);
        break;
    case Error::Kind::Timeout:
    case Error::Kind::Network:
        probing.fail(What::Key, ProbeStatus::NoAnswer, u"The server gave no token: %1"_s.arg(error.message), u"Try again"_s, tookMs);
        break;
    case Error::Kind::Server:
        probing.fail(What::Key, ProbeStatus::ServerFails, u"The server gave no token: %1"_s.arg(error.message), u"Look into the server's log"_s, tookMs);
        break;
    default:
        probing.fail(What::Key, ProbeStatus::NotConductor, error.message, u"Check the address"_s, tookMs);
    }
}

Reply<Done> checkKey(Shared probing)
{
    const Result<AccessKey> key = co_await outcome(probing->keys->read());
    if (!key) {
        probing->fail(What::Key, ProbeStatus::KeychainTrouble, key.error().message, key.error().hint);
        co_return Done{};
    }
    if (key->isEmpty() && probing->demandsToken) {
        probing->fail(What::Key, ProbeStatus::KeyMissing, u"The server asks for an access key, and this profile has none"_s,
                      u"Enter a key: an application's page on the server makes one"_s);
        co_return Done{};
    }
    if (key->isEmpty()) {
        probing->note(What::Key, State::Skipped, u"None is set, and the server asks for none"_s);
        co_return Done{};
    }

    QElapsedTimer clock;
    clock.start();
    const auto server = std::make_shared<HttpTransport>(probing->url);
    const Result<QString> token = co_await outcome(requestToken(server, *key, probing->deadline()));
    const qint64 took = clock.elapsed();
    if (token) {
        probing->token = *token;
        probing->slowest = std::max(probing->slowest, took);
        probing->pass(What::Key, u"The server gives a token for it"_s, took);
    } else if (token.error().kind != Error::Kind::NotFound) {
        explainNoToken(*probing, token.error(), took);
    } else if (probing->demandsToken) {
        probing->fail(What::Key, ProbeStatus::KeyMissing, u"The server refuses requests but knows no access keys"_s,
                      u"A proxy before it asks for another kind of login; use an address behind it"_s, took);
    } else {
        probing->note(What::Key, State::Skipped, u"The server has no authentication; the key is not used"_s, took);
    }
    co_return Done{};
}

Reply<Done> checkReading(Shared probing)
{
    QUrl search = probing->below(u"/workflow/search"_s);
    search.setQuery(u"start=0&size=1"_s);
    const ProbedExchange answer = co_await ask(probing, search);
    const QJsonObject json = objectIn(answer);
    const QString code = json[u"error"].toString();
    if (answer.status == 200 && json.contains(u"totalHits")) {
        probing->pass(What::Reading, u"%1 executions can be seen"_s.arg(json[u"totalHits"].toInteger()), answer.tookMs);
    } else if (isRefusal(answer) && probing->token.isEmpty()) {
        probing->fail(What::Reading, ProbeStatus::KeyMissing, u"The server lets nobody read without an access key (%1)"_s.arg(wordsOf(answer)),
                      u"Enter a key: an application's page on the server makes one"_s, answer.tookMs);
    } else if (isRefusal(answer) && code == u"EXPIRED_TOKEN") {
        probing->fail(What::Reading, ProbeStatus::KeyExpired, u"The server calls a token expired that it has just given"_s,
                      u"Make a new key; if that changes nothing, look at the server's clock and the life of its tokens"_s, answer.tookMs);
    } else if (isRefusal(answer)) {
        probing->fail(What::Reading, ProbeStatus::WrongKey, u"The server takes the key but lets it read nothing (%1)"_s.arg(wordsOf(answer)),
                      u"Give the key's application a role that may read executions"_s, answer.tookMs);
    } else if (isFailure(answer)) {
        probing->fail(What::Reading, ProbeStatus::ServerFails, u"The server fails to search: %1"_s.arg(wordsOf(answer)), u"Look into the server's log"_s,
                      answer.tookMs);
    } else if (!answer.answered()) {
        probing->fail(What::Reading, ProbeStatus::NoAnswer, u"The server did not answer a search: %1"_s.arg(harmless(answer.reason)), u"Try again"_s,
                      answer.tookMs);
    } else {
        probing->fail(What::Reading, ProbeStatus::NotConductor, u"The answer to a search is not Conductor's (%1)"_s.arg(wordsOf(answer)),
                      u"Check the address"_s, answer.tookMs);
    }
    co_return Done{};
}

// What could not be asked without a token.
Reply<Done> learnVersion(Shared probing)
{
    const ProbedExchange answer = co_await ask(probing, probing->below(u"/version"_s));
    const QString version = versionIn(answer);
    if (version.isEmpty())
        co_return Done{};
    probing->report.version = version;
    for (ProbeCheck &check : probing->report.checks) {
        if (check.what == What::Api)
            check.detail = u"Conductor %1; the server asks for a token"_s.arg(version);
    }
    co_return Done{};
}

void checkSpeed(Probing &probing)
{
    const QString detail = u"The slowest answer took %1 ms"_s.arg(probing.slowest);
    if (probing.slowest <= probing.limits.slow.count()) {
        probing.pass(What::Speed, detail, probing.slowest);
        return;
    }
    probing.note(What::Speed, State::Failed, detail, probing.slowest);
    probing.report.checks.back().fix = u"The server can be used. Look at its load, its database and the network in between"_s;
    probing.report.status = ProbeStatus::Slow;
}

// The report with all its checks; those that were not reached are skipped.
ProbeReport finished(Probing &probing)
{
    for (const What what : {What::Address, What::Connection, What::Encryption, What::Api, What::Key, What::Reading, What::Speed}) {
        const auto &checks = probing.report.checks;
        if (std::none_of(checks.begin(), checks.end(), [what](const ProbeCheck &check) { return check.what == what; }))
            probing.note(what, State::Skipped, u"Not reached"_s);
    }
    std::stable_sort(probing.report.checks.begin(), probing.report.checks.end(), [](const ProbeCheck &a, const ProbeCheck &b) { return a.what < b.what; });
    return probing.report;
}

bool staysHere(const QUrl &url)
{
    return url.host() == u"localhost" || QHostAddress(url.host()).isLoopback();
}

} // namespace

Reply<ProbeReport> probe(QUrl baseUrl, std::shared_ptr<KeySource> keys, ProbeLimits limits)
{
    const auto probing = std::make_shared<Probing>();
    probing->keys = std::move(keys);
    probing->limits = limits;
    const Result<QUrl> url = serverUrl(baseUrl.toString(QUrl::FullyEncoded));
    if (!url) {
        probing->fail(What::Address, ProbeStatus::BadAddress, url.error().message, url.error().hint);
        co_return finished(*probing);
    }
    probing->url = *url;
    probing->pass(What::Address, url->toString());

    const ProbedExchange first = co_await ask(probing, probing->below(u"/version"_s));
    if (!first.answered()) {
        co_await explainNoAnswer(probing, first);
        co_return finished(*probing);
    }
    probing->pass(What::Connection, u"%1 answers"_s.arg(probing->server()), first.tookMs);
    if (url->scheme() == u"https")
        probing->pass(What::Encryption, u"The certificate is trusted"_s);
    else
        probing->note(What::Encryption, State::Skipped, staysHere(*url) ? u"Plain HTTP, and it does not leave this machine"_s
                                                                         : u"Plain HTTP: whoever is on the way can read along, keys too"_s);

    co_await judge(probing, first);
    if (!probing->over)
        co_await checkKey(probing);
    if (!probing->over)
        co_await checkReading(probing);
    if (!probing->over && probing->report.version.isEmpty())
        co_await learnVersion(probing);
    if (!probing->over)
        checkSpeed(*probing);
    co_return finished(*probing);
}

QString statusName(ProbeStatus status)
{
    switch (status) {
    case ProbeStatus::Ready:
        return u"ready"_s;
    case ProbeStatus::Slow:
        return u"slow"_s;
    case ProbeStatus::OldServer:
        return u"old_server"_s;
    case ProbeStatus::BadAddress:
        return u"bad_address"_s;
    case ProbeStatus::UnknownHost:
        return u"unknown_host"_s;
    case ProbeStatus::Refused:
        return u"refused"_s;
    case ProbeStatus::NoAnswer:
        return u"no_answer"_s;
    case ProbeStatus::WrongScheme:
        return u"wrong_scheme"_s;
    case ProbeStatus::TlsFailed:
        return u"tls_failed"_s;
    case ProbeStatus::MissingApi:
        return u"missing_api"_s;
    case ProbeStatus::NotConductor:
        return u"not_conductor"_s;
    case ProbeStatus::ServerFails:
        return u"server_fails"_s;
    case ProbeStatus::KeychainTrouble:
        return u"keychain_trouble"_s;
    case ProbeStatus::KeyMissing:
        return u"key_missing"_s;
    case ProbeStatus::WrongKey:
        return u"wrong_key"_s;
    case ProbeStatus::KeyExpired:
        return u"key_expired"_s;
    }
    return u"not_conductor"_s;
}

} // namespace conductor
