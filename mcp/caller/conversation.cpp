#include "mcp/caller/conversation.h"

#include "mcp/server/era.h"

#include <QJsonArray>
#include <QPointer>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int mostRounds = 10;  // of one call that asks again and again
constexpr int mostPages = 50;
constexpr qsizetype mostInquiries = 20;
constexpr std::chrono::minutes personsPatience{10};
constexpr std::chrono::seconds acknowledgement{10};

const QJsonObject ourCapabilities{{u"elicitation"_s, QJsonObject()}};

QJsonObject clientInfo()
{
    return {{u"name"_s, u"conductor-companion-console"_s}, {u"title"_s, u"Conductor Companion, console"_s}, {u"version"_s, QStringLiteral(COMPANION_VERSION)}};
}

Error refused(const ServerAnswer &answer)
{
    return {Error::Kind::Protocol, answer.message[u"error"][u"message"].toString(u"The server refused it"_s)};
}

} // namespace

struct Conversation::Open {
    quint64 ticket = 0;
    quint64 id = 0; // on the wire, of this round
    QString method;
    QJsonObject params;
    QPromise<Result<ServerAnswer>> promise;
    QElapsedTimer clock;
    QTimer timer;
    int rounds = 0;
    QJsonObject answers; // of the person, by key
    int unanswered = 0;
};

Conversation::Conversation(Revision revision, QObject *parent)
    : QObject(parent)
    , m_revision(revision)
{
}

Conversation::~Conversation()
{
    blockSignals(true);
    end(u"The session has been closed"_s);
}

Reply<QJsonObject> Conversation::begin()
{
    const bool modern = isModern(m_revision);
    const QJsonObject hello = modern ? QJsonObject()
                                     : QJsonObject{{u"protocolVersion"_s, dateOf(m_revision)}, {u"capabilities"_s, ourCapabilities}, {u"clientInfo"_s, clientInfo()}};
    const Asked asked = ask(modern ? u"server/discover"_s : u"initialize"_s, hello, std::chrono::seconds(20));
    const ServerAnswer answer = co_await asked.answer;
    if (answer.isRpcError())
        co_return Failure(refused(answer));
    QJsonObject introduction = answer.result();
    if (modern) {
        introduction[u"protocolVersion"] = dateOf(m_revision);
        introduction[u"serverInfo"] = introduction[u"_meta"][u"io.modelcontextprotocol/serverInfo"];
        co_return introduction;
    }
    const std::optional<Revision> agreed = handshakeRevision(introduction[u"protocolVersion"].toString());
    if (!agreed)
        co_return Failure({Error::Kind::Protocol, u"The server offers revision %1, which is unknown here"_s.arg(introduction[u"protocolVersion"].toString().left(40))});
    m_revision = *agreed;
    notify(u"notifications/initialized"_s, {});
    co_return introduction;
}

Conversation::Asked Conversation::ask(const QString &method, QJsonObject params, std::chrono::milliseconds patience)
{
    auto open = std::make_unique<Open>();
    open->ticket = ++m_last;
    open->method = method;
    open->params = std::move(params);
    open->promise.start();
    open->clock.start();
    open->timer.setSingleShot(true);
    open->timer.callOnTimeout(this, [this, ticket = open->ticket] { timeOut(ticket); });
    const Asked asked{open->ticket, open->promise.future()};
    Open &kept = *(m_open[asked.ticket] = std::move(open));
    if (!m_gone.isEmpty()) {
        finish(asked.ticket, Failure({Error::Kind::Server, m_gone}));
        return asked;
    }
    kept.timer.start(patience);
    kept.id = asked.ticket;
    post(kept);
    return asked;
}

void Conversation::post(Open &open)
{
    m_tickets[open.id] = open.ticket;
    Q_EMIT sends(toLine(requestJson(qint64(open.id), open.method, dressed(open.params, open.ticket))));
}

