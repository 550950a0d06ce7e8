#include "mcp/host/relay.h"

#include <QUuid>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int mostResends = 3;
constexpr auto patience = Dispatcher::patience;
const QString dismissal = u"notifications/companion/dismissed"_s; // between companion and door; no client ever sees it

// Methods that change nothing but what is told to a new server anyway.
bool onlyReads(const QString &method)
{
    return method == u"initialize" || method == u"server/discover" || method == u"ping" || method == u"logging/setLevel" || method.endsWith(u"/list")
        || method.startsWith(u"resources/") || method.startsWith(u"prompts/") || method == u"completion/complete";
}

} // namespace

Relay::Relay(std::unique_ptr<Link> client, std::shared_ptr<const ToolRegistry> effects, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_effects(std::move(effects))
    , m_privatePrefix(u"companion-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    connect(m_client.get(), &Link::received, this, &Relay::fromClient);
    connect(m_client.get(), &Link::overlong, this, [this] {
        toClient(toLine(errorJson({}, {RpcError::InvalidRequest, u"A message may be %1 MiB long"_s.arg(LineReader::longest >> 20)})));
    });
    connect(m_client.get(), &Link::closed, this, &Relay::clientLost);
    connect(m_client.get(), &Link::drained, this, [this] {
        if (m_server)
            m_server->setPaused(false);
    });
    connect(&m_pulse, &Pulse::doubts, this, [this] {
        if (m_server)
            m_server->send(toLine(requestJson(privateId(), u"ping"_s, {})));
    });
    connect(&m_pulse, &Pulse::hangs, this, &Relay::serverHangs);
    m_overdue.setInterval(1000);
    m_overdue.callOnTimeout(this, &Relay::dropOverdue);
}

Relay::~Relay()
{
    m_client->disconnect(this);
    if (m_server)
        m_server->disconnect(this);
}

void Relay::serveWith(std::unique_ptr<Link> server)
{
    m_server = std::move(server);
    m_hasAnswered = false;
    m_overdue.stop();
    connect(m_server.get(), &Link::received, this, &Relay::fromServer);
    connect(m_server.get(), &Link::closed, this, &Relay::loseServer);
    connect(m_server.get(), &Link::drained, this, [this] { m_client->setPaused(false); });
    replay();
}

void Relay::end(const QString &reason)
{
    m_state = State::Ended;
    m_overdue.stop();
    m_pulse.rest();
    const QHash<QByteArray, Request> open = std::exchange(m_outstanding, {});
    for (const Request &request : open)
        answerInstead(request, reason);
    const std::deque<QByteArray> waiting = std::exchange(m_waiting, {});
    for (const QByteArray &line : waiting) {
        const RpcResult<QJsonValue> json = parseLine(line);
        const RpcResult<Message> message = json ? readMessage(*json) : RpcFailure(json.error());
        if (message && message->kind == Message::Kind::Request)
            toClient(toLine(errorJson(message->id, {RpcError::InternalError, reason})));
    }
    m_client->close();
}

void Relay::dismiss()
{
    m_client->send(toLine(notificationJson(dismissal, {})));
}

void Relay::releaseServer()
{
    if (!m_server)
        return;
    m_server->disconnect(this); // some links tell at once that they are closed
    m_server->close();
    loseServer();
}

void Relay::hangUp()
{
    m_state = State::Ended;
    m_overdue.stop();
    m_pulse.rest();
    m_client->disconnect(this);
    m_client->close();
    if (m_server) {
        m_server->disconnect(this);
        m_server->close();
    }
}

// --- from the client ---

void Relay::fromClient(const QByteArray &line)
{
    Q_EMIT passed(Direction::FromClient, line);
    if (m_state == State::Relaying)
        takeLine(line);
    else if (m_state != State::Ended)
        keepWaiting(line);
}

// Until there is a server. A cancellation counts at once: what it is about must not be sent again.
void Relay::keepWaiting(const QByteArray &line)
{
    const RpcResult<QJsonValue> json = parseLine(line);
    const RpcResult<Message> message = json ? readMessage(*json) : RpcFailure(json.error());
    if (message && message->method == u"notifications/cancelled" && m_outstanding.contains(idKey(message->params[u"requestId"]))) {
        note(*message);
        return;
    }
    m_waiting.push_back(line);
    m_waitingBytes += line.size();
    if (m_waitingBytes >= Link::highWater)
        m_client->setPaused(true);
}

void Relay::takeLine(const QByteArray &line)
{
    const RpcResult<QJsonValue> json = parseLine(line);
    if (!json)
        toClient(toLine(errorJson({}, json.error())));
    else if (json->isArray())
        splitBatch(json->toArray());
    else
        takeFromClient(json->toObject(), line, nullptr);
}

// Element by element: a server that dies in the middle of a batch has answered some of it and not the rest.
void Relay::splitBatch(const QJsonArray &elements)
{
    const std::optional<Revision> revision = handshakeRevision(m_identity.revision);
    if (elements.isEmpty() || elements.size() > Batch::largest || (revision && !hasBatches(*revision))) {
        toClient(toLine(errorJson({}, {RpcError::InvalidRequest, u"A batch is not possible here; send each message in a line of its own"_s})));
        return;
    }
    auto batch = std::make_shared<Batch>();
    batch->expect();
    for (const QJsonValue &element : elements)
        takeFromClient(element.toObject(), toLine(element.toObject()), batch);
    toClient(batch->leaveOut());
}

void Relay::takeFromClient(const QJsonObject &json, const QByteArray &line, std::shared_ptr<Batch> batch)
{
    const RpcResult<Message> message = readMessage(json);
    if (!message) {
        const QJsonObject error = errorJson(message.error().data, {message.error().code, message.error().message});
        if (batch)
            batch->expect();
        toClient(batch ? batch->add(error) : toLine(error));
        return;
    }
    if (message->kind == Message::Kind::Request) {
        if (m_outstanding.contains(idKey(message->id))) {
            const QJsonObject error = errorJson(message->id, {RpcError::InvalidRequest, u"This id belongs to a request that is not answered yet"_s});
            toClient(batch ? (batch->expect(), batch->add(error)) : toLine(error));
            return;
        }
        track(*message, std::move(batch));
    } else if (message->kind == Message::Kind::Notification) {
        note(*message);
    } else if (m_serverRequests.remove(idKey(message->id)) == 0) {
        return; // asked by a server that is gone: its question is void, and so is the answer
    }
    toServer(line);
}

void Relay::track(const Message &request, std::shared_ptr<Batch> batch)
{
    Request entry;
    entry.message = request.json;
    entry.batch = std::move(batch);
    entry.order = ++m_order;
    entry.deadline = QDeadlineTimer(patience);
    const QJsonValue token = request.params[u"_meta"][u"progressToken"];
    if (!token.isUndefined()) {
        entry.progressKey = idKey(token);
        m_progress.insert(entry.progressKey, -std::numeric_limits<double>::infinity());
    }
    entry.listens = request.method == u"subscriptions/listen";
    if (request.method == u"tools/call") {
        ++m_calls;
        entry.reads = m_effects->effectOf(request.params[u"name"].toString(), request.params[u"arguments"].toObject()).kind == Effect::Kind::Read;
    } else {
        entry.reads = onlyReads(request.method);
    }
    if (entry.batch)
        entry.batch->expect();

    if (request.method == u"initialize" || !claimsModern(request.params)) // the modern era agrees on nothing
        m_agreement.note(request);
    if (request.method == u"initialize") {
        const QJsonObject client = request.params[u"clientInfo"].toObject();
        m_identity = {client[u"name"].toString(), client[u"version"].toString(), {}}; // identified once it is answered
    } else if (claimsModern(request.params) && request.method != u"server/discover") { // some clients only look, and leave
        know(clientInfoOf(request.params), modernDates().last());
    }
    if (!entry.listens)
        m_pulse.expect();
    m_outstanding.insert(idKey(request.id), std::move(entry));
}

bool Relay::isIdle() const
{
    return m_waiting.empty() && std::all_of(m_outstanding.cbegin(), m_outstanding.cend(), [](const Request &request) { return request.listens; });
}

void Relay::restIfIdle()
{
    if (!isIdle())
        return;
    m_pulse.rest();
    Q_EMIT idle();
}

void Relay::know(const QJsonObject &clientInfo, const QString &revision)
{
    const ClientIdentity client{clientInfo[u"name"].toString(), clientInfo[u"version"].toString(), revision};
    if (client == m_identity)
        return;
    m_identity = client;
    Q_EMIT identified();
}

void Relay::note(const Message &notification)
{
    m_agreement.note(notification);
    if (notification.method == u"notifications/cancelled") {
        const auto cancelled = m_outstanding.constFind(idKey(notification.params[u"requestId"]));
        if (cancelled == m_outstanding.cend())
            return;
        const std::shared_ptr<Batch> batch = cancelled->batch;
        m_progress.remove(cancelled->progressKey);
        m_outstanding.erase(cancelled);
        restIfIdle();
        if (batch)
            toClient(batch->leaveOut());
    }
}

void Relay::toServer(const QByteArray &line)
{
    m_server->send(line);
    if (m_server && m_server->unsent() >= Link::highWater)
        m_client->setPaused(true);
}

// --- from the server ---

void Relay::fromServer(const QByteArray &line)
{
    m_pulse.hear();
    const RpcResult<QJsonValue> json = parseLine(line);
    if (json && json->isArray()) { // answers to a batch are ours to collect: no server of ours sends one
        const QJsonArray elements = json->toArray();
        for (const QJsonValue &element : elements)
            fromServer(toLine(element.toObject()));
        return;
    }
    const RpcResult<Message> message = json ? readMessage(*json) : RpcFailure(json.error());
    if (!message) {
        qWarning("a line of the server is not JSON-RPC and was dropped");
        return;
    }
    switch (message->kind) {
    case Message::Kind::Response:
        takeAnswer(*message, line);
        return;
    case Message::Kind::Request:
        m_serverRequests.insert(idKey(message->id), message->id);
        break;
    case Message::Kind::Notification:
        if (message->method == dismissal) {
            Q_EMIT dismissed();
            return;
        }
        if (!mayPass(*message))
            return;
        break;
    }
    Q_EMIT passed(Direction::FromServer, line);
    toClient(line);
}

void Relay::takeAnswer(const Message &answer, const QByteArray &line)
{
    const QByteArray key = idKey(answer.id);
    if (answer.id.toString().startsWith(m_privatePrefix)) {
        takeReplayed(key, answer.json);
        return;
    }
    const auto found = m_outstanding.find(key);
    if (found == m_outstanding.end()) {
        if (answer.id.isNull()) // an error to what had no readable id
            toClient(line);
        return; // cancelled meanwhile, or answered already
    }
    const Request request = *found;
    m_outstanding.erase(found);
    restIfIdle();
    m_progress.remove(request.progressKey);
    m_hasAnswered = true;
    if (request.message[u"method"].toString() == u"initialize" && !answer.isError()) {
        m_agreement.conclude(answer.json[u"result"].toObject());
        m_identity.revision = m_agreement.revision();
        Q_EMIT identified();
    }
    m_errors += answer.json[u"result"][u"isError"].toBool();
    Q_EMIT passed(Direction::FromServer, line);
    if (request.batch)
        toClient(request.batch->add(answer.json));
    else
        toClient(line);
    if (outstanding() == 0)
        Q_EMIT settled();
}

bool Relay::mayPass(const Message &notification)
{
    if (notification.method == u"notifications/progress") {
        const QByteArray token = idKey(notification.params[u"progressToken"]);
        const double progress = notification.params[u"progress"].toDouble();
        if (!m_progress.contains(token) || progress <= m_progress[token])
            return false; // of nothing that runs, or of a call that began anew with another server
        m_progress[token] = progress;
    } else if (notification.method == u"notifications/subscriptions/acknowledged") {
        const QByteArray subscription = idKey(notification.params[u"_meta"][u"io.modelcontextprotocol/subscriptionId"]);
        if (m_swallowedAcks.value(subscription) > 0) {
            --m_swallowedAcks[subscription];
            return false;
        }
    }
    return true;
}

void Relay::toClient(const QByteArray &line)
{
    if (line.isEmpty())
        return;
    m_client->send(line);
    if (m_server && m_client->unsent() >= Link::highWater)
        m_server->setPaused(true);
}

void Relay::answer(const Request &request, const QJsonObject &json)
{
    toClient(request.batch ? request.batch->add(json) : toLine(json));
}

// --- when a server dies ---

void Relay::loseServer()
{
    if (m_state == State::Ended)
        return;
    m_state = State::Serverless;
    m_pulse.rest();
    // The link is telling us right now; it may be deleted only when it has finished.
    Link *lost = m_server.release();
    lost->disconnect(this);
    lost->deleteLater();
    m_client->setPaused(false);

    const QHash<QByteArray, QJsonValue> asked = std::exchange(m_serverRequests, {});
    for (const QJsonValue &id : asked)
        toClient(toLine(notificationJson(u"notifications/cancelled"_s, {{u"requestId"_s, id}, {u"reason"_s, u"The server was restarted"_s}})));

    for (auto it = m_outstanding.begin(); it != m_outstanding.end();) {
        if (it->reads || it->listens) {
            ++it;
            continue;
        }
        const Request request = *it;
        it = m_outstanding.erase(it);
        const QString why = u"The server process ended while this call was running, and it is not known whether the call took effect. Look at the current state "
                             "first (conductor_get_workflow_status, conductor_search_workflows), and repeat the call only if it had none."_s;
        answer(request, honestAnswer(request, why));
    }
    m_overdue.start();
    Q_EMIT serverLost();
}

void Relay::replay()
{
    m_state = State::Replaying;
    m_replayedInitialize.clear();
    if (!m_agreement.isConcluded()) { // nothing was agreed yet; an unanswered initialize goes out again like any read
        finishReplay();
        return;
    }
    const QString id = privateId();
    m_replayedInitialize = idKey(id);
    m_server->send(toLine(m_agreement.handshake(id)));
}

void Relay::takeReplayed(const QByteArray &key, const QJsonObject &json)
{
    if (key != m_replayedInitialize)
        return; // log level and subscriptions: nothing hangs on their answers
    m_replayedInitialize.clear();
    const QJsonObject result = json[u"result"].toObject();
    if (!m_agreement.isKeptBy(result)) {
        end(u"The server was replaced by one that speaks differently (%1); connect anew"_s.arg(result[u"serverInfo"][u"version"].toString(u"unknown version"_s)));
        Q_EMIT clientLost();
        return;
    }
    finishReplay();
}

void Relay::finishReplay()
{
    const QList<QJsonObject> reminders = m_agreement.reminders([this] { return privateId(); });
    for (const QJsonObject &message : reminders)
        m_server->send(toLine(message));
    resendReads();
    m_state = State::Relaying;
    while (!m_waiting.empty() && m_state == State::Relaying) {
        const QByteArray line = m_waiting.front();
        m_waiting.pop_front();
        takeLine(line);
    }
    m_waitingBytes = 0;
    m_client->setPaused(false);
}

void Relay::resendReads()
{
    std::vector<QByteArray> keys(m_outstanding.keyBegin(), m_outstanding.keyEnd());
    std::sort(keys.begin(), keys.end(), [this](const QByteArray &a, const QByteArray &b) { return m_outstanding[a].order < m_outstanding[b].order; });
    for (const QByteArray &key : keys) {
        Request &request = m_outstanding[key];
        if (!request.listens && (request.resent >= mostResends || request.deadline.hasExpired())) {
            const Request given = m_outstanding.take(key);
            answerInstead(given, u"The server process ended %1 times over this call; try something smaller"_s.arg(given.resent + 1));
            continue;
        }
        ++request.resent;
        if (!request.listens)
            m_pulse.expect();
        if (request.listens)
            ++m_swallowedAcks[key];
        m_server->send(toLine(request.message));
    }
}

// Without a server nothing may wait for ever.
void Relay::dropOverdue()
{
    for (auto it = m_outstanding.begin(); it != m_outstanding.end();) {
        if (it->listens || !it->deadline.hasExpired()) {
            ++it;
            continue;
        }
        const Request request = *it;
        it = m_outstanding.erase(it);
        answerInstead(request, u"No server process could be started in time; try again later"_s);
    }
}

QString Relay::privateId()
{
    return u"%1-%2"_s.arg(m_privatePrefix).arg(++m_privateCount);
}

// Nothing of such a call is in a server's audit.
void Relay::answerInstead(const Request &request, const QString &text)
{
    answer(request, honestAnswer(request, text));
    Q_EMIT answeredInstead(request.message, text);
}

// A model reads the text of a tool's answer; other requests get an error of the protocol.
QJsonObject Relay::honestAnswer(const Request &request, const QString &text) const
{
    const QJsonValue id = request.message[u"id"];
    if (request.message[u"method"].toString() != u"tools/call")
        return errorJson(id, {RpcError::InternalError, text});
    QJsonObject result{{u"content"_s, QJsonArray{QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, text}}}}, {u"isError"_s, true}};
    if (request.message[u"params"][u"_meta"].toObject().contains(u"io.modelcontextprotocol/protocolVersion"))
        result[u"resultType"] = u"complete"_s;
    return resultJson(id, result);
}

} // namespace mcp
