#include "app/definitions/definitionwork.h"

#include "app/definitions/startertext.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using conductor::Client;
using conductor::DefinitionVersion;
using conductor::Done;
using conductor::Error;
using conductor::Failure;
using conductor::Reply;
using conductor::Result;
using conductor::WorkflowDefinition;

namespace app {
namespace {

using Versions = std::vector<DefinitionVersion>;
using Stored = std::shared_ptr<const WorkflowDefinition>;

constexpr std::chrono::seconds patience{60}; // starting runs the first tasks within the call

std::vector<int> versionsOf(const Versions &all, const QString &name)
{
    std::vector<int> versions;
    for (const DefinitionVersion &version : all) {
        if (version.name == name)
            versions.push_back(version.version);
    }
    return versions;
}

QJsonObject jsonOf(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

QString conflictOf(const SaveWish &wish, const Result<Stored> &now)
{
    if (!now)
        return DefinitionWork::tr("Version %1 was deleted on the server since you opened it.").arg(wish.openedVersion);
    if (textOf(**now) == wish.openedText)
        return {};
    const QString what = conductor::sentence(conductor::structuralDiff(jsonOf(wish.openedText), (*now)->json));
    return DefinitionWork::tr("Version %1 was changed on the server since you opened it: %2.").arg(wish.openedVersion).arg(what);
}

} // namespace

QString stampOf(const Versions &all, const QString &name, int version)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const DefinitionVersion &one) { return one.name == name && one.version == version; });
    return found == all.end() ? QString() : u"%1/%2"_s.arg(found->created.toMSecsSinceEpoch()).arg(found->updated.toMSecsSinceEpoch());
}

QString textOf(const WorkflowDefinition &definition)
{
    return editedText(definition.json);
}

DefinitionWork::DefinitionWork(Client client, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_history(m_client.address())
{
}

DefinitionWork::~DefinitionWork()
{
    m_stop.request_stop();
}

Client DefinitionWork::bounded() const
{
    return m_client.within(m_stop.get_token(), QDeadlineTimer(patience));
}

Reply<OpenedDefinition> DefinitionWork::open(QString name, int version)
{
    const Client client = bounded();
    const Stored stored = co_await client.definitions().get(name, version);
    const Versions all = co_await client.definitions().versions();
    co_return OpenedDefinition{stored->name, stored->version, textOf(*stored), versionsOf(all, name), stampOf(all, name, stored->version), stored};
}

Reply<conductor::Surroundings> DefinitionWork::surroundings()
{
    const Client client = bounded();
    conductor::Surroundings known;
    const Result<Versions> all = co_await outcome(client.definitions().versions());
    if (all) {
        known.workflows.emplace();
        for (const DefinitionVersion &version : *all)
            known.workflows->insert(version.name);
    }
    const Result<std::vector<conductor::TaskDefinition>> tasks = co_await outcome(client.taskDefinitions().all());
    if (tasks) {
        known.taskDefinitions.emplace();
        for (const conductor::TaskDefinition &task : *tasks)
            known.taskDefinitions->insert(task.name);
    }
    co_return known;
}

Reply<Done> DefinitionWork::check(QJsonObject definition)
{
    return bounded().definitions().validate(definition);
}

Reply<SavePlan> DefinitionWork::plan(SaveWish wish)
{
    const Client client = bounded();
    const conductor::Definitions definitions = client.definitions();
    SavePlan plan;
    plan.name = wish.definition[u"name"].toString();
    plan.version = std::max(1, wish.definition[u"version"].toInt(1));
    plan.after = editedText(wish.definition);
    const Versions all = co_await definitions.versions();
    const std::vector<int> versions = versionsOf(all, plan.name);
    plan.newest = versions.empty() ? 0 : versions.back();
    plan.exists = std::find(versions.begin(), versions.end(), plan.version) != versions.end();
    const bool knowsOpened = plan.name == wish.openedName && std::find(versions.begin(), versions.end(), wish.openedVersion) != versions.end();
    plan.comparedWith = plan.exists ? plan.version : knowsOpened ? wish.openedVersion : plan.newest;
    if (plan.comparedWith > 0) {
        const Stored before = co_await definitions.get(plan.name, plan.comparedWith);
        plan.before = textOf(*before);
        plan.changes = conductor::structuralDiff(before->json, wish.definition);
    }
    if (wish.openedVersion > 0) {
        const Result<Stored> opened = co_await outcome(definitions.get(wish.openedName, wish.openedVersion));
        if (!opened && opened.error().kind != Error::Kind::NotFound)
            co_return Failure(opened.error());
        plan.conflict = conflictOf(wish, opened);
    }
    co_return plan;
}

Reply<QString> DefinitionWork::store(QJsonObject definition, SavePlan plan)
{
    const conductor::Definitions definitions = bounded().definitions();
    QString note;
    if (plan.exists) { // between looking and saving somebody else may have saved
        const Stored now = co_await definitions.get(plan.name, plan.version);
        if (textOf(*now) != plan.before)
            co_return Failure({Error::Kind::Conflict, tr("Version %1 was changed on the server while you looked at the differences").arg(plan.version),
                               tr("Look at them again before you save")});
        if (const Result<Done> kept = m_history.keep(now->json); !kept)
            note = tr("What was replaced could not be kept in the history: %1").arg(conductor::sentence(kept.error()));
    }
    co_await definitions.create(definition, plan.exists ? conductor::Definitions::Existing::Replace : conductor::Definitions::Existing::Refuse);
    co_return note;
}

Reply<Done> DefinitionWork::remove(QString name, int version)
{
    return bounded().definitions().remove(name, version);
}

Reply<QString> DefinitionWork::start(conductor::StartOrder order)
{
    return bounded().executions().start(order);
}

} // namespace app
