#include "mcp/transport/socketlink.h"

namespace mcp {

SocketLink::SocketLink(std::shared_ptr<QLocalSocket> socket, const QByteArray &early, QObject *parent)
    : Link(parent)
    , m_socket(std::move(socket))
{
    m_socket->setReadBufferSize(1024 * 1024);
    connect(m_socket.get(), &QLocalSocket::readyRead, this, &SocketLink::readSome);
    connect(m_socket.get(), &QLocalSocket::disconnected, this, &SocketLink::end);
    connect(m_socket.get(), &QLocalSocket::bytesWritten, this, [this] {
        if (m_full && unsent() < highWater) {
            m_full = false;
            Q_EMIT drained();
        }
    });
    QMetaObject::invokeMethod(
        this,
        [this, early] {
            take(early);
            readSome();
            if (m_socket->state() != QLocalSocket::ConnectedState)
                end();
        },
        Qt::QueuedConnection);
}

SocketLink::~SocketLink()
{
    m_socket->disconnect(this);
}

void SocketLink::send(const QByteArray &line)
{
    if (m_ended)
        return;
    m_socket->write(line + '\n');
    m_socket->flush(); // now, not when the loop comes round: the other side waits
    m_full = m_full || unsent() >= highWater;
}

void SocketLink::setPaused(bool paused)
{
    m_paused = paused;
    if (!paused)
        QMetaObject::invokeMethod(this, &SocketLink::readSome, Qt::QueuedConnection);
}

void SocketLink::close()
{
    m_socket->disconnectFromServer();
}

void SocketLink::readSome()
{
    while (!m_paused && m_socket->bytesAvailable() > 0)
        take(m_socket->read(256 * 1024));
}

void SocketLink::take(const QByteArray &bytes)
{
    const std::vector<LineReader::Line> lines = m_lines.feed(bytes);
    for (const LineReader::Line &line : lines) {
        if (line.tooLong)
            Q_EMIT overlong();
        else
            Q_EMIT received(line.bytes);
    }
}

// What the other side had sent before it ended is received first; half a line of one that died is dropped.
void SocketLink::end()
{
    if (m_ended)
        return;
    m_paused = false;
    readSome();
    m_ended = true;
    Q_EMIT closed();
}

} // namespace mcp
