// The client's side of MCP, in either era: asks a server and matches its answers, hears its progress and messages, and passes on
// what it asks the person, also where a call is made again with the answers. Lines only; whoever has the link owns it.
#pragma once

#include "conductor/base/reply.h"
#include "mcp/protocol/message.h"
#include "mcp/protocol/revision.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QPromise>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>

namespace mcp {

// What came back for a request: a result, or an error of the protocol.
struct ServerAnswer {
    QJsonObject message = {}; // all of it
    qint64 bytes = 0;         // of its line
    qint64 tookMs = 0;

    bool isRpcError() const { return message.contains(QLatin1String("error")); }
    QJsonObject result() const { return message[QLatin1String("result")].toObject(); }
    bool isError() const { return isRpcError() || result()[QLatin1String("isError")].toBool(); }
};

// A question of the server to the person: a form to fill in.
struct Inquiry {
    QString id;
    QString message;    // hostile text
    QJsonObject schema; // of what is wanted
    QString url = {};   // instead of a form, for a question that is answered elsewhere
};

class Conversation : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds usualPatience{60}; // the server answers within 55

    struct Asked {
        quint64 ticket;
        conductor::Reply<ServerAnswer> answer; // Errors: Timeout, Cancelled, Server when it has ended
    };

    explicit Conversation(Revision revision, QObject *parent = nullptr);
    ~Conversation() override;

    Revision revision() const { return m_revision; }

    // Handshake or discovery. Answers the server's introduction, with "protocolVersion" as agreed. Errors: Protocol when it
    // refuses; as ask().
    conductor::Reply<QJsonObject> begin();

    Asked ask(const QString &method, QJsonObject params = {}, std::chrono::milliseconds patience = usualPatience);
    void cancel(quint64 ticket); // the server is told; its answer is not waited for

    // All elements of a list method, page by page: "tools" of "tools/list".
    conductor::Reply<QJsonArray> list(QString method, QString key);

    conductor::Reply<conductor::Done> subscribe(QString uri); // updated() follows whenever it changes
    void unsubscribe(const QString &uri);

    // accept comes with content, decline and cancel without.
    void answer(const QString &inquiry, const QString &action, const QJsonObject &content = {});

    void receive(const QByteArray &line);
    void end(const QString &why); // the server is gone: whoever waits is told

Q_SIGNALS:
    void sends(QByteArray line);
    void progressed(quint64 ticket, double done, double total, const QString &message); // total 0: unknown
    void logged(const QString &level, const QJsonValue &data);
    void inquired(const mcp::Inquiry &inquiry);
    void withdrawn(const QString &inquiry); // it is not to be answered any more
    void updated(const QString &uri);
    void listChanged();
    void misheard(const QByteArray &line); // not a message

private:
    struct Open;
    struct Pending { // an inquiry that waits for the person
        quint64 ticket = 0; // of a call that is made again; 0: the server's own request
        QString key;
        QJsonValue id = QJsonValue::Undefined;
    };

    QJsonObject dressed(QJsonObject params, quint64 ticket) const;
    void post(Open &open);
    void notify(const QString &method, const QJsonObject &params);
    void take(const QJsonObject &json, qint64 bytes);
    void takeAnswer(const Message &message, qint64 bytes);
    void takeRequest(const Message &message);
    void takeNotification(const Message &message);
    void askPerson(Open &open, const QJsonObject &result);
    void repeat(quint64 ticket);
    void hold(const QString &id, const Pending &pending, const QJsonObject &params);
    void timeOut(quint64 ticket);
    void finish(quint64 ticket, conductor::Result<ServerAnswer> result);
    void withdraw(const std::function<bool(const Pending &)> &which);
    conductor::Reply<conductor::Done> listen(const QString &uri);

    Revision m_revision;
    quint64 m_last = 0;
    std::map<quint64, std::unique_ptr<Open>> m_open;   // by ticket
    QHash<quint64, quint64> m_tickets;                 // by the id on the wire
    std::map<QString, Pending> m_inquiries;
    QHash<QString, quint64> m_listens;                 // by resource: ids of streams of the modern era
    std::map<quint64, QPromise<conductor::Result<conductor::Done>>> m_acknowledging;
    QString m_gone;
};

} // namespace mcp
