#include "app/notifications/quiethours.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace app {
namespace {

const QString format = u"HH:mm"_s;
const QString off = u"off "_s;

} // namespace

bool QuietHours::contains(QTime time) const
{
    if (!on)
        return false;
    if (from < to)
        return time >= from && time < to;
    return time >= from || time < to;
}

QuietHours QuietHours::fromText(const QString &text)
{
    QuietHours hours;
    const bool isOff = text.startsWith(off);
    const QStringList times = (isOff ? text.mid(off.size()) : text).split(u'-');
    const QTime from = QTime::fromString(times.value(0), format), to = QTime::fromString(times.value(1), format);
    if (times.size() == 2 && from.isValid() && to.isValid())
        hours = {!isOff, from, to};
    return hours;
}

QString QuietHours::toText() const
{
    return (on ? QString() : off) + from.toString(format) + u'-' + to.toString(format);
}

} // namespace app
