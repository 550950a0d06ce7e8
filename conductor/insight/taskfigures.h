// How long the tasks of many runs take and how often they fail, by name: which of them makes runs slow. Pure functions of rows.
#pragma once

#include "conductor/model/summary.h"

namespace conductor {

struct TaskFigures {
    QString name; // of the task definition
    int runs = 0; // attempts in the rows
    int failed = 0;
    qint64 medianMs = 0; // of those that ended well
    qint64 slowestMs = 0;
    qint64 medianWaitMs = 0; // in the queue
    QString slowestExecution; // the run of the slowest

    bool operator==(const TaskFigures &) const = default;
};

// The slowest by their median first. Forks, joins, switches and loops only take the time of others and are left out.
std::vector<TaskFigures> taskFigures(const std::vector<TaskSummary> &rows);

} // namespace conductor
