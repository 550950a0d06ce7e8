#include "mcp/policy/leastprivilege.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {

void Usage::add(const QString &tool, Effect::Kind effect)
{
    Tool &used = tools[tool];
    ++used.calls;
    used.highest = std::max(used.highest, effect); // in the order of their harm
}

qint64 Usage::calls() const
{
    qint64 sum = 0;
    for (const Tool &tool : tools)
        sum += tool.calls;
    return sum;
}

Effect::Kind Usage::highest() const
{
    Effect::Kind highest = Effect::Kind::Read;
    for (const Tool &tool : tools)
        highest = std::max(highest, tool.highest);
    return highest;
}

// A tool that does not exist (any more) cannot be allowed; its calls are no reason for more than reading either.
Suggestion suggestionFor(const Usage &usage, const QStringList &existing, const std::vector<NamedTools> &toolsets)
{
    Suggestion suggestion;
    QStringList used;
    bool onlyReads = true;
    for (const QString &tool : existing) {
        if (!usage.tools.contains(tool)) {
            suggestion.unused << tool;
            continue;
        }
        used << tool;
        onlyReads = onlyReads && usage.tools[tool].highest == Effect::Kind::Read;
    }
    suggestion.tools = used;
    suggestion.readOnly = !used.isEmpty() && onlyReads;
    for (const NamedTools &toolset : toolsets) {
        const bool whole = !toolset.tools.isEmpty() && std::all_of(toolset.tools.begin(), toolset.tools.end(), [&](const QString &tool) { return used.contains(tool); });
        if (!whole)
            continue;
        suggestion.toolsets << toolset.name;
        for (const QString &tool : toolset.tools)
            suggestion.tools.removeAll(tool);
    }
    return suggestion;
}

QString flagsOf(const Suggestion &suggestion)
{
    QStringList flags;
    if (!suggestion.toolsets.isEmpty())
        flags << u"--toolsets "_s + suggestion.toolsets.join(u',');
    if (!suggestion.tools.isEmpty())
        flags << u"--tools "_s + suggestion.tools.join(u',');
    if (suggestion.readOnly)
        flags << u"--read-only"_s;
    return flags.join(u' ');
}

} // namespace mcp
