#include "mcp/protocol/message.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace mcp {

RpcResult<QJsonValue> parseLine(const QByteArray &line)
{
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(line, &parse);
    if (parse.error != QJsonParseError::NoError)
        return RpcFailure({RpcError::ParseError, u"Not valid JSON at byte %1: %2"_s.arg(parse.offset).arg(parse.errorString())});
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

RpcResult<Message> readMessage(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    const QJsonValue id = object[u"id"];
    const bool answerable = id.isString() || id.isDouble();
    const auto invalid = [&](const QString &why) {
        return RpcFailure({RpcError::InvalidRequest, why, answerable ? id : QJsonValue(QJsonValue::Null)});
    };
    if (!json.isObject())
        return invalid(u"A message is a JSON object"_s);
    if (object[u"jsonrpc"].toString() != u"2.0")
        return invalid(u"\"jsonrpc\" must be \"2.0\""_s);

    Message message;
    message.json = object;
    message.id = id;
    if (object.contains(u"method")) {
        if (!object[u"method"].isString())
            return invalid(u"\"method\" must be a text"_s);
        if (!id.isUndefined() && !answerable)
            return invalid(u"\"id\" must be a text or a number"_s);
        const QJsonValue params = object[u"params"];
        if (!params.isUndefined() && !params.isObject())
            return invalid(u"\"params\" must be an object"_s);
        message.kind = id.isUndefined() ? Message::Kind::Notification : Message::Kind::Request;
        message.method = object[u"method"].toString();
        message.params = params.toObject();
        return message;
    }
    const bool answers = object.contains(u"result") != object.contains(u"error");
    if (!answers || (!answerable && !id.isNull()))
        return invalid(u"Neither a request, a notification nor an answer"_s);
    message.kind = Message::Kind::Response;
    return message;
}

QByteArray idKey(const QJsonValue &id)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray{id}).toJson(QJsonDocument::Compact);
    return wrapped.mid(1, wrapped.size() - 2);
}

QJsonObject requestJson(const QJsonValue &id, const QString &method, const QJsonObject &params)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}};
}

QJsonObject notificationJson(const QString &method, const QJsonObject &params)
{
    QJsonObject json{{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, method}};
    if (!params.isEmpty())
        json[u"params"] = params;
    return json;
}

QJsonObject resultJson(const QJsonValue &id, const QJsonObject &result)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"result"_s, result}};
}

QJsonObject errorJson(const QJsonValue &id, const RpcError &error)
{
    QJsonObject details{{u"code"_s, error.code}, {u"message"_s, error.message}};
    if (!error.data.isUndefined())
        details[u"data"] = error.data;
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id.isUndefined() ? QJsonValue(QJsonValue::Null) : id}, {u"error"_s, details}};
}

QByteArray toLine(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray toLine(const QJsonArray &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace mcp
