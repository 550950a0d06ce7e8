// The process that serves AI clients over HTTP: one Service, a session for each client. The counterpart of the Door.
#pragma once

#include "mcp/host/lifeline.h"
#include "mcp/host/service.h"
#include "mcp/httpoptions.h"
#include "mcp/transport/httpserver.h"

#include <QDeadlineTimer>

#include <memory>

namespace mcp {

class HttpService : public QObject
{
    Q_OBJECT

public:
    HttpService(Configuration configuration, HttpOptions options, QObject *parent = nullptr);
    ~HttpService() override;

    // Listens. Errors are for standard error and the exit code 1.
    conductor::Result<conductor::Done> begin();
    QString address() const; // "http://127.0.0.1:8900/mcp"

Q_SIGNALS:
    void finished(int exitCode);

private:
    void wind();

    Service m_service;
    HttpOptions m_options;
    std::unique_ptr<HttpServer> m_server;
    Lifeline m_lifeline;
    QTimer m_winding;              // while we end
    QDeadlineTimer m_lastAnswers;  // until which calls may still be answered
    QDeadlineTimer m_lastBytes;    // until which they may still be sent
};

} // namespace mcp
