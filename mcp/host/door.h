// The process an AI client starts: hands its lines to the companion when one runs, else serves itself. When the companion goes,
// it goes on with a server of its own, and the client notices nothing.
#pragma once

#include "mcp/host/lifeline.h"
#include "mcp/host/relay.h"
#include "mcp/host/service.h"
#include "mcp/transport/stdio.h"

#include <QTimer>

#include <memory>

namespace mcp {

class Door : public QObject
{
    Q_OBJECT

public:
    // out: the private descriptor of standard output.
    Door(Configuration configuration, QString session, int out, QObject *parent = nullptr);
    ~Door() override;

    void begin();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void serveAlone();
    void bridge(std::shared_ptr<QLocalSocket> socket, const QByteArray &early);
    void goOnAlone();
    bool refuseWithoutCompanion();
    void refuse(const QString &why, int exitCode);
    void clientLeft();
    int unanswered() const;

    Configuration m_configuration;
    QString m_session;
    std::unique_ptr<Service> m_service;
    std::unique_ptr<StdioLink> m_client; // while we serve alone from the start
    std::unique_ptr<Session> m_own;
    std::unique_ptr<Relay> m_relay; // while or after we were bridged
    int m_out;
    bool m_dismissed = false; // the companion ended the session on purpose
    Lifeline m_lifeline;
    QTimer m_lastWords;
};

} // namespace mcp
