#include "mcp/tools/premises.h"

#include "conductor/definition/blastradius.h"
#include "conductor/definition/compact.h"
#include "conductor/definition/difference.h"
#include "conductor/definition/validator.h"
#include "conductor/insight/progress.h"
#include "mcp/tools/definitionwording.h"
#include "mcp/tools/wording.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr qsizetype mostExecutions = 20;
constexpr qsizetype mostNames = 10;

QString fingerprint(const QJsonObject &json)
{
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

QString someOf(const QStringList &names)
{
    const QString some = names.mid(0, mostNames).join(u", "_s);
    return names.size() > mostNames ? u"%1 … (%2 more)"_s.arg(some).arg(names.size() - mostNames) : some;
}

// A GET whose answer helps but is not needed: servers without it, and slow ones, tell nothing.
Reply<QJsonArray> helpful(Client client, QStringList path)
{
    Request request;
    request.segments = path;
    request.repeatable = true;
    const Result<QJsonValue> answer = co_await outcome(client.send(request));
    co_return answer ? answer->toArray() : QJsonArray();
}

Reply<QStringList> reachOf(Client client, QString workflow)
{
    ExecutionQuery running;
    running.names = {workflow};
    running.statuses = {u"RUNNING"_s};
    running.size = 1;
    const Reply<ExecutionPage> runs = client.executions().search(running);
    const Reply<QJsonArray> definitions = helpful(client, {u"metadata"_s, u"workflow"_s, u"latest-versions"_s});
    const Reply<QJsonArray> handlers = helpful(client, {u"event"_s});
    const Reply<QJsonArray> schedules = helpful(client, {u"scheduler"_s, u"schedules"_s});
    QStringList facts;
    if (const Result<ExecutionPage> page = co_await outcome(runs); page && page->total > 0)
        facts << u"%1 of %2 running now, each on the definition it began with"_s.arg(counted(page->total, u"execution"_s), workflow);
    const QJsonArray others = co_await definitions;
    const QJsonArray events = co_await handlers;
    const QJsonArray times = co_await schedules;
    const BlastRadius radius = blastRadius(workflow, others, events, times);
    if (!radius.callers.isEmpty())
        facts << u"Started by the workflows "_s + someOf(radius.callers);
    if (!radius.eventHandlers.isEmpty())
        facts << u"Started by the event handlers "_s + someOf(radius.eventHandlers);
    if (!radius.schedules.isEmpty())
        facts << u"Started by the schedules "_s + someOf(radius.schedules);
    co_return facts;
}

bool onlyDescriptions(const DefinitionChanges &changes)
{
    const auto describes = [](const std::vector<FieldChange> &fields) {
        return std::all_of(fields.begin(), fields.end(), [](const FieldChange &field) { return field.path == u"description"; });
    };
    return !changes.isEmpty() && describes(changes.fields) && std::all_of(changes.tasks.begin(), changes.tasks.end(), [&](const TaskChange &task) {
        return task.kind == TaskChange::Kind::Changed && describes(task.fields);
    });
}

// What is stored under that name; empty when nothing is.
template <typename T>
Result<QJsonObject> stored(const Result<T> &found, const QJsonObject &json)
{
    if (found)
        return json;
    if (found.error().kind == Error::Kind::NotFound)
        return QJsonObject();
    return Failure(found.error());
}

} // namespace

Reply<Premise> executionsPremise(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    QStringList ids = call.arguments[u"workflow_ids"].toVariant().toStringList();
    ids.removeDuplicates();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::vector<Reply<std::shared_ptr<const Execution>>> asked;
    for (const QString &id : ids.mid(0, mostExecutions))
        asked.push_back(client.executions().get(id));
    Premise premise;
    QStringList states;
    for (size_t i = 0; i < asked.size(); ++i) {
        const QString id = ids[qsizetype(i)];
        const Result<std::shared_ptr<const Execution>> execution = co_await outcome(asked[i]);
        if (!execution && execution.error().kind != Error::Kind::NotFound)
            co_return Failure(execution.error());
        const QString status = execution ? (*execution)->statusWord : u"there is no such execution"_s;
        states << id + u'=' + status;
        premise.facts << (execution ? u"%1 %2: %3, %4"_s.arg((*execution)->name, id, status, sentence(progressOf(**execution, now), now)) : u"%1: %2"_s.arg(id, status));
    }
    if (ids.size() > mostExecutions)
        premise.facts << u"and %1 more"_s.arg(counted(ids.size() - mostExecutions, u"execution"_s));
    premise.state = states.join(u'\n');
    co_return premise;
}

Reply<Premise> workflowPremise(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    Premise premise;
    const QJsonObject definition = call.arguments[u"definition"].toObject();
    const QString name = definition[u"name"].toString();
    const int version = definition[u"version"].toInt(1);
    if (const std::vector<Problem> problems = validate(definition); isRefused(problems)) // nobody is asked about what cannot be done
        co_return Failure({Error::Kind::Validation, u"Not stored: the server would refuse this definition.\n"_s + linesOf(problems).join(u'\n'), u"Mend it and call again"_s});
    const Reply<QStringList> reach = reachOf(client.within(call.stop, std::min(call.deadline, QDeadlineTimer(5s))), name);
    const Result<std::shared_ptr<const WorkflowDefinition>> found = co_await outcome(client.definitions().get(name, version));
    const Result<QJsonObject> before = stored(found, found ? (*found)->json : QJsonObject());
    if (!before)
        co_return Failure(before.error());
    premise.state = fingerprint(*before);
    premise.before = compact(*before);
    premise.after = compact(definition);
    if (before->isEmpty()) {
        premise.facts << u"%1 version %2 is new"_s.arg(name).arg(version);
    } else {
        const DefinitionChanges changes = structuralDiff(*before, definition);
        premise.onlyDescriptions = onlyDescriptions(changes);
        premise.facts << u"Replaces %1 version %2: %3"_s.arg(name).arg(version).arg(sentence(changes));
        premise.facts << linesOf(changes).mid(1);
    }
    if (!before->isEmpty() && !call.arguments[u"overwrite"].toBool())
        co_return Failure({Error::Kind::Conflict, (QStringList{u"%1 version %2 exists already."_s.arg(name).arg(version)} + premise.facts).join(u'\n'),
                           u"Raise \"version\" to keep both, or call again with overwrite true to replace it"_s});
    premise.facts << co_await reach;
    co_return premise;
}

Reply<Premise> taskDefinitionPremise(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    Premise premise;
    premise.after = call.arguments[u"definition"].toObject();
    const QString name = premise.after[u"name"].toString();
    const Result<TaskDefinition> found = co_await outcome(client.taskDefinitions().get(name));
    const Result<QJsonObject> before = stored(found, found ? found->json : QJsonObject());
    if (!before)
        co_return Failure(before.error());
    premise.state = fingerprint(*before);
    premise.before = *before;
    premise.facts << (before->isEmpty() ? u"Task definition %1 is new"_s.arg(name) : u"Replaces task definition %1"_s.arg(name));
    for (auto it = premise.after.begin(); it != premise.after.end(); ++it) {
        if (!before->isEmpty() && (*before)[it.key()] != it.value())
            premise.facts << u"~ %1: %2 → %3"_s.arg(it.key(), shownJson((*before)[it.key()], 100), shownJson(it.value(), 100));
    }
    co_return premise;
}

} // namespace mcp::tools
