#include "mcp/transport/httpsession.h"

#include "mcp/transport/httprules.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {

HttpSession::HttpSession(QByteArray id, std::unique_ptr<Session> session, const HttpLimits &limits, QObject *parent)
    : QObject(parent)
    , m_id(std::move(id))
    , m_session(std::move(session))
    , m_limits(limits)
{
    connect(m_session.get(), &Session::sends, this, &HttpSession::route);
    m_quiet.start();
}

HttpSession::~HttpSession()
{
    m_session->disconnect(this);
    for (Exchange &exchange : m_exchanges)
        exchange.stream->refuse(refused(404, u"The session has ended"_s));
    if (m_standalone)
        m_standalone->end();
}

void HttpSession::begin(const Message &initialize, HttpConnection *connection)
{
    receive(toLine(initialize.json), {std::make_unique<EventStream>(nextShape(), connection), {idKey(initialize.id)}});
}

void HttpSession::post(const Message &message, HttpConnection *connection)
{
    m_quiet.restart();
    if (message.kind != Message::Kind::Request) {
        m_session->receive(toLine(message.json));
        if (message.method == u"notifications/cancelled")
            forget(message);
        connection->answer({.status = 202});
        return;
    }
    const QByteArray key = idKey(message.id);
    if (exchangeOf({}, key) != m_exchanges.end()) {
        connection->answer(refused(400, RpcError{RpcError::InvalidRequest, u"The id %1 belongs to a request that still runs"_s.arg(QString::fromUtf8(key))}, message.id));
        return;
    }
    receive(toLine(message.json), {std::make_unique<EventStream>(nextShape(), connection), {key}});
}

void HttpSession::postBatch(const QByteArray &body, const QList<Message> &requests, bool faulty, HttpConnection *connection)
{
    m_quiet.restart();
    if (requests.isEmpty() && !faulty) {
        m_session->receive(body);
        connection->answer({.status = 202});
        return;
    }
    Exchange exchange{std::make_unique<EventStream>(nextShape(), connection), {}, true};
    for (const Message &request : requests) {
        const QByteArray key = idKey(request.id);
        if (exchange.ids.contains(key) || exchangeOf({}, key) != m_exchanges.end()) {
            exchange.stream->refuse(refused(400, u"The id %1 is used by two requests"_s.arg(QString::fromUtf8(key))));
            return;
        }
        exchange.ids << key;
    }
    receive(body, std::move(exchange));
}

void HttpSession::receive(const QByteArray &body, Exchange exchange)
{
    m_exchanges.push_back(std::move(exchange));
    m_receiving = &m_exchanges.back();
    m_session->receive(body);
    m_receiving = nullptr;
}

void HttpSession::listen(const HttpRequest &request, HttpConnection *connection)
{
    m_quiet.restart();
    if (!request.has("last-event-id")) {
        if (m_standalone)
            m_standalone->end(); // its client is here
        EventStream::Shape shape = nextShape();
        shape.polled = false; // it has no end that its client waits for
        m_standalone = std::make_unique<EventStream>(shape, connection);
        m_standalone->open();
        return;
    }
    const QByteArrayList last = request.header("last-event-id").split('-');
    bool isStream = false;
    bool isEvent = false;
    EventStream *stream = last.size() == 2 ? streamNumbered(last[0].toInt(&isStream)) : nullptr;
    const qint64 event = last.size() == 2 ? last[1].toLongLong(&isEvent) : 0;
    if (!stream || !isStream || !isEvent || !stream->resume(connection, event))
        connection->answer(refused(400, u"That stream can no longer be resumed from there; ask again"_s));
}

void HttpSession::endListening()
{
    if (m_standalone)
        m_standalone->end();
}

bool HttpSession::isQuiet() const
{
    return m_exchanges.empty() && m_session->pending() == 0 && !(m_standalone && m_standalone->isConnected());
}

