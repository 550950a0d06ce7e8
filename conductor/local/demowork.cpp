#include "conductor/local/demowork.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

QJsonObject script()
{
    QFile file(u":/conductor/demo/work.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The demo's work is not part of this program");
    return QJsonDocument::fromJson(file.readAll()).object();
}

// A number below count that is the same for the same text, on every machine.
int chosen(const QString &text, qsizetype count)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1);
    return int(quint8(hash[0]) % count);
}

QJsonObject stumbleOf(const QString &executionId)
{
    const QJsonArray stumbles = script()[u"stumbles"].toArray();
    return stumbles[chosen(executionId, stumbles.size())].toObject();
}

QString agentOf(const PolledTask &task)
{
    return task.attempt.plainRef();
}

bool stumbles(const PolledTask &task)
{
    return task.workflowName == demoSwarm && task.attempt.retryCount == 0 && stumbleOf(task.executionId)[u"agent"].toString() == agentOf(task);
}

QJsonObject shopOutput(const PolledTask &task)
{
    const int luck = chosen(task.attempt.id, 100);
    if (task.attempt.name == u"ks_pack_order")
        return {{u"boxes"_s, 1 + luck % 3}, {u"weightKg"_s, 0.8 + luck / 40.0}};
    if (task.attempt.name == u"ks_score_item")
        return {{u"item"_s, task.attempt.input.value(u"item")}, {u"score"_s, 50 + luck / 2}};
    return {{u"carrier"_s, task.attempt.input.value(u"carrier")}, {u"tracking"_s, u"CC%1"_s.arg(100000 + luck * 37)}};
}

} // namespace

QStringList demoQueues()
{
    QStringList queues;
    for (const QString &agent : {u"plan"_s, u"research"_s, u"synth"_s, u"design"_s, u"build"_s, u"infra"_s, u"integrate"_s, u"review"_s, u"release"_s})
        queues << u"agent_"_s + agent;
    return queues << u"ks_pack_order"_s << u"ks_score_item"_s << u"ks_ship_order"_s;
}

TaskUpdate demoAnswer(const PolledTask &task)
{
    TaskUpdate update{.executionId = task.executionId, .taskId = task.attempt.id, .status = u"COMPLETED"_s, .workerId = task.attempt.workerId};
    if (stumbles(task)) {
        update.status = u"FAILED"_s;
        update.reason = stumbleOf(task.executionId)[u"reason"].toString();
        update.logs = {update.reason};
        return update;
    }

    const QJsonObject agent = script()[u"agents"][agentOf(task)].toObject();
    if (agent.isEmpty()) {
        update.output = shopOutput(task);
        update.logs = {u"Done"_s};
        return update;
    }
    update.output = {{u"summary"_s, agent[u"summary"]}, {u"confidence"_s, (80 + chosen(task.attempt.id, 20)) / 100.0}};
    const QJsonArray says = agent[u"says"].toArray();
    for (const QJsonValue &line : says)
        update.logs << line.toString();
    if (task.attempt.retryCount > 0)
        update.logs.prepend(u"Second try: the reason of the first is mended"_s);
    return update;
}

QString demoOpening(const PolledTask &task)
{
    const QString goal = task.attempt.input.value(u"goal").toString();
    return goal.isEmpty() ? u"Began"_s : u"Began, for the goal: %1"_s.arg(goal);
}

QJsonObject demoInput(QStringView workflow, int number)
{
    if (workflow != demoSwarm)
        return {{u"amount"_s, 20 + number * 7 % 60}, {u"tier"_s, number % 3 == 2 ? u"silver"_s : u"gold"_s}, {u"items"_s, QJsonArray{u"lamp"_s, u"desk"_s, u"chair"_s}}};
    const QJsonArray goals = script()[u"goals"].toArray();
    return {{u"goal"_s, goals[number % goals.size()]}};
}

} // namespace conductor
