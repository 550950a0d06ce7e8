// What a client has agreed with its server and told it to keep: handshake, log level, subscriptions. A server that takes the place of
// another is told all of it again. The relay owns it.
#pragma once

#include "mcp/protocol/message.h"

#include <QMap>

#include <functional>

namespace mcp {

class Agreement
{
public:
    // A request or notification of the client, as it passes.
    void note(const Message &message);
    // What the server answered to initialize.
    void conclude(const QJsonObject &result) { m_result = result; }

    // False before a handshake was answered, and for clients that make none.
    bool isConcluded() const { return !m_result.isEmpty(); }
    QString revision() const { return m_result[u"protocolVersion"].toString(); }

    // The handshake again, with this id; and whether what is answered to it is what was agreed.
    QJsonObject handshake(const QString &id) const;
    bool isKeptBy(const QJsonObject &result) const;

    // What follows the handshake, in order. makeId: for each request; nothing hangs on their answers.
    QList<QJsonObject> reminders(const std::function<QString()> &makeId) const;

private:
    QJsonObject m_initialize; // the client's request
    QJsonObject m_result;
    bool m_initialized = false;
    QJsonObject m_logLevel;                  // params of logging/setLevel
    QMap<QString, QJsonObject> m_subscribed; // uri → params of resources/subscribe
};

} // namespace mcp
