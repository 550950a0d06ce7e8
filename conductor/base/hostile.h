// Text that came from an AI client or a server, made harmless where a person reads it.
#pragma once

#include <QString>

namespace conductor {

// Control characters and bidirectional overrides as visible marks (␀ … ␡, ⟨U+202E⟩), line breaks as ⏎ unless lines are kept,
// cut to at most cap characters with "… (N more)" at its end. The caller still chooses Qt::PlainText.
enum class Lines { Join, Keep };
QString harmless(QStringView text, qsizetype cap = 200, Lines lines = Lines::Join);

} // namespace conductor
