// The tasks of a run as rows: those that ran with each turn of a loop, and those still to come. In the order of the definition, so
// that rows stay where they are while the run goes on.
#pragma once

#include "app/look/statuslook.h"
#include "conductor/graph/graph.h"

#include <QDateTime>

#include <vector>

namespace app {

struct RunTask {
    QString key;    // the reference as in the attempts: "sw__2"
    QString nodeId; // of its node or cell in the graph; empty: in a turn of its loop that is not shown
    QString name = {};
    QString type = {};
    StatusLook look = {};
    int attempts = 0;
    QDateTime scheduled = {}; // of the newest attempt
    QDateTime started = {};
    QDateTime ended = {};
    bool isOpen = false;
    QString worker = {};
    QString reason = {};

    bool operator==(const RunTask &) const = default;

    qint64 queueMs(const QDateTime &now) const; // -1: it was not queued
    qint64 workMs(const QDateTime &now) const;  // -1: not started
};

std::vector<RunTask> tasksOf(const conductor::Execution &execution, const conductor::Graph &graph);

} // namespace app
