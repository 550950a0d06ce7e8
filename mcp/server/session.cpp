#include "mcp/server/session.h"

#include "mcp/protocol/linereader.h"
#include "mcp/server/instructions.h"
#include "mcp/server/wireform.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {

Session::Session(std::shared_ptr<Dispatcher> dispatcher, QObject *parent)
    : QObject(parent)
    , m_dispatcher(std::move(dispatcher))
{
}

Session::~Session()
{
    for (const Running &running : std::as_const(m_running))
        std::stop_source(running.stop).request_stop();
}

void Session::receive(const QByteArray &line)
{
    const RpcResult<QJsonValue> json = parseLine(line);
    if (!json)
        answer(errorJson({}, json.error()), nullptr);
    else if (json->isArray())
        receiveBatch(json->toArray());
    else
        receiveMessage(*json, nullptr);
}

void Session::refuseOverlong()
{
    answer(errorJson({}, {RpcError::InvalidRequest, u"A message may be %1 MiB long"_s.arg(LineReader::longest >> 20)}), nullptr);
}

void Session::receiveBatch(const QJsonArray &elements)
{
    if (elements.isEmpty() || !hasBatches(m_revision) || elements.size() > Batch::largest) {
        const QString why = elements.isEmpty() ? u"A batch must not be empty"_s
            : !hasBatches(m_revision)          ? u"Revision %1 has no batches; send each message in a line of its own"_s.arg(dateOf(m_revision))
                                               : u"A batch may hold %1 messages"_s.arg(Batch::largest);
        answer(errorJson({}, {RpcError::InvalidRequest, why}), nullptr);
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
        answer(errorJson(id, {message.error().code, message.error().message}), batch);
    } else if (message->kind == Message::Kind::Request) {
        handle(*message, std::move(batch));
    } else if (message->kind == Message::Kind::Notification) {
        notice(*message);
    } // an answer: we have asked nothing
}

void Session::handle(const Message &request, std::shared_ptr<Batch> batch)
{
    if (request.method == u"tools/call") {
        callTool(request.id, request.params, std::move(batch));
        return;
    }
    RpcResult<QJsonObject> result = RpcFailure({RpcError::MethodNotFound, u"There is no method \"%1\""_s.arg(request.method)});
    if (batch && request.method == u"initialize")
        result = RpcFailure({RpcError::InvalidRequest, u"initialize must not be part of a batch"_s});
    else if (request.method == u"initialize")
        result = initialize(request.params);
    else if (request.method == u"ping")
        result = QJsonObject();
    else if (request.method == u"tools/list")
        result = listTools(request.params);
    answer(result ? resultJson(request.id, *result) : errorJson(request.id, result.error()), batch);
}

void Session::notice(const Message &notification)
{
    if (notification.method != u"notifications/cancelled")
        return; // initialized and what later revisions may add need no action
    const auto running = m_running.find(idKey(notification.params[u"requestId"]));
    if (running != m_running.end())
        running->stop.request_stop();
}

void Session::answer(const QJsonObject &json, const std::shared_ptr<Batch> &batch)
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

RpcResult<QJsonObject> Session::initialize(const QJsonObject &params)
{
    const QJsonValue asked = params[u"protocolVersion"];
    if (!asked.isString())
        return RpcFailure({RpcError::InvalidParams, u"\"protocolVersion\" is missing; this server speaks %1"_s.arg(revisionDates().join(u", "_s))});
    m_revision = revisionOf(asked.toString()).value_or(newestRevision);
    const QJsonObject client = params[u"clientInfo"].toObject();
    m_client = {client[u"name"].toString(), client[u"version"].toString(), dateOf(m_revision)};
    Q_EMIT identified();
    return initializeResult(m_revision, instructions());
}

RpcResult<QJsonObject> Session::listTools(const QJsonObject &params) const
{
    if (!params[u"cursor"].isUndefined() && !params[u"cursor"].isNull())
        return RpcFailure({RpcError::InvalidParams, u"There is no such page; all tools are on the first"_s});
    QJsonArray tools;
    for (const ToolRegistry::Entry &entry : m_dispatcher->tools().entries())
        tools << toolJson(entry.tool, m_revision);
    return QJsonObject{{u"tools"_s, tools}};
}

Reply<Done> Session::callTool(QJsonValue id, QJsonObject params, std::shared_ptr<Batch> batch)
{
    const QByteArray key = idKey(id);
    const QString name = params[u"name"].toString();
    const QJsonValue arguments = params[u"arguments"];
    std::optional<RpcError> error;
    if (m_running.contains(key))
        error = RpcError{RpcError::InvalidRequest, u"The id %1 belongs to a call that still runs"_s.arg(QString::fromUtf8(key))};
    else if (!m_dispatcher->tools().find(name))
        error = RpcError{RpcError::InvalidParams, u"Unknown tool: %1"_s.arg(name)};
    else if (!arguments.isObject() && !arguments.isUndefined() && !arguments.isNull())
        error = RpcError{RpcError::InvalidParams, u"\"arguments\" must be an object"_s};
    if (error) {
        this->answer(errorJson(id, *error), batch);
        co_return Done{};
    }

    const std::stop_source stop;
    m_running.insert(key, {stop, batch});
    Call call{.arguments = arguments.toObject(), .stop = stop.get_token(), .progress = progressOf(params, key), .identity = m_client};
    const Result<Answer> answer = co_await outcome(m_dispatcher->call(name, std::move(call)));

    m_running.remove(key);
    if (stop.stop_requested())
        leaveUnanswered(batch);
    else
        this->answer(resultJson(id, answerJson(answer ? *answer : failed(answer.error()), m_revision)), batch);
    if (m_running.isEmpty())
        Q_EMIT settled();
    co_return Done{};
}

// Sends what a tool tells of its progress, as long as the call runs and only while it rises.
std::function<void(double, double, QString)> Session::progressOf(const QJsonObject &params, const QByteArray &request)
{
    const QJsonValue token = params[u"_meta"][u"progressToken"];
    if (!token.isString() && !token.isDouble())
        return {};
    const QPointer<Session> session(this);
    return [session, token, request, last = -1.0](double done, double total, QString message) mutable {
        if (!session || done <= last)
            return;
        last = done;
        QJsonObject progress{{u"progressToken"_s, token}, {u"progress"_s, done}};
        if (total > 0)
            progress[u"total"] = total;
        if (!message.isEmpty() && hasProgressMessage(session->m_revision))
            progress[u"message"] = message;
        Q_EMIT session->sends(toLine(notificationJson(u"notifications/progress"_s, progress)), request);
    };
}

} // namespace mcp
