#include "mcp/tools/offering.h"

#include "conductor/definition/compact.h"
#include "conductor/definition/printer.h"
#include "mcp/tools/executionwatch.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

const QString json = u"application/json"_s;
constexpr qsizetype mostCharacters = 200'000; // of one resource; what is longer is had in parts with tools

Contents contentsOf(const QJsonValue &value)
{
    return {.mimeType = json, .text = shownJson(value, mostCharacters)};
}

Reply<Contents> workflows(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const std::vector<DefinitionVersion> versions = co_await client.definitions().versions();
    QJsonArray rows;
    for (const DefinitionVersion &version : versions)
        rows << QJsonObject{{u"name"_s, version.name}, {u"version"_s, version.version}, {u"created"_s, instant(version.created)}};
    co_return contentsOf(rows);
}

Reply<Contents> workflow(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const auto definition = co_await client.definitions().get(call.arguments[u"name"].toString(), call.arguments[u"version"].toString().toInt());
    co_return Contents{.mimeType = json, .text = definitionText(compact(definition->json))};
}

Reply<Contents> taskDefinition(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const TaskDefinition definition = co_await client.taskDefinitions().get(call.arguments[u"name"].toString());
    co_return contentsOf(definition.json);
}

Reply<Contents> execution(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QJsonValue whole = co_await client.executions().json(call.arguments[u"id"].toString());
    QJsonObject shown = whole.toObject();
    shown.remove(u"workflowDefinition"); // three quarters of it, and a resource of its own
    QJsonArray tasks = shown[u"tasks"].toArray();
    for (QJsonValueRef task : tasks) {
        QJsonObject lean = task.toObject();
        lean.remove(u"workflowTask");
        lean.remove(u"taskDefinition");
        task = lean;
    }
    shown[u"tasks"] = tasks;
    co_return contentsOf(shown);
}

Reply<Contents> taskLog(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QString ref = call.arguments[u"ref"].toString();
    const auto run = co_await client.executions().get(call.arguments[u"id"].toString());
    const std::vector<const TaskAttempt *> newest = newestAttempts(*run);
    const auto attempt = std::find_if(newest.begin(), newest.end(), [&](const TaskAttempt *some) { return some->ref == ref; });
    if (attempt == newest.end())
        co_return Failure({Error::Kind::NotFound, u"The execution has no task %1, or not yet"_s.arg(ref)});
    const std::vector<TaskLogLine> lines = co_await client.tasks().log((*attempt)->id);
    QStringList text;
    for (const TaskLogLine &line : lines)
        text << instant(line.created) + u' ' + line.text;
    co_return Contents{.mimeType = u"text/plain"_s, .text = text.isEmpty() ? u"(nothing was logged)"_s : text.join(u'\n')};
}

Reply<Contents> queues(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QueueSizes sizes = co_await client.queues().sizes({});
    QJsonObject shown;
    for (auto it = sizes.begin(); it != sizes.end(); ++it) {
        if (!it.key().startsWith(u'_'))
            shown[it.key()] = it.value();
    }
    co_return contentsOf(shown);
}

Reply<QStringList> completeWorkflow(std::shared_ptr<Backend> backend, QString argument, QString typed, QJsonObject known, Call call)
{
    if (argument != u"version")
        co_return matching(co_await workflowNames(backend, call), typed);
    const Client client = co_await backend->clientFor(call);
    const std::vector<DefinitionVersion> versions = co_await client.definitions().versions();
    QStringList numbers;
    for (const DefinitionVersion &version : versions) {
        if (version.name == known[u"name"].toString())
            numbers.prepend(QString::number(version.version));
    }
    co_return matching(numbers, typed);
}

Reply<QStringList> completeTaskDefinition(std::shared_ptr<Backend> backend, QString typed, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const std::vector<TaskDefinition> definitions = co_await client.taskDefinitions().all();
    QStringList names;
    for (const TaskDefinition &definition : definitions)
        names << definition.name;
    co_return matching(names, typed);
}

Reply<QStringList> completeExecution(std::shared_ptr<Backend> backend, QString argument, QString typed, QJsonObject known, Call call)
{
    if (argument != u"ref")
        co_return matching(co_await executionIds(backend, call), typed);
    const Client client = co_await backend->clientFor(call);
    const auto run = co_await client.executions().get(known[u"id"].toString());
    QStringList refs;
    for (const TaskAttempt *attempt : newestAttempts(*run))
        refs << attempt->ref;
    co_return matching(refs, typed);
}

} // namespace

void addServerResources(Offer &offer, std::shared_ptr<Backend> backend)
{
    const auto reading = [backend](Reply<Contents> (*read)(std::shared_ptr<Backend>, Call)) { return [backend, read](Call call) { return read(backend, std::move(call)); }; };
    const auto watching = [backend](QHash<QString, QString> variables, std::function<void()> changed) -> std::shared_ptr<QObject> {
        return std::make_shared<ExecutionWatch>(backend, variables.value(u"id"_s), std::move(changed));
    };
    const Complete ofExecution = [backend](QString argument, QString typed, QJsonObject known, Call call) { return completeExecution(backend, argument, typed, known, std::move(call)); };

    offer.resources.push_back({.uri = UriTemplate(u"conductor://workflows"_s), .name = u"workflows"_s, .title = u"Workflow definitions"_s,
                               .description = u"Name and version of every workflow definition"_s, .mimeType = json, .read = reading(workflows),
                               .tool = u"conductor_list_workflows"_s});
    offer.resources.push_back({.uri = UriTemplate(u"conductor://queues"_s), .name = u"queues"_s, .title = u"Task queues"_s,
                               .description = u"How many tasks wait in each queue"_s, .mimeType = json, .read = reading(queues),
                               .tool = u"conductor_get_task_queue_size"_s});
    offer.resources.push_back({.uri = UriTemplate(u"conductor://workflows/{name}{?version}"_s), .name = u"workflow"_s, .title = u"Workflow definition"_s,
                               .description = u"A definition as its author wrote it; the newest version unless one is named"_s, .mimeType = json, .read = reading(workflow),
                               .tool = u"conductor_get_workflow_metadata"_s,
                               .complete = [backend](QString argument, QString typed, QJsonObject known, Call call) {
                                   return completeWorkflow(backend, argument, typed, known, std::move(call));
                               }});
    offer.resources.push_back({.uri = UriTemplate(u"conductor://taskdefs/{name}"_s), .name = u"task definition"_s, .title = u"Task definition"_s,
                               .description = u"Retries, timeouts and limits of a task"_s, .mimeType = json, .read = reading(taskDefinition),
                               .tool = u"conductor_get_task_definition"_s,
                               .complete = [backend](QString, QString typed, QJsonObject, Call call) { return completeTaskDefinition(backend, typed, std::move(call)); }});
    offer.resources.push_back({.uri = UriTemplate(u"conductor://executions/{id}"_s), .name = u"execution"_s, .title = u"Execution"_s,
                               .description = u"A run with every attempt at its tasks; subscribe to hear when it changes"_s, .mimeType = json, .read = reading(execution),
                               .tool = u"conductor_get_workflow_status"_s,
                               .complete = ofExecution, .watch = watching});
    offer.resources.push_back({.uri = UriTemplate(u"conductor://executions/{id}/tasks/{ref}/log"_s), .name = u"task log"_s, .title = u"Task log"_s,
                               .description = u"What the worker logged for the newest attempt at a task"_s, .mimeType = u"text/plain"_s, .read = reading(taskLog),
                               .tool = u"conductor_get_execution_history"_s,
                               .complete = ofExecution});
}

} // namespace mcp::tools
