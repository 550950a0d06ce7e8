// The types of task a definition may hold, as groups that behave alike.
#pragma once

#include <QString>
#include <QStringList>

namespace conductor {

// What the control flow has to know of a task; everything a worker or the server itself simply executes is one kind each.
enum class TaskKind {
    Worker, // SIMPLE and every type the server does not know: waits in a queue of its name
    Dynamic,
    Fork,
    DynamicFork,
    Join,
    ExclusiveJoin,
    Switch, // SWITCH and the older DECISION
    DoWhile,
    SubWorkflow,
    StartWorkflow,
    Terminate,
    Wait,
    Human,
    Event,
    System, // INLINE, HTTP, SET_VARIABLE, JSON_JQ_TRANSFORM, LLM_…: the server does it
};

TaskKind taskKind(QStringView type); // "FORK_JOIN" → Fork; case matters, as it does to the server

// Types this server software executes itself. A type outside of it is queued under its name and waits for a worker.
bool isKnownTaskType(QStringView type);
QStringList knownTaskTypes();

} // namespace conductor
