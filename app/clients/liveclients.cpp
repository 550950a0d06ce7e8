#include "app/clients/liveclients.h"

#include "app/clients/clientlook.h"

#include <algorithm>

using mcp::ClientState;

namespace app {

LiveClients::LiveClients(QStringList directories, QObject *parent)
    : QObject(parent)
    , m_registrar(std::move(directories))
{
}

void LiveClients::start()
{
    if (m_watch)
        return;
    QStringList files;
    for (const mcp::Client &client : mcp::knownClients())
        files << client.file;
    m_watch = std::make_unique<mcp::ClientWatch>(files);
    connect(m_watch.get(), &mcp::ClientWatch::changed, this, &LiveClients::refresh);
    refresh();
}

void LiveClients::refresh()
{
    m_states = m_registrar.states();
    std::stable_partition(m_states.begin(), m_states.end(), [](const ClientState &state) { return state.isPresent; });
    for (const ClientState &state : m_states) {
        if (!hasDrifted(state))
            m_told.remove(state.client.id);
        else if (!m_told.contains(state.client.id)) {
            m_told.insert(state.client.id);
            Q_EMIT driftSeen(driftSentence(state));
        }
    }
    Q_EMIT changed();
}

const ClientState *LiveClients::find(const QString &id) const
{
    const auto found = std::find_if(m_states.begin(), m_states.end(), [&](const ClientState &state) { return state.client.id == id; });
    return found == m_states.end() ? nullptr : &*found;
}

int LiveClients::drifted() const { return int(std::count_if(m_states.begin(), m_states.end(), hasDrifted)); }

} // namespace app
