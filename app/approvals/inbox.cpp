#include "app/approvals/inbox.h"

#include <algorithm>

namespace app {

void Inbox::put(const InboxItem &item)
{
    const auto known = std::find_if(m_items.begin(), m_items.end(), [&](const InboxItem &other) { return other.kind == item.kind && other.id == item.id; });
    if (known != m_items.end() && *known == item)
        return;
    if (known == m_items.end())
        m_items.push_back(item);
    else
        *known = item;
    Q_EMIT changed();
}

void Inbox::remove(InboxItem::Kind kind, const QString &id)
{
    if (std::erase_if(m_items, [&](const InboxItem &item) { return item.kind == kind && item.id == id; }) > 0)
        Q_EMIT changed();
}

} // namespace app
