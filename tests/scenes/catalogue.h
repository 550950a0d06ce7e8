// Every screen that is rendered, by name. A room adds its scenes in a file of its own and a line here.
#pragma once

#include "scenes/stage.h"

#include <functional>
#include <vector>

namespace scenes {

struct Scene {
    QString name;                                    // of its picture
    std::function<QWidget *(Stage &)> build;         // what is rendered; the stage's window, or a widget the stage's window owns
    bool walked = true;                              // checked for names, clipped text and the way of Tab
};

std::vector<Scene> clientScenes();
std::vector<Scene> activityScenes();
std::vector<Scene> consoleScenes();
std::vector<Scene> definitionScenes();
std::vector<Scene> executionScenes();
std::vector<Scene> inboxScenes();
std::vector<Scene> mcpScenes();
std::vector<Scene> overviewScenes();
std::vector<Scene> runScenes();
std::vector<Scene> serverScenes();
std::vector<Scene> widgetScenes();

inline std::vector<Scene> allScenes()
{
    std::vector<Scene> all;
    for (auto scenes : {overviewScenes, executionScenes, runScenes, definitionScenes, inboxScenes, mcpScenes, activityScenes, clientScenes, consoleScenes, serverScenes, widgetScenes}) {
        for (Scene &scene : scenes())
            all.push_back(std::move(scene));
    }
    return all;
}

} // namespace scenes
