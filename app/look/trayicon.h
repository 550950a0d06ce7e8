// The mark as a tray shows it: one colour, and the state told by its shape.
#pragma once

#include <QIcon>

namespace app {

// Dot: something waits for you. Bar: AI clients may only read. Square: they are stopped. Cross: something of ours has failed.
enum class TrayShape { Plain, Dot, Bar, Square, Cross };

// What the panel most likely is: many desktops keep theirs dark whatever the windows are. desktop: XDG_CURRENT_DESKTOP.
bool panelIsDark(const QString &desktop, bool schemeIsDark);

// onDark: what the panel most likely is; a faint rim keeps the mark visible on the other.
QIcon trayIcon(TrayShape shape, bool onDark);

} // namespace app
