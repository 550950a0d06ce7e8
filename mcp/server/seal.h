// Seals what a client keeps for us between two calls, so that it comes back unchanged, in time, and once. One per process.
#pragma once

#include "mcp/protocol/message.h"

#include <QDateTime>
#include <QHash>
#include <QJsonObject>

#include <chrono>

namespace mcp {

class Seal
{
public:
    static constexpr std::chrono::minutes lifetime{10};

    Seal(); // with a key of its own

    QString close(const QJsonObject &content);

    // What was sealed; empty when another process sealed it or its time is over, so that the client is asked again. A sealed text
    // is opened once. Errors: InvalidParams when it was changed or comes a second time.
    RpcResult<QJsonObject> open(const QString &sealed);

private:
    QByteArray mac(const QByteArray &body) const;
    void forgetOld();

    QByteArray m_key;
    QByteArray m_keyId;
    QHash<QByteArray, QDateTime> m_spent; // by mac, until when it would be good
};

} // namespace mcp
