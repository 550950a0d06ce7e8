// What the companion does with a window or without one: keeps profiles and keys, hosts AI clients, runs a local server and its
// demo, holds the freeze switch. main() owns it; the window is built upon it.
#pragma once

#include "app/mcphost/hosting.h"
#include "conductor/local/demo.h"
#include "conductor/local/localserver.h"
#include "conductor/profile/profilestore.h"
#include "conductor/secret/secretstore.h"
#include "mcp/policy/freeze.h"

#include <QObject>

#include <memory>

namespace app {

class Services : public QObject
{
    Q_OBJECT

public:
    // secrets: null for the session's keychain. host: which program serves AI clients, and where it is met.
    explicit Services(QString profilesPath = conductor::ProfileStore::standardPath(), std::shared_ptr<conductor::SecretStore> secrets = {},
                      mcp::Host::Setup host = {serverProgram(), mcp::rendezvousPath()}, QObject *parent = nullptr);
    ~Services() override;

    conductor::ProfileStore &profiles() { return m_profiles; }
    std::shared_ptr<conductor::SecretStore> secrets() { return m_secrets; }
    Hosting &hosting() { return m_hosting; }
    conductor::LocalServer &localServer() { return m_localServer; }
    conductor::Demo &demo() { return m_demo; }
    mcp::FreezeFile &freeze() { return m_freeze; }

    // Profiles are read; a local server that was wanted before is started again.
    void start();

    // The local server, from now on at every start, with its profile "local"; with demo also the sample workflows and the
    // workers that drive them.
    enum class Demo { Without, With };
    void startLocalServer(Demo demo);
    void stopLocalServer(); // and not at the next start

    // True for the profile that belongs to the local server.
    static bool isLocal(const conductor::Profile &profile);

    // Ends all that was started; stopped() follows, after 12 s at the latest.
    void stop();

    // A connection to the profile's server; its key comes from the keychain when it is needed.
    conductor::Client connectTo(const conductor::Profile &profile);

Q_SIGNALS:
    void stopped();
    void localServerProfiled(const conductor::Profile &profile); // its profile is there and has its address

private:
    void localServerChanged(conductor::LocalServer::State state);
    void keepLocalProfile();
    void serveHttp();
    void finishStopping();

    conductor::ProfileStore m_profiles;
    std::shared_ptr<conductor::SecretStore> m_secrets;
    mcp::FreezeFile m_freeze;
    Hosting m_hosting;
    conductor::LocalServer m_localServer;
    conductor::Demo m_demo;
    bool m_started = false;
    bool m_stopping = false;
    bool m_hostStopped = false;
};

} // namespace app
