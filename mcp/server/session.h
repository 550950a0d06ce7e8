// One client's conversation: what a message of it means and what is answered. Transport is two functions: receive() takes a
// line, sends() gives one. The era and the revision are the session's affair; what a tool does is the dispatcher's.
#pragma once

#include "mcp/protocol/batch.h"
#include "mcp/protocol/message.h"
#include "mcp/protocol/revision.h"
#include "mcp/server/dispatcher.h"
#include "mcp/server/identity.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <stop_token>

namespace mcp {

class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(std::shared_ptr<Dispatcher> dispatcher, QObject *parent = nullptr);
    ~Session() override;

    void receive(const QByteArray &line);
    void refuseOverlong(); // a line came that was too long to be read

    // Answers on their way.
    int pending() const { return int(m_running.size()); }

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
    };

    void receiveBatch(const QJsonArray &elements);
    void receiveMessage(const QJsonValue &json, std::shared_ptr<Batch> batch);
    void handle(const Message &request, std::shared_ptr<Batch> batch);
    void notice(const Message &notification);
    void answer(const QJsonObject &json, const std::shared_ptr<Batch> &batch);
    void leaveUnanswered(const std::shared_ptr<Batch> &batch);

    RpcResult<QJsonObject> initialize(const QJsonObject &params);
    RpcResult<QJsonObject> listTools(const QJsonObject &params) const;
    conductor::Reply<conductor::Done> callTool(QJsonValue id, QJsonObject params, std::shared_ptr<Batch> batch);
    std::function<void(double, double, QString)> progressOf(const QJsonObject &params, const QByteArray &request);

    std::shared_ptr<Dispatcher> m_dispatcher;
    ClientIdentity m_client;
    Revision m_revision = newestRevision;
    QHash<QByteArray, Running> m_running; // by id
};

} // namespace mcp
