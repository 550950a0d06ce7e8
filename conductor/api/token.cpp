#include "conductor/api/token.h"

#include "conductor/base/patience.h"
#include "conductor/base/utc.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conductor {
namespace {

constexpr auto tokenPatience = 20s;
constexpr qint64 lifeWithoutExpiry = 45 * 60; // s, as Conductor's own SDKs renew
constexpr qint64 earliest = 5 * 60;           // s
constexpr int mostFailures = 5;
constexpr qint64 lastSecond = 253'402'300'799; // of the year 9999

class FixedKey : public KeySource
{
public:
    explicit FixedKey(AccessKey key) : m_key(std::move(key)) {}

    Reply<AccessKey> read() override { return answered<AccessKey>(m_key); }
    qint64 revision() const override { return 0; }

private:
    AccessKey m_key;
};

// What the requests of one connection share.
struct TokenState {
    std::shared_ptr<Transport> inner;
    std::shared_ptr<KeySource> keys;

    AccessKey key;
    QString token;                         // empty: none yet, or none needed
    bool unneeded = false;                 // no key, or a server without authentication
    qint64 revision = 0;                   // of the key that token and key belong to
    QDateTime renewAt;
    std::optional<Reply<QString>> pending; // the one request for a token on its way
    qint64 pendingRevision = 0;            // of the key it is made with
    int failures = 0;
    QDateTime blockedUntil;
    std::optional<Error> lastFailure;

    bool isRenewing() const { return pending && !pending->isFinished() && pendingRevision == keys->revision(); }

    void forget()
    {
        token.clear();
        unneeded = false;
        pending.reset();
    }
};

QDateTime renewalOf(const QString &token)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime expiry = expiryOf(token);
    const qint64 life = expiry.isValid() ? now.secsTo(expiry) : lifeWithoutExpiry;
    return now.addSecs(std::max<qint64>(1, life - std::min(earliest, life / 5)));
}

// The failure that stands while a wrong key must not be tried again.
std::optional<Error> standingFailure(const TokenState &state)
{
    if (!state.lastFailure || (state.failures < mostFailures && state.blockedUntil <= QDateTime::currentDateTimeUtc()))
        return {};
    Error error = *state.lastFailure;
    error.hint = u"The key was refused %1 times and is not tried again %2. Enter the right key for this server"_s
                     .arg(state.failures)
                     .arg(state.failures < mostFailures ? u"yet"_s : u"until it is replaced"_s);
    return error;
}

void remember(TokenState &state, const Error &failure)
{
    if (failure.kind != Error::Kind::Auth)
        return;
    ++state.failures;
    state.lastFailure = failure;
    state.blockedUntil = QDateTime::currentDateTimeUtc().addSecs(qint64(1) << std::min(state.failures, mostFailures));
}

Reply<QString> newToken(std::shared_ptr<TokenState> state)
{
    const qint64 revision = state->keys->revision();
    const AccessKey key = co_await state->keys->read();
    if (revision != state->revision || key != state->key) {
        state->failures = 0;
        state->lastFailure.reset();
        state->token.clear(); // it is the old key's, and would pass for the new one's from here on
        state->unneeded = false;
    }
    state->revision = revision;
    state->key = key;
    if (key.isEmpty()) {
        state->unneeded = true;
        co_return QString();
    }
    if (const std::optional<Error> failure = standingFailure(*state))
        co_return Failure(*failure);

    const Result<QString> token = co_await outcome(requestToken(state->inner, key, QDeadlineTimer(tokenPatience)));
    if (state->revision != revision)
        co_return token; // the key was replaced meanwhile; what its token says is no longer of interest
    if (!token && token.error().kind == Error::Kind::NotFound) {
        state->unneeded = true;
        co_return QString();
    }
    if (!token) {
        remember(*state, token.error());
        co_return token;
    }
    state->failures = 0;
    state->lastFailure.reset();
    state->token = *token;
    state->renewAt = renewalOf(*token);
    co_return token;
}

bool isFresh(const TokenState &state)
{
    if (state.revision != state.keys->revision())
        return false;
    return state.unneeded || (!state.token.isEmpty() && QDateTime::currentDateTimeUtc() < state.renewAt);
}

