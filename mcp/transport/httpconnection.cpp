#include "mcp/transport/httpconnection.h"

#include <QPointer>

#include <sys/socket.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {
namespace {

constexpr qint64 readAhead = 256 * 1024; // the rest waits with the system, which tells the client to wait

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, const HttpLimits &limits, Gate gate, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_limits(limits)
    , m_gate(std::move(gate))
{
    m_socket->setParent(nullptr);
    m_socket->setReadBufferSize(readAhead);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &HttpConnection::readOn);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &HttpConnection::wrote);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &HttpConnection::leave);
    m_patience.setSingleShot(true);
    m_patience.callOnTimeout(this, &HttpConnection::timeOut);
    m_stalled.setSingleShot(true);
    m_stalled.callOnTimeout(this, [this] { m_socket->abort(); });
    enter(Phase::Header);
    QMetaObject::invokeMethod(this, &HttpConnection::readOn, Qt::QueuedConnection);
}

HttpConnection::~HttpConnection()
{
    m_socket->disconnect(this);
}

void HttpConnection::enter(Phase phase)
{
    m_phase = phase;
    switch (phase) {
    case Phase::Idle:
        m_patience.start(m_limits.idleTime);
        break;
    case Phase::Header:
        m_patience.start(m_limits.headerTime);
        break;
    case Phase::Body:
        m_patience.start(m_limits.bodyTime);
        break;
    case Phase::Streaming:
        m_patience.start(m_limits.beat);
        break;
    case Phase::Closing:
        m_patience.start(2s);
        break;
    case Phase::Waiting:
    case Phase::Gone:
        m_patience.stop();
        break;
    }
}

void HttpConnection::readOn()
{
    if (m_phase == Phase::Closing)
        m_socket->readAll(); // read to the end, else the client would see a reset instead of our answer
    else if (m_phase < Phase::Waiting && m_socket->bytesToWrite() < m_limits.unsent)
        take(m_socket->readAll());
}

void HttpConnection::take(const QByteArray &bytes)
{
    HttpParser::State state = m_parser.feed(bytes);
    if (m_phase == Phase::Idle && m_parser.hasBegun())
        enter(Phase::Header);
    if (state == HttpParser::State::Header) {
        if (!passesGate())
            return;
        enter(Phase::Body);
        state = m_parser.feed({});
        if (state == HttpParser::State::Reading && m_parser.request().has("expect"))
            write(headOf(100, {}));
    }
    if (state == HttpParser::State::Failed) {
        m_keepAlive = false;
        HttpAnswer failure = refused(m_parser.status(), m_parser.problem());
        enter(Phase::Waiting);
        answer(std::move(failure));
    } else if (state == HttpParser::State::Done) {
        enter(Phase::Waiting);
        Q_EMIT requested(m_parser.takeRequest());
    }
}

bool HttpConnection::passesGate()
{
    const HttpRequest &request = m_parser.request();
    m_keepAlive = request.keepAlive;
    m_chunks = request.chunks;
    std::optional<HttpAnswer> refusal = m_gate(request);
    if (!refusal && request.has("expect") && request.header("expect").toLower() != "100-continue")
        refusal = refused(417, u"Only \"Expect: 100-continue\" can be met"_s);
    if (!refusal)
        return true;
    refusal->close = true; // its body is not wanted
    enter(Phase::Waiting);
    answer(*std::move(refusal));
    return false;
}

void HttpConnection::answer(HttpAnswer answer)
{
    if (m_phase != Phase::Waiting)
        return;
    m_keepAlive = m_keepAlive && !answer.close;
    HttpHeaders headers = std::move(answer.headers);
    if (!answer.body.isEmpty())
        headers.emplace_back("Content-Type", answer.contentType);
    if (answer.status != 204)
        headers.emplace_back("Content-Length", QByteArray::number(answer.body.size()));
    headers.emplace_back("Cache-Control", "no-store");
    headers.emplace_back("Connection", m_keepAlive ? "keep-alive" : "close");
    write(headOf(answer.status, headers) + answer.body);
    finishExchange();
}

void HttpConnection::beginStream(const HttpHeaders &headers)
{
    if (m_phase != Phase::Waiting)
        return;
    m_keepAlive = m_keepAlive && m_chunks; // without chunks a stream ends with its connection
    HttpHeaders all = headers;
    all.emplace_back("Content-Type", "text/event-stream");
    all.emplace_back("Cache-Control", "no-store");
    all.emplace_back("X-Accel-Buffering", "no");
    all.emplace_back("Connection", m_keepAlive ? "keep-alive" : "close");
    if (m_chunks)
        all.emplace_back("Transfer-Encoding", "chunked");
    write(headOf(200, all));
    enter(Phase::Streaming);
}

// A client that does not read must not fill our memory: it may come back and resume.
void HttpConnection::event(const QByteArray &text)
{
    if (m_phase != Phase::Streaming)
        return;
    if (m_socket->bytesToWrite() >= m_limits.unsent) {
        m_socket->abort();
        return;
    }
    chunk(text);
    m_patience.start();
}

void HttpConnection::endStream()
{
    if (m_phase != Phase::Streaming)
        return;
    if (m_chunks)
        write("0\r\n\r\n");
    finishExchange();
}

void HttpConnection::finishExchange()
{
    if (!m_keepAlive) {
        close();
        return;
    }
    m_parser.next();
    enter(Phase::Idle);
    QMetaObject::invokeMethod(this, &HttpConnection::readOn, Qt::QueuedConnection); // what came meanwhile
}

void HttpConnection::close()
{
    if (m_phase >= Phase::Closing)
        return;
    enter(Phase::Closing);
    wrote();
}

void HttpConnection::chunk(const QByteArray &bytes)
{
    if (m_chunks)
        write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
    else
        write(bytes);
}

void HttpConnection::write(const QByteArray &bytes)
{
    m_socket->write(bytes);
    if (!m_stalled.isActive())
        m_stalled.start(m_limits.stallTime);
}

void HttpConnection::wrote()
{
    const bool all = m_socket->bytesToWrite() == 0;
    if (all)
        m_stalled.stop();
    else
        m_stalled.start(m_limits.stallTime);
    if (all && m_phase == Phase::Closing)
        ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
    else if (m_phase == Phase::Idle)
        readOn();
}

void HttpConnection::timeOut()
{
    switch (m_phase) {
    case Phase::Header:
    case Phase::Body:
        enter(Phase::Waiting);
        answer({.status = 408, .body = refused(408, u"The request did not come in time"_s).body, .close = true});
        break;
    case Phase::Streaming:
        event(":\n\n");
        break;
    case Phase::Idle:
        close();
        break;
    default:
        m_socket->abort();
        break;
    }
}

void HttpConnection::leave()
{
    if (m_phase == Phase::Gone)
        return;
    enter(Phase::Gone);
    m_stalled.stop();
    Q_EMIT gone();
}

} // namespace mcp
