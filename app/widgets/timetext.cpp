#include "app/widgets/timetext.h"

#include <QCoreApplication>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

// The words; numbers come formatted.
class Text
{
    Q_DECLARE_TR_FUNCTIONS(app::TimeText)

public:
    static QString now() { return tr("now"); }
    static QString ago(const QString &span) { return tr("%1 ago", "a time span, such as 5 min").arg(span); }
    static QString ahead(const QString &span) { return tr("in %1", "a time span, such as 5 min").arg(span); }
    static QString milliseconds(const QString &number) { return tr("%1 ms").arg(number); }
    static QString seconds(const QString &number) { return tr("%1 s").arg(number); }
    static QString minutes(const QString &number) { return tr("%1 min").arg(number); }
    static QString hours(const QString &number) { return tr("%1 h").arg(number); }
    static QString days(const QString &number) { return tr("%1 d").arg(number); }
};

// The largest unit that fits.
QString span(qint64 ms, const QLocale &locale)
{
    if (ms < minute)
        return Text::seconds(locale.toString(ms / second));
    if (ms < hour)
        return Text::minutes(locale.toString(ms / minute));
    if (ms < day)
        return Text::hours(locale.toString(ms / hour));
    return Text::days(locale.toString(ms / day));
}

QString twoDigits(qint64 number, const QLocale &locale)
{
    return number < 10 ? locale.zeroDigit() + locale.toString(number) : locale.toString(number);
}

} // namespace

QString relativeTime(const QDateTime &time, const QDateTime &now, const QLocale &locale)
{
    if (!time.isValid())
        return {};
    const qint64 passed = time.msecsTo(now);
    if (std::abs(passed) < 2 * second) // clocks differ a little
        return Text::now();
    if (std::abs(passed) >= 7 * day)
        return locale.toString(time.toLocalTime().date(), QLocale::ShortFormat);
    return passed > 0 ? Text::ago(span(passed, locale)) : Text::ahead(span(-passed, locale));
}

QString exactTime(const QDateTime &time, const QLocale &locale)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    return u"%1, %2"_s.arg(locale.toString(local.date(), QLocale::LongFormat), local.time().toString(u"HH:mm:ss.zzz"_s));
}

QString durationText(qint64 milliseconds, const QLocale &locale)
{
    const qint64 ms = std::max<qint64>(0, milliseconds);
    if (ms < second)
        return Text::milliseconds(locale.toString(ms));
    if (ms < minute)
        return Text::seconds(locale.toString(double(ms) / second, 'f', 1));
    if (ms < hour)
        return span(ms, locale) + u' ' + Text::seconds(twoDigits(ms % minute / second, locale));
    if (ms < day)
        return span(ms, locale) + u' ' + Text::minutes(twoDigits(ms % hour / minute, locale));
    return span(ms, locale) + u' ' + Text::hours(locale.toString(ms % day / hour));
}

} // namespace app
