#include "mcp/server/toolregistry.h"

#include <algorithm>

namespace mcp {

void ToolRegistry::add(Tool tool)
{
    Schema schema(tool.inputSchema);
    m_entries.push_back({std::move(tool), std::move(schema)});
}

const ToolRegistry::Entry *ToolRegistry::find(QStringView name) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) { return entry.tool.name == name; });
    return found == m_entries.end() ? nullptr : &*found;
}

Effect ToolRegistry::effectOf(QStringView name, const QJsonObject &arguments) const
{
    const Entry *entry = find(name);
    return entry ? entry->tool.effect(entry->schema.mended(arguments)) : Effect{};
}

} // namespace mcp
