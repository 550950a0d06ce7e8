#include "mcp/transport/sessionlink.h"

namespace mcp {

SessionLink::SessionLink(std::unique_ptr<Session> session, QObject *parent)
    : Link(parent)
    , m_session(std::move(session))
{
    connect(m_session.get(), &Session::sends, this, &Link::received);
}

SessionLink::~SessionLink() = default;

void SessionLink::send(const QByteArray &line)
{
    m_session->receive(line);
}

} // namespace mcp
