// How long something took or will take, in few words.
#pragma once

#include <QDateTime>
#include <QString>

namespace conductor {

// "4 ms", "12 s", "9 min", "2 h 5 min", "3 d": rounded down, never negative.
QString shortSpan(qint64 milliseconds);

// From one time to the other; empty when one of them is not set.
QString shortSpan(const QDateTime &from, const QDateTime &to);

} // namespace conductor
