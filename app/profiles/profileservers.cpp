#include "app/profiles/profileservers.h"

#include "app/profiles/localpanel.h"
#include "conductor/base/hostile.h"

#include <algorithm>

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
    connect(&m_services.localServer(), &LocalServer::stateChanged, this, &ProfileServers::tellLocalServer);
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
    tellLocalServer();
    lookAtAll();
}

// Of our own server we know more than whoever asks it in vain.
void ProfileServers::tellLocalServer()
{
    const std::vector<Profile> &profiles = m_services.profiles().profiles();
    const auto local = std::find_if(profiles.begin(), profiles.end(), Services::isLocal);
    if (!m_servers || local == profiles.end())
        return;
    const LocalServer &server = m_services.localServer();
    const StatusLook look = localLook(server.state());
    const std::optional<Error> trouble = server.trouble();
    const QString detail = trouble ? harmless(sentence(*trouble), 300) : QString();
    switch (server.state()) {
    case LocalServer::State::Ready:
        if (m_servers->find(local->id) && m_servers->find(local->id)->health.state == ServerHealth::State::Resting)
            m_servers->setHealth(local->id, {ServerHealth::State::Checking, look.word});
        break;
    case LocalServer::State::Absent:
    case LocalServer::State::Failed:
        m_servers->setHealth(local->id, {ServerHealth::State::Trouble, look.word, detail});
        break;
    case LocalServer::State::Stopped:
    case LocalServer::State::Starting:
    case LocalServer::State::Stopping:
        m_servers->setHealth(local->id, {ServerHealth::State::Resting, look.word, detail});
        break;
    }
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
