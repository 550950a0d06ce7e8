// The HTTP side of the MCP server: Streamable HTTP at /mcp, the pair of 2024-11-05 at /sse and /messages, /health and /metrics.
// Sessions come from a factory, so that it runs within a test as it does in the program. Owned by whoever serves.
#pragma once

#include "conductor/base/result.h"
#include "mcp/transport/httpgate.h"
#include "mcp/transport/httppair.h"
#include "mcp/transport/httpsessions.h"

#include <QTcpServer>

namespace mcp {

class HttpServer : public QObject
{
    Q_OBJECT

public:
    using Factory = HttpSessions::Factory;

    // factory: makes sessions that stay.
    HttpServer(Factory factory, HttpGate gate, const HttpLimits &limits = {}, QObject *parent = nullptr);
    ~HttpServer() override;

    // Port 0: a free one. Errors: Conflict when the port is taken, Network for all else.
    conductor::Result<conductor::Done> listen(const QHostAddress &address, quint16 port);
    quint16 port() const { return m_listener.serverPort(); }

    // Makes the sessions of single requests (2026-07-28); the same as the others without it.
    void setExchanges(Factory factory) { m_exchangeFactory = std::move(factory); }

    // From the next request on, of whichever connection. Who only listens comes in anew; what was asked is still answered.
    void setGate(HttpGate gate);

    void setMetrics(std::function<QByteArray()> metrics) { m_metrics = std::move(metrics); } // Prometheus text

    // A tool's inputSchema by its name, to check the headers that repeat its arguments.
    void setSchemas(std::function<QJsonObject(const QString &tool)> schemas) { m_schemas = std::move(schemas); }

    void stopListening(); // who is connected is still served
    int pending() const;  // requests that have no answer yet
    // Streams end, and who waits for an answer is told that there will be none. Connections follow once all is written.
    void close();

    qsizetype connections() const { return qsizetype(m_connections.size()); }
    qsizetype sessions() const { return m_sessions.count() + qsizetype(m_pairs.size()); }

private:
    void welcome();
    bool hasRoom();
    void serve(const HttpRequest &request, HttpConnection *connection);
    void serveEndpoint(const HttpRequest &request, HttpConnection *connection);
    void post(const HttpRequest &request, HttpConnection *connection);
    void postModern(const HttpRequest &request, const Message &message, HttpConnection *connection);
    void beginPair(const HttpRequest &request, HttpConnection *connection);
    void postToPair(const HttpRequest &request, HttpConnection *connection);

    Factory m_factory;
    Factory m_exchangeFactory;
    HttpGate m_gate;
    HttpLimits m_limits;
    QTcpServer m_listener;
    std::list<std::unique_ptr<HttpConnection>> m_connections; // in the order they came; outlived by nothing that answers on them
    HttpSessions m_sessions;
    std::list<std::unique_ptr<HttpPair>> m_pairs;
    std::function<QByteArray()> m_metrics;
    std::function<QJsonObject(const QString &tool)> m_schemas;
};

} // namespace mcp
