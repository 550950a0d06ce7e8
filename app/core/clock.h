// What time it is: the system's, or a test's.
#pragma once

#include <QDateTime>

#include <functional>

namespace app {

using Clock = std::function<QDateTime()>;

} // namespace app
