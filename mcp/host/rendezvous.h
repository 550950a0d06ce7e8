// Where companion and servers of one user meet, and the first line they say to each other.
#pragma once

#include "conductor/base/result.h"
#include "mcp/policy/toolsets.h"

#include <QByteArray>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <memory>

namespace mcp {

// The companion's socket: $CONDUCTOR_COMPANION_SOCKET, else /run/user/UID/conductor-companion/companion.sock if that directory
// is ours, else the same below ~/.cache. Never from XDG variables: AI clients start servers without them.
QString rendezvousPath();

struct Hello {
    enum class Purpose { Bridge, Desk, Raise };

    Purpose purpose = Purpose::Bridge;
    QString version = {};
    QString profile = {}; // name, of bridge and desk
    QString session = {}; // of a desk link whose server is the companion's own child
    bool http = false;    // the server has many clients, over HTTP
    qint64 pid = 0;
    qint64 parentPid = 0;
    Selection offered = {}; // by the flags of a bridge

    QByteArray toLine() const;
    static conductor::Result<Hello> fromLine(const QByteArray &line);
};

// What the companion answers to a hello; empty: welcome.
QByteArray welcomeLine(const QString &refusal = {});

// True when the process at the other end runs as our user.
bool isOurUser(const QLocalSocket &socket);

// Knocks at the companion's socket. One of the signals comes, at the latest after 250 ms; then it is done.
class Knock : public QObject
{
    Q_OBJECT

public:
    explicit Knock(const Hello &hello, QObject *parent = nullptr);

    void begin(const QString &path = rendezvousPath());

Q_SIGNALS:
    // The connected socket, and what came with the answer already.
    void welcomed(std::shared_ptr<QLocalSocket> socket, QByteArray early);
    void alone(QString why);

private:
    void readAnswer();
    void giveUp(const QString &why);

    QByteArray m_hello;
    std::shared_ptr<QLocalSocket> m_socket;
    QByteArray m_read;
    QTimer m_timer;
    bool m_over = false;
};

// The companion's side: listens where servers knock. One per user; the lock tells a live companion from a stale socket.
class Threshold : public QObject
{
    Q_OBJECT

public:
    explicit Threshold(QObject *parent = nullptr);
    ~Threshold() override;

    // Errors: Conflict when another companion listens there; Validation when the place cannot be used.
    conductor::Result<conductor::Done> listen(const QString &path = rendezvousPath());

Q_SIGNALS:
    // Somebody of our user who said hello in time. The receiver answers with welcomeLine().
    void visited(std::shared_ptr<QLocalSocket> socket, mcp::Hello hello, QByteArray early);

private:
    void admit();

    QLocalServer m_server;
    int m_lock = -1;
};

} // namespace mcp
