// What is done to the profile of a server, as sequences: tested, saved with its key, its key changed, deleted. Its keys go to
// the keychain and nowhere else. The servers page owns it.
#pragma once

#include "app/core/services.h"
#include "app/core/servers.h"
#include "conductor/api/probe.h"
#include "conductor/secret/keychange.h"

namespace app {

class ServerCare : public QObject
{
    Q_OBJECT

public:
    ServerCare(Services &services, Servers &servers, QObject *parent = nullptr);

    conductor::ProfileStore &profiles() { return m_services.profiles(); }
    QString localDirectory() const { return m_services.localServer().directory(); } // where the local server keeps what it has

    // With the key that was typed, else with the one that the profile has; profileId may be empty. The health of a server that
    // was tested as it is follows.
    conductor::Reply<conductor::ProbeReport> test(QUrl url, conductor::AccessKey typed, QString profileId);

    struct Saved {
        conductor::Profile profile;
        std::optional<conductor::Error> keyTrouble; // the profile is saved, its key is not
    };
    // A draft without an id is added. Of a draft with one, name, address and both switches are taken.
    conductor::Reply<Saved> save(conductor::Profile draft, conductor::AccessKey typed);

    conductor::Reply<conductor::KeyChange> enterKey(QString profileId, conductor::AccessKey key);
    conductor::Reply<conductor::KeyChange> rotateKey(QString profileId, conductor::AccessKey key);
    conductor::Reply<conductor::Done> removeKey(QString profileId);

    // The HTTP server of the profile: switched on or off, and at which port. The first time a token is made. Errors: Conflict when
    // another profile's has that port; Keychain.
    conductor::Reply<conductor::Done> setHttp(QString profileId, bool on, int port);
    conductor::Reply<QByteArray> httpToken(QString profileId);
    conductor::Reply<conductor::Done> renewHttpToken(QString profileId);

    // Its key and its token, then its profile; what keeps the key from being removed keeps the profile too. The local server is stopped first.
    conductor::Reply<conductor::Done> remove(QString profileId);

private:
    std::shared_ptr<conductor::KeySource> keysFor(const QUrl &url, const conductor::AccessKey &typed, const QString &profileId);
    void tellHealth(const QString &profileId, const conductor::ProbeReport &report);

    Services &m_services;
    Servers &m_servers;
};

} // namespace app
