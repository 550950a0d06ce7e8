// The interaction of the handshake era: requests to the client on the stream of the call.
#pragma once

#include "mcp/server/clientrequests.h"
#include "mcp/server/era.h"
#include "mcp/server/interaction.h"

#include <QPointer>

namespace mcp {

class HandshakeCall : public Interaction
{
public:
    HandshakeCall(ClientRequests &requests, const Exchange &exchange);

    bool can(QStringView capability) const override;
    conductor::Reply<QJsonObject> ask(std::vector<Question> questions) override;

private:
    QPointer<ClientRequests> m_requests;
    QByteArray m_key;
    Revision m_revision;
    QJsonObject m_capabilities;
};

} // namespace mcp
