// Who starts a workflow: what a change of its definition reaches. Pure functions of what the server tells.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

namespace conductor {

struct BlastRadius {
    QStringList callers = {};       // workflows with a SUB_WORKFLOW, START_WORKFLOW task for it, or that name it for their failure
    QStringList eventHandlers = {}; // that start it
    QStringList schedules = {};     // that start it

    bool isEmpty() const { return callers.isEmpty() && eventHandlers.isEmpty() && schedules.isEmpty(); }
};

// definitions, eventHandlers, schedules: as GET metadata/workflow/latest-versions, event and scheduler/schedules answer. Each name
// once, sorted. Names that a run computes (${…}) cannot be told beforehand and are not among them.
BlastRadius blastRadius(const QString &workflow, const QJsonArray &definitions, const QJsonArray &eventHandlers, const QJsonArray &schedules);

} // namespace conductor