QJsonObject Conversation::dressed(QJsonObject params, quint64 ticket) const
{
    QJsonObject meta = params[u"_meta"].toObject();
    if (isModern(m_revision)) {
        meta[u"io.modelcontextprotocol/protocolVersion"] = dateOf(m_revision);
        meta[u"io.modelcontextprotocol/clientCapabilities"] = ourCapabilities;
        meta[u"io.modelcontextprotocol/clientInfo"] = clientInfo();
        meta[u"io.modelcontextprotocol/logLevel"] = u"info"_s;
    }
    if (params.contains(u"name") || params.contains(u"uri"))
        meta[u"progressToken"] = qint64(ticket);
    if (!meta.isEmpty())
        params[u"_meta"] = meta;
    return params;
}

void Conversation::notify(const QString &method, const QJsonObject &params)
{
    Q_EMIT sends(toLine(notificationJson(method, params)));
}

void Conversation::cancel(quint64 ticket)
{
    const auto open = m_open.find(ticket);
    if (open == m_open.end())
        return;
    notify(u"notifications/cancelled"_s, {{u"requestId"_s, qint64(open->second->id)}, {u"reason"_s, u"The person at the console cancelled"_s}});
    finish(ticket, Failure({Error::Kind::Cancelled, u"Cancelled"_s}));
}

// A person who is asked something may take longer than a server.
void Conversation::timeOut(quint64 ticket)
{
    const auto open = m_open.find(ticket);
    if (open == m_open.end())
        return;
    if (!m_inquiries.empty() && std::chrono::milliseconds(open->second->clock.elapsed()) < personsPatience) {
        open->second->timer.start(std::chrono::seconds(5));
        return;
    }
    const qint64 seconds = open->second->clock.elapsed() / 1000;
    notify(u"notifications/cancelled"_s, {{u"requestId"_s, qint64(open->second->id)}, {u"reason"_s, u"No answer in time"_s}});
    finish(ticket, Failure({Error::Kind::Timeout, u"The server gave no answer within %1 s"_s.arg(seconds), u"It was told to stop. Start the session again if this goes on"_s}));
}

Reply<QJsonArray> Conversation::list(QString method, QString key)
{
    QJsonArray all;
    QJsonObject params;
    for (int page = 0; page < mostPages; ++page) {
        const Asked asked = ask(method, params);
        const ServerAnswer answer = co_await asked.answer;
        if (answer.isRpcError())
            co_return Failure(refused(answer));
        const QJsonArray some = answer.result()[key].toArray();
        for (const QJsonValue &element : some)
            all << element;
        const QString next = answer.result()[u"nextCursor"].toString();
        if (next.isEmpty())
            co_return all;
        params[u"cursor"] = next;
    }
    co_return Failure({Error::Kind::Protocol, u"%1 has more than %2 pages"_s.arg(method).arg(mostPages)});
}

// --- subscriptions

Reply<Done> Conversation::subscribe(QString uri)
{
    if (isModern(m_revision)) {
        const Reply<Done> listening = listen(uri);
        co_await listening;
        co_return Done{};
    }
    const Asked asked = ask(u"resources/subscribe"_s, {{u"uri"_s, uri}});
    const ServerAnswer answer = co_await asked.answer;
    if (answer.isRpcError())
        co_return Failure(refused(answer));
    co_return Done{};
}

// The stream stays open without an answer; that it is served is told by its first message.
Reply<Done> Conversation::listen(const QString &uri)
{
    unsubscribe(uri);
    const quint64 id = ++m_last;
    m_listens[uri] = id;
    QPromise<Result<Done>> &promise = m_acknowledging[id];
    promise.start();
    const Reply<Done> reply = promise.future();
    QTimer::singleShot(acknowledgement, this, [this, id] {
        if (auto late = m_acknowledging.extract(id)) {
            late.mapped().addResult(Failure({Error::Kind::Timeout, u"The server did not say whether it watches the resource"_s}));
            late.mapped().finish();
        }
    });
    Q_EMIT sends(toLine(requestJson(qint64(id), u"subscriptions/listen"_s,
                                    dressed({{u"notifications"_s, QJsonObject{{u"resourceSubscriptions"_s, QJsonArray{uri}}}}}, id))));
    return reply;
}

