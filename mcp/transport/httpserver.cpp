#include "mcp/transport/httpserver.h"

#include "mcp/transport/httpexchange.h"
#include "mcp/transport/httprules.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

bool allows(const QByteArray &methods, const HttpRequest &request, HttpConnection *connection)
{
    if (methods.split(',').contains(request.method))
        return true;
    HttpAnswer answer = refused(405, u"There is no %1 here"_s.arg(QString::fromLatin1(request.method)));
    answer.headers.emplace_back("Allow", QByteArray(methods).replace(",", ", "));
    connection->answer(std::move(answer));
    return false;
}

// Moves one of them out of the list, to be deleted when whoever signals has returned.
template <typename T>
void retire(std::list<std::unique_ptr<T>> &list, T *one)
{
    const auto found = std::find_if(list.begin(), list.end(), [one](const auto &entry) { return entry.get() == one; });
    if (found == list.end())
        return;
    found->release()->deleteLater();
    list.erase(found);
}

} // namespace

HttpServer::HttpServer(Factory factory, HttpGate gate, const HttpLimits &limits, QObject *parent)
    : QObject(parent)
    , m_factory(std::move(factory))
    , m_exchangeFactory(m_factory)
    , m_gate(std::move(gate))
    , m_limits(limits)
    , m_sessions(m_factory, limits)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &HttpServer::welcome);
}

HttpServer::~HttpServer()
{
    close();
}

Result<Done> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    if (m_listener.listen(address, port))
        return Done{};
    const bool taken = m_listener.serverError() == QAbstractSocket::AddressInUseError;
    const QString where = address.protocol() == QAbstractSocket::IPv6Protocol ? u"[%1]:%2"_s.arg(address.toString()).arg(port) : u"%1:%2"_s.arg(address.toString()).arg(port);
    return Failure({taken ? Error::Kind::Conflict : Error::Kind::Network, u"Cannot listen at %1: %2"_s.arg(where, m_listener.errorString()),
                    taken ? u"Another program has that port; choose another"_s : QString()});
}

void HttpServer::setGate(HttpGate gate)
{
    m_gate = std::move(gate);
    m_sessions.endListening();
    const QList<HttpExchange *> exchanges = findChildren<HttpExchange *>(QString(), Qt::FindDirectChildrenOnly);
    for (HttpExchange *exchange : exchanges)
        exchange->endListening();
    std::vector<HttpPair *> pairs; // some go when nobody listens
    for (const std::unique_ptr<HttpPair> &pair : m_pairs)
        pairs.push_back(pair.get());
    for (HttpPair *pair : pairs)
        pair->endListening();
}

void HttpServer::stopListening()
{
    m_listener.close();
}

int HttpServer::pending() const
{
    int all = m_sessions.pending();
    const QList<HttpExchange *> exchanges = findChildren<HttpExchange *>(QString(), Qt::FindDirectChildrenOnly);
    for (const HttpExchange *exchange : exchanges)
        all += exchange->pending();
    for (const std::unique_ptr<HttpPair> &pair : m_pairs)
        all += pair->pending();
    return all;
}

void HttpServer::close()
{
    m_listener.close();
    const QList<HttpExchange *> exchanges = findChildren<HttpExchange *>(QString(), Qt::FindDirectChildrenOnly);
    for (HttpExchange *exchange : exchanges)
        exchange->end();
    m_pairs.clear();
    m_sessions.endAll();
    for (const std::unique_ptr<HttpConnection> &connection : m_connections)
        connection->close();
}

void HttpServer::welcome()
{
    while (QTcpSocket *socket = m_listener.nextPendingConnection()) {
        if (connections() >= 2 * m_limits.connections) {
            delete socket; // not even worth a refusal
            continue;
        }
        const bool room = hasRoom();
        auto gate = [this, room](const HttpRequest &request) -> std::optional<HttpAnswer> {
            if (!room)
                return HttpAnswer{.status = 503, .body = refused(503, u"Too many connections"_s).body, .headers = {{"Retry-After", "1"}}};
            return m_gate.refusal(request);
        };
        m_connections.push_back(std::make_unique<HttpConnection>(socket, m_limits, gate));
        HttpConnection *connection = m_connections.back().get();
        connect(connection, &HttpConnection::requested, this, [this, connection](const HttpRequest &request) { serve(request, connection); });
        connect(connection, &HttpConnection::gone, this, [this, connection] { retire(m_connections, connection); });
    }
}

