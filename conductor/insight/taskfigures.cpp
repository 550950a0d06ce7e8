#include "conductor/insight/taskfigures.h"

#include "conductor/model/tasktype.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

struct Gathered {
    TaskFigures figures;
    std::vector<qint64> durations;
    std::vector<qint64> waits;
};

// "FORK" is what the server calls both kinds of forks in its rows.
bool onlyTakesTheTimeOfOthers(const QString &type)
{
    const TaskKind kind = taskKind(type);
    return type == u"FORK" || kind == TaskKind::Fork || kind == TaskKind::DynamicFork || kind == TaskKind::Join || kind == TaskKind::ExclusiveJoin
        || kind == TaskKind::Switch || kind == TaskKind::DoWhile;
}

qint64 median(std::vector<qint64> &values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

std::vector<TaskFigures> taskFigures(const std::vector<TaskSummary> &rows)
{
    QHash<QString, Gathered> byName;
    for (const TaskSummary &row : rows) {
        if (row.name.isEmpty() || onlyTakesTheTimeOfOthers(row.type))
            continue;
        Gathered &gathered = byName[row.name];
        gathered.figures.name = row.name;
        ++gathered.figures.runs;
        gathered.figures.failed += isFailure(row.status) ? 1 : 0;
        gathered.waits.push_back(row.queueWaitMs);
        if (!isSuccess(row.status) || !row.ended.isValid())
            continue;
        gathered.durations.push_back(row.durationMs);
        if (row.durationMs >= gathered.figures.slowestMs) {
            gathered.figures.slowestMs = row.durationMs;
            gathered.figures.slowestExecution = row.executionId;
        }
    }
    std::vector<TaskFigures> all;
    for (Gathered &gathered : byName) {
        gathered.figures.medianMs = median(gathered.durations);
        gathered.figures.medianWaitMs = median(gathered.waits);
        all.push_back(gathered.figures);
    }
    std::sort(all.begin(), all.end(), [](const TaskFigures &a, const TaskFigures &b) { return std::pair(-a.medianMs, a.name) < std::pair(-b.medianMs, b.name); });
    return all;
}

} // namespace conductor
