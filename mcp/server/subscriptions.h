// What one client wants to hear of by itself: resources by subscription, and the modern era's listen streams. The session owns it.
#pragma once

#include "mcp/server/era.h"
#include "mcp/server/methods.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <set>

namespace mcp {

class Subscriptions : public QObject
{
    Q_OBJECT

public:
    static constexpr int most = 200; // resources of a client

    explicit Subscriptions(std::shared_ptr<const Offer> offer, QObject *parent = nullptr);

    // resources/subscribe and /unsubscribe. Errors: ResourceNotFound, InvalidParams.
    MethodResult subscribe(const Exchange &exchange);
    MethodResult unsubscribe(const Exchange &exchange);

    // subscriptions/listen: the acknowledgement goes out, then what it asked for, until close() gives its result.
    std::optional<RpcError> listen(const Exchange &exchange);
    // The result of a listen that ends; empty when it does not run.
    QJsonObject close(const QByteArray &key);

    // Unasked notifications of the handshake era go out from now on.
    void setHandshaken() { m_handshaken = true; }

Q_SIGNALS:
    void sends(QByteArray line, QByteArray request); // of a listen; empty: of the session

private:
    struct Listen {
        QJsonValue id;
        bool tools = false;
        bool prompts = false;
        QHash<QString, std::shared_ptr<QObject>> resources = {};
    };

    std::shared_ptr<QObject> watch(const QString &uri, std::function<void()> changed) const;
    void tell(const QString &method, bool Listen::*wanted);
    void sendTo(const QByteArray &key, const QString &method, QJsonObject params = {});

    std::shared_ptr<const Offer> m_offer;
    bool m_handshaken = false;
    QHash<QString, std::shared_ptr<QObject>> m_subscribed; // by address
    std::map<QByteArray, Listen> m_listens;
};

} // namespace mcp
