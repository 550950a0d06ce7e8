// What time it is: the system's, or a test's.
#pragma once

#include <QDateTime>

#include <functional>

namespace app {

using Clock = std::function<QDateTime()>;

inline QDateTime systemTime()
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace app
