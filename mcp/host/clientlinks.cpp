#include "mcp/host/clientlinks.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace mcp {

ClientLinks::ClientLinks(Hello hello, Dispatcher *dispatcher, std::shared_ptr<SessionDesks> desks, std::chrono::milliseconds silence, QObject *parent)
    : QObject(parent)
    , m_hello(std::move(hello))
    , m_dispatcher(dispatcher)
    , m_desks(std::move(desks))
    , m_silence(silence)
{
    m_sweep.setInterval(std::min<std::chrono::milliseconds>(60s, m_silence));
    m_sweep.setTimerType(Qt::VeryCoarseTimer);
    m_sweep.callOnTimeout(this, &ClientLinks::endSilent);
}

void ClientLinks::attend(Session *session)
{
    const auto joinOnce = [this, session] { join(session); };
    connect(session, &Session::identified, this, joinOnce, Qt::SingleShotConnection);
}

void ClientLinks::join(Session *session)
{
    const Name name{session->client().name, session->client().version};
    auto link = m_links.find(name);
    if (link == m_links.end()) {
        if (!makeRoom())
            return; // its calls are in the audit all the same
        link = m_links.emplace(name, std::make_unique<DeskLink>(m_hello)).first;
    }
    link->second->join(session, m_dispatcher);
    m_desks->add(session, link->second.get());
    connect(session, &QObject::destroyed, this, [this, session] { m_desks->remove(session); });
    if (!m_sweep.isActive())
        m_sweep.start();
}

// Whoever is silent for longest goes, unless everybody has a request under way.
bool ClientLinks::makeRoom()
{
    if (count() < most)
        return true;
    auto longest = m_links.end();
    for (auto link = m_links.begin(); link != m_links.end(); ++link) {
        if (link->second->sessions() == 0 && (longest == m_links.end() || link->second->lastHeard() < longest->second->lastHeard()))
            longest = link;
    }
    if (longest == m_links.end())
        return false;
    m_links.erase(longest);
    return true;
}

void ClientLinks::endSilent()
{
    const QDateTime then = QDateTime::currentDateTimeUtc().addMSecs(-m_silence.count());
    std::erase_if(m_links, [&then](const auto &entry) { return entry.second->sessions() == 0 && entry.second->lastHeard() < then; });
    if (m_links.empty())
        m_sweep.stop();
}

} // namespace mcp
