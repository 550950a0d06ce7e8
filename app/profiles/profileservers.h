// The profiles as the servers that pages show: keeps the list current, makes their connections, and looks at each now and then,
// so that the tray knows how it is while nobody looks. The companion owns it.
#pragma once

#include "app/core/services.h"
#include "app/core/servers.h"

#include <QHash>
#include <QTimer>

#include <stop_token>

namespace app {

class ProfileServers : public QObject
{
    Q_OBJECT

public:
    explicit ProfileServers(Services &services, QObject *parent = nullptr);
    ~ProfileServers() override;

    // What Servers connects with. The connection of a profile is kept as long as its address stays, and its token with it.
    Servers::Connect connector();

    // From now on `servers` shows the profiles.
    void feed(Servers &servers);

private:
    struct Connection {
        QUrl url;
        conductor::Client client;
    };

    conductor::Client clientFor(const ServerEntry &server);
    void showProfiles();
    void lookAtAll();
    void tellLocalServer();
    conductor::Reply<conductor::Done> look(QString id, conductor::Client client);

    Services &m_services;
    QPointer<Servers> m_servers;
    QHash<QString, Connection> m_connections;
    QTimer m_heartbeat;
    std::stop_source m_stop;
};

} // namespace app
