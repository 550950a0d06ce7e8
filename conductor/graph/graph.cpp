#include "conductor/graph/graph.h"

#include "conductor/base/hostile.h"
#include "conductor/graph/attempts.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using State = Graph::State;
using Role = Graph::Role;
using Node = Graph::Node;
using Edge = Graph::Edge;

constexpr qsizetype longestLabel = 120;

// The worst that goes on among many, as one state: what a strip or a loop's turn shows.
class Sum
{
public:
    void add(State state)
    {
        ++m_count;
        m_worst = std::max(m_worst, rank(state));
    }

    State state() const { return m_count == 0 ? State::Planned : states[size_t(m_worst)]; }

private:
    static constexpr std::array states{State::Done,   State::Skipped, State::DoneWithErrors, State::NotTaken, State::Planned,  State::Blocked,  State::Unknown,
                                       State::Queued, State::Waiting, State::Running,        State::Retrying, State::Canceled, State::TimedOut, State::Failed};
    static int rank(State state) { return int(std::find(states.begin(), states.end(), state) - states.begin()); }

    int m_worst = 0;
    int m_count = 0;
};

// harmless(), sharing the text when there is nothing to do, which is nearly always: graphs are rebuilt at every poll.
QString shown(const QString &text)
{
    const bool isPlain = text.size() <= longestLabel && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c < QChar(0x7F); });
    return isPlain ? text : harmless(text, longestLabel);
}

bool isStructured(const WorkflowTask &task)
{
    return !task.branches.empty() || !task.cases.empty() || !task.defaultCase.empty() || !task.loop.empty() || task.kind() == TaskKind::DynamicFork
        || task.kind() == TaskKind::Switch || task.kind() == TaskKind::DoWhile;
}

class Builder
{
public:
    Builder(const TaskSequence &tasks, const Execution *run, const GraphWish &wish)
        : m_tasks(tasks)
        , m_wish(wish)
    {
        m_graph.isRun = run != nullptr;
        if (run) {
            m_attempts.emplace(*run);
            m_graph.isEnded = isTerminal(run->status);
            m_graph.isPaused = run->status == ExecutionStatus::Paused;
        }
    }

    Graph build()
    {
        int count = 0;
        visit(m_tasks, [&](const WorkflowTask &) { ++count; });
        m_graph.nodes.reserve(size_t(count) + size_t(count) / 4);
        m_graph.edges.reserve(size_t(count) + size_t(count) / 2);
        m_ids.reserve(count + count / 4);
        countTurns();
        Place place;
        Open open;
        open.isReached = m_graph.isRun;
        if (m_tasks.empty() && m_attempts)
            addAttemptsAlone();
        else
            addSequence(m_tasks, place, open, m_graph.top);
        addStrays();
        if (!m_joins.empty())
            indexForJoins();
        for (const JoinToCheck &join : m_joins)
            checkJoin(join);
        return std::move(m_graph);
    }

private:
    // Where a sequence lies.
    struct Place {
        int parent = -1;
        QString path = {};   // id of the parent with a slash; empty at the top
        int turn = 0;        // of the innermost loop around it
        bool isDead = false; // in a case that was not chosen
    };

    // The loose end that the next node of a sequence is tied to.
    struct Open {
        int node = -1; // none at the beginning and after TERMINATE
        int lane = -1;
        Edge::Kind kind = Edge::Kind::Flow;
        QString label = {};
        bool isReached = false; // has been scheduled, so that what follows is next in line
        bool isPassed = false;
        QStringList refs = {}; // what follows waits for these
    };

    struct JoinToCheck {
        int join;
        int opener; // the fork or switch it closes, or -1
        QStringList refs;
    };

    // ---- tasks and what they hold

    void addSequence(const TaskSequence &tasks, const Place &place, Open &open, std::vector<int> &items)
    {
        for (size_t i = 0; i < tasks.size(); ++i) {
            const WorkflowTask &task = tasks[i];
            const WorkflowTask *next = i + 1 < tasks.size() ? &tasks[i + 1] : nullptr;
            const bool nextJoins = next && (next->kind() == TaskKind::Join || next->kind() == TaskKind::ExclusiveJoin);
            const WorkflowTask *join = nextJoins ? next : nullptr;
            switch (task.kind()) {
            case TaskKind::Fork:
            case TaskKind::DynamicFork:
                items.push_back(addFork(task, join, place, open));
                i += join ? 1 : 0;
                break;
            case TaskKind::Switch: {
                const WorkflowTask *exclusive = join && join->kind() == TaskKind::ExclusiveJoin ? join : nullptr;
                items.push_back(addSwitch(task, exclusive, place, open));
                i += exclusive ? 1 : 0;
                break;
            }
            case TaskKind::DoWhile:
                items.push_back(addLoop(task, place, open));
                break;
            default:
                items.push_back(addBox(task, place, open));
            }
        }
    }

