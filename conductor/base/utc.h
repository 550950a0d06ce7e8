// Times as servers write them, on every Qt we build with: 6.5 renamed the way to say UTC and later ones warn of the old one.
#pragma once

#include <QDateTime>
#include <QTimeZone>

namespace conductor {

inline QDateTime utcFromMs(qint64 sinceEpoch)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch, QTimeZone(QTimeZone::UTC));
#else
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch, Qt::UTC);
#endif
}

inline QDateTime utc(QDate date, QTime time)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QDateTime(date, time, QTimeZone(QTimeZone::UTC));
#else
    return QDateTime(date, time, Qt::UTC);
#endif
}

} // namespace conductor