// At the limit, whoever only keeps its connection open for later must make room.
bool HttpServer::hasRoom()
{
    if (connections() < m_limits.connections)
        return true;
    const auto idle = std::find_if(m_connections.begin(), m_connections.end(), [](const auto &connection) { return connection->isIdle(); });
    if (idle != m_connections.end())
        (*idle)->close();
    return idle != m_connections.end();
}

void HttpServer::serve(const HttpRequest &request, HttpConnection *connection)
{
    if (request.path == "/mcp") {
        if (allows("GET,POST,DELETE", request, connection))
            serveEndpoint(request, connection);
    } else if (request.path == "/sse") {
        if (allows("GET", request, connection))
            beginPair(request, connection);
    } else if (request.path == "/messages") {
        if (allows("POST", request, connection))
            postToPair(request, connection);
    } else if (request.path == "/health") {
        if (allows("GET", request, connection))
            connection->answer({.body = R"({"status":"ok"})"});
    } else if (request.path == "/metrics" && m_metrics) {
        if (allows("GET", request, connection))
            connection->answer({.body = m_metrics(), .contentType = "text/plain; version=0.0.4; charset=utf-8"});
    } else {
        connection->answer(refused(404, u"There is nothing here; MCP is at /mcp"_s));
    }
}

void HttpServer::serveEndpoint(const HttpRequest &request, HttpConnection *connection)
{
    if (request.method == "GET")
        m_sessions.listen(request, connection);
    else if (request.method == "DELETE")
        m_sessions.end(request, connection);
    else if (const std::optional<HttpAnswer> refusal = formRefusal(request))
        connection->answer(*refusal);
    else
        post(request, connection);
}

void HttpServer::post(const HttpRequest &request, HttpConnection *connection)
{
    const RpcResult<QJsonValue> json = parseLine(request.body);
    if (!json) {
        connection->answer(refused(400, json.error()));
        return;
    }
    if (json->isArray()) {
        m_sessions.postBatch(request, json->toArray(), connection);
        return;
    }
    const RpcResult<Message> message = readMessage(*json);
    if (!message)
        connection->answer(refused(400, {message.error().code, message.error().message}, message.error().data));
    else if (claimsModern(message->params))
        postModern(request, *message, connection);
    else
        m_sessions.post(request, *message, connection);
}

void HttpServer::postModern(const HttpRequest &request, const Message &message, HttpConnection *connection)
{
    std::optional<HttpAnswer> refusal = mirrorRefusal(request, message);
    if (!refusal && m_schemas && message.method == u"tools/call")
        refusal = paramRefusal(request, message, m_schemas(message.params[u"name"].toString()));
    if (refusal) {
        connection->answer(*std::move(refusal));
        return;
    }
    if (message.kind != Message::Kind::Request) {
        connection->answer({.status = 202}); // none is defined that would ask for anything
        return;
    }
    auto *exchange = new HttpExchange(m_exchangeFactory(), connection, this);
    exchange->begin(message);
}

void HttpServer::beginPair(const HttpRequest &request, HttpConnection *connection)
{
    if (!request.accepts("text/event-stream")) {
        connection->answer(refused(406, u"This answers with a stream: send Accept: text/event-stream"_s));
        return;
    }
    if (qsizetype(m_pairs.size()) >= m_limits.sessions) {
        connection->answer(refused(503, u"Too many sessions"_s));
        return;
    }
    m_pairs.push_back(std::make_unique<HttpPair>(randomId(), m_factory(), connection));
    HttpPair *pair = m_pairs.back().get();
    connect(pair, &HttpPair::ended, this, [this, pair] { retire(m_pairs, pair); });
}

void HttpServer::postToPair(const HttpRequest &request, HttpConnection *connection)
{
    const QByteArray id = request.queryItem("sessionId");
    const auto pair = std::find_if(m_pairs.begin(), m_pairs.end(), [&](const auto &one) { return one->id() == id; });
    if (pair == m_pairs.end())
        connection->answer(refused(404, u"There is no such session any more; begin again at /sse"_s));
    else if (const std::optional<HttpAnswer> refusal = formRefusal(request); refusal && refusal->status == 415)
        connection->answer(*refusal); // Accept says nothing here: the answer comes at /sse
    else
        (*pair)->post(request, connection);
}

} // namespace mcp
