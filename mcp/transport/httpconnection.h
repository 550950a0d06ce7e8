// One TCP connection of an HTTP client: one request after another, each answered whole or with a stream of events. What a client
// sends before it has its answer waits unread. Owned by the HttpServer; lives until `gone`.
#pragma once

#include "mcp/transport/httplimits.h"
#include "mcp/transport/httpparser.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace mcp {

class HttpConnection : public QObject
{
    Q_OBJECT

public:
    // Judges a request by its header, before its body is read.
    using Gate = std::function<std::optional<HttpAnswer>(const HttpRequest &)>;

    // Takes over the socket.
    HttpConnection(QTcpSocket *socket, const HttpLimits &limits, Gate gate, QObject *parent = nullptr);
    ~HttpConnection() override;

    // To the request that came last, once: either the whole answer or a stream.
    void answer(HttpAnswer answer);
    void beginStream(const HttpHeaders &headers);
    void event(const QByteArray &text); // as it goes on the wire; ends the connection when too much waits already
    void endStream();

    const HttpLimits &limits() const { return m_limits; }
    bool isIdle() const { return m_phase == Phase::Idle; } // between two requests
    bool isGone() const { return m_phase == Phase::Gone; }
    void close(); // once what was written is on its way

Q_SIGNALS:
    void requested(mcp::HttpRequest request);
    void gone(); // nothing written from now on arrives; told once

private:
    enum class Phase { Idle, Header, Body, Waiting, Streaming, Closing, Gone };

    void enter(Phase phase);
    void readOn();
    void take(const QByteArray &bytes);
    bool passesGate();
    void finishExchange();
    void write(const QByteArray &bytes);
    void chunk(const QByteArray &bytes);
    void wrote();
    void timeOut();
    void leave();

    std::unique_ptr<QTcpSocket> m_socket;
    HttpLimits m_limits;
    Gate m_gate;
    HttpParser m_parser;
    Phase m_phase = Phase::Idle;
    bool m_keepAlive = true; // of the request that is being answered
    bool m_chunks = true;
    QTimer m_patience; // with the client's next step, as the phase has it
    QTimer m_stalled;
};

} // namespace mcp
