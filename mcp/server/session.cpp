#include "mcp/server/session.h"

#include "mcp/protocol/linereader.h"
#include "mcp/server/callparts.h"
#include "mcp/server/handshakecall.h"
#include "mcp/server/repeatedcall.h"
#include "mcp/server/wireform.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

const QString usualLogLevel = u"info"_s;

bool isMethodOfHandshake(const QString &method)
{
    return method == u"initialize" || method == u"ping" || method == u"logging/setLevel" || method == u"resources/subscribe" || method == u"resources/unsubscribe";
}

bool takesTime(const QString &method)
{
    return method == u"tools/call" || method == u"resources/read" || method == u"prompts/get" || method == u"completion/complete";
}

} // namespace

Session::Session(std::shared_ptr<Dispatcher> dispatcher, std::shared_ptr<const Offer> offer, std::shared_ptr<Seal> seal, QObject *parent)
    : QObject(parent)
    , m_dispatcher(std::move(dispatcher))
    , m_offer(offer ? std::move(offer) : std::make_shared<const Offer>())
    , m_seal(seal ? std::move(seal) : std::make_shared<Seal>())
    , m_subscriptions(m_offer)
    , m_logLevel(usualLogLevel)
{
    connect(&m_subscriptions, &Subscriptions::sends, this, &Session::sends);
    connect(&m_requests, &ClientRequests::sends, this, &Session::sends);
}

Session::~Session()
{
    for (const Running &running : std::as_const(m_running))
        std::stop_source(running.stop).request_stop();
}

// --- what comes in

void Session::receive(const QByteArray &line)
{
    const RpcResult<QJsonValue> json = parseLine(line);
    if (!json)
        send(errorJson({}, json.error()), nullptr);
    else if (json->isArray())
        receiveBatch(json->toArray());
    else
        receiveMessage(*json, nullptr);
}

void Session::refuseOverlong()
{
    send(errorJson({}, {RpcError::InvalidRequest, u"A message may be %1 MiB long"_s.arg(LineReader::longest >> 20)}), nullptr);
}

void Session::receiveBatch(const QJsonArray &elements)
{
    const bool modern = std::any_of(elements.begin(), elements.end(), [](const QJsonValue &element) { return claimsModern(element[u"params"].toObject()); });
    if (elements.isEmpty() || modern || !hasBatches(m_revision) || elements.size() > Batch::largest) {
        const QString why = elements.isEmpty() ? u"A batch must not be empty"_s
            : modern || !hasBatches(m_revision)
            ? u"Revision %1 has no batches; send each message in a line of its own"_s.arg(modern ? modernDates().last() : dateOf(m_revision))
            : u"A batch may hold %1 messages"_s.arg(Batch::largest);
        send(errorJson({}, {RpcError::InvalidRequest, why}), nullptr);
        return;
    }
    auto batch = std::make_shared<Batch>();
    batch->expect(); // until all elements are read
    for (const QJsonValue &element : elements)
        receiveMessage(element, batch);
    leaveUnanswered(batch);
}

void Session::receiveMessage(const QJsonValue &json, std::shared_ptr<Batch> batch)
{
    const RpcResult<Message> message = readMessage(json);
    if (batch && (!message || message->kind == Message::Kind::Request))
        batch->expect();
    if (!message) {
        const QJsonValue id = message.error().data;
        send(errorJson(id, {message.error().code, message.error().message}), batch);
    } else if (message->kind == Message::Kind::Request) {
        handle(*message, std::move(batch));
    } else if (message->kind == Message::Kind::Response) {
        m_requests.take(*message); // else late, or an answer to what we have not asked
    } else if (message->method == u"notifications/cancelled") {
        cancel(idKey(message->params[u"requestId"]));
    } // initialized and what later revisions may add need no action
}

void Session::handle(const Message &request, std::shared_ptr<Batch> batch)
{
    const RpcResult<Exchange> exchange = understand(request);
    if (!exchange) {
        send(errorJson(request.id, exchange.error()), batch);
        return;
    }
    const bool isBusy = m_running.contains(exchange->key);
    if (isBusy && (takesTime(exchange->method) || exchange->method == u"subscriptions/listen"))
        answer(*exchange, RpcFailure({RpcError::InvalidRequest, u"The id %1 belongs to a call that still runs"_s.arg(QString::fromUtf8(exchange->key))}), batch);
    else if (batch && exchange->method == u"initialize")
        answer(*exchange, RpcFailure({RpcError::InvalidRequest, u"initialize must not be part of a batch"_s}), batch);
    else if (exchange->isModern() && exchange->method == u"subscriptions/listen")
        listen(*exchange);
    else if (takesTime(exchange->method))
        serve(*exchange, std::move(batch));
    else if (const std::optional<MethodResult> result = answerAtOnce(*exchange))
        answer(*exchange, *result, batch);
    else
        answer(*exchange, RpcFailure({RpcError::MethodNotFound, u"There is no method \"%1\""_s.arg(exchange->method)}), batch);
}

