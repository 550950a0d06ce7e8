#include "conductor/graph/outline.h"

#include "conductor/base/hostile.h"
#include "conductor/base/timespan.h"

#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using Role = Graph::Role;
using State = Graph::State;
using Node = Graph::Node;

QString kindText(const Node &node)
{
    switch (node.role) {
    case Role::Fork:
        return node.kind == TaskKind::DynamicFork ? u"dynamic fork"_s : u"fork of %1"_s.arg(node.lanes.size());
    case Role::Join:
        return u"join"_s;
    case Role::Switch:
        return u"switch of %1 cases"_s.arg(node.lanes.size());
    case Role::Loop:
        return u"loop"_s;
    case Role::Strip:
        return u"%1 branches"_s.arg(node.cells.size());
    case Role::Grid:
        return u"%1 branches"_s.arg(node.lanes.front().nodes.size());
    case Role::Placeholder:
        return {};
    case Role::Task:
    case Role::Merge:
        break;
    }
    return node.kind == TaskKind::Worker ? node.name : node.type;
}

QString listed(const QStringList &refs)
{
    constexpr qsizetype most = 4;
    QStringList shown;
    for (const QString &ref : refs.mid(0, most))
        shown << harmless(ref, 60);
    if (refs.size() > most)
        shown << u"%1 more"_s.arg(refs.size() - most);
    return shown.join(u", "_s);
}

QString counts(const std::vector<Graph::Cell> &cells)
{
    std::array<int, size_t(State::Unknown) + 1> number{};
    for (const Graph::Cell &cell : cells)
        ++number[size_t(cell.state)];
    QStringList parts;
    for (size_t state = 0; state < number.size(); ++state) {
        if (number[state] > 0)
            parts << u"%1 %2"_s.arg(number[state]).arg(word(State(state)));
    }
    return parts.join(u", "_s);
}

QString stateText(const Graph &graph, const Node &node, const QDateTime &now)
{
    if (node.role == Role::Strip)
        return counts(node.cells);
    QString text = word(node.state);
    const QDateTime begun = node.started.isValid() ? node.started : node.scheduled;
    switch (node.state) {
    case State::Planned:
        return graph.isEnded ? u"not reached"_s : text;
    case State::Blocked:
        if (graph.isPaused)
            return text + u", the run is paused"_s;
        return node.waitsFor.isEmpty() ? u"next"_s : text + u", waits for "_s + listed(node.waitsFor);
    case State::Waiting:
        if (node.kind == TaskKind::Human)
            return u"waits for a person"_s;
        if (node.kind == TaskKind::Wait)
            return node.due.isValid() ? u"waits %1 more"_s.arg(shortSpan(now, node.due)) : u"waits for a signal"_s;
        return u"waits for "_s + listed(node.waitsFor);
    case State::Queued:
        return text + u" for "_s + shortSpan(node.scheduled, now);
    case State::Running:
        return text + u" for "_s + shortSpan(begun, now);
    case State::Retrying:
        text += u", attempt %1 of %2"_s.arg(node.attempts).arg(std::max(node.attempts, node.retryLimit + 1));
        if (node.status == TaskStatus::InProgress)
            return text + u", running for "_s + shortSpan(begun, now);
        return text + (node.due > now ? u", due in "_s + shortSpan(now, node.due) : u", queued"_s);
    case State::Done:
        return node.ended.isValid() ? text + u" in "_s + shortSpan(begun, node.ended) : text;
    case State::Failed:
    case State::TimedOut:
        if (node.attempts > 1)
            text += u" after %1 attempts"_s.arg(node.attempts);
        return node.reason.isEmpty() ? text : text + u", "_s + harmless(innermostReason(node.reason), 160);
    case State::Unknown:
        return node.statusWord;
    default:
        return text;
    }
}

class Reader
{
public:
    Reader(const Graph &graph, const QDateTime &now)
        : m_graph(graph)
        , m_now(now)
    {
    }

    std::vector<OutlineLine> read()
    {
        readSequence(m_graph.top, 0, {});
        return std::move(m_lines);
    }

private:
    void readSequence(const std::vector<int> &items, int depth, const QString &where)
    {
        QString prefix = where; // said once, at the beginning of a lane
        for (const int item : items) {
            const Node &node = m_graph.nodes[size_t(item)];
            add(item, depth, prefix);
            prefix.clear();
            for (size_t lane = 0; lane < node.lanes.size(); ++lane)
                readSequence(node.lanes[lane].nodes, depth + 1, laneText(node, lane));
            if (node.join >= 0 && m_graph.nodes[size_t(node.join)].role == Role::Join)
                add(node.join, depth, {});
        }
    }

    static QString laneText(const Node &node, size_t lane)
    {
        if (node.role == Role::Switch)
            return u"case %1: "_s.arg(node.lanes[lane].label);
        return node.role == Role::Fork && node.lanes.size() > 1 ? u"branch %1: "_s.arg(lane + 1) : QString();
    }

    void add(int node, int depth, const QString &prefix)
    {
        const Node &shown = m_graph.nodes[size_t(node)];
        m_lines.push_back({shown.id, node, depth, prefix + sentence(m_graph, shown, m_now)});
    }

    const Graph &m_graph;
    const QDateTime m_now;
    std::vector<OutlineLine> m_lines;
};

} // namespace

std::vector<OutlineLine> outline(const Graph &graph, const QDateTime &now) { return Reader(graph, now).read(); }

QString sentence(const Graph &graph, const Graph::Node &node, const QDateTime &now)
{
    QString text = node.label;
    if (const QString kind = kindText(node); !kind.isEmpty() && kind != node.label)
        text += u", "_s + kind;
    if (node.role == Role::Loop && node.turns.size() > 1)
        text += u", turn %1 of %2"_s.arg(node.turn).arg(node.turns.back().number);
    if (node.role == Role::Switch && !node.chosen.isEmpty())
        text += u", chose "_s + node.chosen;
    if (graph.isRun)
        text += u": "_s + stateText(graph, node, now);
    if (node.joinIsMissing)
        text += u"; no join follows, a run fails here"_s;
    if (!node.unknownRefs.isEmpty())
        text += u"; waits in vain for "_s + listed(node.unknownRefs);
    return text;
}

} // namespace conductor
