#include "mcp/server/callparts.h"

using namespace Qt::StringLiterals;

namespace mcp {

std::function<void(double, double, QString)> progressOf(const Exchange &exchange, SendLine send)
{
    const QJsonValue token = exchange.params[u"_meta"][u"progressToken"];
    if (!token.isString() && !token.isDouble())
        return {};
    return [token, send = std::move(send), revision = exchange.revision, last = -1.0](double done, double total, QString message) mutable {
        if (done <= last)
            return;
        last = done;
        QJsonObject progress{{u"progressToken"_s, token}, {u"progress"_s, done}};
        if (total > 0)
            progress[u"total"] = total;
        if (!message.isEmpty() && hasProgressMessage(revision))
            progress[u"message"] = message;
        send(toLine(notificationJson(u"notifications/progress"_s, progress)));
    };
}

std::function<void(QString, QJsonValue)> logOf(const Exchange &exchange, SendLine send)
{
    if (exchange.logLevel.isEmpty())
        return {};
    return [least = severity(exchange.logLevel), send = std::move(send)](QString level, QJsonValue data) {
        if (severity(level) >= least)
            send(toLine(notificationJson(u"notifications/message"_s, {{u"level"_s, level}, {u"logger"_s, u"conductor"_s}, {u"data"_s, data}})));
    };
}

std::optional<RpcError> wrongCall(const Exchange &exchange, const ToolRegistry &tools)
{
    const QString name = exchange.params[u"name"].toString();
    const QJsonValue arguments = exchange.params[u"arguments"];
    if (!tools.find(name))
        return RpcError{RpcError::InvalidParams, u"Unknown tool: %1"_s.arg(name)};
    if (!arguments.isObject() && !arguments.isUndefined() && !arguments.isNull())
        return RpcError{RpcError::InvalidParams, u"\"arguments\" must be an object"_s};
    return {};
}

} // namespace mcp
