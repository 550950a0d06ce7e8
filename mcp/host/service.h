// The MCP server of this process, put together: configuration, tools, policy, dispatcher. Makes sessions.
#pragma once

#include "mcp/host/configuration.h"
#include "mcp/host/rendezvous.h"
#include "mcp/policy/freeze.h"
#include "mcp/server/dispatcher.h"
#include "mcp/server/session.h"

#include <memory>

namespace mcp {

class Service
{
public:
    explicit Service(Configuration configuration);
    ~Service();

    // With its desk link; session: of the companion's, when it started us for one.
    std::unique_ptr<Session> makeSession(const QString &session = {});

private:
    Configuration m_configuration;
    std::shared_ptr<FreezeFile> m_freeze;
    std::shared_ptr<Dispatcher> m_dispatcher;
};

// How this process introduces itself to the companion.
Hello introduction(Hello::Purpose purpose, const Configuration &configuration, const QString &session = {});

} // namespace mcp