// The era is decided for each message, from its body alone: some clients speak both on one pipe.
RpcResult<Exchange> Session::understand(const Message &request)
{
    if (!claimsModern(request.params))
        return Exchange{.id = request.id,
                        .key = idKey(request.id),
                        .method = request.method,
                        .params = request.params,
                        .revision = m_revision,
                        .capabilities = m_capabilities,
                        .logLevel = m_logLevel};
    if (isMethodOfHandshake(request.method))
        return RpcFailure({RpcError::MethodNotFound, u"Revision %1 has no method \"%2\""_s.arg(modernDates().last(), request.method)});
    RpcResult<Exchange> exchange = readClaim(request);
    if (exchange && request.method != u"server/discover") // some clients only look, and leave
        know(clientInfoOf(request.params), exchange->revision);
    return exchange;
}

// --- what is answered at once

std::optional<MethodResult> Session::answerAtOnce(const Exchange &exchange)
{
    const QString &method = exchange.method;
    if (method == u"tools/list")
        return listTools(m_dispatcher->tools(), exchange);
    if (method == u"resources/list" && !m_offer->resources.empty())
        return listResources(*m_offer, exchange);
    if (method == u"resources/templates/list" && !m_offer->resources.empty())
        return listTemplates(*m_offer, exchange);
    if (method == u"prompts/list" && !m_offer->prompts.empty())
        return listPrompts(*m_offer, exchange);
    if (exchange.isModern()) {
        if (method != u"server/discover")
            return {};
        QJsonObject result = introductionOf(*m_offer, exchange.revision);
        result[u"supportedVersions"] = QJsonArray::fromStringList(modernDates());
        return result;
    }
    if (method == u"initialize")
        return initialize(exchange);
    if (method == u"ping")
        return QJsonObject();
    if (method == u"logging/setLevel")
        return setLogLevel(exchange);
    if (method == u"resources/subscribe" && !m_offer->resources.empty())
        return m_subscriptions.subscribe(exchange);
    if (method == u"resources/unsubscribe" && !m_offer->resources.empty())
        return m_subscriptions.unsubscribe(exchange);
    return {};
}

MethodResult Session::initialize(const Exchange &exchange)
{
    const QJsonValue asked = exchange.params[u"protocolVersion"];
    if (!asked.isString())
        return RpcFailure({RpcError::InvalidParams, u"\"protocolVersion\" is missing; this server speaks %1"_s.arg(handshakeDates().join(u", "_s))});
    m_revision = handshakeRevision(asked.toString()).value_or(newestHandshake);
    m_capabilities = exchange.params[u"capabilities"].toObject();
    m_logLevel = usualLogLevel;
    m_subscriptions.setHandshaken();
    m_client = {}; // whoever it was before
    know(exchange.params[u"clientInfo"].toObject(), m_revision);
    QJsonObject result = introductionOf(*m_offer, m_revision);
    result[u"protocolVersion"] = dateOf(m_revision);
    result[u"serverInfo"] = serverInfo(m_revision);
    return result;
}

MethodResult Session::setLogLevel(const Exchange &exchange)
{
    const QString level = exchange.params[u"level"].toString();
    if (severity(level) < 0)
        return RpcFailure({RpcError::InvalidParams, u"\"level\" must be one of debug, info, notice, warning, error, critical, alert, emergency"_s});
    m_logLevel = level;
    return QJsonObject();
}

void Session::know(const QJsonObject &clientInfo, Revision revision)
{
    const ClientIdentity client{clientInfo[u"name"].toString(), clientInfo[u"version"].toString(), dateOf(revision)};
    if (client == m_client)
        return;
    m_client = client;
    Q_EMIT identified();
}

// --- what takes its time

void Session::listen(const Exchange &exchange)
{
    m_running.insert(exchange.key, {{}, nullptr, true});
    ++m_listening;
    if (const std::optional<RpcError> error = m_subscriptions.listen(exchange)) {
        finish(exchange.key);
        answer(exchange, RpcFailure(*error), nullptr);
    }
}

