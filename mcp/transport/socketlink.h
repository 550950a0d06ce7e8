// Lines over a local socket: between door and companion, companion and child, server and desk.
#pragma once

#include "mcp/protocol/linereader.h"
#include "mcp/transport/link.h"

#include <QLocalSocket>

#include <memory>

namespace mcp {

class SocketLink : public Link
{
    Q_OBJECT

public:
    // Takes over a connected socket. `early`: bytes already read from it. Nothing is received before the event loop runs.
    explicit SocketLink(std::shared_ptr<QLocalSocket> socket, const QByteArray &early = {}, QObject *parent = nullptr);
    ~SocketLink() override;

    void send(const QByteArray &line) override;
    qint64 unsent() const override { return m_socket->bytesToWrite(); }
    void setPaused(bool paused) override;
    void close() override;

private:
    void readSome();
    void take(const QByteArray &bytes);
    void end();

    std::shared_ptr<QLocalSocket> m_socket;
    LineReader m_lines;
    bool m_paused = false;
    bool m_ended = false;
    bool m_full = false;
};

} // namespace mcp
