#include "mcp/tools/definitiontools.h"

#include "mcp/tools/premises.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

// The server replaces an existing definition silently; we ask first.
Reply<Answer> create(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QJsonObject definition = call.arguments[u"definition"].toObject();
    const Result<TaskDefinition> read = TaskDefinition::fromJson(definition);
    if (!read)
        co_return Failure({Error::Kind::Validation, read.error().message, u"A task definition needs a name; all else has defaults"_s});

    const Result<TaskDefinition> existing = co_await outcome(client.taskDefinitions().get(read->name));
    if (!existing && existing.error().kind != Error::Kind::NotFound)
        co_return Failure(existing.error());
    if (existing && !call.arguments[u"overwrite"].toBool())
        co_return Failure({Error::Kind::Conflict, u"A task definition %1 exists already"_s.arg(read->name),
                           u"Look at it with conductor_get_task_definition; call again with overwrite true to replace it"_s});

    const QJsonArray all{definition};
    if (existing)
        co_await client.taskDefinitions().update(definition);
    else
        co_await client.taskDefinitions().create(all);
    const QString did = existing ? u"replaced"_s : u"created"_s;
    co_return Answer{.text = u"Task definition %1 %2: %3 retries %4 s apart (%5), response timeout %6 s."_s.arg(read->name, did)
                                 .arg(read->retryCount)
                                 .arg(read->retryDelaySeconds)
                                 .arg(read->retryLogic.isEmpty() ? u"FIXED"_s : read->retryLogic)
                                 .arg(read->responseTimeoutSeconds),
                     .structured = {{u"name"_s, read->name}, {u"result"_s, did}}};
}

Reply<Answer> one(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const TaskDefinition definition = co_await client.taskDefinitions().get(call.arguments[u"name"].toString());
    co_return Answer{.text = u"Task definition %1:\n%2"_s.arg(definition.name, shownJson(definition.json, 8000)), .structured = definition.json};
}

Reply<Answer> list(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    std::vector<TaskDefinition> all = co_await client.taskDefinitions().all();
    std::sort(all.begin(), all.end(), [](const TaskDefinition &a, const TaskDefinition &b) { return a.name < b.name; });
    QStringList names;
    for (const TaskDefinition &definition : all)
        names << definition.name;
    const qsizetype shown = std::min<qsizetype>(names.size(), 200);
    QString told = u"%1: %2"_s.arg(counted(names.size(), u"task definition"_s), names.mid(0, shown).join(u", "_s));
    if (shown < names.size())
        told += u" … (%1 more; give a name)"_s.arg(names.size() - shown);
    co_return Answer{.text = told, .structured = {{u"total"_s, names.size()}, {u"names"_s, QJsonArray::fromStringList(names.mid(0, shown))}}};
}

QString nameIn(const QJsonObject &arguments)
{
    return arguments[u"definition"][u"name"].toString();
}

} // namespace

Tool createTaskDefinition(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_create_task_definition"_s,
        .title = u"Create a task definition"_s,
        .description = u"Register how tasks of one name are retried and timed out."_s,
        .inputSchema = arguments({{u"definition"_s, object(u"name, retryCount, retryLogic (FIXED, EXPONENTIAL_BACKOFF, LINEAR_BACKOFF), retryDelaySeconds, "
                                                           "timeoutSeconds, timeoutPolicy (RETRY, TIME_OUT_WF, ALERT_ONLY), responseTimeoutSeconds …"_s)},
                                  {u"overwrite"_s, yesNo(u"Replace it"_s)}},
                                 {u"definition"_s}),
        .hints = {.readOnly = false, .destructive = false, .idempotent = true},
        .effect =
            [](const QJsonObject &arguments) {
                const bool replaces = arguments[u"overwrite"].toBool();
                return Effect{replaces ? Effect::Kind::Change : Effect::Kind::Add, u"task definition "_s + nameIn(arguments)};
            },
        .premise = [backend](Call call) { return taskDefinitionPremise(backend, std::move(call)); },
        .call = [backend](Call call) { return create(backend, std::move(call)); },
    };
}

Tool getTaskDefinition(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_get_task_definition"_s,
        .title = u"Get a task definition"_s,
        .description = u"Show a task definition's retries and timeouts; without a name, list the names."_s,
        .inputSchema = arguments({{u"name"_s, text(u"Its name"_s)}}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .whenNotFound = u"Call it without a name to list the names"_s,
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return call.arguments.contains(u"name") ? one(backend, std::move(call)) : list(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
