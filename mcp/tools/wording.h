// How tools word what they tell: one way for times, durations and cut lists.
#pragma once

#include <QDateTime>
#include <QJsonValue>
#include <QString>

namespace mcp::tools {

// "850 ms", "12.3 s", "4 min 10 s", "3 h 20 min", "2 d 4 h".
QString duration(qint64 ms);

// "2026-11-22T11:14:06Z"; empty for none.
QString instant(const QDateTime &time);

// JSON for a model to read, compact, cut at most characters with a note how many are missing.
QString shownJson(const QJsonValue &json, qsizetype most);

// "1 execution", "3 executions".
QString counted(qsizetype count, const QString &noun);

} // namespace mcp::tools
