#include "mcp/host/service.h"

#include "conductor/base/privatefile.h"
#include "conductor/secret/keychainstore.h"
#include "conductor/secret/profilekeys.h"
#include "mcp/host/desklink.h"
#include "mcp/host/httptoken.h"
#include "mcp/journal.h"
#include "mcp/policy/guard.h"
#include "mcp/tools/catalogue.h"
#include "mcp/tools/offering.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

// "audit_days" of the policy file, 1 to 3650.
int keptAuditDays()
{
    const Result<QByteArray> policy = readWhole(FreezeFile::standardPath(), 1024 * 1024);
    const int days = policy ? QJsonDocument::fromJson(*policy).object()[u"audit_days"].toInt() : 0;
    return days > 0 ? std::min(days, 3650) : AuditLog::Setup().keptDays;
}

Hello httpIntroduction(const Configuration &configuration)
{
    Hello hello = introduction(Hello::Purpose::Desk, configuration);
    hello.http = true;
    return hello;
}

} // namespace

Service::Service(Configuration configuration, QObject *parent)
    : QObject(parent)
    , m_configuration(std::move(configuration))
    , m_freeze(std::make_shared<FreezeFile>())
    , m_policy(std::make_shared<Policy>(Policy{.asked = m_configuration.offered}))
{
    if (m_configuration.source == Configuration::Source::Profile) {
        if (const Result<Profile> asked = profile()) // else no call gets further than to say so
            m_ready = obey(*asked);
    }
    // The backend is held by tools, which may outlive us within a call.
    const QPointer<Service> service(this);
    m_backend = std::make_shared<Backend>([service]() -> Result<Client> {
        return service ? service->connectToServer() : Failure({Error::Kind::Cancelled, u"The server is ending"_s});
    });
    m_desks = std::make_shared<SessionDesks>();
    m_audit = std::make_shared<AuditLog>(AuditLog::Setup{
        .profile = [service] { return service ? service->serverName() : QString(); }, .keptDays = keptAuditDays()});
    m_metrics = std::make_shared<Metrics>();
    m_dispatcher = std::make_shared<Dispatcher>(Dispatcher::Setup{
        .tools = tools::catalogue(m_backend, *m_policy),
        .freeze = m_freeze,
        .gate = std::make_shared<Gate>(Gate::Setup{m_policy, m_desks, [service] { return service ? service->serverName() : QString(); }}),
        .audit = m_audit,
        .metrics = m_metrics});
    connect(m_dispatcher.get(), &Dispatcher::called, this, &noteCall);
    m_offer = tools::offer(m_backend, m_dispatcher->tools());
    m_seal = std::make_shared<Seal>();
}

Service::~Service() = default;

Result<Done> Service::ready() const
{
    return m_ready;
}

std::unique_ptr<Session> Service::makeSession(const QString &session)
{
    return makeSeen(introduction(Hello::Purpose::Desk, m_configuration, session));
}

std::unique_ptr<Session> Service::makeHttpSession()
{
    return makeSeen(httpIntroduction(m_configuration));
}

std::unique_ptr<Session> Service::makeHttpExchange()
{
    if (!m_clients)
        m_clients = std::make_unique<ClientLinks>(httpIntroduction(m_configuration), m_dispatcher.get(), m_desks);
    std::unique_ptr<Session> made = makeUnseen();
    m_clients->attend(made.get());
    return made;
}

std::unique_ptr<Session> Service::makeSeen(const Hello &hello)
{
    std::unique_ptr<Session> made = makeUnseen();
    auto *link = new DeskLink(hello, made.get());
    link->join(made.get(), m_dispatcher.get());
    m_desks->add(made.get(), link);
    return made;
}

