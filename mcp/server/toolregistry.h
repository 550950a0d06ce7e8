// The tools of one server process, in the order clients see them. Filled once, before the first session.
#pragma once

#include "mcp/protocol/schema.h"
#include "mcp/server/tool.h"

#include <memory>
#include <vector>

namespace mcp {

class ToolRegistry
{
public:
    struct Entry {
        Tool tool;
        Schema schema; // of tool.inputSchema
    };

    void add(Tool tool);

    const std::vector<Entry> &entries() const { return m_entries; }
    const Entry *find(QStringView name) const;

    // What calling it would do; Destroy for an unknown tool.
    Effect effectOf(QStringView name, const QJsonObject &arguments) const;

private:
    std::vector<Entry> m_entries;
};

} // namespace mcp
