#include "conductor/local/demodefinitions.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int watchableRetrySeconds = 20;

QJsonDocument sampleFile(const QString &name)
{
    QFile file(u":/conductor/samples/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The sample %s is not part of this program", qPrintable(name));
    return QJsonDocument::fromJson(file.readAll());
}

// The definition with every HTTP task that asks a server on this machine for its health asking this one.
QJsonObject withHealthOf(QJsonObject definition, const QUrl &server)
{
    const QString health = server.resolved(QUrl(u"/health"_s)).toString();
    QJsonArray tasks = definition[u"tasks"].toArray();
    for (QJsonValueRef element : tasks) {
        QJsonObject task = element.toObject();
        QJsonObject input = task.value(u"inputParameters").toObject();
        QJsonObject request = input.value(u"http_request").toObject();
        const QUrl asked(request.value(u"uri").toString());
        const bool ofThisMachine = asked.host() == u"localhost" || asked.host() == u"127.0.0.1";
        if (task.value(u"taskReferenceName") != u"self_health"_s || !ofThisMachine || asked.path() != u"/health")
            continue;
        request[u"uri"] = health;
        input[u"http_request"] = request;
        task[u"inputParameters"] = input;
        element = task;
    }
    definition[u"tasks"] = tasks;
    return definition;
}

// Only those the server lacks: it would replace the others without a word.
Reply<Done> installTasks(Client client, QJsonArray wanted)
{
    const std::vector<TaskDefinition> present = co_await client.taskDefinitions().all();
    QJsonArray missing;
    for (const QJsonValue &definition : std::as_const(wanted)) {
        const QString name = definition[u"name"].toString();
        if (std::none_of(present.begin(), present.end(), [&](const TaskDefinition &one) { return one.name == name; }))
            missing << definition;
    }
    if (!missing.isEmpty())
        co_await client.taskDefinitions().create(missing);
    co_return Done{};
}

Reply<Done> installWorkflow(Client client, QJsonObject wanted, QUrl server)
{
    const Result<Done> created = co_await outcome(client.definitions().create(wanted, Definitions::Existing::Refuse));
    if (created || created.error().kind != Error::Kind::Conflict)
        co_return created;
    const auto present = co_await client.definitions().get(wanted[u"name"].toString(), wanted[u"version"].toInt());
    const QJsonObject moved = withHealthOf(present->json, server);
    if (moved != present->json)
        co_await client.definitions().create(moved, Definitions::Existing::Replace);
    co_return Done{};
}

} // namespace

DemoDefinitions demoDefinitions(const QUrl &server)
{
    DemoDefinitions definitions;
    definitions.tasks = sampleFile(u"kitchen_sink.taskdefs.json"_s).array();
    const QJsonArray agents = sampleFile(u"swarm22.taskdefs.json"_s).array();
    for (const QJsonValue &element : agents) {
        QJsonObject agent = element.toObject();
        agent[u"retryDelaySeconds"] = watchableRetrySeconds;
        definitions.tasks << agent;
    }
    for (const QString &name : {u"kitchen_sink_child"_s, u"kitchen_sink"_s, u"swarm22"_s})
        definitions.workflows.push_back(withHealthOf(sampleFile(name + u".definition.json"_s).object(), server));
    return definitions;
}

Reply<Done> installDemo(Client client, QUrl server)
{
    const DemoDefinitions definitions = demoDefinitions(server);
    co_await installTasks(client, definitions.tasks);
    for (const QJsonObject &workflow : definitions.workflows)
        co_await installWorkflow(client, workflow, server);
    co_return Done{};
}

} // namespace conductor
