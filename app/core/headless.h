// The companion without a display: hosts AI clients, runs the local server and its demo, and says on standard output what it does.
#pragma once

#include "app/core/services.h"
#include "mcp/host/lifeline.h"

namespace app {

class Headless : public QObject
{
    Q_OBJECT

public:
    explicit Headless(Services &services, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void say(const QString &line);
    void sayLocalServer(conductor::LocalServer::State state);
    void saySessions();
    void sayHttp(const QString &profileId);

    Services &m_services;
    mcp::Lifeline m_lifeline{mcp::Lifeline::Watch::Signals};
    QStringList m_known; // sessions that were told
    QHash<QString, QString> m_saidOfHttp; // by profile
    int m_exitCode = 0;
};

} // namespace app
