#include "mcp/tools/definitiontools.h"

#include "conductor/definition/compact.h"
#include "conductor/definition/difference.h"
#include "conductor/definition/history.h"
#include "conductor/definition/printer.h"
#include "conductor/definition/validator.h"
#include "conductor/graph/outline.h"
#include "mcp/tools/definitionwording.h"
#include "mcp/tools/premises.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr qsizetype mostDefinition = 20'000; // characters

Answer refused(const std::vector<Problem> &problems)
{
    QStringList text{u"Not stored: the server would refuse this definition."_s};
    text << linesOf(problems) << u"Mend it and call again."_s;
    return {.text = text.join(u'\n'), .structured = {{u"stored"_s, false}, {u"problems"_s, dataOf(problems)}}, .isError = true};
}

// The version that is there already; nothing when there is none.
Reply<std::optional<QJsonObject>> existing(Client client, QString name, int version)
{
    const Result<std::shared_ptr<const WorkflowDefinition>> found = co_await outcome(client.definitions().get(name, version));
    if (found)
        co_return std::optional<QJsonObject>((*found)->json);
    if (found.error().kind == Error::Kind::NotFound)
        co_return std::optional<QJsonObject>();
    co_return Failure(found.error());
}

// What else is on the server, as far as it tells.
Reply<Surroundings> surroundingsOf(Client client)
{
    const Reply<std::vector<DefinitionVersion>> versions = client.definitions().versions();
    const Result<std::vector<TaskDefinition>> tasks = co_await outcome(client.taskDefinitions().all());
    Surroundings surroundings;
    if (tasks) {
        surroundings.taskDefinitions.emplace();
        for (const TaskDefinition &task : *tasks)
            surroundings.taskDefinitions->insert(task.name);
    }
    if (const Result<std::vector<DefinitionVersion>> workflows = co_await outcome(versions)) {
        surroundings.workflows.emplace();
        for (const DefinitionVersion &version : *workflows)
            surroundings.workflows->insert(version.name);
    }
    co_return surroundings;
}

// Before it is replaced. What cannot be kept does not hold up the call, but is said.
QString kept(const Client &client, const QJsonObject &before, const Call &call)
{
    const QString by = call.identity.name.isEmpty() ? u"unnamed AI client"_s : call.identity.name;
    const Result<Done> kept = DefinitionHistory(client.address()).keep(before, by);
    if (!kept)
        return u"What it held before could not be kept: %1"_s.arg(sentence(kept.error()));
    return u"What it held before is kept in Conductor Companion: Definitions, History."_s;
}

struct Comparison {
    QString name;
    int version = 1;
    bool isThere = false;
    DefinitionChanges changes;
    std::vector<Problem> problems;

    QString against() const { return u"%1 version %2"_s.arg(name, QString::number(version)); }
};

QJsonObject data(const Comparison &comparison, bool stored)
{
    QJsonObject json{{u"name"_s, comparison.name}, {u"version"_s, comparison.version}, {u"stored"_s, stored}};
    if (!comparison.problems.empty())
        json[u"problems"] = dataOf(comparison.problems);
    if (comparison.isThere)
        json[u"changes"] = dataOf(comparison.changes);
    return json;
}

Reply<Answer> create(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QJsonObject definition = call.arguments[u"definition"].toObject();
    const bool overwrite = call.arguments[u"overwrite"].toBool();
    Comparison comparison{.name = definition[u"name"].toString(), .version = definition[u"version"].toInt(1), .changes = {}, .problems = validate(definition)};
    if (isRefused(comparison.problems)) // without asking the server for anything
        co_return refused(comparison.problems);

    const Reply<Surroundings> asked = surroundingsOf(client);
    const std::optional<QJsonObject> before = co_await existing(client, comparison.name, comparison.version);
    const Surroundings surroundings = co_await asked;
    comparison.problems = validate(definition, surroundings);
    comparison.isThere = before.has_value();
    if (before)
        comparison.changes = structuralDiff(*before, definition);
    const QString changes = sentence(comparison.changes);
    const QStringList details = linesOf(comparison.changes) + linesOf(comparison.problems);
    if (call.arguments[u"check_only"].toBool()) {
        const QString first = before ? u"Not stored, only checked. Against %1 on the server: %2."_s.arg(comparison.against(), changes)
                                     : u"Not stored, only checked. The server has no %1."_s.arg(comparison.against());
        co_return Answer{.text = (QStringList{first} + details).join(u'\n'), .structured = data(comparison, false)};
    }
    if (before && !overwrite)
        co_return Failure({Error::Kind::Conflict, (QStringList{u"%1 exists already; against it: %2"_s.arg(comparison.against(), changes)} + details).join(u'\n'),
                           u"Raise \"version\" to keep both, or call again with overwrite true to replace it"_s});

    QStringList last;
    if (before)
        last << kept(client, *before, call);
    last << u"Start it with conductor_execute_workflow; dry_run first shows which way it takes."_s;
    co_await client.definitions().create(definition, overwrite ? Definitions::Existing::Replace : Definitions::Existing::Refuse);
    const QString first = before ? u"Replaced %1: %2."_s.arg(comparison.against(), changes) : u"Created %1."_s.arg(comparison.against());
    co_return Answer{.text = (QStringList{first} + details + last).join(u'\n'), .structured = data(comparison, true)};
}

