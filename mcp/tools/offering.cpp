#include "mcp/tools/offering.h"

#include "mcp/server/instructions.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {

std::shared_ptr<const Offer> offer(std::shared_ptr<Backend> backend, const ToolRegistry &tools)
{
    auto made = std::make_shared<Offer>();
    made->instructions = instructions(tools);
    addServerResources(*made, backend);
    addGuides(*made);
    addPrompts(*made, std::move(backend));
    const auto isWithoutTool = [&](const auto &some) { return !some.tool.isEmpty() && !tools.find(some.tool); };
    std::erase_if(made->resources, isWithoutTool);
    std::erase_if(made->prompts, isWithoutTool);
    return made;
}

QStringList matching(const QStringList &names, const QString &typed)
{
    QStringList beginning, within;
    for (const QString &name : names) {
        if (name.startsWith(typed, Qt::CaseInsensitive))
            beginning << name;
        else if (name.contains(typed, Qt::CaseInsensitive))
            within << name;
    }
    return (beginning + within).mid(0, 100);
}

Reply<QStringList> workflowNames(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const std::vector<DefinitionVersion> versions = co_await client.definitions().versions();
    QStringList names;
    for (const DefinitionVersion &version : versions)
        names << version.name;
    names.removeDuplicates();
    co_return names;
}

Reply<QStringList> executionIds(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    ExecutionQuery newest;
    newest.size = 50;
    const ExecutionPage page = co_await client.executions().search(newest);
    QStringList ids;
    for (const ExecutionSummary &row : page.rows)
        ids << row.id;
    co_return ids;
}

} // namespace mcp::tools
