#include "mcp/host/rendezvous.h"

#include "conductor/base/directories.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int patience = 250;                 // ms for a hello and its answer
constexpr qsizetype longestGreeting = 8 * 1024;

QString word(Hello::Purpose purpose)
{
    switch (purpose) {
    case Hello::Purpose::Bridge:
        return u"bridge"_s;
    case Hello::Purpose::Desk:
        return u"desk"_s;
    case Hello::Purpose::Raise:
        return u"raise"_s;
    }
    return u"bridge"_s;
}

// Hands on the first line of a socket, within the time and length of a greeting; deletes itself.
class Greeting : public QObject
{
public:
    Greeting(std::shared_ptr<QLocalSocket> socket, std::function<void(std::shared_ptr<QLocalSocket>, QByteArray, QByteArray)> greeted)
        : m_socket(std::move(socket))
        , m_greeted(std::move(greeted))
    {
        connect(m_socket.get(), &QLocalSocket::readyRead, this, &Greeting::read);
        connect(m_socket.get(), &QLocalSocket::disconnected, this, &QObject::deleteLater);
        QTimer::singleShot(patience * 4, this, &QObject::deleteLater);
        QMetaObject::invokeMethod(this, &Greeting::read, Qt::QueuedConnection);
    }

private:
    void read()
    {
        if (!m_greeted)
            return;
        m_read += m_socket->readAll();
        const qsizetype end = m_read.indexOf('\n');
        if (end < 0) {
            if (m_read.size() > longestGreeting)
                deleteLater();
            return;
        }
        disconnect(m_socket.get(), nullptr, this, nullptr);
        const auto greeted = std::exchange(m_greeted, nullptr);
        greeted(m_socket, m_read.left(end), m_read.mid(end + 1));
        deleteLater();
    }

    std::shared_ptr<QLocalSocket> m_socket;
    std::function<void(std::shared_ptr<QLocalSocket>, QByteArray, QByteArray)> m_greeted;
    QByteArray m_read;
};

} // namespace

QString rendezvousPath()
{
    const QString set = qEnvironmentVariable("CONDUCTOR_COMPANION_SOCKET");
    if (!set.isEmpty())
        return set;
    const QString runtime = userRuntimeDirectory();
    if (runtime.isEmpty())
        return homeDirectory() + u"/.cache/conductor-companion/run/companion.sock"_s;
    return runtime + u"/conductor-companion/companion.sock"_s;
}

QByteArray Hello::toLine() const
{
    QJsonObject json{{u"hello"_s, word(purpose)}, {u"version"_s, version}, {u"profile"_s, profile}, {u"pid"_s, pid}, {u"parent_pid"_s, parentPid}};
    if (!session.isEmpty())
        json[u"session"] = session;
    if (http)
        json[u"http"] = true;
    if (const QJsonObject selection = offered.toJson(); !selection.isEmpty())
        json[u"offered"] = selection;
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<Hello> Hello::fromLine(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    const QString purpose = json[u"hello"].toString();
    Hello hello;
    for (const Purpose known : {Purpose::Bridge, Purpose::Desk, Purpose::Raise}) {
        if (word(known) == purpose)
            hello.purpose = known;
    }
    if (word(hello.purpose) != purpose)
        return Failure({Error::Kind::Protocol, u"Not a hello of conductor-mcp"_s});
    hello.version = json[u"version"].toString();
    hello.profile = json[u"profile"].toString();
    hello.http = json[u"http"].toBool();
    const Result<Selection> offered = Selection::fromJson(json[u"offered"].toObject());
    if (!offered)
        return Failure(offered.error());
    hello.offered = *offered;
    hello.session = json[u"session"].toString();
    hello.pid = json[u"pid"].toInteger();
    hello.parentPid = json[u"parent_pid"].toInteger();
    return hello;
}

QByteArray welcomeLine(const QString &refusal)
{
    QJsonObject json{{u"welcome"_s, refusal.isEmpty()}, {u"version"_s, QStringLiteral(COMPANION_VERSION)}};
    if (!refusal.isEmpty())
        json[u"reason"] = refusal;
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

bool isOurUser(const QLocalSocket &socket)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    return getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == getuid();
}

Knock::Knock(const Hello &hello, QObject *parent)
    : QObject(parent)
    , m_hello(hello.toLine() + '\n')
    , m_socket(std::make_shared<QLocalSocket>())
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(this, [this] { giveUp(u"The companion did not answer within %1 ms"_s.arg(patience)); });
    connect(m_socket.get(), &QLocalSocket::connected, this, [this] {
        if (!isOurUser(*m_socket)) {
            giveUp(u"The socket belongs to another user"_s);
            return;
        }
        m_socket->write(m_hello);
        m_socket->flush();
    });
    connect(m_socket.get(), &QLocalSocket::readyRead, this, &Knock::readAnswer);
    connect(m_socket.get(), &QLocalSocket::errorOccurred, this, [this] { giveUp(m_socket->errorString()); });
    connect(m_socket.get(), &QLocalSocket::disconnected, this, [this] { giveUp(u"The companion closed the connection"_s); });
}

