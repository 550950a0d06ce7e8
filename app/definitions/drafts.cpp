#include "app/definitions/drafts.h"

#include <algorithm>

namespace app {

void Drafts::keep(const QString &serverId, Draft draft)
{
    drop(serverId, draft.name, draft.version);
    if (draft.isChanged())
        m_drafts[serverId].push_back(std::move(draft));
}

void Drafts::drop(const QString &serverId, const QString &name, int version)
{
    std::erase_if(m_drafts[serverId], [&](const Draft &draft) { return draft.name == name && draft.version == version; });
}

const Draft *Drafts::find(const QString &serverId, const QString &name, int version) const
{
    const auto drafts = m_drafts.constFind(serverId);
    if (drafts == m_drafts.cend())
        return nullptr;
    const auto found = std::find_if(drafts->begin(), drafts->end(), [&](const Draft &draft) { return draft.name == name && draft.version == version; });
    return found == drafts->end() ? nullptr : &*found;
}

const Draft *Drafts::newestOf(const QString &serverId, const QString &name) const
{
    const auto drafts = m_drafts.constFind(serverId);
    if (drafts == m_drafts.cend())
        return nullptr;
    const auto found = std::find_if(drafts->rbegin(), drafts->rend(), [&](const Draft &draft) { return draft.name == name; });
    return found == drafts->rend() ? nullptr : &*found;
}

} // namespace app