    int addBox(const WorkflowTask &task, const Place &place, Open &open)
    {
        const int node = addNode(task, Role::Task, place, open);
        if (task.kind() == TaskKind::Join || task.kind() == TaskKind::ExclusiveJoin)
            awaitJoin(node, -1, task);
        open = task.kind() == TaskKind::Terminate ? Open() : openAfter(node);
        return node;
    }

    int addFork(const WorkflowTask &task, const WorkflowTask *join, const Place &place, Open &open)
    {
        const int fork = addNode(task, Role::Fork, place, open);
        const Place inside{fork, m_graph.nodes[size_t(fork)].id + u'/', place.turn, place.isDead};
        std::vector<Graph::Lane> lanes;
        std::vector<Open> ends;
        if (task.kind() == TaskKind::Fork) {
            for (const TaskSequence &branch : task.branches)
                ends.push_back(addLane(branch, {}, inside, openAfter(fork), lanes));
        } else {
            addSpawned(task, join, inside, lanes, ends);
        }
        m_graph.nodes[size_t(fork)].lanes = std::move(lanes);
        m_graph.nodes[size_t(fork)].joinIsMissing = !join;
        close(fork, join, place, ends, open);
        return fork;
    }

    // The branches a dynamic fork spawned are not in the definition: its own attempt lists them.
    void addSpawned(const WorkflowTask &task, const WorkflowTask *join, const Place &inside, std::vector<Graph::Lane> &lanes, std::vector<Open> &ends)
    {
        const int fork = inside.parent;
        const TaskAttempt *attempt = newest(m_graph.nodes[size_t(fork)].runRef);
        if (!attempt) {
            addPlaceholder(task, inside, lanes, ends);
            return;
        }
        const TaskSequence spawned = spawnedTasks(*attempt, join, inside.turn);
        const bool isPlain = std::none_of(spawned.begin(), spawned.end(), isStructured);
        if (isPlain && int(spawned.size()) > m_wish.stripAbove) {
            addMany(spawned, inside, lanes, ends);
            return;
        }
        for (const WorkflowTask &branch : spawned)
            ends.push_back(addLane({branch}, {}, inside, openAfter(fork), lanes));
    }

    TaskSequence spawnedTasks(const TaskAttempt &fork, const WorkflowTask *join, int turn) const
    {
        const QJsonArray definitions = fork.input[u"forkedTaskDefs"].toArray();
        if (!definitions.isEmpty()) {
            Result<WorkflowDefinition> read = WorkflowDefinition::fromJson(QJsonObject{{u"tasks"_s, definitions}});
            if (read)
                return std::move(read->tasks);
        }
        // Older servers do not list them; then the join knows their references.
        TaskSequence spawned;
        const TaskAttempt *joined = join ? newest(runRef(join->ref, turn)) : nullptr;
        for (const QString &ref : joined ? awaitedRefs(*join, joined) : QStringList()) {
            const TaskAttempt *branch = newest(runRef(ref, turn));
            WorkflowTask task;
            task.ref = ref;
            task.name = branch ? branch->name : ref;
            task.type = branch ? branch->type : u"SIMPLE"_s;
            spawned.push_back(std::move(task));
        }
        return spawned;
    }

    void addPlaceholder(const WorkflowTask &fork, const Place &inside, std::vector<Graph::Lane> &lanes, std::vector<Open> &ends)
    {
        WorkflowTask unknown;
        unknown.ref = u"*"_s;
        unknown.name = fork.name;
        unknown.type = fork.type;
        Open open = openAfter(inside.parent);
        const int node = addNode(unknown, Role::Placeholder, inside, open);
        m_graph.nodes[size_t(node)].label = u"branches decided by the run"_s;
        lanes.push_back({{}, false, {node}});
        ends.push_back(openAfter(node));
    }

