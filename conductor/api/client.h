// A Conductor server to talk to: its resources over one connection. A value; copies share the connection.
#pragma once

#include "conductor/api/definitions.h"
#include "conductor/api/executions.h"
#include "conductor/api/queues.h"
#include "conductor/api/taskdefinitions.h"
#include "conductor/api/tasks.h"
#include "conductor/api/token.h"
#include "conductor/api/transport.h"

#include <QUrl>

#include <memory>

namespace conductor {

// The whole stack for a server: deadline and retries, tokens, HTTP. baseUrl ends in /api.
std::shared_ptr<Transport> transportTo(const QUrl &baseUrl, std::shared_ptr<KeySource> keys);

class Client
{
public:
    explicit Client(std::shared_ptr<Transport> transport, QUrl address = {});
    static Client to(const QUrl &baseUrl, std::shared_ptr<KeySource> keys) { return Client(transportTo(baseUrl, std::move(keys)), baseUrl); }

    const QUrl &address() const { return m_address; } // what is kept about the server is kept under it

    // The same server, every request aborted when stop is requested or the deadline passes, and told to the observer.
    Client within(std::stop_token stop, QDeadlineTimer deadline, Request::Observer observer = {}) const;

    Executions executions() const { return Executions(m_transport); }
    Definitions definitions() const { return Definitions(m_transport); }
    TaskDefinitions taskDefinitions() const { return TaskDefinitions(m_transport); }
    Tasks tasks() const { return Tasks(m_transport); }
    Queues queues() const { return Queues(m_transport); }

    // The server's OpenAPI document, 130 to 190 KB. Source: GET /api-docs beside /api.
    Reply<QJsonValue> openApi() const;

    // Any request, for tools that follow the OpenAPI document.
    Reply<QJsonValue> send(Request request) const;

private:
    std::shared_ptr<Transport> m_transport;
    QUrl m_address;
};

} // namespace conductor
