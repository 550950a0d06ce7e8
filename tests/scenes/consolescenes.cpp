#include "scenes/catalogue.h"

#include "app/console/consolepage.h"
#include "app/console/offerpane.h"
#include "app/widgets/table.h"
#include "mcp/tools/catalogue.h"
#include "mcp/tools/offering.h"
#include "support/inprocessserver.h"

#include <QPushButton>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using namespace conductor;
using Mood = scenes::SampleServer::Mood;
using app::ConsolePage;
using app::OfferPane;

namespace scenes {
namespace {

constexpr int toolsTab = 0, resourcesTab = 1, promptsTab = 2, callsTab = 3, lintTab = 4;

Reply<mcp::Answer> status(mcp::Call call)
{
    call.progress(14, 22, u"14 of 22 tasks"_s);
    const QString text = u"agent_swarm_22 (b2f1c0de-7f3a-4a2e-9a65-1f0f6f6f2a11) is RUNNING, 14 of 22 tasks done, 4 min 10 s.\n"
                         "Waits: build_ios for a free worker (2 in the queue, nobody polls).\nNext: conductor_get_task_queue_size {\"task_types\": [\"build_ios\"]}"_s;
    co_return mcp::Answer{.text = text,
                          .structured = {{u"workflow_id"_s, u"b2f1c0de-7f3a-4a2e-9a65-1f0f6f6f2a11"_s},
                                         {u"status"_s, u"RUNNING"_s},
                                         {u"progress"_s, QJsonObject{{u"done"_s, 14}, {u"total"_s, 22}}}}};
}

Reply<mcp::Answer> unknown(mcp::Call)
{
    co_return mcp::Answer{.text = u"There is no workflow \"payments\". Call conductor_list_workflows to see which there are."_s, .isError = true};
}

Reply<mcp::Answer> asking(mcp::Call call)
{
    const QJsonObject allow{{u"type"_s, u"boolean"_s}, {u"title"_s, u"Allow"_s}};
    const QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"allow"_s, allow}}}, {u"required"_s, QJsonArray{u"allow"_s}}};
    std::vector<mcp::Question> questions;
    questions.push_back({u"approve"_s, u"elicitation/create"_s,
                         {{u"message"_s, u"Terminate 1 execution of agent_swarm_22 on Payments EU? 8 tasks still run."_s}, {u"requestedSchema"_s, schema}}});
    const QJsonObject answers = co_await call.client->ask(questions);
    co_return mcp::Answer{.text = u"%1 answers"_s.arg(answers.size())};
}

// The tools as they are, with what their calls come to.
std::unique_ptr<mcp::Link> sampleLink(const QString &freeze, bool odd)
{
    auto tools = std::make_shared<mcp::ToolRegistry>();
    const std::shared_ptr<const mcp::ToolRegistry> known = mcp::tools::catalogueOfEffects();
    for (const mcp::ToolRegistry::Entry &entry : known->entries()) {
        mcp::Tool tool = entry.tool;
        tool.call = tool.name.endsWith(u"terminate_workflow"_s) ? asking : tool.name.endsWith(u"workflow_metadata"_s) ? unknown : status;
        if (odd && tool.name.endsWith(u"poll_task"_s))
            tool.name = u"Conductor Poll a task, and tell what it is \u202eabout"_s;
        if (odd && tool.name.endsWith(u"pause_workflow"_s))
            tool.description.clear();
        tools->add(std::move(tool));
    }
    auto backend = std::make_shared<mcp::Backend>([]() -> Result<Client> { return Failure({Error::Kind::Network, u"Nobody is there"_s}); });
    return support::inProcessServer(tools, mcp::tools::offer(backend, *tools), freeze);
}

ConsolePage *console(Stage &stage, bool odd = false)
{
    stage.addProfile({.name = u"local"_s, .url = QUrl(u"http://127.0.0.1:8080/api"_s)}, Mood::Full);
    stage.addProfile({.name = u"Payments EU"_s, .url = QUrl(u"https://conductor.payments.example/api"_s), .production = true}, Mood::Full);
    auto *page = qobject_cast<ConsolePage *>(stage.open(u"console"_s));
    page->session().setOpen([freeze = QString(stage.profilesPath() + u".freeze"_s), odd](const QString &) { return sampleLink(freeze, odd); });
    page->refresh();
    stage.settle();
    return page;
}

OfferPane *pane(ConsolePage *page, int tab)
{
    auto *tabs = page->findChild<QTabWidget *>();
    tabs->setCurrentIndex(tab);
    return qobject_cast<OfferPane *>(tabs->widget(tab));
}

