#include "app/core/servers.h"

#include "conductor/base/hostile.h"

#include <QCoreApplication>

#include <algorithm>

using conductor::Error;

namespace app {
namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(app::Servers)

public:
    // A word or two for what keeps us from the server; empty for a request that was wrong, which says nothing about it.
    static QString of(Error::Kind kind)
    {
        switch (kind) {
        case Error::Kind::Network:
            return tr("Not reachable");
        case Error::Kind::Timeout:
            return tr("No answer in time");
        case Error::Kind::Tls:
            return tr("No trusted connection");
        case Error::Kind::Auth:
            return tr("Access refused");
        case Error::Kind::Keychain:
            return tr("Access key not readable");
        case Error::Kind::Protocol:
            return tr("Answers unexpectedly");
        case Error::Kind::Server:
            return tr("Trouble on the server");
        case Error::Kind::NotFound:
        case Error::Kind::Conflict:
        case Error::Kind::Validation:
        case Error::Kind::Cancelled:
            break;
        }
        return {};
    }
};

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
        m_current = find(m_preferred) ? m_preferred : m_entries.empty() ? QString() : m_entries.front().id;

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
    const ServerEntry *entry = find(id);
    const bool resting = entry && entry->health.state == ServerHealth::State::Resting;
    if (const QString words = Words::of(error.kind); !words.isEmpty() && !resting)
        setHealth(id, {ServerHealth::State::Trouble, words, conductor::harmless(conductor::sentence(error), 300)});
}

std::optional<conductor::Client> Servers::client(const QString &id) const
{
    const ServerEntry *entry = find(id);
    return entry ? std::optional(m_connect(*entry)) : std::nullopt;
}

} // namespace app