    // More branches than anybody reads as boxes: cells, or a grid of boxes where that is wished.
    void addMany(const TaskSequence &spawned, const Place &inside, std::vector<Graph::Lane> &lanes, std::vector<Open> &ends)
    {
        WorkflowTask all;
        all.ref = u"*"_s;
        all.name = spawned.front().name;
        all.type = spawned.front().type;
        Open open = openAfter(inside.parent);
        const bool isSpread = m_wish.spread.contains(inside.path + all.ref);
        const int node = addNode(all, isSpread ? Role::Grid : Role::Strip, inside, open);
        Sum sum;
        if (isSpread) {
            Graph::Lane grid;
            const Place within{node, inside.path, inside.turn, inside.isDead};
            for (const WorkflowTask &branch : spawned) {
                Open alone;
                alone.isReached = openAfter(inside.parent).isReached;
                grid.nodes.push_back(addNode(branch, Role::Task, within, alone));
                sum.add(m_graph.nodes.back().state);
            }
            m_graph.nodes[size_t(node)].lanes = {std::move(grid)};
        } else {
            std::vector<Graph::Cell> cells;
            cells.reserve(spawned.size());
            for (const WorkflowTask &branch : spawned) {
                const QString ref = runRef(branch.ref, inside.turn);
                const std::vector<const TaskAttempt *> &attempts = m_attempts->at(ref);
                const State unreached = m_graph.isEnded ? State::Planned : State::Blocked;
                cells.push_back({inside.path + branch.ref, ref, attempts.empty() ? unreached : stateOf(attempts, branch.kind())});
                sum.add(cells.back().state);
            }
            m_graph.nodes[size_t(node)].cells = std::move(cells);
        }
        Node &many = m_graph.nodes[size_t(node)];
        many.label = many.name;
        many.state = sum.state();
        lanes.push_back({{}, false, {node}});
        ends.push_back(openAfter(node));
        ends.back().isReached = true;
        ends.back().isPassed = isPassed(many.state);
    }

    int addSwitch(const WorkflowTask &task, const WorkflowTask *join, const Place &place, Open &open)
    {
        const int node = addNode(task, Role::Switch, place, open);
        const TaskAttempt *attempt = newest(m_graph.nodes[size_t(node)].runRef);
        const bool isDecided = attempt && isSuccess(attempt->status);
        const QString chosen = isDecided ? chosenCase(*attempt) : QString();
        const bool isListed = std::any_of(task.cases.begin(), task.cases.end(), [&](const auto &one) { return one.first == chosen; });

        std::vector<Graph::Lane> lanes;
        std::vector<Open> ends;
        const auto add = [&](const TaskSequence &sequence, const QString &label, bool isDefault) {
            const bool isChosen = isDecided && (isDefault ? !isListed : label == chosen);
            const Place inside{node, m_graph.nodes[size_t(node)].id + u'/', place.turn, place.isDead || (isDecided && !isChosen)};
            Open way = openAfter(node);
            way.kind = Edge::Kind::Case;
            way.label = isDefault ? u"default"_s : shown(label);
            way.isReached = isChosen;
            way.isPassed = isChosen;
            ends.push_back(addLane(sequence, {way.label, isDefault, {}}, inside, way, lanes));
        };
        for (const auto &[label, sequence] : task.cases)
            add(sequence, label, false);
        add(task.defaultCase, {}, true);
        m_graph.nodes[size_t(node)].lanes = std::move(lanes);
        m_graph.nodes[size_t(node)].chosen = shown(chosen);
        close(node, join, place, ends, open);
        return node;
    }

    int addLoop(const WorkflowTask &task, const Place &place, Open &open)
    {
        const int node = addNode(task, Role::Loop, place, open);
        const QString id = m_graph.nodes[size_t(node)].id;
        std::vector<Graph::Turn> turns;
        if (const auto ran = m_turns.constFind(task.ref); ran != m_turns.cend()) {
            for (const auto &[number, sum] : *ran)
                turns.push_back({number, sum.state()});
        }
        const bool isReached = m_graph.nodes[size_t(node)].isReached();
        const int newestTurn = turns.empty() ? (isReached ? 1 : 0) : turns.back().number;
        const int shown = m_wish.turns.value(id, newestTurn);

        Graph::Lane body;
        const Place inside{node, id + u'/', std::max(shown, m_graph.isRun ? 1 : 0), place.isDead};
        Open begin;
        begin.isReached = isReached;
        addSequence(task.loop, inside, begin, body.nodes);
        if (begin.node >= 0 && !body.nodes.empty())
            m_graph.edges.push_back({begin.node, body.nodes.front(), Edge::Kind::LoopBack, turns.size() > 1 ? Edge::Way::Taken : Edge::Way::Ahead});

        Node &loop = m_graph.nodes[size_t(node)];
        loop.lanes = {std::move(body)};
        loop.turns = std::move(turns);
        loop.turn = shown;
        open = openAfter(node);
        return node;
    }

