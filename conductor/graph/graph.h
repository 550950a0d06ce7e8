// The picture of a workflow as values: nodes and edges, from a definition alone or from a run of it. Where they are drawn is
// layout.h's business. Ids stay the same from poll to poll, so that a selection survives.
#pragma once

#include "conductor/model/execution.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace conductor {

struct Graph {
    enum class State {
        Planned, // not reached, and what comes before it is not reached either; or the run ended before it
        Blocked, // next in line: waits for the tasks in waitsFor
        Queued,
        Running,
        Waiting,  // for time, a person, a signal, or a join for its branches
        Retrying, // a newer attempt after a failed one: delayed, queued or in progress
        Done,
        DoneWithErrors, // optional and failed; the run goes on
        Skipped,
        Failed,
        TimedOut,
        Canceled,
        NotTaken, // in a case that a switch did not choose
        Unknown,  // a status of a later server; statusWord says it
    };

    enum class Role {
        Task,
        Fork,        // lanes are its branches
        Join,        // closes the lanes of a fork or a switch
        Switch,      // lanes are its cases
        Merge,       // where lanes come together without a join; no task of its own
        Loop,        // one lane: the body, in the turn that is shown
        Strip,       // many branches of one shape as cells
        Grid,        // a strip spread out: one lane of named boxes without edges between them
        Placeholder, // what a dynamic fork will spawn, before it did
    };

    struct Turn {
        int number = 1;
        State state = State::Planned;
    };

    struct Cell {
        QString id; // the id its node has when the strip is spread out
        QString ref;
        State state = State::Planned;
    };

    struct Lane {
        QString label = {}; // of a case
        bool isDefault = false;
        std::vector<int> nodes = {}; // in order; the join or merge of a group is not listed, see Node::join
    };

    struct Node {
        QString id;     // the references around it and its own: "fork_main/fork_build/build_api"
        QString ref;    // as in the definition: "sw"
        QString runRef; // as in the attempts: "sw__2"
        QString label;  // ref, made harmless for people
        QString name;   // of the task definition, made harmless
        QString type;
        TaskKind kind = TaskKind::Worker;
        Role role = Role::Task;
        int parent = -1; // the fork, switch, loop or grid it lies in
        int join = -1;   // of a fork or switch: what closes its lanes
        std::vector<Lane> lanes;
        std::vector<Cell> cells; // of a strip
        bool optional = false;

        State state = State::Planned;
        TaskStatus status = TaskStatus::Unknown; // of the newest attempt: tells a queued retry from a running one
        QString statusWord;
        QString taskId; // of the newest attempt
        int attempts = 0;
        int retryLimit = 0; // retries the task definition allows: attempts go up to this and one
        QDateTime scheduled;
        QDateTime started;
        QDateTime ended;
        QDateTime due;              // a delayed retry is due, a wait is over; invalid when nobody knows
        QString reason;             // why it failed; of a retry: why the attempt before failed
        QStringList waitsFor;       // Blocked, or a join that waits: the references, as in the attempts
        QStringList unknownRefs;    // a join waits for these in vain: nobody has such a reference
        bool joinIsMissing = false; // of a fork: the server fails a run that gets here
        QString childId;            // execution of SUB_WORKFLOW, once started
        QString chosen;             // of a switch: the value it came to
        int turn = 0;               // of a loop: the turn that is shown; 0 before the first
        std::vector<Turn> turns;    // of a loop: those that ran, ascending

        bool isReached() const { return attempts > 0; }
    };

    struct Edge {
        enum class Kind {
            Flow,
            Case, // out of a switch, with a label
            LoopBack,
            Awaited,   // joinOn that does not follow the tree
            Unawaited, // the end of a branch that its join does not list
        };
        enum class Way { Taken, Ahead, NotTaken };

        int from = -1;
        int to = -1;
        Kind kind = Kind::Flow;
        Way way = Way::Ahead;
        int lane = -1; // the lane of `from` (a fork or switch) it goes through
        QString label = {};
    };

    QString title; // of the workflow, harmless
    bool isRun = false;
    bool isEnded = false;
    bool isPaused = false;
    std::vector<Node> nodes; // what contains comes before what it contains
    std::vector<Edge> edges;
    std::vector<int> top; // the outermost sequence, like the nodes of a lane

    int find(QStringView id) const;        // -1: none
    int findRef(QStringView runRef) const; // "sw__2" or "sw"; also a strip that has a cell of it; -1: none
};

// What to show of it.
struct GraphWish {
    QSet<QString> spread = {};      // ids of strips to show as named boxes
    QHash<QString, int> turns = {}; // loop id → turn, instead of the newest
    int stripAbove = 12;            // a dynamic fork of more branches of one shape is a strip
};

Graph graphOf(const WorkflowDefinition &definition, const GraphWish &wish = {});
Graph graphOf(const Execution &execution, const GraphWish &wish = {});

bool isActive(Graph::State state); // queued, running, waiting, retrying
bool isOver(Graph::State state);   // the attempt has ended, well or not
bool isPassed(Graph::State state); // ended so that the run goes on
QString word(Graph::State state);  // "not taken"
StatusFamily family(Graph::State state);
StatusFamily family(const Graph::Node &node); // a person or a signal that is waited for needs you; a join or a timer does not

// What a sequence of attempts at one task comes to. Newest last in retryCount, not in place.
Graph::State stateOf(const std::vector<const TaskAttempt *> &attempts, TaskKind kind);

// When a delayed retry or a wait is over; invalid when it is not delayed or nobody knows.
QDateTime dueTime(const TaskAttempt &attempt);

// The references a join waits for, as the server resolved them or else as the definition says.
QStringList awaitedRefs(const WorkflowTask &join, const TaskAttempt *attempt);

} // namespace conductor
