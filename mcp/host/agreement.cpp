#include "mcp/host/agreement.h"

using namespace Qt::StringLiterals;

namespace mcp {

void Agreement::note(const Message &message)
{
    if (message.method == u"initialize") {
        m_initialize = message.json;
        m_result = {};
        m_initialized = false;
    } else if (message.method == u"notifications/initialized") {
        m_initialized = true;
    } else if (message.method == u"logging/setLevel") {
        m_logLevel = message.params;
    } else if (message.method == u"resources/subscribe") {
        m_subscribed.insert(message.params[u"uri"].toString(), message.params);
    } else if (message.method == u"resources/unsubscribe") {
        m_subscribed.remove(message.params[u"uri"].toString());
    }
}

QJsonObject Agreement::handshake(const QString &id) const
{
    QJsonObject initialize = m_initialize;
    initialize[u"id"] = id;
    return initialize;
}

bool Agreement::isKeptBy(const QJsonObject &result) const
{
    return result[u"protocolVersion"] == m_result[u"protocolVersion"] && result[u"capabilities"] == m_result[u"capabilities"];
}

QList<QJsonObject> Agreement::reminders(const std::function<QString()> &makeId) const
{
    QList<QJsonObject> messages;
    if (m_initialized && isConcluded())
        messages << notificationJson(u"notifications/initialized"_s, {});
    if (!m_logLevel.isEmpty())
        messages << requestJson(makeId(), u"logging/setLevel"_s, m_logLevel);
    for (const QJsonObject &params : m_subscribed)
        messages << requestJson(makeId(), u"resources/subscribe"_s, params);
    return messages;
}

} // namespace mcp