void press(QWidget *within, const QString &text)
{
    for (QPushButton *button : within->findChildren<QPushButton *>()) {
        if (button->text() == text && button->isVisible())
            button->click();
    }
}

QWidget *called(Stage &stage, int tab, const QString &name, const QJsonObject &arguments, const QString &verb)
{
    OfferPane *shown = pane(console(stage), tab);
    shown->select(name, arguments);
    stage.settle();
    if (!verb.isEmpty())
        press(shown, verb);
    stage.settle();
    return &stage.window();
}

const QJsonObject oneRun{{u"workflow_ids"_s, QJsonArray{u"b2f1c0de-7f3a-4a2e-9a65-1f0f6f6f2a11"_s}}};

QWidget *list(Stage &stage)
{
    console(stage);
    return &stage.window();
}

QWidget *form(Stage &stage)
{
    return called(stage, toolsTab, u"conductor_execute_workflow"_s, {{u"name"_s, u"agent_swarm_22"_s}, {u"input"_s, QJsonObject{{u"goal"_s, u"Ship the release"_s}}}}, {});
}

QWidget *result(Stage &stage)
{
    return called(stage, toolsTab, u"conductor_get_workflow_status"_s, oneRun, OfferPane::tr("Call"));
}

QWidget *error(Stage &stage)
{
    return called(stage, toolsTab, u"conductor_get_workflow_metadata"_s, {{u"name"_s, u"payments"_s}}, OfferPane::tr("Call"));
}

QWidget *question(Stage &stage)
{
    return called(stage, toolsTab, u"conductor_terminate_workflow"_s, {{u"workflow_ids"_s, oneRun[u"workflow_ids"]}, {u"reason"_s, u"A newer release is out"_s}},
                  OfferPane::tr("Call"));
}

QWidget *json(Stage &stage)
{
    form(stage);
    press(&stage.window(), OfferPane::tr("As JSON"));
    stage.settle();
    return &stage.window();
}

QWidget *resources(Stage &stage)
{
    return called(stage, resourcesTab, u"conductor://guide/{topic}"_s, {{u"topic"_s, u"expressions"_s}}, OfferPane::tr("Read"));
}

QWidget *prompts(Stage &stage)
{
    OfferPane *shown = pane(console(stage), promptsTab);
    auto *table = shown->findChild<app::Table *>();
    table->setCurrentIndex(table->model()->index(0, 0));
    stage.settle();
    return &stage.window();
}

QWidget *calls(Stage &stage)
{
    result(stage);
    auto *page = stage.window().findChild<ConsolePage *>();
    OfferPane *tools = pane(page, toolsTab);
    tools->select(u"conductor_get_workflow_metadata"_s, {{u"name"_s, u"payments"_s}});
    press(tools, OfferPane::tr("Call"));
    stage.settle();
    auto *tabs = page->findChild<QTabWidget *>();
    tabs->setCurrentIndex(callsTab);
    auto *table = tabs->currentWidget()->findChild<app::Table *>();
    table->setCurrentIndex(table->model()->index(1, 0));
    stage.settle();
    return &stage.window();
}

QWidget *lint(Stage &stage)
{
    console(stage, true)->findChild<QTabWidget *>()->setCurrentIndex(lintTab);
    stage.settle();
    return &stage.window();
}

QWidget *nobody(Stage &stage)
{
    stage.open(u"console"_s);
    return &stage.window();
}

// What a session looks like that was there and has died.
QWidget *ended(Stage &stage)
{
    ConsolePage *page = console(stage);
    page->session().setOpen([](const QString &) -> std::unique_ptr<mcp::Link> {
        auto link = sampleLink({}, false);
        QMetaObject::invokeMethod(link.get(), &mcp::Link::closed, Qt::QueuedConnection);
        return link;
    });
    page->refresh();
    stage.settle();
    return &stage.window();
}

} // namespace

std::vector<Scene> consoleScenes()
{
    return {{u"console-tools"_s, list},       {u"console-form"_s, form},       {u"console-json"_s, json},         {u"console-result"_s, result},
            {u"console-error"_s, error},      {u"console-question"_s, question}, {u"console-resources"_s, resources}, {u"console-prompts"_s, prompts},
            {u"console-calls"_s, calls},      {u"console-lint"_s, lint},       {u"console-nobody"_s, nobody},     {u"console-ended"_s, ended}};
}

} // namespace scenes
