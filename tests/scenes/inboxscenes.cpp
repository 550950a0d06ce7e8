#include "scenes/catalogue.h"

#include "app/approvals/inboxpage.h"
#include "app/core/page.h"
#include "app/executions/graphview.h"
#include "app/widgets/table.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using Mood = scenes::SampleServer::Mood;
using mcp::Approval;
using mcp::Effect;

namespace scenes {
namespace {

Approval ask(int number, const QString &session, const QString &client, Approval::State state, int secondsAgo, int secondsLeft)
{
    Approval approval{.id = u"a%1"_s.arg(number, 9, 10, QChar(u'0')), .session = session, .state = state};
    approval.request = {.client = client, .clientVersion = u"2.1.197"_s, .profile = u"Payments EU"_s, .production = true};
    approval.request.tool = u"conductor_terminate_workflow"_s;
    approval.request.title = u"Terminate workflow"_s;
    approval.request.effect = {.kind = Effect::Kind::Destroy, .on = u"3 executions"_s, .runs = 3};
    approval.request.arguments = QString::fromUtf8(QJsonDocument(QJsonObject{{u"workflow_ids"_s, QJsonArray{u"8e1c7f04"_s, u"5b20d9aa"_s, u"c41977e3"_s}},
                                                                             {u"reason"_s, u"superseded by release 48"_s}}).toJson());
    approval.request.argumentBytes = approval.request.arguments.size();
    approval.request.premise.facts = {u"agent_swarm_22 8e1c7f04: RUNNING since 14 min, 17 of 22 tasks done"_s, u"agent_swarm_22 5b20d9aa: RUNNING since 3 min, 4 of 22 tasks done"_s,
                                      u"release_pipeline c41977e3: PAUSED since 2 h, 6 of 9 tasks done"_s, u"Started as a sub-workflow by release_train 77aa01bd, which fails with it"_s};
    approval.asked = sceneTime().addSecs(-secondsAgo);
    approval.until = sceneTime().addSecs(secondsLeft);
    return approval;
}

QJsonObject task(const QString &ref, const QJsonObject &more = {})
{
    QJsonObject task{{u"name"_s, ref}, {u"taskReferenceName"_s, ref}, {u"type"_s, u"SIMPLE"_s}};
    for (auto it = more.begin(); it != more.end(); ++it)
        task[it.key()] = *it;
    return task;
}

Approval change(int number)
{
    Approval approval = ask(number, u"s1"_s, u"claude-code"_s, Approval::State::Waiting, 12, 33);
    approval.request.tool = u"conductor_create_workflow"_s;
    approval.request.title = u"Create or update workflow"_s;
    approval.request.effect = {.kind = Effect::Kind::Change, .on = u"definition order_flow 7"_s};
    approval.request.premise.facts = {u"12 executions of this version run now; those that start from now on follow the new text"_s, u"Called by checkout_flow 3 and nightly_reconcile 1"_s,
                                      u"Started by the schedule nightly_orders and the event handler on_order_created"_s};
    const QJsonObject head{{u"name"_s, u"order_flow"_s}, {u"version"_s, 7}, {u"schemaVersion"_s, 2}, {u"ownerEmail"_s, u"payments@example.com"_s}};
    QJsonObject before = head, after = head;
    before[u"timeoutSeconds"_s] = 3600;
    after[u"timeoutSeconds"_s] = 600;
    before[u"tasks"_s] = QJsonArray{task(u"reserve_stock"_s), task(u"charge_card"_s, {{u"retryCount"_s, 3}}), task(u"send_receipt"_s)};
    after[u"tasks"_s] = QJsonArray{task(u"reserve_stock"_s), task(u"check_fraud"_s, {{u"optional"_s, true}}), task(u"charge_card"_s, {{u"retryCount"_s, 0}}), task(u"send_receipt"_s)};
    approval.request.premise.before = before;
    approval.request.premise.after = after;
    approval.request.arguments = QString::fromUtf8(QJsonDocument(QJsonObject{{u"definition"_s, after}}).toJson());
    approval.request.argumentBytes = approval.request.arguments.size();
    return approval;
}

void fill(Stage &stage)
{
    app::Hosting &hosting = stage.services().hosting();
    Approval allowed = ask(1, u"s1"_s, u"claude-code"_s, Approval::State::Allowed, 1900, 0);
    allowed.request.effect.on = u"execution 4711"_s;
    Approval expired = ask(2, u"s2"_s, u"Cursor"_s, Approval::State::Expired, 140, 505);
    expired.request.profile = u"local"_s;
    expired.request.production = false;
    expired.request.title = u"Recover workflow"_s;
    expired.request.tool = u"conductor_recover_workflow"_s;
    expired.request.effect = {.kind = Effect::Kind::Change, .on = u"execution 0f33c1"_s, .runs = 1};
    Approval denied = ask(3, u"s3"_s, u"gemini-cli-mcp-client-conductor"_s, Approval::State::Denied, 700, 0);
    for (const Approval &approval : {allowed, expired, denied, change(4), ask(5, u"s3"_s, u"gemini-cli-mcp-client-conductor"_s, Approval::State::Waiting, 4, 41),
                                     ask(6, u"s1"_s, u"claude-code"_s, Approval::State::Waiting, 2, 43)})
        hosting.keepApproval(approval);
    hosting.keepGrants({{u"claude-code"_s, u"local"_s, u"conductor_pause_workflow"_s, sceneTime().addSecs(540)}});
    stage.companion().inbox().put({.kind = app::InboxItem::Kind::OldKey,
                                   .id = u"prod"_s,
                                   .title = u"Replace the access key of Payments EU"_s,
                                   .detail = u"Key is 45 days old. The new one is checked before the old one is given up, and running AI clients follow."_s,
                                   .action = u"Open the server"_s,
                                   .page = u"servers"_s,
                                   .since = sceneTime().addDays(-45)});
}

app::InboxPage *inbox(Stage &stage)
{
    stage.addServer(localServer(), Mood::Full);
    stage.addServer(productionServer(), Mood::Full);
    return qobject_cast<app::InboxPage *>(stage.open(u"inbox"_s));
}

QWidget *shown(Stage &stage, int row)
{
    fill(stage);
    app::InboxPage *page = inbox(stage);
    auto *table = page->findChild<app::Table *>();
    table->setCurrentIndex(table->model()->index(row, 0));
    page->focusContent();
    stage.settle();
    return &stage.window();
}

QWidget *changed(Stage &stage)
{
    return shown(stage, 0);
}

QWidget *changedGraph(Stage &stage)
{
    shown(stage, 0);
    auto *graph = stage.window().findChild<app::InboxPage *>()->findChild<app::GraphView *>();
    stage.window().findChild<app::InboxPage *>()->findChild<QTabWidget *>()->setCurrentWidget(graph);
    stage.settle();
    return &stage.window();
}

QWidget *ended(Stage &stage)
{
    return shown(stage, 1);
}

QWidget *oldKey(Stage &stage)
{
    return shown(stage, 3);
}

QWidget *expired(Stage &stage)
{
    return shown(stage, 4);
}

QWidget *nothing(Stage &stage)
{
    inbox(stage);
    return &stage.window();
}

// What an AI client might call itself and its object so that a person reads something else.
QWidget *hostile(Stage &stage)
{
    Approval approval = ask(1, u"s1"_s, u"<b>Trusted</b> \u202Etnegа"_s, Approval::State::Waiting, 3, 42);
    approval.request.effect.on = u"<img src=x> "_s + QString(1'000'000, u'n');
    approval.request.premise.facts = {u"<h1>Nothing is changed</h1>\u2066\r\nAllowed by the administrator"_s, QString(1'000'000, u'w')};
    approval.request.arguments = u"{\"workflow_id\": \""_s + QString(200'000, u'x');
    approval.request.argumentBytes = 1'048'576;
    stage.services().hosting().keepApproval(approval);
    inbox(stage);
    return &stage.window();
}

} // namespace

std::vector<Scene> inboxScenes()
{
    return {{u"inbox-change"_s, changed}, {u"inbox-graph"_s, changedGraph}, {u"inbox-end"_s, ended}, {u"inbox-key"_s, oldKey},
            {u"inbox-late"_s, expired},   {u"inbox-empty"_s, nothing}, {u"inbox-hostile"_s, hostile}};
}

} // namespace scenes