void Session::cancel(const QByteArray &request)
{
    const auto running = m_running.find(request);
    if (running == m_running.end())
        return;
    if (running->listens) {
        m_subscriptions.close(request);
        finish(request);
        return;
    }
    running->stop.request_stop();
    m_requests.abandon(request);
}

void Session::endListens()
{
    const QList<QByteArray> keys = m_running.keys();
    for (const QByteArray &key : keys) {
        if (!m_running[key].listens)
            continue;
        const QJsonObject result = m_subscriptions.close(key);
        send(resultJson(result[u"_meta"][subscriptionIdKey], modernResult(result, u"subscriptions/listen"_s)), nullptr);
        finish(key);
    }
}

Reply<Done> Session::serve(Exchange exchange, std::shared_ptr<Batch> batch)
{
    const std::stop_source stop;
    std::shared_ptr<RepeatedCall> repeated;
    std::shared_ptr<Interaction> client;
    if (exchange.isModern()) {
        const RpcResult<std::shared_ptr<RepeatedCall>> read = RepeatedCall::of(exchange, m_seal);
        if (!read) {
            answer(exchange, RpcFailure(read.error()), batch);
            co_return Done{};
        }
        client = repeated = *read;
    } else {
        client = std::make_shared<HandshakeCall>(m_requests, exchange);
    }
    if (const std::optional<RpcError> error = exchange.method == u"tools/call" ? wrongCall(exchange, m_dispatcher->tools()) : std::nullopt) {
        answer(exchange, RpcFailure(*error), batch);
        co_return Done{};
    }

    m_running.insert(exchange.key, {stop, batch});
    Call call = callFor(exchange, stop.get_token(), client);
    Result<MethodResult> result = Failure(Error{});
    if (exchange.method == u"tools/call") {
        const Result<Answer> answer = co_await outcome(m_dispatcher->call(exchange.params[u"name"].toString(), std::move(call)));
        result = MethodResult(answerJson(answer ? *answer : failed(answer.error()), exchange.revision));
    } else if (exchange.method == u"resources/read") {
        result = co_await outcome(readResource(m_offer, exchange, std::move(call)));
    } else if (exchange.method == u"prompts/get") {
        result = co_await outcome(getPrompt(m_offer, exchange, std::move(call)));
    } else {
        result = co_await outcome(complete(m_offer, exchange, std::move(call)));
    }

    if (stop.stop_requested())
        leaveUnanswered(batch);
    else if (repeated && !repeated->missing().isEmpty())
        answer(exchange, RpcFailure({RpcError::MissingCapability, u"The client cannot be asked what this call needs"_s, QJsonObject{{u"requiredCapabilities"_s, repeated->missing()}}}), batch);
    else if (repeated && !repeated->inputRequired().isEmpty())
        answer(exchange, repeated->inputRequired(), batch);
    else
        answer(exchange, result ? *result : MethodResult(RpcFailure({RpcError::InternalError, sentence(result.error())})), batch);
    finish(exchange.key);
    co_return Done{};
}

Call Session::callFor(const Exchange &exchange, std::stop_token stop, std::shared_ptr<Interaction> client)
{
    const QPointer<Session> session(this);
    const auto out = [session, key = exchange.key](const QByteArray &line) {
        if (session && session->m_running.contains(key))
            Q_EMIT session->sends(line, key);
    };
    return {.arguments = exchange.params[u"arguments"].toObject(),
            .stop = std::move(stop),
            .progress = progressOf(exchange, out),
            .log = logOf(exchange, out),
            .client = std::move(client),
            .identity = m_client,
            .caller = this};
}

void Session::finish(const QByteArray &key)
{
    m_requests.abandon(key);
    if (m_running.take(key).listens)
        --m_listening;
    if (pending() == 0)
        Q_EMIT settled();
}

// --- what goes out

void Session::answer(const Exchange &exchange, MethodResult result, const std::shared_ptr<Batch> &batch)
{
    if (!result)
        send(errorJson(exchange.id, result.error()), batch);
    else
        send(resultJson(exchange.id, exchange.isModern() ? modernResult(*result, exchange.method) : *result), batch);
}

void Session::send(const QJsonObject &json, const std::shared_ptr<Batch> &batch)
{
    const QByteArray line = batch ? batch->add(json) : toLine(json);
    if (!line.isEmpty())
        Q_EMIT sends(line, batch ? QByteArray() : idKey(json[u"id"]));
}

// As the client wished; nothing more is said of it.
void Session::leaveUnanswered(const std::shared_ptr<Batch> &batch)
{
    const QByteArray line = batch ? batch->leaveOut() : QByteArray();
    if (!line.isEmpty())
        Q_EMIT sends(line, {});
}

} // namespace mcp
