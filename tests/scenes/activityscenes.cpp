#include "scenes/catalogue.h"

#include "app/activity/activityfilters.h"
#include "app/activity/activitymodel.h"
#include "app/activity/activitypage.h"
#include "app/activity/againpane.h"
#include "app/activity/callsview.h"
#include "app/activity/activitydetail.h"
#include "app/activity/storypane.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"
#include "mcp/audit/store.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;
using app::ActivityPage;
using mcp::AuditEntry;
using mcp::AuditStore;
using Mood = scenes::SampleServer::Mood;

namespace scenes {
namespace {

const QString runId = u"3c9e7f10-52a1-4e0b-9d57-6f0e1a2b3c4d"_s;

struct Sample {
    QString tool;
    QString arguments;
    QString effect = u"read"_s;
    QString target = {};
    QString outcome = u"ok"_s;
    QString detail = {};
    qint64 tookUs = 9'400;
    qint64 bytes = 2'180;
};

const std::vector<Sample> &samples()
{
    static const std::vector<Sample> all{
        {u"conductor_search_workflows"_s, u"{\"query\":\"status:failed since:1d\",\"limit\":20}"_s, u"read"_s, {}, u"ok"_s, {}, 18'200, 4'310},
        {u"conductor_get_workflow_status"_s, u"{\"workflow_ids\":[\"%1\"],\"detail\":\"failure\"}"_s.arg(runId), u"read"_s, {}, u"ok"_s, {}, 31'700, 2'902},
        {u"conductor_get_workflow_metadata"_s, u"{\"name\":\"agent_swarm_22\"}"_s, u"read"_s, {}, u"ok"_s, {}, 6'100, 6'480},
        {u"conductor_recover_workflow"_s, u"{\"workflow_ids\":[\"%1\"],\"action\":\"retry\"}"_s.arg(runId), u"change"_s, u"1 execution"_s, u"ok"_s, {}, 212'000, 410},
        {u"conductor_get_workflow_status"_s, u"{\"workflow_ids\":[\"%1\"]}"_s.arg(runId), u"read"_s, {}, u"ok"_s, {}, 24'500, 1'760},
        {u"conductor_terminate_workflow"_s, u"{\"workflow_ids\":[\"%1\"],\"reason\":\"superseded\"}"_s.arg(runId), u"destroy"_s, u"1 execution"_s, u"refused"_s,
         u"Conductor Companion is frozen to read only by its user. Ask them to lift it."_s, 300, 96},
        {u"conductor_execute_workflow"_s, u"{\"name\":\"order_fulfilment\",\"input\":{\"orderId\":\"A-1042\",\"apiToken\":\"[redacted]\"}}"_s, u"add"_s, u"an execution of order_fulfilment"_s, u"ok"_s, runId,
         88'000, 620},
        {u"conductor_get_task_queue_size"_s, u"{\"task_types\":[\"charge_card\"]}"_s, u"read"_s, {}, u"error"_s, u"Conductor answers with 503: Service Unavailable"_s, 2'004'000, 130},
        {u"conductor_invoke_api_endpoint"_s, u"{\"method\":\"GET\",\"path\":\"/api/workflow/%1/tasks\"}"_s.arg(runId), u"read"_s, {}, u"ok"_s, {}, 41'000, 18'340},
    };
    return all;
}

AuditEntry entryFrom(const Sample &sample, int i)
{
    struct Client {
        QString name, version, profile;
        qint64 pid;
    };
    static const std::array<Client, 3> clients{Client{u"claude-code"_s, u"2.1.197"_s, u"local"_s, 20415}, Client{u"Cursor"_s, u"3.2.0"_s, u"Payments EU"_s, 21877},
                                               Client{u"gemini-cli-mcp-client-conductor"_s, u"0.61.0"_s, u"local"_s, 22031}};
    const Client &client = clients[i % 11 == 0 ? 2 : i % 4 == 3 ? 1 : 0];
    AuditEntry entry;
    entry.pid = client.pid;
    entry.client = client.name;
    entry.clientVersion = client.version;
    entry.profile = client.profile;
    entry.tool = sample.tool;
    entry.arguments = sample.arguments;
    entry.effect = sample.effect;
    entry.target = sample.target;
    entry.outcome = sample.outcome;
    entry.detail = sample.detail;
    entry.requests = 1 + i % 3;
    entry.tookUs = sample.tookUs + (i * 7919) % 20'000;
    entry.bytes = sample.bytes;
    return entry;
}

void fillAudit()
{
    constexpr int count = 240;
    for (const QString &end : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(AuditStore::standardPath() + end);
    AuditStore store;
    if (!store.open(AuditStore::Access::Append) || !store.begin(false))
        qFatal("the scene has no audit");
    for (int i = 0; i < count; ++i) {
        AuditEntry entry = entryFrom(samples()[size_t(i) % samples().size()], i);
        entry.time = sceneTime().addSecs(-qint64(count - i) * 97 - (i % 5) * 11).toMSecsSinceEpoch();
        if (!store.append(entry))
            qFatal("the scene's audit cannot be written");
    }
    if (!store.commit())
        qFatal("the scene's audit cannot be written");
}

// What the page's reader answers comes from another thread: waited for, with a limit.
void awaitRead(ActivityPage &page, Stage &stage)
{
    QEventLoop loop;
    QObject::connect(&page, &ActivityPage::read, &loop, &QEventLoop::quit);
    QTimer::singleShot(10'000, &loop, &QEventLoop::quit);
    loop.exec();
    stage.settle();
}

ActivityPage &activity(Stage &stage)
{
    stage.addServer(localServer(), Mood::Full);
    stage.addServer(productionServer(), Mood::Full);
    auto *page = qobject_cast<ActivityPage *>(stage.open(u"activity"_s));
    page->refresh();
    awaitRead(*page, stage);
    return *page;
}

void select(ActivityPage &page, const QString &tool)
{
    app::Table &table = page.findChild<app::CallsView *>()->table();
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        if (table.model()->index(row, app::ActivityModel::Tool).data().toString() == tool) {
            table.setCurrentIndex(table.model()->index(row, 0));
            return;
        }
    }
}

QWidget *empty(Stage &stage)
{
    for (const QString &end : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(AuditStore::standardPath() + end);
    activity(stage);
    return &stage.window();
}

QWidget *filled(Stage &stage)
{
    fillAudit();
    activity(stage);
    return &stage.window();
}

QWidget *filtered(Stage &stage)
{
    fillAudit();
    ActivityPage &page = activity(stage);
    const QList<QComboBox *> choices = page.findChild<app::ActivityFilters *>()->findChildren<QComboBox *>();
    for (QComboBox *choice : choices) {
        if (const int index = choice->findData(u"refused"_s); index > 0)
            choice->setCurrentIndex(index);
    }
    awaitRead(page, stage);
    return &stage.window();
}

QWidget *noMatch(Stage &stage)
{
    fillAudit();
    ActivityPage &page = activity(stage);
    page.findChild<app::SearchField *>()->setText(u"no such call"_s);
    awaitRead(page, stage);
    return &stage.window();
}

QWidget *detail(Stage &stage)
{
    fillAudit();
    ActivityPage &page = activity(stage);
    select(page, u"conductor_terminate_workflow"_s);
    stage.settle();
    return &stage.window();
}

QWidget *view(Stage &stage, ActivityPage::View view)
{
    fillAudit();
    ActivityPage &page = activity(stage);
    page.showView(view);
    awaitRead(page, stage);
    return &stage.window();
}

QWidget *charts(Stage &stage)
{
    return view(stage, ActivityPage::View::Charts);
}

QWidget *needs(Stage &stage)
{
    return view(stage, ActivityPage::View::Clients);
}

QWidget *story(Stage &stage)
{
    fillAudit();
    ActivityPage &page = activity(stage);
    page.showStory(u"Cursor"_s, {21877});
    for (int round = 0; round < 1000 && !page.findChild<app::StoryPane *>()->isVisible(); ++round)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
    stage.settle();
    return &stage.window();
}

QWidget *again(Stage &stage)
{
    fillAudit();
    ActivityPage &page = activity(stage);
    select(page, u"conductor_recover_workflow"_s);
    Q_EMIT page.findChild<app::ActivityDetail *>()->againRequested();
    stage.settle();
    return &stage.window();
}

} // namespace

std::vector<Scene> activityScenes()
{
    return {{u"activity-empty"_s, empty}, {u"activity-filled"_s, filled}, {u"activity-filtered"_s, filtered}, {u"activity-nomatch"_s, noMatch}, {u"activity-detail"_s, detail},
            {u"activity-charts"_s, charts}, {u"activity-needs"_s, needs}, {u"activity-story"_s, story}, {u"activity-again"_s, again}};
}

} // namespace scenes
