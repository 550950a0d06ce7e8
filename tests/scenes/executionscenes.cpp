#include "scenes/catalogue.h"

#include "app/executions/executionspage.h"

using namespace Qt::StringLiterals;
using Mood = scenes::SampleServer::Mood;

namespace scenes {
namespace {

app::ExecutionsPage *executions(Stage &stage, Mood mood, const app::ServerEntry &server = localServer())
{
    stage.addServer(server, mood);
    return qobject_cast<app::ExecutionsPage *>(stage.open(u"executions"_s));
}

QWidget *full(Stage &stage)
{
    executions(stage, Mood::Full);
    return &stage.window();
}

QWidget *filtered(Stage &stage)
{
    executions(stage, Mood::Full)->setSearch(u"type:agent status:failed,timed_out"_s);
    stage.settle();
    return &stage.window();
}

QWidget *noMatch(Stage &stage)
{
    executions(stage, Mood::Full)->setSearch(u"type:unheard_of status:faild since:tuesday"_s);
    stage.settle();
    return &stage.window();
}

QWidget *empty(Stage &stage)
{
    executions(stage, Mood::Empty);
    return &stage.window();
}

QWidget *error(Stage &stage)
{
    executions(stage, Mood::Unreachable);
    return &stage.window();
}

QWidget *stale(Stage &stage)
{
    app::ExecutionsPage *page = executions(stage, Mood::Full);
    stage.server(u"local"_s).setMood(Mood::Unreachable);
    page->refresh();
    stage.settle();
    return &stage.window();
}

QWidget *production(Stage &stage)
{
    executions(stage, Mood::Full, productionServer());
    return &stage.window();
}

QWidget *dense(Stage &stage)
{
    stage.settings().set(app::setting::density, app::Density::Dense);
    stage.settings().set(app::setting::sidebarCollapsed, true);
    executions(stage, Mood::Full, productionServer());
    stage.companion().window().actions().toggleSidebar->trigger();
    stage.settle();
    return &stage.window();
}

QWidget *noServer(Stage &stage)
{
    stage.open(u"executions"_s);
    return &stage.window();
}

} // namespace

std::vector<Scene> executionScenes()
{
    return {{u"executions-full"_s, full},
            {u"executions-filtered"_s, filtered},
            {u"executions-nomatch"_s, noMatch},
            {u"executions-empty"_s, empty},
            {u"executions-error"_s, error},
            {u"executions-stale"_s, stale},
            {u"executions-production"_s, production},
            {u"executions-dense"_s, dense},
            {u"executions-noserver"_s, noServer}};
}

} // namespace scenes
