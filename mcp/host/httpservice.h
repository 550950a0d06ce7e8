// The process that serves AI clients over HTTP: one Service, a session for each client. The counterpart of the Door. When it is
// the companion's own, its standard input and output are a line to there: it says how it went, and ends with it.
#pragma once

#include "mcp/host/lifeline.h"
#include "mcp/host/service.h"
#include "mcp/httpoptions.h"
#include "mcp/transport/httpserver.h"
#include "mcp/transport/link.h"

#include <QDeadlineTimer>

#include <memory>

namespace mcp {

class HttpService : public QObject
{
    Q_OBJECT

public:
    // supervisor: the line to the companion; null for a server on its own.
    HttpService(Configuration configuration, HttpOptions options, std::unique_ptr<Link> supervisor, QObject *parent = nullptr);
    ~HttpService() override;

    // Listens; serving() or failed() follows, after a failure finished() too.
    void begin();

Q_SIGNALS:
    void serving(QString address); // "http://127.0.0.1:8900/mcp"
    void failed(conductor::Error error);
    void finished(int exitCode);

private:
    conductor::Reply<conductor::Done> open();
    conductor::Reply<conductor::Done> listen();
    conductor::Reply<QByteArray> token();
    conductor::Reply<conductor::Done> takeToken();
    void followToken();
    HttpGate gateFor(const QByteArray &token) const;
    QString address() const;
    void leave();
    void wind();

    Service m_service;
    HttpOptions m_options;
    std::unique_ptr<Link> m_supervisor;
    std::unique_ptr<HttpServer> m_server;
    Lifeline m_lifeline;
    qint64 m_tokenRevision = 0;    // of the profile's token that is in force, or that we are about to read
    QTimer m_winding;              // while we end
    QDeadlineTimer m_lastAnswers;  // until which calls may still be answered
    QDeadlineTimer m_lastBytes;    // until which they may still be sent
};

} // namespace mcp
