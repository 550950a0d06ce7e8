// The MCP server of this process, put together: configuration, tools, policy, dispatcher. Makes sessions.
#pragma once

#include "conductor/profile/profilestore.h"
#include "conductor/secret/secretstore.h"
#include "mcp/audit/log.h"
#include "mcp/host/clientlinks.h"
#include "mcp/host/configuration.h"
#include "mcp/host/rendezvous.h"
#include "mcp/policy/freeze.h"
#include "mcp/policy/policy.h"
#include "mcp/server/backend.h"
#include "mcp/server/dispatcher.h"
#include "mcp/server/session.h"

#include <memory>

namespace mcp {

class SessionDesks;

class Service : public QObject
{
    Q_OBJECT

public:
    explicit Service(Configuration configuration, QObject *parent = nullptr);
    ~Service() override;

    // Errors: Validation when the profile's policy does not fit; then nothing is to be served.
    conductor::Result<conductor::Done> ready() const;

    // True when the profile wants nothing done while the companion does not run.
    bool requiresCompanion() const { return m_requiresCompanion; }

    const ToolRegistry &tools() const { return m_dispatcher->tools(); }
    const Metrics &metrics();
    void setRestarts(qint64 restarts) { m_metrics->setRestarts(restarts); } // of servers like us, before us

    // With its desk link; session: of the companion's, when it started us for one.
    std::unique_ptr<Session> makeSession(const QString &session = {});
    // Of a client over HTTP: one that stays, or one for a single request, which the companion sees as its client's.
    std::unique_ptr<Session> makeHttpSession();
    std::unique_ptr<Session> makeHttpExchange();

    // The profile we serve, as it is in its file; from the first time on profileChanged() says when that was written. Errors:
    // Validation when we serve none; NotFound, and what the file has.
    conductor::Result<conductor::Profile> servedProfile();
    // The token of the profile's HTTP server. Errors: Validation when we serve no profile; as httpToken() of mcp/host/httptoken.h.
    conductor::Reply<QByteArray> httpToken();

Q_SIGNALS:
    void profileChanged(); // somebody wrote the profiles' file

private:
    std::unique_ptr<Session> makeSeen(const Hello &hello);
    std::unique_ptr<Session> makeUnseen();
    conductor::Result<conductor::Client> connectToServer();
    QString serverName();
    conductor::Result<conductor::Profile> profile();
    std::shared_ptr<conductor::SecretStore> secrets();
    void followProfile();
    conductor::Result<conductor::Done> obey(const conductor::Profile &profile);

    Configuration m_configuration;
    std::shared_ptr<FreezeFile> m_freeze;
    std::shared_ptr<Policy> m_policy; // of the profile as it is now; the tools stay those of the beginning
    conductor::Result<conductor::Done> m_ready = conductor::Done{};
    bool m_requiresCompanion = false;
    std::unique_ptr<conductor::ProfileStore> m_profiles; // once one is asked for
    std::shared_ptr<conductor::SecretStore> m_secrets;
    conductor::Profile m_connected; // the profile the backend talks to
    std::shared_ptr<Backend> m_backend;
    std::shared_ptr<AuditLog> m_audit;
    std::shared_ptr<Metrics> m_metrics;
    std::shared_ptr<SessionDesks> m_desks;
    QString m_serverName; // for the audit
    bool m_follows = false; // the profiles' file is watched
    std::shared_ptr<Dispatcher> m_dispatcher;
    std::unique_ptr<ClientLinks> m_clients; // over HTTP without sessions, once there is one
    std::shared_ptr<const Offer> m_offer;
    std::shared_ptr<Seal> m_seal;
};

// How this process introduces itself to the companion.
Hello introduction(Hello::Purpose purpose, const Configuration &configuration, const QString &session = {});

} // namespace mcp
