#include "app/core/servers.h"

#include "conductor/base/hostile.h"

#include <algorithm>

using conductor::Error;

namespace app {
namespace {

// A request that was wrong says nothing about the server.
bool isTheServers(Error::Kind kind)
{
    return kind == Error::Kind::Network || kind == Error::Kind::Timeout || kind == Error::Kind::Tls || kind == Error::Kind::Auth || kind == Error::Kind::Keychain
        || kind == Error::Kind::Protocol;
}

} // namespace

Servers::Servers(Connect connect, QObject *parent)
    : QObject(parent)
    , m_connect(std::move(connect))
{
}

const ServerEntry *Servers::find(const QString &id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const ServerEntry &entry) { return entry.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

void Servers::show(std::vector<ServerEntry> entries)
{
    for (ServerEntry &entry : entries) {
        if (const ServerEntry *known = find(entry.id); known && entry.health == ServerHealth{})
            entry.health = known->health;
    }
    if (m_entries == entries)
        return;
    const std::optional<ServerEntry> before = current() ? std::optional(*current()) : std::nullopt;
    m_entries = std::move(entries);
    if (!current())
        m_current = m_entries.empty() ? QString() : m_entries.front().id;

    Q_EMIT listChanged();
    const bool same = before && current() && before->id == current()->id && before->url == current()->url && before->name == current()->name
        && before->production == current()->production;
    if (!same && (before || current()))
        Q_EMIT currentChanged();
}

void Servers::setCurrent(const QString &id)
{
    if (m_current == id || !find(id))
        return;
    m_current = id;
    Q_EMIT currentChanged();
}

void Servers::setHealth(const QString &id, const ServerHealth &health)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const ServerEntry &entry) { return entry.id == id; });
    if (found == m_entries.end() || found->health == health)
        return;
    found->health = health;
    Q_EMIT healthChanged(id);
}

void Servers::tellAnswered(const QString &id)
{
    if (const ServerEntry *entry = find(id); entry && entry->health.state != ServerHealth::State::Ready)
        setHealth(id, {ServerHealth::State::Ready, tr("Connected")});
}

void Servers::tellFailed(const QString &id, const Error &error)
{
    if (isTheServers(error.kind))
        setHealth(id, {ServerHealth::State::Trouble, conductor::harmless(error.message, 120), conductor::harmless(error.hint)});
}

std::optional<conductor::Client> Servers::client(const QString &id) const
{
    const ServerEntry *entry = find(id);
    return entry ? std::optional(m_connect(*entry)) : std::nullopt;
}

} // namespace app