    Open addLane(const TaskSequence &sequence, Graph::Lane lane, const Place &inside, Open open, std::vector<Graph::Lane> &lanes)
    {
        open.lane = int(lanes.size());
        addSequence(sequence, inside, open, lane.nodes);
        lanes.push_back(std::move(lane));
        return open;
    }

    // Ties the ends of a group's lanes together, in its join or in a merge.
    void close(int opener, const WorkflowTask *join, const Place &place, const std::vector<Open> &ends, Open &open)
    {
        int closing = -1;
        if (join) {
            Open none = openAfter(opener);
            none.node = -1;
            closing = addNode(*join, Role::Join, place, none);
            awaitJoin(closing, opener, *join);
        } else {
            WorkflowTask merge;
            merge.ref = u"."_s;
            Open none;
            const Place inside{place.parent, m_graph.nodes[size_t(opener)].id + u'/', place.turn, place.isDead};
            closing = addNode(merge, Role::Merge, inside, none);
        }
        m_graph.nodes[size_t(opener)].join = closing;

        bool isTied = false;
        Open taken;
        for (size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].node < 0)
                continue;
            isTied = true;
            tie(ends[i], closing, int(i));
            if (ends[i].isReached && m_graph.nodes[size_t(opener)].role == Role::Switch)
                taken = ends[i];
        }
        if (ends.empty())
            tie(openAfter(opener), closing, -1);

        if (join) {
            open = openAfter(closing);
            return;
        }
        Node &merge = m_graph.nodes[size_t(closing)];
        open = {};
        open.node = isTied || ends.empty() ? closing : -1;
        open.isReached = taken.isReached;
        open.isPassed = taken.isPassed;
        open.refs = taken.refs;
        if (m_graph.nodes[size_t(opener)].role == Role::Fork)
            open.kind = Edge::Kind::Unawaited; // without a join the server gives up here
        if (merge.state != State::NotTaken)
            merge.state = taken.isPassed ? State::Done : State::Planned;
    }

    // ---- single nodes

    int addNode(const WorkflowTask &task, Role role, const Place &place, Open &open)
    {
        const int index = int(m_graph.nodes.size());
        Node node;
        node.id = uniqueId(place.path + (task.ref.isEmpty() ? task.name : task.ref));
        node.ref = task.ref;
        node.runRef = runRef(task.ref, place.turn);
        node.label = shown(task.ref.isEmpty() ? task.name : task.ref);
        node.name = shown(task.name);
        node.type = shown(task.type);
        node.kind = task.kind();
        node.role = role;
        node.parent = place.parent;
        node.optional = task.optional;
        const bool hasAttempts = role != Role::Merge && role != Role::Strip && role != Role::Grid && role != Role::Placeholder;
        if (hasAttempts && m_attempts)
            m_seen.insert(node.runRef);
        if (const std::vector<const TaskAttempt *> *attempts = hasAttempts && m_attempts ? &m_attempts->at(node.runRef) : nullptr;
            attempts && !attempts->empty()) {
            describe(node, *attempts);
        } else if (place.isDead) {
            node.state = State::NotTaken;
        } else if (m_graph.isRun && !m_graph.isEnded && open.isReached) {
            node.state = State::Blocked;
            node.waitsFor = open.isPassed ? QStringList() : open.refs;
        }
        m_graph.nodes.push_back(std::move(node));
        if (open.node >= 0)
            tie(open, index, open.lane);
        return index;
    }

    void describe(Node &node, const std::vector<const TaskAttempt *> &attempts) const
    {
        const TaskAttempt &newest = *attempts.back();
        node.state = stateOf(attempts, node.kind);
        node.status = newest.status;
        node.statusWord = shown(newest.statusWord);
        node.taskId = newest.id;
        node.attempts = int(attempts.size());
        node.retryLimit = newest.retryLimit;
        node.scheduled = newest.scheduled;
        node.started = newest.started;
        node.ended = newest.ended;
        if (isActive(node.state))
            node.due = dueTime(newest);
        node.childId = newest.subWorkflowId;
        if (node.kind == TaskKind::Dynamic && !newest.name.isEmpty())
            node.name = shown(newest.name); // what the run resolved it to
        if (node.state == State::Retrying)
            node.reason = attempts.size() > 1 ? attempts[attempts.size() - 2]->failureReason() : newest.reason;
        else
            node.reason = newest.failureReason();
    }

    Open openAfter(int node) const
    {
        const Node &from = m_graph.nodes[size_t(node)];
        Open open;
        open.node = node;
        open.isReached = from.isReached();
        open.isPassed = isPassed(from.state);
        open.refs = {from.runRef};
        return open;
    }

    void tie(const Open &open, int to, int lane)
    {
        const Node &from = m_graph.nodes[size_t(open.node)];
        const Node &target = m_graph.nodes[size_t(to)];
        Edge edge{open.node, to, open.kind, Edge::Way::Ahead, lane, open.label};
        const bool arrives = target.role == Role::Merge || target.role == Role::Strip || target.role == Role::Grid || target.isReached();
        if (from.state == State::NotTaken || (target.state == State::NotTaken && target.role != Role::Merge))
            edge.way = Edge::Way::NotTaken;
        else if (from.role == Role::Switch && open.kind == Edge::Kind::Case && from.isReached() && isPassed(from.state) && !open.isReached)
            edge.way = Edge::Way::NotTaken;
        else if (arrives && open.isPassed)
            edge.way = Edge::Way::Taken;
        m_graph.edges.push_back(std::move(edge));
    }

    QString uniqueId(const QString &wanted)
    {
        QString id = wanted;
        for (int copy = 2; m_ids.contains(id); ++copy) {
            int &next = m_copies[wanted];
            copy = std::max(copy, next);
            next = copy + 1;
            id = u"%1#%2"_s.arg(wanted).arg(copy);
        }
        m_ids.insert(id);
        return id;
    }

    // ---- joins

    void awaitJoin(int node, int opener, const WorkflowTask &task)
    {
        Node &join = m_graph.nodes[size_t(node)];
        const TaskAttempt *attempt = newest(join.runRef);
        const QStringList refs = awaitedRefs(task, attempt);
        const int turn = Attempts::turned(join.runRef).turn;
        if (join.state == State::Waiting || join.state == State::Blocked) {
            join.waitsFor.clear();
            for (const QString &ref : refs) {
                const QString branch = runRef(ref, turn);
                const std::vector<const TaskAttempt *> &attempts = m_attempts->at(branch);
                if (attempts.empty() || !isPassed(stateOf(attempts, attempts.back()->kind())))
                    join.waitsFor << branch;
            }
        }
        m_joins.push_back({node, opener, refs});
    }

    void checkJoin(const JoinToCheck &join)
    {
        static const std::vector<Graph::Lane> none;
        const std::vector<Graph::Lane> &lanes = join.opener >= 0 ? m_graph.nodes[size_t(join.opener)].lanes : none;
        std::vector<bool> isAwaited(lanes.size(), join.refs.isEmpty());
        for (const QString &ref : join.refs) {
            const auto place = m_places.constFind(ref);
            if (place == m_places.cend()) {
                m_graph.nodes[size_t(join.join)].unknownRefs << shown(ref);
                continue;
            }
            const int lane = laneWithin(*place, join.opener);
            const bool atItsEnd = lane >= 0 && !lanes[size_t(lane)].nodes.empty() && isWithin(*place, lanes[size_t(lane)].nodes.back());
            if (lane >= 0)
                isAwaited[size_t(lane)] = true;
            if (!atItsEnd && !isTied(*place, join.join))
                m_extra.push_back(
                    {*place, join.join, Edge::Kind::Awaited, isPassed(m_graph.nodes[size_t(*place)].state) ? Edge::Way::Taken : Edge::Way::Ahead});
            else if (atItsEnd)
                m_ends.insert({join.join, lane});
        }
        if (join.opener >= 0 && m_graph.nodes[size_t(join.opener)].role == Role::Fork && !join.refs.isEmpty())
            markUnawaited(join.join);
        m_graph.edges.insert(m_graph.edges.end(), m_extra.begin(), m_extra.end());
        m_extra.clear();
    }

    // A branch whose end the join does not list is not waited for.
    void markUnawaited(int join)
    {
        for (int index : tiesInto(join)) {
            Edge &edge = m_graph.edges[size_t(index)];
            if (edge.kind == Edge::Kind::Flow && !m_ends.contains({join, edge.lane}))
                edge.kind = Edge::Kind::Unawaited;
        }
    }

    // The edges into a node, of those that were there before the first join was looked at.
    std::span<const int> tiesInto(int node) const
    {
        return {m_ties.data() + m_firstTie[size_t(node)], size_t(m_firstTie[size_t(node) + 1] - m_firstTie[size_t(node)])};
    }

    bool isTied(int from, int to) const
    {
        const std::span<const int> ties = tiesInto(to);
        return std::any_of(ties.begin(), ties.end(), [&](int index) { return m_graph.edges[size_t(index)].from == from; });
    }

    // The lane of `opener` that the node lies in, at any depth; -1: none.
    int laneWithin(int node, int opener) const
    {
        for (int step = node; step >= 0 && opener >= 0; step = m_graph.nodes[size_t(step)].parent) {
            if (m_graph.nodes[size_t(step)].parent == opener)
                return m_laneOf[size_t(step)];
        }
        return -1;
    }

    void indexForJoins()
    {
        const size_t count = m_graph.nodes.size();
        m_laneOf.assign(count, -1);
        m_places.reserve(qsizetype(count));
        for (size_t i = 0; i < count; ++i) {
            const Node &node = m_graph.nodes[i];
            if (node.role != Role::Merge && !m_places.contains(node.ref))
                m_places.insert(node.ref, int(i));
            for (const Graph::Cell &cell : node.cells)
                m_places.insert(Attempts::turned(cell.ref).ref.toString(), int(i));
            for (size_t lane = 0; lane < node.lanes.size(); ++lane) {
                for (const int item : node.lanes[lane].nodes) {
                    m_laneOf[size_t(item)] = int(lane);
                    if (const int closing = m_graph.nodes[size_t(item)].join; closing >= 0)
                        m_laneOf[size_t(closing)] = int(lane);
                }
            }
        }
        m_firstTie.assign(count + 1, 0);
        for (const Edge &edge : m_graph.edges)
            ++m_firstTie[size_t(edge.to) + 1];
        for (size_t i = 1; i <= count; ++i)
            m_firstTie[i] += m_firstTie[i - 1];
        m_ties.resize(m_graph.edges.size());
        std::vector<int> next(m_firstTie.begin(), m_firstTie.end() - 1);
        for (size_t i = 0; i < m_graph.edges.size(); ++i)
            m_ties[size_t(next[size_t(m_graph.edges[i].to)]++)] = int(i);
    }

    bool isWithin(int node, int item) const
    {
        for (int step = node; step >= 0; step = m_graph.nodes[size_t(step)].parent) {
            if (step == item || step == m_graph.nodes[size_t(item)].join)
                return true;
        }
        return false;
    }

    // ---- what only the run knows

    const TaskAttempt *newest(const QString &ref) const { return m_attempts ? m_attempts->newest(ref) : nullptr; }
    QString runRef(const QString &ref, int turn) const { return m_attempts ? m_attempts->runRef(ref, turn) : ref; }

    static QString chosenCase(const TaskAttempt &attempt)
    {
        if (const QJsonValue selected = attempt.output[u"selectedCase"]; selected.isString())
            return selected.toString();
        for (const QStringView key : {u"evaluationResult", u"caseOutput"}) {
            if (const QJsonArray values = attempt.output[key].toArray(); !values.isEmpty())
                return values[0].toVariant().toString();
        }
        return attempt.input[u"case"].toString();
    }

    // Which turns of each loop ran, and how they went. Nested loops share a suffix with the innermost one.
    void countTurns()
    {
        if (!m_attempts)
            return;
        QHash<QString, QString> loopOf;
        collectLoops(m_tasks, {}, loopOf);
        if (loopOf.isEmpty())
            return;
        for (const QStringView ref : m_attempts->refs()) {
            const Attempts::Turned turned = Attempts::turned(ref);
            const auto loop = turned.turn > 0 ? loopOf.constFind(turned.ref.toString()) : loopOf.cend();
            if (loop == loopOf.cend())
                continue;
            const std::vector<const TaskAttempt *> &attempts = m_attempts->at(ref);
            m_turns[*loop][turned.turn].add(stateOf(attempts, attempts.back()->kind()));
        }
    }

    static void collectLoops(const TaskSequence &tasks, const QString &loop, QHash<QString, QString> &loopOf)
    {
        for (const WorkflowTask &task : tasks) {
            if (!loop.isEmpty())
                loopOf.insert(task.ref, loop);
            for (const TaskSequence &branch : task.branches)
                collectLoops(branch, loop, loopOf);
            for (const auto &[label, sequence] : task.cases)
                collectLoops(sequence, loop, loopOf);
            collectLoops(task.defaultCase, loop, loopOf);
            collectLoops(task.loop, task.ref, loopOf);
        }
    }

    // A run read without its definition: what was tried, one after the other.
    void addAttemptsAlone()
    {
        Open open;
        for (const QStringView ref : m_attempts->refs()) {
            m_graph.top.push_back(addStray(*m_attempts->newest(ref), open));
            open = openAfter(m_graph.top.back());
        }
    }

    // Attempts that neither the definition nor a dynamic fork accounts for are shown too, behind everything, tied to nothing.
    void addStrays()
    {
        if (!m_attempts || m_tasks.empty())
            return;
        QSet<QString> known;
        visit(m_tasks, [&](const WorkflowTask &task) { known.insert(task.ref); });
        for (const Node &node : m_graph.nodes) {
            known.insert(node.ref);
            for (const Graph::Cell &cell : node.cells)
                known.insert(Attempts::turned(cell.ref).ref.toString()), m_seen.insert(cell.ref);
        }
        for (const QStringView ref : m_attempts->refs()) {
            const QString plain = Attempts::turned(ref).ref.toString();
            if (m_seen.contains(ref.toString()) || known.contains(plain) || known.contains(ref.toString()))
                continue; // another turn of a loop is reached through its turns
            Open open;
            m_graph.top.push_back(addStray(*m_attempts->newest(ref), open));
        }
    }

    int addStray(const TaskAttempt &attempt, Open &open)
    {
        WorkflowTask task;
        task.ref = attempt.ref;
        task.name = attempt.name;
        task.type = attempt.type;
        return addNode(task, Role::Task, {}, open);
    }

    const TaskSequence &m_tasks;
    const GraphWish &m_wish;
    std::optional<Attempts> m_attempts;
    Graph m_graph;
    QSet<QString> m_ids;
    QHash<QString, int> m_copies;
    QSet<QString> m_seen;                       // run references that have a node
    QHash<QString, std::map<int, Sum>> m_turns; // loop → turn
    std::vector<JoinToCheck> m_joins;
    std::vector<Edge> m_extra;
    QSet<std::pair<int, int>> m_ends; // join, lane: its end is awaited
    QHash<QString, int> m_places;     // reference → node, once all nodes are there
    std::vector<int> m_laneOf;        // node → lane of its parent
    std::vector<int> m_firstTie;      // node → into m_ties; one more at the end
    std::vector<int> m_ties;          // edges, by the node they lead to
};

} // namespace

