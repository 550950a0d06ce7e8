#include "mcp/transport/httpexchange.h"

#include "mcp/transport/httprules.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Errors are short, so that only they are read again.
int statusFor(const QByteArray &line)
{
    if (line.size() > 64 * 1024)
        return 200;
    const QJsonValue error = QJsonDocument::fromJson(line).object()[u"error"];
    return error.isObject() ? statusOf(error[u"code"].toInt()) : 200;
}

} // namespace

HttpExchange::HttpExchange(std::unique_ptr<Session> session, HttpConnection *connection, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_connection(connection)
{
    connect(m_session.get(), &Session::sends, this, &HttpExchange::take);
    connect(connection, &HttpConnection::gone, this, &HttpExchange::leave);
    m_soon.setSingleShot(true);
    m_soon.callOnTimeout(this, &HttpExchange::openStream);
    m_soon.start(connection->limits().streamAfter);
}

HttpExchange::~HttpExchange()
{
    m_session->disconnect(this);
}

void HttpExchange::begin(const Message &request)
{
    m_session->receive(toLine(request.json));
}

void HttpExchange::end()
{
    m_session->endListens();
    if (m_connection && !m_over) {
        if (m_opened)
            m_connection->endStream();
        else
            m_connection->answer(refused(503, u"This server is ending"_s));
    }
    leave();
}

void HttpExchange::take(const QByteArray &line)
{
    if (m_over || !m_connection)
        return;
    if (isAnswer(line) && !m_opened) {
        m_connection->answer({.status = statusFor(line), .body = line});
        leave();
        return;
    }
    openStream();
    m_connection->event("event: message\ndata: " + line + "\n\n");
    if (isAnswer(line)) {
        m_connection->endStream();
        leave();
    }
}

void HttpExchange::openStream()
{
    m_soon.stop();
    if (m_opened || m_over || !m_connection)
        return;
    m_opened = true;
    m_connection->beginStream({});
}

void HttpExchange::leave()
{
    m_over = true;
    m_soon.stop();
    deleteLater();
}

} // namespace mcp
