#include "scenes/catalogue.h"

#include "app/core/page.h"

using namespace Qt::StringLiterals;
using Mood = scenes::SampleServer::Mood;

namespace scenes {
namespace {

QWidget *full(Stage &stage)
{
    stage.addServer(localServer(), Mood::Full);
    stage.addServer(productionServer(), Mood::Calm);
    stage.addServer({.id = u"stage"_s, .name = u"Staging"_s, .url = QUrl(u"http://staging.example:8080/api"_s)}, Mood::Unreachable);
    stage.open(u"overview"_s);
    stage.companion().window().actions().offerFreeze(app::Freeze::Normal);
    stage.settle();
    return &stage.window();
}

QWidget *calm(Stage &stage)
{
    stage.addServer(localServer(), Mood::Empty);
    stage.open(u"overview"_s);
    return &stage.window();
}

QWidget *error(Stage &stage)
{
    stage.addServer(productionServer(), Mood::Unreachable);
    stage.open(u"overview"_s);
    stage.companion().window().actions().offerFreeze(app::Freeze::ReadOnly);
    stage.settle();
    return &stage.window();
}

QWidget *firstUse(Stage &stage)
{
    stage.open(u"overview"_s);
    return &stage.window();
}

} // namespace

std::vector<Scene> overviewScenes()
{
    return {{u"overview-full"_s, full}, {u"overview-calm"_s, calm}, {u"overview-error"_s, error}, {u"overview-firstuse"_s, firstUse}};
}

} // namespace scenes
