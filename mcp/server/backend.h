// The Conductor server that the tools of this process talk to. Connected at the first call: start and lists never wait for it.
#pragma once

#include "conductor/api/client.h"
#include "mcp/server/tool.h"

#include <functional>
#include <optional>

namespace mcp {

class Backend
{
public:
    // connect: why there is no server to talk to is told to whoever calls a tool.
    explicit Backend(std::function<conductor::Result<conductor::Client>()> connect);

    // The server, every request of it bounded by the call's stop and deadline.
    conductor::Reply<conductor::Client> clientFor(const Call &call);

    // The server's OpenAPI document; asked once per process, and again after a failure.
    conductor::Reply<QJsonObject> openApi(const Call &call);

    // The next call connects anew: the server's address changed.
    void forget();

private:
    conductor::Result<conductor::Client> connected();

    std::function<conductor::Result<conductor::Client>()> m_connect;
    std::optional<conductor::Client> m_client;
    std::optional<conductor::Reply<QJsonObject>> m_openApi;
};

} // namespace mcp