void Knock::begin(const QString &path)
{
    if (!QFile::exists(path)) {
        giveUp(u"No companion is running"_s);
        return;
    }
    m_timer.start(patience);
    m_socket->connectToServer(path);
}

void Knock::readAnswer()
{
    m_read += m_socket->readAll();
    const qsizetype end = m_read.indexOf('\n');
    if (m_over || (end < 0 && m_read.size() <= longestGreeting))
        return;
    const QJsonObject answer = QJsonDocument::fromJson(m_read.left(std::max<qsizetype>(0, end))).object();
    if (!answer[u"welcome"].toBool()) {
        giveUp(answer[u"reason"].toString(u"The companion refused"_s));
        return;
    }
    m_over = true;
    m_timer.stop();
    m_socket->disconnect(this);
    Q_EMIT welcomed(m_socket, m_read.mid(end + 1));
}

void Knock::giveUp(const QString &why)
{
    if (m_over)
        return;
    m_over = true;
    m_timer.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    Q_EMIT alone(why);
}

Threshold::Threshold(QObject *parent)
    : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &Threshold::admit);
}

Threshold::~Threshold()
{
    m_server.close();
    if (m_lock >= 0)
        ::close(m_lock);
}

Result<Done> Threshold::listen(const QString &path)
{
    if (QFile::encodeName(path).size() >= qsizetype(sizeof(sockaddr_un::sun_path)))
        return Failure({Error::Kind::Validation, u"The path of the socket is too long: %1"_s.arg(path), u"Set CONDUCTOR_COMPANION_SOCKET to a shorter one"_s});
    if (!makePrivateDirectory(QFileInfo(path).path()))
        return Failure({Error::Kind::Validation, u"Cannot make the directory %1"_s.arg(QFileInfo(path).path()), u"It must belong to you and be writable"_s});

    // Held as long as we live, and let go of by the kernel however we die: who gets it may remove the socket that is left.
    m_lock = ::open(QFile::encodeName(path + u".lock"_s).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_lock < 0 || ::flock(m_lock, LOCK_EX | LOCK_NB) != 0)
        return Failure({Error::Kind::Conflict, u"Conductor Companion is running already"_s});
    QFile::remove(path);
    if (!m_server.listen(path))
        return Failure({Error::Kind::Validation, u"Cannot listen at %1: %2"_s.arg(path, m_server.errorString())});
    return Done{};
}

void Threshold::admit()
{
    while (QLocalSocket *connection = m_server.nextPendingConnection()) {
        connection->setParent(nullptr);
        const std::shared_ptr<QLocalSocket> socket(connection, [](QLocalSocket *dying) { dying->deleteLater(); });
        if (!isOurUser(*socket))
            continue;
        new Greeting(socket, [this](std::shared_ptr<QLocalSocket> visitor, const QByteArray &line, const QByteArray &early) { // deletes itself
            const Result<Hello> hello = Hello::fromLine(line);
            if (hello)
                Q_EMIT visited(std::move(visitor), *hello, early);
        });
    }
}

} // namespace mcp
