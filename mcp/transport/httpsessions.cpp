#include "mcp/transport/httpsessions.h"

#include "mcp/transport/httprules.h"

#include <QJsonArray>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {
namespace {

const QByteArray idHeader = "mcp-session-id";

} // namespace

QByteArray randomId()
{
    std::array<quint32, 4> bits;
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QByteArray(reinterpret_cast<const char *>(bits.data()), sizeof bits).toHex();
}

HttpSessions::HttpSessions(Factory factory, const HttpLimits &limits, QObject *parent)
    : QObject(parent)
    , m_factory(std::move(factory))
    , m_limits(limits)
{
    m_sweep.setTimerType(Qt::VeryCoarseTimer);
    m_sweep.callOnTimeout(this, &HttpSessions::endSilent);
    m_sweep.start(std::min<std::chrono::milliseconds>(60s, m_limits.sessionTime / 2 + 1ms));
}

HttpSessions::~HttpSessions() = default;

void HttpSessions::post(const HttpRequest &request, const Message &message, HttpConnection *connection)
{
    if (const std::optional<HttpAnswer> refusal = versionRefusal(request, message)) {
        connection->answer(*refusal);
        return;
    }
    if (message.kind == Message::Kind::Request && message.method == u"initialize")
        begin(message, connection);
    else if (HttpSession *session = sessionOf(request, connection, message.id))
        session->post(message, connection);
}

void HttpSessions::postBatch(const HttpRequest &request, const QJsonArray &elements, HttpConnection *connection)
{
    QList<Message> requests;
    bool faulty = false;
    for (const QJsonValue &element : elements) {
        const RpcResult<Message> message = readMessage(element);
        faulty = faulty || !message;
        if (claimsModern(element[u"params"].toObject())) {
            connection->answer(refused(400, u"Revision 2026-07-28 has no batches; post each message by itself"_s));
            return;
        }
        if (message && message->kind == Message::Kind::Request)
            requests << *message;
    }
    if (elements.isEmpty())
        connection->answer(refused(400, u"A batch must not be empty"_s));
    else if (const std::optional<HttpAnswer> refusal = versionRefusal(request, Message()))
        connection->answer(*refusal);
    else if (HttpSession *session = sessionOf(request, connection))
        session->postBatch(request.body, requests, faulty, connection);
}

void HttpSessions::listen(const HttpRequest &request, HttpConnection *connection)
{
    if (!request.accepts("text/event-stream"))
        connection->answer(refused(406, u"This answers with a stream: send Accept: text/event-stream"_s));
    else if (const std::optional<HttpAnswer> refusal = versionRefusal(request, Message()))
        connection->answer(*refusal);
    else if (HttpSession *session = sessionOf(request, connection))
        session->listen(request, connection);
}

void HttpSessions::end(const HttpRequest &request, HttpConnection *connection)
{
    const HttpSession *session = sessionOf(request, connection);
    if (!session)
        return;
    m_sessions.erase(session->id().toStdString());
    connection->answer({.status = 204});
}

void HttpSessions::endListening()
{
    for (const auto &[id, session] : m_sessions)
        session->endListening();
}

int HttpSessions::pending() const
{
    int all = 0;
    for (const auto &[id, session] : m_sessions)
        all += session->pending();
    return all;
}

void HttpSessions::begin(const Message &initialize, HttpConnection *connection)
{
    if (!makeRoom()) {
        HttpAnswer answer = refused(503, RpcError{RpcError::InternalError, u"%1 sessions are busy; end one, or try again later"_s.arg(count())}, initialize.id);
        answer.headers.emplace_back("Retry-After", "10");
        connection->answer(std::move(answer));
        return;
    }
    auto session = std::make_unique<HttpSession>(randomId(), m_factory(), m_limits);
    session->begin(initialize, connection);
    if (session->hasBegun())
        m_sessions.emplace(session->id().toStdString(), std::move(session));
}

// A client that finds its session gone begins another, so that the one that is silent for longest can go.
bool HttpSessions::makeRoom()
{
    if (count() < m_limits.sessions)
        return true;
    const auto silence = [](const auto &entry) { return entry.second->isQuiet() ? entry.second->quietMs() : -1; };
    const auto longest = std::max_element(m_sessions.begin(), m_sessions.end(), [&](const auto &one, const auto &other) { return silence(one) < silence(other); });
    if (longest == m_sessions.end() || !longest->second->isQuiet())
        return false;
    m_sessions.erase(longest);
    return true;
}

void HttpSessions::endSilent()
{
    std::erase_if(m_sessions, [this](const auto &entry) { return entry.second->isQuiet() && entry.second->quietMs() >= m_limits.sessionTime.count(); });
}

HttpSession *HttpSessions::sessionOf(const HttpRequest &request, HttpConnection *connection, const QJsonValue &id)
{
    const auto found = m_sessions.find(request.header(idHeader).toStdString());
    if (found != m_sessions.end())
        return found->second.get();
    if (request.has(idHeader))
        connection->answer(refused(404, RpcError{RpcError::InvalidRequest, u"There is no such session any more; initialize again"_s}, id));
    else
        connection->answer(refused(400, RpcError{RpcError::InvalidRequest, u"Mcp-Session-Id is missing; a session begins with initialize"_s}, id));
    return nullptr;
}

} // namespace mcp