// The token to use now; empty when none is needed.
Reply<QString> currentToken(std::shared_ptr<TokenState> state)
{
    if (isFresh(*state))
        return answered<QString>(state->token);
    if (!state->isRenewing()) {
        state->pendingRevision = state->keys->revision();
        state->pending = newToken(state);
    }
    return *state->pending;
}

bool saysTokenIsStale(const Error &error)
{
    return error.message.startsWith(u"EXPIRED_TOKEN") || error.message.startsWith(u"INVALID_TOKEN");
}

// Somebody else was refused as well, and has or will have another token.
bool isBeingRenewed(const TokenState &state, const QString &usedToken)
{
    return state.isRenewing() || (state.token != usedToken && !state.token.isEmpty());
}

// After a denial: true when another token is worth one more try.
Reply<bool> canRenew(std::shared_ptr<TokenState> state, Error denial, QString usedToken)
{
    if (isBeingRenewed(*state, usedToken))
        co_return true;
    if (saysTokenIsStale(denial) && !usedToken.isEmpty()) {
        state->forget();
        co_return true;
    }
    const Result<AccessKey> key = co_await outcome(state->keys->read());
    if (isBeingRenewed(*state, usedToken))
        co_return true;
    if (!key || *key == state->key)
        co_return false;
    state->forget();
    co_return true;
}

Reply<QString> tokenFor(std::shared_ptr<TokenState> state, Request request)
{
    return patiently(currentToken(state), request.stop, request.deadline, u"No access token came in time"_s);
}

Reply<QJsonValue> sendAuthorized(std::shared_ptr<TokenState> state, Request request)
{
    request.token = co_await tokenFor(state, request);
    const Result<QJsonValue> first = co_await outcome(state->inner->send(request));
    if (first || (first.error().httpStatus != 401 && first.error().httpStatus != 403))
        co_return first;
    // The server refused it unseen, so that sending it again repeats nothing.
    const bool renewed = co_await canRenew(state, first.error(), request.token);
    if (!renewed)
        co_return first;
    request.token = co_await tokenFor(state, request);
    co_return co_await outcome(state->inner->send(request));
}

class AuthorizedTransport : public Transport
{
public:
    AuthorizedTransport(std::shared_ptr<Transport> inner, std::shared_ptr<KeySource> keys)
        : m_state(std::make_shared<TokenState>())
    {
        m_state->inner = std::move(inner);
        m_state->keys = std::move(keys);
        m_state->revision = m_state->keys->revision();
    }

    Reply<QJsonValue> send(Request request) override { return sendAuthorized(m_state, std::move(request)); }

private:
    std::shared_ptr<TokenState> m_state;
};

} // namespace

std::shared_ptr<KeySource> fixedKey(AccessKey key)
{
    return std::make_shared<FixedKey>(std::move(key));
}

std::shared_ptr<Transport> authorized(std::shared_ptr<Transport> transport, std::shared_ptr<KeySource> keys)
{
    return std::make_shared<AuthorizedTransport>(std::move(transport), std::move(keys));
}

Reply<QString> requestToken(std::shared_ptr<Transport> transport, AccessKey key, QDeadlineTimer deadline)
{
    Request request = post(u"token"_s).json(QJsonObject{{u"keyId"_s, key.id}, {u"keySecret"_s, key.secret}}).repeatably();
    request.deadline = deadline;
    const Result<QJsonValue> answer = co_await outcome(transport->send(request));
    if (!answer && (answer.error().httpStatus == 401 || answer.error().httpStatus == 403))
        co_return Failure({Error::Kind::Auth, u"The server refused the access key: "_s + answer.error().message,
                           u"Enter a valid key for this server"_s, answer.error().httpStatus});
    if (!answer)
        co_return Failure(answer.error());
    const QString token = (*answer)[u"token"].toString();
    if (token.isEmpty())
        co_return Failure({Error::Kind::Protocol, u"The server answered the request for a token without one"_s,
                           u"Is the address that of a Conductor server?"_s});
    co_return token;
}

QDateTime expiryOf(const QString &jwt)
{
    const QStringList parts = jwt.split(u'.');
    if (parts.size() != 3)
        return {};
    const QByteArray claims = QByteArray::fromBase64(parts[1].toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const qint64 expiry = QJsonDocument::fromJson(claims).object()[u"exp"].toInteger();
    return expiry > 0 ? utcFromMs(std::min(expiry, lastSecond) * 1000) : QDateTime();
}

} // namespace conductor
