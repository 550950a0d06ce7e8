// What a picture does not show but people meet: controls without a name, text that is cut, controls that Tab does not reach.
#pragma once

#include <QStringList>

class QWidget;

namespace scenes {

QStringList namelessControls(QWidget &window);
QStringList clippedTexts(QWidget &window);
QStringList unreachedByTab(QWidget &window); // walks Tab through the window

} // namespace scenes
