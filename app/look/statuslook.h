// How a status looks, in one table for badges, graph and tables: its family gives the colour, within it a glyph and a word
// tell the states apart. Colour alone never says anything.
#pragma once

#include "conductor/model/status.h"

#include <QColor>
#include <QMetaType>
#include <QString>

class QPalette;

namespace app {

struct StatusLook {
    conductor::StatusFamily family = conductor::StatusFamily::Quiet;
    QString glyph = {}; // the name of an icon
    QString word = {};  // translated

    bool operator==(const StatusLook &) const = default;
};

// serverWord is shown for a status that a later server has and we do not know.
StatusLook statusLook(conductor::ExecutionStatus status, const QString &serverWord = {});
StatusLook statusLook(conductor::TaskStatus status, const QString &serverWord = {});
StatusLook waitsForYou(const QString &word); // a human task or an approval

QColor familyColor(conductor::StatusFamily family, const QPalette &palette); // readable on Base and Window
QColor familyWash(conductor::StatusFamily family, const QPalette &palette);  // the same as a quiet background on Base

} // namespace app

Q_DECLARE_METATYPE(app::StatusLook)