void Conversation::unsubscribe(const QString &uri)
{
    if (!isModern(m_revision)) {
        ask(u"resources/unsubscribe"_s, {{u"uri"_s, uri}});
        return;
    }
    if (const quint64 id = m_listens.take(uri))
        notify(u"notifications/cancelled"_s, {{u"requestId"_s, qint64(id)}, {u"reason"_s, u"Not watched any more"_s}});
}

// --- what the server says

void Conversation::receive(const QByteArray &line)
{
    const RpcResult<QJsonValue> json = parseLine(line);
    if (!json) {
        Q_EMIT misheard(line);
        return;
    }
    const QJsonArray messages = json->isArray() ? json->toArray() : QJsonArray{*json};
    const QPointer<Conversation> self(this);
    for (const QJsonValue &message : messages) {
        if (self)
            take(message.toObject(), line.size());
    }
}

void Conversation::take(const QJsonObject &json, qint64 bytes)
{
    const RpcResult<Message> message = readMessage(json);
    if (!message)
        Q_EMIT misheard(toLine(json));
    else if (message->kind == Message::Kind::Response)
        takeAnswer(*message, bytes);
    else if (message->kind == Message::Kind::Request)
        takeRequest(*message);
    else
        takeNotification(*message);
}

void Conversation::takeAnswer(const Message &message, qint64 bytes)
{
    const quint64 id = quint64(message.id.toInteger());
    if (auto stream = m_acknowledging.extract(id)) { // refused
        stream.mapped().addResult(Failure({Error::Kind::Protocol, message.json[u"error"][u"message"].toString(u"The server does not watch it"_s)}));
        stream.mapped().finish();
        return;
    }
    const quint64 ticket = m_tickets.take(id);
    const auto open = m_open.find(ticket);
    if (open == m_open.end())
        return; // one that was cancelled or came too late
    const QJsonObject result = message.json[u"result"].toObject();
    if (result[u"resultType"].toString() == u"input_required")
        askPerson(*open->second, result);
    else
        finish(ticket, ServerAnswer{message.json, bytes, open->second->clock.elapsed()});
}

void Conversation::takeRequest(const Message &message)
{
    if (message.method == u"ping") {
        Q_EMIT sends(toLine(resultJson(message.id, {})));
    } else if (message.method == u"elicitation/create" && qsizetype(m_inquiries.size()) < mostInquiries) {
        hold(u"request "_s + QString::fromUtf8(idKey(message.id)), {0, {}, message.id}, message.params);
    } else {
        Q_EMIT sends(toLine(errorJson(message.id, {RpcError::MethodNotFound, u"This client cannot be asked that"_s})));
    }
}

void Conversation::takeNotification(const Message &message)
{
    const QJsonObject &params = message.params;
    if (message.method == u"notifications/progress") {
        const quint64 ticket = quint64(params[u"progressToken"].toInteger());
        if (m_open.contains(ticket))
            Q_EMIT progressed(ticket, params[u"progress"].toDouble(), params[u"total"].toDouble(), params[u"message"].toString());
    } else if (message.method == u"notifications/message") {
        Q_EMIT logged(params[u"level"].toString(), params[u"data"]);
    } else if (message.method == u"notifications/resources/updated") {
        Q_EMIT updated(params[u"uri"].toString());
    } else if (message.method == u"notifications/subscriptions/acknowledged") {
        if (auto stream = m_acknowledging.extract(quint64(params[u"_meta"][subscriptionIdKey].toInteger()))) {
            const bool watched = !params[u"notifications"][u"resourceSubscriptions"].toArray().isEmpty();
            stream.mapped().addResult(watched ? Result<Done>(Done{}) : Failure({Error::Kind::NotFound, u"There is no such resource to watch"_s}));
            stream.mapped().finish();
        }
    } else if (message.method == u"notifications/cancelled") {
        withdraw([&](const Pending &pending) { return pending.ticket == 0 && pending.id == params[u"requestId"]; });
    } else if (message.method.endsWith(u"/list_changed")) {
        Q_EMIT listChanged();
    }
}

