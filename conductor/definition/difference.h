// How two versions of a definition differ: by tasks and fields for understanding, by lines for reading.
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace conductor {

struct FieldChange {
    QString path;      // within the task or the workflow: "inputParameters.amount"
    QJsonValue before; // undefined: it was not there
    QJsonValue after;  // undefined: it is gone
};

struct TaskChange {
    enum class Kind { Added, Removed, Changed, Moved }; // Moved: to another place; with fields, changed as well

    Kind kind = Kind::Changed;
    QString ref;
    QString pathBefore; // where it stands: "tasks[0].forkTasks[1][0]"; empty when it was not there
    QString pathAfter;
    std::vector<FieldChange> fields; // of the task itself, not of what it holds; empty for added and removed ones
};

struct DefinitionChanges {
    std::vector<FieldChange> fields; // of the workflow itself
    std::vector<TaskChange> tasks;   // in the order of the newer definition, then the removed ones

    bool isEmpty() const { return fields.empty() && tasks.empty(); }
};

// Tasks are told apart by their reference. What the server adds to a definition is no difference.
DefinitionChanges structuralDiff(const QJsonObject &before, const QJsonObject &after);

// "2 tasks added, 1 changed, 1 moved"; "no difference"
QString sentence(const DefinitionChanges &changes);

} // namespace conductor
