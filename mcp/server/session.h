// One client's conversation: what a message of it means and what is answered, in whichever era it comes. Transport is two functions:
// receive() takes a line, sends() gives one. What a tool does is the dispatcher's affair.
#pragma once

#include "mcp/protocol/batch.h"
#include "mcp/server/clientrequests.h"
#include "mcp/server/dispatcher.h"
#include "mcp/server/era.h"
#include "mcp/server/identity.h"
#include "mcp/server/methods.h"
#include "mcp/server/seal.h"
#include "mcp/server/subscriptions.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <stop_token>

namespace mcp {

class Session : public QObject
{
    Q_OBJECT

public:
    // offer: without one there are tools only. seal: shared by the sessions of a process.
    explicit Session(std::shared_ptr<Dispatcher> dispatcher, std::shared_ptr<const Offer> offer = {}, std::shared_ptr<Seal> seal = {}, QObject *parent = nullptr);
    ~Session() override;

    void receive(const QByteArray &line);
    void refuseOverlong(); // a line came that was too long to be read

    // Answers on their way; streams that stay open are none.
    int pending() const { return int(m_running.size()) - m_listening; }

    // Ends a request as notifications/cancelled does: nothing more is said of it. For a transport whose stream is gone.
    void cancel(const QByteArray &request);

    // Gives every open listen its result: we are ending.
    void endListens();

    const ClientIdentity &client() const { return m_client; }

Q_SIGNALS:
    // Without a line break. request: key (idKey) of the request it belongs to, for a transport that has a stream for each; empty
    // for what belongs to none and for the answer to a batch.
    void sends(QByteArray line, QByteArray request);
    void identified();
    void settled(); // nothing is on its way any more

private:
    struct Running {
        std::stop_source stop;
        std::shared_ptr<Batch> batch; // that waits for this answer
        bool listens = false;
    };

    void receiveBatch(const QJsonArray &elements);
    void receiveMessage(const QJsonValue &json, std::shared_ptr<Batch> batch);
    void handle(const Message &request, std::shared_ptr<Batch> batch);
    RpcResult<Exchange> understand(const Message &request);
    std::optional<MethodResult> answerAtOnce(const Exchange &exchange);
    MethodResult initialize(const Exchange &exchange);
    MethodResult setLogLevel(const Exchange &exchange);
    void know(const QJsonObject &clientInfo, Revision revision);
    void listen(const Exchange &exchange);

    conductor::Reply<conductor::Done> serve(Exchange exchange, std::shared_ptr<Batch> batch);
    Call callFor(const Exchange &exchange, std::stop_token stop, std::shared_ptr<Interaction> client);
    void finish(const QByteArray &key);
    void answer(const Exchange &exchange, MethodResult result, const std::shared_ptr<Batch> &batch);
    void send(const QJsonObject &json, const std::shared_ptr<Batch> &batch);
    void leaveUnanswered(const std::shared_ptr<Batch> &batch);

    std::shared_ptr<Dispatcher> m_dispatcher;
    std::shared_ptr<const Offer> m_offer;
    std::shared_ptr<Seal> m_seal;
    Subscriptions m_subscriptions;
    ClientRequests m_requests;
    ClientIdentity m_client;
    Revision m_revision = newestHandshake; // as agreed by handshake
    QJsonObject m_capabilities;            // of a client that shook hands
    QString m_logLevel;
    QHash<QByteArray, Running> m_running; // by id
    int m_listening = 0;
};

} // namespace mcp
