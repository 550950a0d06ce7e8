// The server in this very process, as one end of a pipe.
#pragma once

#include "mcp/server/session.h"
#include "mcp/transport/link.h"

namespace mcp {

class SessionLink : public Link
{
    Q_OBJECT

public:
    explicit SessionLink(std::unique_ptr<Session> session, QObject *parent = nullptr);
    ~SessionLink() override;

    Session &session() { return *m_session; }

    void send(const QByteArray &line) override;
    qint64 unsent() const override { return 0; }
    void setPaused(bool) override {} // answers come as calls end; whoever reads them buffers
    void close() override {}

private:
    std::unique_ptr<Session> m_session;
};

} // namespace mcp
