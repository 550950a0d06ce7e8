// The two palettes and the colours mixed from them. All roles and groups are set: what is forgotten here looks broken.
#pragma once

#include <QPalette>

namespace app {

QPalette lightPalette();
QPalette darkPalette();

bool isDark(const QPalette &palette);

QColor mixed(const QColor &over, const QColor &under, qreal share); // share of `over`, opaque
QColor separatorColor(const QPalette &palette);                     // the one line between areas
QColor hintColor(const QPalette &palette);                          // text that matters less
QColor hoverColor(const QPalette &palette);                         // behind a row under the pointer
QColor selectionColor(const QPalette &palette);                     // behind a selected row: its text keeps its colours
QColor productionColor(const QPalette &palette);                    // the line and the word that mark a production server

} // namespace app