Graph graphOf(const WorkflowDefinition &definition, const GraphWish &wish)
{
    Graph graph = Builder(definition.tasks, nullptr, wish).build();
    graph.title = shown(definition.name);
    return graph;
}

Graph graphOf(const Execution &execution, const GraphWish &wish)
{
    Graph graph = Builder(execution.definition->tasks, &execution, wish).build();
    graph.title = shown(execution.name);
    return graph;
}

int Graph::find(QStringView id) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Node &node) { return node.id == id; });
    return found == nodes.end() ? -1 : int(found - nodes.begin());
}

int Graph::findRef(QStringView runRef) const
{
    int plain = -1;
    for (size_t i = 0; i < nodes.size(); ++i) {
        const Node &node = nodes[i];
        if (node.role == Role::Merge || node.role == Role::Grid || node.role == Role::Placeholder)
            continue;
        if (node.role != Role::Strip && node.runRef == runRef)
            return int(i);
        if (std::any_of(node.cells.begin(), node.cells.end(), [&](const Cell &cell) { return cell.ref == runRef; }))
            return int(i);
        if (plain < 0 && node.role != Role::Strip && node.ref == runRef)
            plain = int(i);
    }
    return plain;
}

bool isActive(Graph::State state) { return state == State::Queued || state == State::Running || state == State::Waiting || state == State::Retrying; }