EventStream::Shape HttpSession::nextShape()
{
    const bool resumes = m_session->client().revision >= dateOf(Revision::R2025_11_25);
    return {.number = ++m_lastStream, .primed = resumes, .polled = resumes};
}

void HttpSession::route(const QByteArray &line, const QByteArray &request)
{
    const auto exchange = exchangeOf(line, request);
    if (exchange == m_exchanges.end()) {
        if (m_standalone && !isAnswer(line))
            m_standalone->send(line);
    } else if (line.startsWith('[') || isAnswer(line)) {
        finish(exchange, line);
    } else {
        exchange->stream->send(line);
    }
    trim();
}

void HttpSession::finish(Exchanges::iterator exchange, const QByteArray &line)
{
    m_quiet.restart();
    std::unique_ptr<EventStream> stream = std::move(exchange->stream);
    const bool refusedBatch = exchange->batch && !line.startsWith('[');
    m_exchanges.erase(exchange);
    if (!std::exchange(m_announced, true) && hasBegun())
        stream->announce("Mcp-Session-Id", m_id);
    if (refusedBatch)
        stream->refuse({.status = 400, .body = line});
    else
        stream->answer(line);
    if (stream->kept() > 0)
        m_finished.push_back(std::move(stream));
}

// A cancelled request has no answer; its POST ends all the same.
void HttpSession::forget(const Message &cancelled)
{
    const QByteArray key = idKey(cancelled.params[u"requestId"]);
    const auto exchange = exchangeOf({}, key);
    if (exchange == m_exchanges.end() || !exchange->ids.remove(key) || !exchange->ids.isEmpty())
        return;
    std::unique_ptr<EventStream> stream = std::move(exchange->stream);
    m_exchanges.erase(exchange);
    stream->end();
}

// What a client can come back for is bounded: the oldest streams and events go first.
void HttpSession::trim()
{
    const auto bytes = [](qsizetype sum, const std::unique_ptr<EventStream> &stream) { return sum + stream->kept(); };
    while (qsizetype(m_finished.size()) > m_limits.streamsKept)
        m_finished.pop_front();
    while (m_finished.size() > 1 && std::accumulate(m_finished.begin(), m_finished.end(), qsizetype(0), bytes) > m_limits.kept)
        m_finished.pop_front();
    for (const Exchange &exchange : m_exchanges)
        exchange.stream->keepWithin(m_limits.kept);
    if (m_standalone)
        m_standalone->keepWithin(m_limits.kept);
}

HttpSession::Exchanges::iterator HttpSession::exchangeOf(const QByteArray &line, const QByteArray &request)
{
    const auto isReceiving = [this](const Exchange &exchange) { return &exchange == m_receiving; };
    if (request == "null" || (request.isEmpty() && m_receiving && line.startsWith('[')))
        return std::find_if(m_exchanges.begin(), m_exchanges.end(), isReceiving);
    if (!line.startsWith('['))
        return std::find_if(m_exchanges.begin(), m_exchanges.end(), [&](const Exchange &exchange) { return exchange.ids.contains(request); });
    QSet<QByteArray> answered;
    const QJsonArray answers = QJsonDocument::fromJson(line).array();
    for (const QJsonValue &answer : answers)
        answered << idKey(answer[u"id"]);
    return std::find_if(m_exchanges.begin(), m_exchanges.end(), [&](const Exchange &exchange) { return exchange.batch && exchange.ids.intersects(answered); });
}

EventStream *HttpSession::streamNumbered(int number)
{
    if (m_standalone && m_standalone->number() == number)
        return m_standalone.get();
    for (const Exchange &exchange : m_exchanges) {
        if (exchange.stream->number() == number)
            return exchange.stream.get();
    }
    const auto found = std::find_if(m_finished.begin(), m_finished.end(), [number](const auto &stream) { return stream->number() == number; });
    return found == m_finished.end() ? nullptr : found->get();
}

} // namespace mcp
