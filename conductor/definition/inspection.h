// What the rules of the validator share: the tasks of a definition with their places, and the list of problems found. One
// inspection lives as long as one call of validate().
#pragma once

#include "conductor/definition/validator.h"
#include "conductor/model/tasktype.h"

#include <QHash>
#include <QJsonObject>

#include <vector>

namespace conductor {

// One task of the definition, wherever it is nested.
struct InspectedTask {
    QJsonObject json = {};
    QString path = {};
    QString ref = {};
    QString type = {}; // SIMPLE when it has none
    TaskKind kind = TaskKind::Worker;
    int parent = -1;   // into Inspection::tasks: the fork, switch or loop it lies in
    int lane = 0;      // of the parent: branch, case, loop body
    int place = 0;     // in its sequence
    int sequence = 0;  // into Inspection::sequences
    int loopDepth = 0; // how many DO_WHILEs it lies in; the server does not check what lies in one

    QJsonObject input() const { return json[u"inputParameters"].toObject(); }
};

class Inspection
{
public:
    explicit Inspection(const Surroundings &known)
        : surroundings(known)
    {
    }

    const Surroundings &surroundings;
    QJsonObject definition;
    QString path;                            // of the definition itself: empty, or within a sub-workflow task
    bool isWithin = false;                   // a definition that a sub-workflow task holds: the server checks nothing of it
    std::vector<InspectedTask> tasks;        // parents before what they hold
    std::vector<std::vector<int>> sequences; // tasks in order
    QHash<QString, int> refs;                // the first task of that name
    std::vector<Problem> problems;

    // severity: Error becomes Hazard where the server does not look.
    void add(Problem::Severity severity, const InspectedTask &task, const QString &rule, const QString &key, const QString &message, const QString &remedy);
    void addAt(Problem::Severity severity, const QString &rule, const QString &atPath, const QString &message, const QString &remedy, const QString &ref = {});

    const InspectedTask *next(const InspectedTask &task) const; // in its sequence
    const InspectedTask *previous(const InspectedTask &task) const;
    bool contains(int container, int task) const;
};

// The rules, each file one group. All of them look at what `collect` of validator.cpp has gathered.
void checkShapes(Inspection &inspection);     // JSON types, unknown keys, the workflow's own fields
void checkTaskTypes(Inspection &inspection);  // what each type of task needs
void checkFlow(Inspection &inspection);       // forks, joins, switches, loops, what is never reached
void checkReferences(Inspection &inspection); // names, ${…}, secrets

} // namespace conductor
