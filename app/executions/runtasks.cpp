#include "app/executions/runtasks.h"

#include "app/executions/statelook.h"
#include "conductor/graph/attempts.h"

#include <QSet>

using conductor::Attempts;
using conductor::Graph;
using conductor::TaskAttempt;
using Node = Graph::Node;

namespace app {
namespace {

class Rows
{
public:
    Rows(const conductor::Execution &execution, const Graph &graph)
        : m_attempts(execution)
        , m_graph(graph)
    {
        for (const QStringView ref : m_attempts.refs())
            m_turns[Attempts::turned(ref).ref.toString()].push_back(ref);
    }

    std::vector<RunTask> take()
    {
        for (const Node &node : m_graph.nodes)
            add(node);
        for (const QStringView ref : m_attempts.refs()) { // what no node stands for
            if (!m_seen.contains(ref.toString()))
                push(attempted(ref, {}));
        }
        return std::move(m_rows);
    }

private:
    void add(const Node &node)
    {
        if (node.role == Graph::Role::Merge || node.role == Graph::Role::Placeholder || node.role == Graph::Role::Grid)
            return;
        if (node.role == Graph::Role::Strip) {
            for (const Graph::Cell &cell : node.cells)
                push(m_attempts.newest(cell.ref) ? attempted(cell.ref, cell.id) : RunTask{.key = cell.ref, .nodeId = cell.id, .look = stateLook(cell.state)});
            return;
        }
        bool isListed = false;
        for (const QStringView ref : m_turns.value(node.ref)) {
            const bool isShown = ref == node.runRef;
            isListed = isListed || isShown;
            RunTask row = attempted(ref, isShown ? node.id : QString());
            if (isShown)
                row.look = stateLook(node);
            push(std::move(row));
        }
        if (!isListed)
            push({.key = node.runRef, .nodeId = node.id, .name = node.name, .type = node.type, .look = stateLook(node)});
    }

    RunTask attempted(QStringView ref, const QString &nodeId) const
    {
        const std::vector<const TaskAttempt *> &attempts = m_attempts.at(ref);
        const TaskAttempt &newest = *attempts.back();
        return {.key = ref.toString(),
                .nodeId = nodeId,
                .name = newest.name,
                .type = newest.type,
                .look = stateLook(conductor::stateOf(attempts, newest.kind()), newest.statusWord),
                .attempts = int(attempts.size()),
                .scheduled = newest.scheduled,
                .started = newest.started,
                .ended = newest.ended,
                .isOpen = !conductor::isTerminal(newest.status),
                .worker = newest.workerId,
                .reason = newest.reason};
    }

    void push(RunTask row)
    {
        if (m_seen.contains(row.key))
            return;
        m_seen.insert(row.key);
        m_rows.push_back(std::move(row));
    }

    Attempts m_attempts;
    const Graph &m_graph;
    QHash<QString, std::vector<QStringView>> m_turns; // plain reference → as in the attempts
    QSet<QString> m_seen;
    std::vector<RunTask> m_rows;
};

} // namespace

qint64 RunTask::queueMs(const QDateTime &now) const
{
    if (!scheduled.isValid())
        return -1;
    const QDateTime until = started.isValid() ? started : ended.isValid() ? ended : isOpen ? now : scheduled;
    return std::max<qint64>(0, scheduled.msecsTo(until));
}

qint64 RunTask::workMs(const QDateTime &now) const
{
    if (!started.isValid())
        return -1;
    return std::max<qint64>(0, started.msecsTo(ended.isValid() ? ended : now));
}

std::vector<RunTask> tasksOf(const conductor::Execution &execution, const Graph &graph)
{
    return Rows(execution, graph).take();
}

} // namespace app