std::unique_ptr<Session> Service::makeUnseen()
{
    auto made = std::make_unique<Session>(m_dispatcher, m_offer, m_seal);
    m_metrics->sessionBegun();
    connect(made.get(), &QObject::destroyed, made.get(), [metrics = m_metrics] { metrics->sessionEnded(); });
    // Watching costs a descriptor and some time; a stop matters only to calls, which come after this.
    connect(made.get(), &Session::identified, m_freeze.get(), &FreezeFile::watch);
    return made;
}

// What the audit says a call went to: the profile's name, or the address of a server without one.
QString Service::serverName()
{
    if (m_configuration.source != Configuration::Source::Profile)
        return m_configuration.url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    if (m_serverName.isEmpty()) {
        const Result<Profile> asked = profile();
        m_serverName = asked ? asked->name : m_configuration.profile;
    }
    return m_serverName;
}

const Metrics &Service::metrics()
{
    m_metrics->setAuditLost(m_audit->lost());
    return *m_metrics;
}

Result<Profile> Service::profile()
{
    if (!m_profiles) {
        m_profiles = std::make_unique<ProfileStore>();
        connect(m_profiles.get(), &ProfileStore::changed, this, &Service::followProfile);
    }
    const Result<Done> loaded = m_profiles->load();
    if (!loaded)
        return Failure(loaded.error());
    return m_profiles->named(m_configuration.profile);
}

Result<Client> Service::connectToServer()
{
    if (m_configuration.source != Configuration::Source::Profile)
        return Client(guarded(transportTo(m_configuration.url, fixedKey(m_configuration.key)), m_freeze, m_policy), m_configuration.url);
    const Result<Profile> asked = profile();
    if (!asked)
        return Failure(asked.error());
    if (const Result<Done> obeyed = obey(*asked); !obeyed)
        return Failure(obeyed.error());
    m_profiles->watch();
    m_connected = *asked;
    auto keys = std::make_shared<ProfileKeys>(*m_profiles, secrets(), asked->id, asked->url);
    return Client(guarded(transportTo(asked->url, std::move(keys)), m_freeze, m_policy), asked->url);
}

Result<Profile> Service::servedProfile()
{
    if (m_configuration.source != Configuration::Source::Profile)
        return Failure({Error::Kind::Validation, HttpOptions::tokenIsMissing()});
    if (std::exchange(m_follows, true))
        return m_profiles->trouble() ? Failure(*m_profiles->trouble()) : m_profiles->named(m_configuration.profile);
    const Result<Profile> served = profile();
    m_profiles->watch();
    return served;
}

Reply<QByteArray> Service::httpToken()
{
    const Result<Profile> served = servedProfile();
    return served ? mcp::httpToken(secrets(), *served) : answered<QByteArray>(Failure(served.error()));
}

std::shared_ptr<SecretStore> Service::secrets()
{
    if (!m_secrets)
        m_secrets = std::make_shared<KeychainStore>();
    return m_secrets;
}

Result<Done> Service::obey(const Profile &profile)
{
    const Result<Policy> policy = policyOf(m_configuration.offered, profile);
    if (!policy)
        return Failure(policy.error());
    *m_policy = *policy;
    m_requiresCompanion = profile.requiresCompanion;
    return Done{};
}

// A new key is taken by the connection itself; another address wants another connection.
void Service::followProfile()
{
    Q_EMIT profileChanged();
    const Profile *now = m_profiles->find(m_connected.id);
    if (!m_connected.id.isEmpty() && (!now || now->url != m_connected.url))
        m_backend->forget();
    else if (now)
        obey(*now); // what does not fit leaves the policy as it was
}

Hello introduction(Hello::Purpose purpose, const Configuration &configuration, const QString &session)
{
    Hello hello;
    hello.purpose = purpose;
    hello.version = QStringLiteral(COMPANION_VERSION);
    hello.profile = configuration.profile;
    hello.session = session;
    hello.pid = QCoreApplication::applicationPid();
    hello.parentPid = ::getppid();
    hello.offered = configuration.offered;
    return hello;
}

} // namespace mcp