bool isPassed(Graph::State state) { return state == State::Done || state == State::DoneWithErrors || state == State::Skipped; }

bool isOver(Graph::State state) { return isPassed(state) || state == State::Failed || state == State::TimedOut || state == State::Canceled; }

QString word(Graph::State state)
{
    switch (state) {
    case State::Planned:
        return u"planned"_s;
    case State::Blocked:
        return u"blocked"_s;
    case State::Queued:
        return u"queued"_s;
    case State::Running:
        return u"running"_s;
    case State::Waiting:
        return u"waiting"_s;
    case State::Retrying:
        return u"retrying"_s;
    case State::Done:
        return u"done"_s;
    case State::DoneWithErrors:
        return u"done with errors"_s;
    case State::Skipped:
        return u"skipped"_s;
    case State::Failed:
        return u"failed"_s;
    case State::TimedOut:
        return u"timed out"_s;
    case State::Canceled:
        return u"canceled"_s;
    case State::NotTaken:
        return u"not taken"_s;
    case State::Unknown:
        break;
    }
    return u"unknown"_s;
}

StatusFamily family(Graph::State state)
{
    switch (state) {
    case State::Queued:
    case State::Running:
    case State::Waiting:
        return StatusFamily::Active;
    case State::Retrying:
    case State::DoneWithErrors:
        return StatusFamily::NeedsYou;
    case State::Done:
        return StatusFamily::Good;
    case State::Failed:
    case State::TimedOut:
        return StatusFamily::Bad;
    case State::Planned:
    case State::Blocked:
    case State::Skipped:
    case State::Canceled:
    case State::NotTaken:
    case State::Unknown:
        break;
    }
    return StatusFamily::Quiet;
}

