// Times and durations as people read them, in the language's own digits.
#pragma once

#include <QDateTime>
#include <QLocale>
#include <QString>

namespace app {

// "now", "12 s ago", "5 min ago", "3 h ago", "2 d ago", then the date; "in 4 min" for the future; empty when not set.
QString relativeTime(const QDateTime &time, const QDateTime &now, const QLocale &locale = {});

// The whole of it, for a tooltip: "22 November 2026, 11:14:06.134".
QString exactTime(const QDateTime &time, const QLocale &locale = {});

// "0 ms", "340 ms", "1.2 s", "8 min 10 s", "3 h 05 min", "4 d 2 h".
QString durationText(qint64 milliseconds, const QLocale &locale = {});

} // namespace app
