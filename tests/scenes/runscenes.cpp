#include "scenes/catalogue.h"

#include "app/executions/actiondialog.h"
#include "app/executions/runactions.h"
#include "app/executions/runpage.h"
#include "app/executions/runview.h"
#include "support/graphs.h"

#include <QSet>

using namespace Qt::StringLiterals;
using Mood = scenes::SampleServer::Mood;

namespace scenes {
namespace {

// Every time in it, later by so many milliseconds: a sample was recorded on another day than the scenes are.
QJsonValue shifted(const QJsonValue &value, qint64 by)
{
    static const QSet<QString> times{u"createTime"_s, u"startTime"_s,  u"endTime"_s,        u"updateTime"_s,
                                     u"scheduledTime"_s, u"firstStartTime"_s, u"lastRetriedTime"_s, u"createdTime"_s};
    if (value.isArray()) {
        QJsonArray all;
        for (const QJsonValue &element : value.toArray())
            all << shifted(element, by);
        return all;
    }
    if (!value.isObject())
        return value;
    QJsonObject all;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        all[it.key()] = times.contains(it.key()) && it->toDouble() > 1e12 ? QJsonValue(it->toDouble() + double(by)) : shifted(*it, by);
    return all;
}

QJsonObject toSceneTime(const QJsonValue &execution)
{
    return shifted(execution, support::momentOf(*conductor::Execution::fromJson(execution)).msecsTo(sceneTime())).toObject();
}

QJsonObject sampleRun(const QString &name)
{
    return toSceneTime(support::sample(name));
}

// The page with that run, as opened from the list.
app::RunPage *open(Stage &stage, const QJsonObject &execution)
{
    stage.addServer(localServer(), Mood::Full);
    stage.server(u"local"_s).addRun(execution);
    stage.open(u"executions"_s);
    stage.companion().openExecution(u"local"_s, execution[u"workflowId"].toString());
    stage.settle();
    return qobject_cast<app::RunPage *>(stage.window().currentPage());
}

QWidget *swarm(Stage &stage)
{
    open(stage, sampleRun(u"swarm22.execution.json"_s));
    return &stage.window();
}

QWidget *swarmTask(Stage &stage)
{
    open(stage, sampleRun(u"swarm22.execution.json"_s))->view().selectTask(u"build_api"_s);
    stage.settle();
    return &stage.window();
}

QWidget *swarmTasks(Stage &stage)
{
    open(stage, sampleRun(u"swarm22.execution.json"_s))->view().setMode(app::RunView::Mode::Tasks);
    stage.settle();
    return &stage.window();
}

QWidget *terminate(Stage &stage)
{
    stage.addServer(productionServer(), Mood::Full);
    const QJsonObject run = sampleRun(u"swarm22.execution.json"_s);
    stage.server(u"prod"_s).addRun(run);
    stage.open(u"executions"_s);
    stage.companion().openExecution(u"prod"_s, run[u"workflowId"].toString());
    stage.settle();
    stage.window().findChild<app::RunActions *>()->terminate->trigger();
    stage.settle();
    return stage.window().findChild<app::ActionDialog *>();
}

QWidget *swarmRun(Stage &stage)
{
    app::RunPage *page = open(stage, sampleRun(u"swarm22.execution.json"_s));
    page->view().showDetails();
    stage.settle();
    return &stage.window();
}

QWidget *kitchen(Stage &stage)
{
    open(stage, sampleRun(u"kitchen_sink.execution_completed.json"_s));
    return &stage.window();
}

QWidget *failed(Stage &stage)
{
    open(stage, sampleRun(u"sub_failed_parent.execution.json"_s));
    return &stage.window();
}

QWidget *longTexts(Stage &stage)
{
    QJsonObject run = sampleRun(u"sub_failed_parent.execution.json"_s);
    const QString text = u"java.net.SocketTimeoutException: \u202Eread timed out\u202C while <b>calling</b> https://inventory.example/v2/reservations; "_s;
    run[u"workflowName"] = u"nightly_ledger_reconciliation_with_every_subsidiary_of_the_group_and_its_banks_eu_central_1"_s;
    QJsonObject task = run[u"tasks"][0].toObject();
    task[u"reasonForIncompletion"] = text.repeated(8);
    task[u"workerId"] = u"worker-"_s.repeated(40);
    run[u"tasks"] = QJsonArray{task};
    open(stage, run)->view().selectTask(u"s"_s);
    stage.settle();
    return &stage.window();
}

QWidget *nested(Stage &stage)
{
    open(stage, sampleRun(u"f_nested.execution.json"_s));
    return &stage.window();
}

QWidget *missing(Stage &stage)
{
    stage.addServer(localServer(), Mood::Full);
    stage.open(u"executions"_s);
    stage.companion().openExecution(u"local"_s, u"0d3c4f66-1d7f-4a0b-9c5e-2b1f6a7c8d9e"_s);
    stage.settle();
    return &stage.window();
}

QWidget *stale(Stage &stage)
{
    app::RunPage *page = open(stage, sampleRun(u"swarm22.execution_retry_in_progress.json"_s));
    stage.server(u"local"_s).setMood(Mood::Unreachable);
    page->refresh();
    stage.settle();
    return &stage.window();
}

QWidget *thousandCell(Stage &stage)
{
    open(stage, toSceneTime(support::dynamicForkJson(998)))->view().selectTask(u"image_570"_s);
    stage.settle();
    return &stage.window();
}

QWidget *thousand(Stage &stage)
{
    open(stage, toSceneTime(support::dynamicForkJson(998)));
    return &stage.window();
}

} // namespace

std::vector<Scene> runScenes()
{
    return {{u"run-swarm"_s, swarm},
            {u"run-swarm-task"_s, swarmTask},
            {u"run-swarm-list"_s, swarmTasks},
            {u"run-swarm-run"_s, swarmRun},
            {u"run-terminate"_s, terminate},
            {u"run-kitchen"_s, kitchen},
            {u"run-failed"_s, failed},
            {u"run-long"_s, longTexts},
            {u"run-nested"_s, nested},
            {u"run-missing"_s, missing},
            {u"run-stale"_s, stale},
            {u"run-1000"_s, thousand},
            {u"run-1000-cell"_s, thousandCell}};
}

} // namespace scenes