StatusFamily family(const Graph::Node &node)
{
    const bool isForYou = node.kind == TaskKind::Human || (node.kind == TaskKind::Wait && !node.due.isValid());
    return node.state == State::Waiting && isForYou ? StatusFamily::NeedsYou : family(node.state);
}

Graph::State stateOf(const std::vector<const TaskAttempt *> &attempts, TaskKind kind)
{
    if (attempts.empty())
        return State::Planned;
    const TaskAttempt &newest = *attempts.back();
    const bool isRetry =
        newest.retryCount > 0 || std::any_of(attempts.begin(), attempts.end() - 1, [](const TaskAttempt *attempt) { return isFailure(attempt->status); });
    switch (newest.status) {
    case TaskStatus::Scheduled:
        if (isRetry)
            return State::Retrying;
        // A worker that reports progress hands the task back until its next call: the server writes SCHEDULED again.
        return newest.started.isValid() && newest.pollCount > 0 ? State::Running : State::Queued;
    case TaskStatus::InProgress:
        if (kind == TaskKind::Wait || kind == TaskKind::Human || kind == TaskKind::Join || kind == TaskKind::ExclusiveJoin)
            return State::Waiting;
        return isRetry ? State::Retrying : State::Running;
    case TaskStatus::Completed:
        return State::Done;
    case TaskStatus::CompletedWithErrors:
        return State::DoneWithErrors;
    case TaskStatus::Skipped:
        return State::Skipped;
    case TaskStatus::Failed:
    case TaskStatus::FailedWithTerminalError:
        return State::Failed;
    case TaskStatus::TimedOut:
        return State::TimedOut;
    case TaskStatus::Canceled:
        return State::Canceled;
    case TaskStatus::Unknown:
        break;
    }
    return State::Unknown;
}

QDateTime dueTime(const TaskAttempt &attempt)
{
    constexpr int never = 10 * 365 * 24 * 3600; // a WAIT for a signal says 2^31 - 1
    // startDelaySeconds stays after the delay was cut short; callbackAfterSeconds tells what is left of it.
    const bool isDelayed = attempt.status == TaskStatus::Scheduled || (attempt.status == TaskStatus::InProgress && attempt.kind() == TaskKind::Wait);
    if (!isDelayed || attempt.callbackAfterSeconds <= 0 || attempt.callbackAfterSeconds >= never || !attempt.scheduled.isValid())
        return {};
    return attempt.scheduled.addSecs(attempt.callbackAfterSeconds);
}

QStringList awaitedRefs(const WorkflowTask &join, const TaskAttempt *attempt)
{
    const QJsonArray resolved = attempt ? attempt->input[u"joinOn"].toArray() : QJsonArray();
    if (resolved.isEmpty())
        return join.joinOn;
    QStringList refs;
    for (const QJsonValue &ref : resolved)
        refs << ref.toString();
    return refs;
}

} // namespace conductor