// --- what the server asks the person

void Conversation::askPerson(Open &open, const QJsonObject &result)
{
    const quint64 ticket = open.ticket;
    const QJsonObject requests = result[u"inputRequests"].toObject();
    if (++open.rounds > mostRounds || requests.size() > mostInquiries) {
        finish(ticket, Failure({Error::Kind::Protocol, u"The server asks more than %1 times for one call"_s.arg(mostRounds)}));
        return;
    }
    open.params.remove(u"requestState"_s);
    if (result[u"requestState"].isString())
        open.params[u"requestState"] = result[u"requestState"];
    open.answers = {};
    open.unanswered = int(requests.size());
    if (requests.isEmpty()) {
        repeat(ticket);
        return;
    }
    for (auto it = requests.begin(); it != requests.end(); ++it) {
        if (it.value()[u"method"].toString() != u"elicitation/create") {
            finish(ticket, Failure({Error::Kind::Protocol, u"The server asks for %1, which was not offered to it"_s.arg(it.value()[u"method"].toString().left(60))}));
            return;
        }
    }
    for (auto it = requests.begin(); it != requests.end(); ++it)
        hold(u"call %1 %2"_s.arg(ticket).arg(it.key()), {ticket, it.key()}, it.value()[u"params"].toObject());
}

void Conversation::hold(const QString &id, const Pending &pending, const QJsonObject &params)
{
    m_inquiries[id] = pending;
    Q_EMIT inquired({id, params[u"message"].toString(), params[u"requestedSchema"].toObject(), params[u"url"].toString()});
}

void Conversation::answer(const QString &inquiry, const QString &action, const QJsonObject &content)
{
    const auto found = m_inquiries.extract(inquiry);
    if (!found)
        return;
    const Pending pending = found.mapped();
    QJsonObject result{{u"action"_s, action}};
    if (action == u"accept")
        result[u"content"] = content;
    if (pending.ticket == 0) {
        Q_EMIT sends(toLine(resultJson(pending.id, result)));
        return;
    }
    const auto open = m_open.find(pending.ticket);
    if (open == m_open.end())
        return;
    open->second->answers[pending.key] = result;
    if (--open->second->unanswered == 0)
        repeat(pending.ticket);
}

void Conversation::repeat(quint64 ticket)
{
    Open &open = *m_open.at(ticket);
    open.params[u"inputResponses"] = open.answers;
    open.id = ++m_last;
    open.timer.start(usualPatience);
    post(open);
}

void Conversation::withdraw(const std::function<bool(const Pending &)> &which)
{
    QStringList ids;
    for (const auto &[id, pending] : m_inquiries) {
        if (which(pending))
            ids << id;
    }
    for (const QString &id : std::as_const(ids)) {
        m_inquiries.erase(id);
        Q_EMIT withdrawn(id);
    }
}

// --- ends

void Conversation::finish(quint64 ticket, Result<ServerAnswer> result)
{
    const auto found = m_open.extract(ticket);
    if (!found)
        return;
    Open &open = *found.mapped();
    m_tickets.remove(open.id);
    open.promise.addResult(std::move(result));
    open.promise.finish();
    // The server's own questions belong to a call, which is not named: none is left when no call is.
    const bool calls = std::any_of(m_open.begin(), m_open.end(), [](const auto &other) { return other.second->method == u"tools/call"; });
    withdraw([&](const Pending &pending) { return pending.ticket == ticket || (pending.ticket == 0 && !calls); });
}

void Conversation::end(const QString &why)
{
    m_gone = why;
    while (!m_open.empty())
        finish(m_open.begin()->first, Failure({Error::Kind::Server, why}));
    while (!m_acknowledging.empty()) {
        auto stream = m_acknowledging.extract(m_acknowledging.begin());
        stream.mapped().addResult(Failure({Error::Kind::Server, why}));
        stream.mapped().finish();
    }
    m_listens.clear();
}

} // namespace mcp
