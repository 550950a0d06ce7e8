#include "app/profiles/profileservers.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace app {
namespace {

constexpr std::chrono::seconds heartbeat{60};

} // namespace

ProfileServers::ProfileServers(Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&m_services.profiles(), &ProfileStore::changed, this, &ProfileServers::showProfiles);
    m_heartbeat.setInterval(heartbeat);
    m_heartbeat.setTimerType(Qt::VeryCoarseTimer);
    m_heartbeat.callOnTimeout(this, &ProfileServers::lookAtAll);
}

ProfileServers::~ProfileServers()
{
    m_stop.request_stop();
}

Servers::Connect ProfileServers::connector()
{
    return [this](const ServerEntry &server) { return clientFor(server); };
}

void ProfileServers::feed(Servers &servers)
{
    m_servers = &servers;
    showProfiles();
    m_heartbeat.start();
}

Client ProfileServers::clientFor(const ServerEntry &server)
{
    const auto known = m_connections.constFind(server.id);
    if (known != m_connections.cend() && known->url == server.url)
        return known->client;
    const Profile *profile = m_services.profiles().find(server.id);
    const Client client = profile ? m_services.connectTo(*profile) : Client::to(server.url, fixedKey({}));
    m_connections.insert(server.id, {server.url, client});
    return client;
}

void ProfileServers::showProfiles()
{
    if (!m_servers)
        return;
    std::vector<ServerEntry> entries;
    for (const Profile &profile : m_services.profiles().profiles())
        entries.push_back({.id = profile.id, .name = profile.name, .url = profile.url, .production = profile.production});
    m_servers->show(std::move(entries));
    m_connections.removeIf([this](QHash<QString, Connection>::iterator connection) { return !m_servers->find(connection.key()); });
    lookAtAll();
}

// Only those whose pages do not look themselves: what they saw is told already.
void ProfileServers::lookAtAll()
{
    for (const ServerEntry &server : m_servers->all()) {
        if (const std::optional<Client> client = m_servers->client(server.id))
            look(server.id, *client);
    }
}

Reply<Done> ProfileServers::look(QString id, Client client)
{
    ExecutionQuery query;
    query.size = 0;
    const Result<ExecutionPage> page
        = co_await outcome(client.within(m_stop.get_token(), QDeadlineTimer(std::chrono::seconds(20))).executions().search(query));
    if (!m_servers)
        co_return Done{};
    if (page)
        m_servers->tellAnswered(id);
    else
        m_servers->tellFailed(id, page.error());
    co_return Done{};
}

} // namespace app
