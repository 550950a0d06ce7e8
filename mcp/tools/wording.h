// How tools word what they tell: one way for times, JSON and counts.
#pragma once

#include "conductor/api/queues.h"

#include <QDateTime>
#include <QJsonValue>
#include <QString>

namespace mcp::tools {

// "2026-11-22T11:14:06Z"; empty for none.
QString instant(const QDateTime &time);

// JSON for a model to read, compact, cut at most characters with a note how many are missing.
QString shownJson(const QJsonValue &json, qsizetype most);

// "1 execution", "3 executions".
QString counted(qsizetype count, const QString &noun);

// When anybody last asked a queue for work; invalid: nobody ever did.
QDateTime newestPoll(const std::vector<conductor::PollData> &polls);

} // namespace mcp::tools
