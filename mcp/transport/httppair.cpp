#include "mcp/transport/httppair.h"

#include "mcp/transport/httprules.h"

using namespace Qt::StringLiterals;

namespace mcp {

HttpPair::HttpPair(QByteArray id, std::unique_ptr<Session> session, HttpConnection *listening, QObject *parent)
    : QObject(parent)
    , m_id(std::move(id))
    , m_session(std::move(session))
    , m_listening(listening)
{
    connect(m_session.get(), &Session::sends, this, [this](const QByteArray &line) {
        if (m_listening)
            m_listening->event("event: message\ndata: " + line + "\n\n");
    });
    connect(m_session.get(), &Session::settled, this, &HttpPair::endIfDone);
    connect(listening, &HttpConnection::gone, this, [this] {
        m_listening = nullptr;
        endIfDone();
    });
    listening->beginStream({});
    listening->event("event: endpoint\ndata: /messages?sessionId=" + m_id + "\n\n");
}

HttpPair::~HttpPair()
{
    m_session->disconnect(this);
    if (m_listening)
        m_listening->endStream();
}

void HttpPair::post(const HttpRequest &request, HttpConnection *connection)
{
    const RpcResult<QJsonValue> json = parseLine(request.body);
    if (!json) {
        connection->answer(refused(400, json.error()));
        return;
    }
    connection->answer({.status = 202});
    m_session->receive(request.body);
}

void HttpPair::endListening()
{
    if (!m_listening)
        return;
    m_listening->endStream();
    m_listening = nullptr;
    endIfDone();
}

void HttpPair::endIfDone()
{
    if (!m_listening && m_session->pending() == 0)
        Q_EMIT ended();
}

} // namespace mcp
