// Between one client and a server that may be replaced under it: passes lines on, remembers what a new server must be told,
// and makes sure that every request is answered once, right or honestly. Used by the host for its children and by the door when
// the companion goes.
#pragma once

#include "mcp/host/agreement.h"
#include "mcp/host/pulse.h"
#include "mcp/protocol/batch.h"
#include "mcp/protocol/revision.h"
#include "mcp/server/session.h"
#include "mcp/server/toolregistry.h"
#include "mcp/protocol/linereader.h"
#include "mcp/transport/link.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QTimer>

#include <deque>
#include <memory>

namespace mcp {

class Relay : public QObject
{
    Q_OBJECT

public:
    enum class Direction { FromClient, FromServer };

    // effects: tells which calls only read and may be sent again.
    Relay(std::unique_ptr<Link> client, std::shared_ptr<const ToolRegistry> effects, QObject *parent = nullptr);
    ~Relay() override;

    // The first server, or one in place of a lost one: it gets the recorded handshake, log level and subscriptions, then the
    // reads that were not answered; what the client sent meanwhile follows.
    void serveWith(std::unique_ptr<Link> server);

    // Answers all that is open with this reason and closes the client's end.
    void end(const QString &reason);

    // Tells a door that the companion ends this session on purpose: it emits dismissed() and does not go on by itself. Then hangUp().
    void dismiss();

    // Lets go of the server of now, as if it had died: serverLost() follows. For one that is to be replaced.
    void releaseServer();

    Pulse &pulse() { return m_pulse; }

    // Closes both ends and falls silent. Delete it later: it may be telling you something right now.
    void hangUp();

    // Requests of the client that are not answered yet.
    int outstanding() const { return int(m_outstanding.size()) + int(m_waiting.size()); }

    // No request waits for its answer; streams that stay open are none.
    bool isIdle() const;

    // True when the server of now has answered something the client asked.
    bool hasAnswered() const { return m_hasAnswered; }
    const ClientIdentity &client() const { return m_identity; }
    qint64 calls() const { return m_calls; }
    qint64 errors() const { return m_errors; } // answers of tools with isError

Q_SIGNALS:
    void identified();
    void serverLost();  // every whole line of it has been handled; call serveWith() or end()
    void serverHangs(); // a client waits, and not even a ping is answered
    void clientLost();
    void dismissed();   // by the companion, on purpose; serverLost() follows
    void settled();     // nothing is outstanding any more
    void idle();        // see isIdle()
    void answeredInstead(QJsonObject request, QString text); // by us: no server had answered it or was to
    void passed(mcp::Relay::Direction direction, QByteArray line);

private:
    enum class State { Serverless, Replaying, Relaying, Ended };

    struct Request {
        QJsonObject message;
        bool reads = false;
        bool listens = false; // subscriptions/listen: open until it is ended
        int resent = 0;
        quint64 order = 0;
        QDeadlineTimer deadline;
        QByteArray progressKey;
        std::shared_ptr<Batch> batch;
    };

    void fromClient(const QByteArray &line);
    void keepWaiting(const QByteArray &line);
    void takeLine(const QByteArray &line);
    void splitBatch(const QJsonArray &elements);
    void takeFromClient(const QJsonObject &json, const QByteArray &line, std::shared_ptr<Batch> batch);
    void track(const Message &request, std::shared_ptr<Batch> batch);
    void know(const QJsonObject &clientInfo, const QString &revision);
    void note(const Message &notification);
    void toServer(const QByteArray &line);

    void fromServer(const QByteArray &line);
    void takeAnswer(const Message &answer, const QByteArray &line);
    bool mayPass(const Message &notification);
    void toClient(const QByteArray &line);
    void answer(const Request &request, const QJsonObject &json);

    void loseServer();
    void replay();
    void takeReplayed(const QByteArray &key, const QJsonObject &json);
    void finishReplay();
    void resendReads();
    void dropOverdue();
    void restIfIdle();
    QString privateId();
    void answerInstead(const Request &request, const QString &text);
    QJsonObject honestAnswer(const Request &request, const QString &text) const;

    std::unique_ptr<Link> m_client;
    std::unique_ptr<Link> m_server;
    std::shared_ptr<const ToolRegistry> m_effects;
    State m_state = State::Serverless;
    bool m_hasAnswered = false;
    qint64 m_calls = 0;
    qint64 m_errors = 0;
    ClientIdentity m_identity;

    QHash<QByteArray, Request> m_outstanding; // by the client's id
    quint64 m_order = 0;
    std::deque<QByteArray> m_waiting; // lines of the client for the server to come
    qint64 m_waitingBytes = 0;
    QHash<QByteArray, double> m_progress; // by token; rises only, whoever reports it
    QHash<QByteArray, QJsonValue> m_serverRequests; // asked of the client and not answered

    Agreement m_agreement;
    QHash<QByteArray, int> m_swallowedAcks;   // acknowledgements of listens that were sent again

    QString m_privatePrefix;
    quint64 m_privateCount = 0;
    QByteArray m_replayedInitialize; // key of the private id that is awaited
    QTimer m_overdue;
    Pulse m_pulse;
};

} // namespace mcp
