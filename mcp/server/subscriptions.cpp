#include "mcp/server/subscriptions.h"

using namespace Qt::StringLiterals;

namespace mcp {

Subscriptions::Subscriptions(std::shared_ptr<const Offer> offer, QObject *parent)
    : QObject(parent)
    , m_offer(std::move(offer))
{
    connect(m_offer.get(), &Offer::toolsChanged, this, [this] { tell(u"notifications/tools/list_changed"_s, &Listen::tools); });
    connect(m_offer.get(), &Offer::promptsChanged, this, [this] { tell(u"notifications/prompts/list_changed"_s, &Listen::prompts); });
}

MethodResult Subscriptions::subscribe(const Exchange &exchange)
{
    const QString uri = exchange.params[u"uri"].toString();
    if (!findResource(*m_offer, uri).resource)
        return RpcFailure({RpcError::ResourceNotFound, u"There is no resource %1"_s.arg(uri.left(200)), QJsonObject{{u"uri"_s, uri}}});
    if (m_subscribed.size() >= most && !m_subscribed.contains(uri))
        return RpcFailure({RpcError::InvalidParams, u"No more than %1 resources can be subscribed to"_s.arg(most)});
    m_subscribed.insert(uri, watch(uri, [this, uri] {
        Q_EMIT sends(toLine(notificationJson(u"notifications/resources/updated"_s, {{u"uri"_s, uri}})), {});
    }));
    return QJsonObject();
}

MethodResult Subscriptions::unsubscribe(const Exchange &exchange)
{
    m_subscribed.remove(exchange.params[u"uri"].toString());
    return QJsonObject();
}

std::optional<RpcError> Subscriptions::listen(const Exchange &exchange)
{
    const QJsonValue filter = exchange.params[u"notifications"];
    if (!filter.isObject())
        return RpcError{RpcError::InvalidParams, u"\"notifications\" must be an object"_s};
    const QJsonArray uris = filter[u"resourceSubscriptions"].toArray();
    if (uris.size() > most)
        return RpcError{RpcError::InvalidParams, u"No more than %1 resources can be subscribed to"_s.arg(most)};
    Listen listen{exchange.id, filter[u"toolsListChanged"].toBool() && m_offer->changes, filter[u"promptsListChanged"].toBool() && m_offer->changes};
    QJsonObject honoured;
    if (listen.tools)
        honoured[u"toolsListChanged"] = true;
    if (listen.prompts)
        honoured[u"promptsListChanged"] = true;
    QJsonArray watched;
    for (const QJsonValue &value : uris) {
        const QString uri = value.toString();
        if (!findResource(*m_offer, uri).resource)
            continue;
        watched << uri;
        listen.resources.insert(uri, watch(uri, [this, uri, key = exchange.key] { sendTo(key, u"notifications/resources/updated"_s, {{u"uri"_s, uri}}); }));
    }
    if (!watched.isEmpty())
        honoured[u"resourceSubscriptions"] = watched;
    m_listens.insert_or_assign(exchange.key, std::move(listen));
    sendTo(exchange.key, u"notifications/subscriptions/acknowledged"_s, {{u"notifications"_s, honoured}});
    return {};
}

QJsonObject Subscriptions::close(const QByteArray &key)
{
    const auto found = m_listens.find(key);
    if (found == m_listens.end())
        return {};
    const QJsonValue id = found->second.id;
    m_listens.erase(found);
    return {{u"_meta"_s, QJsonObject{{subscriptionIdKey.toString(), id}}}};
}

std::shared_ptr<QObject> Subscriptions::watch(const QString &uri, std::function<void()> changed) const
{
    const FoundResource found = findResource(*m_offer, uri);
    return found.resource->watch ? found.resource->watch(found.variables, std::move(changed)) : nullptr;
}

void Subscriptions::tell(const QString &method, bool Listen::*wanted)
{
    if (m_handshaken)
        Q_EMIT sends(toLine(notificationJson(method, {})), {});
    for (const auto &[key, listen] : m_listens) {
        if (listen.*wanted)
            sendTo(key, method);
    }
}

void Subscriptions::sendTo(const QByteArray &key, const QString &method, QJsonObject params)
{
    const auto found = m_listens.find(key);
    if (found == m_listens.end())
        return;
    params[u"_meta"] = QJsonObject{{subscriptionIdKey.toString(), found->second.id}};
    Q_EMIT sends(toLine(notificationJson(method, params)), key);
}

} // namespace mcp
