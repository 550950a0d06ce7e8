// Requests of ours to a client of the handshake era, on the stream of the call that asks. The session owns it.
#pragma once

#include "conductor/base/reply.h"
#include "mcp/protocol/message.h"

#include <QHash>
#include <QObject>
#include <QPromise>

namespace mcp {

class ClientRequests : public QObject
{
    Q_OBJECT

public:
    explicit ClientRequests(QObject *parent = nullptr);
    ~ClientRequests() override; // whoever waits is told that the client is gone

    // call: key of the request whose stream carries it. Errors: Cancelled when the call ends first, Timeout, Protocol for an
    // error of the client.
    conductor::Reply<QJsonObject> ask(const QString &method, const QJsonObject &params, const QByteArray &call, std::chrono::milliseconds patience);

    // An answer of the client; false when it is none of ours.
    bool take(const Message &response);

    // The call is over: what it asked is not awaited any more.
    void abandon(const QByteArray &call);

Q_SIGNALS:
    void sends(QByteArray line, QByteArray call);

private:
    struct Open {
        QPromise<conductor::Result<QJsonObject>> promise;
        QByteArray call;
    };

    void finish(const QString &id, conductor::Result<QJsonObject> result);

    QString m_prefix; // random: a late answer to another process's request is not taken for ours
    quint64 m_count = 0;
    std::map<QString, Open> m_open;
};

} // namespace mcp
