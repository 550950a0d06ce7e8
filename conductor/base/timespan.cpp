#include "conductor/base/timespan.h"

using namespace Qt::StringLiterals;

namespace conductor {

QString shortSpan(qint64 milliseconds)
{
    constexpr qint64 second = 1000;
    constexpr qint64 minute = 60 * second;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    const qint64 time = std::max<qint64>(0, milliseconds);
    if (time < second)
        return u"%1 ms"_s.arg(time);
    if (time < minute)
        return u"%1 s"_s.arg(time / second);
    if (time < hour)
        return u"%1 min"_s.arg(time / minute);
    const qint64 minutes = time % hour / minute;
    if (time < day)
        return minutes == 0 || time >= 10 * hour ? u"%1 h"_s.arg(time / hour) : u"%1 h %2 min"_s.arg(time / hour).arg(minutes);
    return u"%1 d"_s.arg(time / day);
}

QString shortSpan(const QDateTime &from, const QDateTime &to) { return from.isValid() && to.isValid() ? shortSpan(from.msecsTo(to)) : QString(); }

} // namespace conductor