Reply<Answer> metadata(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const std::shared_ptr<const WorkflowDefinition> definition
        = co_await client.definitions().get(call.arguments[u"name"].toString(), call.arguments[u"version"].toInt());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QJsonObject compacted = compact(definition->json);

    QStringList text{u"%1 version %2%3"_s.arg(definition->name)
                         .arg(definition->version)
                         .arg(definition->description.isEmpty() ? QString() : u": "_s + definition->description)};
    text << u"Inputs: "_s + (definition->inputParameters.isEmpty() ? u"none declared"_s : definition->inputParameters.join(u", "_s));
    if (const QJsonObject defaults = compacted[u"inputTemplate"].toObject(); !defaults.isEmpty())
        text << u"Defaults: "_s + shownJson(defaults, 1000);
    const std::vector<Problem> problems = validate(definition->json);
    text << linesOf(problems);
    const QString json = definitionText(compacted);
    text << u"Definition:\n"_s + json.left(mostDefinition);
    if (json.size() > mostDefinition) {
        text.last() += u"… (%1 more characters)"_s.arg(json.size() - mostDefinition);
        text << u"Its tasks in order:"_s;
        const Graph graph = graphOf(*definition);
        const std::vector<OutlineLine> order = outline(graph, now);
        for (size_t i = 0; i < std::min<size_t>(order.size(), 200); ++i)
            text << QString(order[i].depth * 2, u' ') + order[i].text;
        co_return Answer{.text = text.join(u'\n'), .structured = {{u"name"_s, definition->name}, {u"version"_s, definition->version}}};
    }
    co_return Answer{.text = text.join(u'\n'), .structured = compacted};
}

bool fits(const QString &name, const QString &filter)
{
    if (filter.isEmpty())
        return true;
    return filter.contains(u'*') ? QRegularExpression::fromWildcard(filter, Qt::CaseInsensitive).match(name).hasMatch() : name.contains(filter, Qt::CaseInsensitive);
}

struct Named {
    QString name;
    QStringList versions = {};
    QDateTime newest = {};
};

Reply<Answer> list(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QString filter = call.arguments[u"filter"].toString();
    const size_t start = size_t(call.arguments[u"start"].toInt(0));
    const size_t limit = size_t(call.arguments[u"limit"].toInt(50));
    const std::vector<DefinitionVersion> all = co_await client.definitions().versions();
    std::vector<Named> found;
    for (const DefinitionVersion &version : all) {
        if (!fits(version.name, filter))
            continue;
        if (found.empty() || found.back().name != version.name)
            found.push_back({version.name});
        found.back().versions << QString::number(version.version);
        found.back().newest = version.updated.isValid() ? version.updated : version.created;
    }

    QStringList text{u"%1."_s.arg(counted(qsizetype(found.size()), u"workflow"_s))};
    QJsonArray rows;
    const size_t end = std::min(found.size(), start + limit);
    for (size_t i = start; i < end; ++i) {
        text << u"%1 (version %2)"_s.arg(found[i].name, found[i].versions.join(u", "_s));
        rows << QJsonObject{{u"name"_s, found[i].name}, {u"version"_s, found[i].versions.last().toInt()}};
    }
    QJsonObject structured{{u"total"_s, qint64(found.size())}, {u"workflows"_s, rows}};
    if (end < found.size()) {
        text << u"%1 more: call again with start %2, or with a filter."_s.arg(found.size() - end).arg(end);
        structured[u"next_start"] = qint64(end);
    }
    co_return Answer{.text = text.join(u'\n'), .structured = structured};
}

Effect creationEffect(const QJsonObject &arguments)
{
    const QJsonObject definition = arguments[u"definition"].toObject();
    const QString on = u"definition %1 %2"_s.arg(definition[u"name"].toString()).arg(definition[u"version"].toInt(1));
    if (arguments[u"check_only"].toBool())
        return {Effect::Kind::Read, on};
    return {arguments[u"overwrite"].toBool() ? Effect::Kind::Change : Effect::Kind::Add, on};
}

} // namespace

Tool createWorkflow(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_create_workflow"_s,
        .title = u"Create a workflow definition"_s,
        .description = u"Check and store a workflow definition: tells what the server would refuse or hang on, by JSON path, and how it differs from "
                       "the stored version. check_only stores nothing. A FORK_JOIN is followed by a JOIN."_s,
        .inputSchema = arguments({{u"definition"_s, object(u"name, version, tasks [{name, taskReferenceName, type, inputParameters}], inputParameters, "
                                                           "outputParameters, timeoutSeconds …"_s)},
                                  {u"overwrite"_s, yesNo(u"Replace this version"_s)},
                                  {u"check_only"_s, yesNo(u"Only check"_s)}},
                                 {u"definition"_s}),
        .hints = {.readOnly = false, .destructive = true, .idempotent = true},
        .effect = creationEffect,
        .premise = [backend](Call call) { return workflowPremise(backend, std::move(call)); },
        .call = [backend](Call call) { return create(backend, std::move(call)); },
    };
}

Tool getWorkflowMetadata(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_get_workflow_metadata"_s,
        .title = u"Get a workflow definition"_s,
        .description = u"Show a workflow's definition, its inputs, and what is wrong with it. Look here before you start or change it."_s,
        .inputSchema = arguments({{u"name"_s, text(u"Its name"_s)}, {u"version"_s, whole(1, 1000000, u"Default: newest"_s)}}, {u"name"_s}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .whenNotFound = u"conductor_list_workflows lists the workflows there are"_s,
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return metadata(backend, std::move(call)); },
    };
}

Tool listWorkflows(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_list_workflows"_s,
        .title = u"List workflow definitions"_s,
        .description = u"List the workflows that can be started. For runs of them use conductor_search_workflows."_s,
        .inputSchema = arguments({{u"filter"_s, text(u"Part of the name, * wildcard"_s)},
                                  {u"limit"_s, whole(1, 500, u"Rows, default 50"_s)},
                                  {u"start"_s, whole(0, 1000000, u"To skip"_s)}}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return list(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
