// Whether every AI client takes these tools as they are: names, descriptions, schemas and size as the strictest of them want it.
// Pure. Source: what the providers of models and the clients refuse or cut.
#pragma once

#include <QJsonArray>
#include <QString>

#include <vector>

namespace mcp {

struct PortabilityFinding {
    QString tool; // empty: of all together
    QString rule; // "tool-name", "description", "combinator", …
    QString message;

    bool operator==(const PortabilityFinding &) const = default;
};

// tools: as tools/list gives them.
std::vector<PortabilityFinding> portabilityFindings(const QJsonArray &tools);

} // namespace mcp
