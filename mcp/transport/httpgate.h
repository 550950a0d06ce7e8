// Who may speak to the HTTP server: decided by a request's header alone, before its body is read. Owned by the HttpServer.
#pragma once

#include "mcp/transport/httpmessage.h"

#include <optional>

namespace mcp {

class HttpGate
{
public:
    // token: what every client must show; empty only on loopback. remote: we are reached under names we do not know, so that
    // the token alone says who may come.
    explicit HttpGate(const QByteArray &token = {}, bool remote = false);

    // Host and Origin first: a web page that got at us through a name of its own is told nothing more.
    std::optional<HttpAnswer> refusal(const HttpRequest &request) const;

private:
    bool knowsHost(const HttpRequest &request) const;
    bool knowsOrigin(const HttpRequest &request) const;
    bool knowsToken(const HttpRequest &request) const;

    QByteArray m_tokenDigest; // empty: none is asked for
    bool m_remote;
};

} // namespace mcp
