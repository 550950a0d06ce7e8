#include "mcp/tools/statusreport.h"

#include "conductor/base/hostile.h"
#include "conductor/base/timespan.h"
#include "conductor/graph/criticalpath.h"
#include "conductor/insight/progress.h"
#include "conductor/insight/waiting.h"
#include "mcp/tools/nextcall.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

using State = Graph::State;

constexpr qsizetype mostName = 48;      // characters of a reference
constexpr qsizetype mostText = 3600;    // bytes
constexpr qsizetype mostData = 1500;    // bytes
constexpr qsizetype mostSteps = 6;      // of the critical path
constexpr qint64 staleMs = 60'000;      // a queue not polled for so long has no worker

QString shown(const QString &ref) { return harmless(ref, mostName); }

int percentOf(const TaskCounts &tasks) { return tasks.total > 0 ? int(100LL * tasks.done / tasks.total) : 0; }

class Report
{
public:
    Report(const Situation &situation, int mostNames)
        : m_situation(situation)
        , m_execution(*situation.execution)
        , m_now(situation.now)
        , m_graph(graphOf(m_execution))
        , m_progress(progressOf(m_execution, m_graph, m_now))
        , m_mostNames(mostNames)
        , m_data{{u"workflow_id"_s, m_execution.id},
                 {u"name"_s, m_execution.name},
                 {u"version"_s, m_execution.version},
                 {u"status"_s, m_execution.statusWord},
                 {u"done"_s, m_progress.tasks.done},
                 {u"total"_s, m_progress.tasks.total},
                 {u"percent"_s, percentOf(m_progress.tasks)},
                 {u"elapsed_ms"_s, m_progress.elapsedMs}}
    {
    }

    QString head() const
    {
        return u"%1 v%2 %3 is %4 after %5, %6 %: %7."_s.arg(shown(m_execution.name), QString::number(m_execution.version), m_execution.id, m_execution.statusWord,
                                                           shortSpan(m_progress.elapsedMs), QString::number(percentOf(m_progress.tasks)), sentence(m_progress, m_now));
    }

    void addHead()
    {
        m_lines << head();
        if (family(m_execution.status) == StatusFamily::Bad && !m_execution.reason.isEmpty())
            m_lines << u"Reason: "_s + innermostReason(m_execution.reason).left(400);
    }

    void addDone()
    {
        QStringList refs;
        for (const Graph::Node &node : m_graph.nodes) {
            for (const Graph::Cell &cell : node.cells) {
                if (isPassed(cell.state))
                    refs << cell.ref;
            }
            const bool isTask = node.role == Graph::Role::Task && node.kind != TaskKind::Join && node.kind != TaskKind::ExclusiveJoin;
            if (isTask && isPassed(node.state) && node.state != State::NotTaken)
                refs << node.runRef;
        }
        addNames(u"Completed"_s, u"completed"_s, refs, m_progress.tasks.done);
    }

    void addActive()
    {
        addGroup(u"Failed"_s, u"failed"_s, {State::Failed, State::TimedOut});
        addGroup(u"Failed and retrying"_s, u"retrying"_s, {State::Retrying});
        addGroup(u"Waiting"_s, u"waiting"_s, {State::Waiting});
        addGroup(u"In progress"_s, u"running"_s, {State::Running, State::Unknown});
        addGroup(u"Queued"_s, u"queued"_s, {State::Queued});
        for (auto it = m_situation.lastPolls.begin(); it != m_situation.lastPolls.end(); ++it)
            m_lines << pollLine(it.key(), *it);
    }

    // Those that wait for the same are told together.
    void addBlocked()
    {
        const qsizetype all = std::count_if(m_progress.open.begin(), m_progress.open.end(),
                                            [](const TaskProgress &task) { return task.state == State::Blocked || task.state == State::Planned; });
        if (all == 0)
            return;
        QStringList told;
        QJsonArray data;
        qsizetype named = 0;
        for (const WaitingGroup &group : waitingGroups(m_graph, m_progress, size_t(m_mostNames))) {
            named += group.tasks.size();
            told << few(group.tasks) + (group.tasks.size() == 1 ? u" waits for "_s : u" wait for "_s) + few(group.waitsFor);
            data << QJsonObject{{u"tasks"_s, QJsonArray::fromStringList(shortened(group.tasks))}, {u"waits_for"_s, QJsonArray::fromStringList(shortened(group.waitsFor))}};
        }
        m_lines << u"Blocked (%1): "_s.arg(all) + told.join(u"; "_s) + (all > named ? u"; and %1 more behind them"_s.arg(all - named) : QString());
        m_data[u"blocked"] = data;
        m_data[u"blocked_count"] = all;
    }

    // What will never come, however long one waits.
    void addHopeless()
    {
        for (const Graph::Node &node : m_graph.nodes) {
            if (isActive(node.state) && !node.unknownRefs.isEmpty())
                m_lines << shown(node.runRef) + u" waits in vain for "_s + few(node.unknownRefs) + u", which no task is called: mend joinOn."_s;
        }
    }

    void addCriticalPath()
    {
        const CriticalPath path = criticalPath(m_execution, m_now);
        if (path.steps.size() < 2)
            return;
        const size_t first = path.steps.size() > size_t(mostSteps) ? path.steps.size() - size_t(mostSteps) : 0;
        QStringList steps;
        QJsonArray refs;
        for (size_t i = first; i < path.steps.size(); ++i) {
            const CriticalStep &step = path.steps[i];
            steps << shown(step.ref) + (step.isOpen ? u" (open) "_s : u" "_s) + shortSpan(step.scheduled.msecsTo(step.ended));
            refs << shown(step.ref);
        }
        m_lines << u"Critical path, %1 (%2 in queues, %3 in retry delays): %4%5"_s.arg(shortSpan(path.totalMs), shortSpan(path.queueMs), shortSpan(path.delayMs),
                                                                                     first > 0 ? u"… → "_s : QString(), steps.join(u" → "_s));
        m_data[u"critical_path"] = refs;
    }

    void addExpectation()
    {
        const EarlierRuns &earlier = m_situation.earlier;
        if (earlier.runs == 0 || isTerminal(m_execution.status))
            return;
        QString line = u"Expected: %1 completed before, half of them within %2, the slowest in %3"_s.arg(counted(earlier.runs, u"run"_s), shortSpan(earlier.medianMs),
                                                                                                    shortSpan(earlier.slowestMs));
        const qint64 left = earlier.medianMs - m_progress.elapsedMs;
        line += left > 0 ? u"; about %1 to go."_s.arg(shortSpan(left)) : m_progress.elapsedMs > earlier.slowestMs ? u"; this one takes longer than any."_s : u"."_s;
        m_lines << line;
        m_data[u"expected_ms"] = earlier.medianMs;
    }

    void addOutput()
    {
        if (isTerminal(m_execution.status) && !m_execution.output.isEmpty())
            m_lines << u"Output: "_s + shownJson(m_execution.output, 800);
    }

    Answer take(const QString &more)
    {
        const QString next = nextCall(m_execution, m_progress);
        QString text = m_lines.join(u'\n');
        if (text.toUtf8().size() > mostText)
            text = text.left(mostText * 3 / 4) + u"…"_s;
        for (const QString &key : {u"blocked"_s, u"completed"_s, u"queued"_s, u"running"_s, u"waiting"_s, u"critical_path"_s}) {
            if (QJsonDocument(m_data).toJson(QJsonDocument::Compact).size() > mostData)
                m_data.remove(key); // the counts stay
        }
        if (!next.isEmpty())
            text += u"\nNext: "_s + next;
        return {.text = text + u"\nMore: "_s + more, .structured = m_data};
    }

private:
    static QStringList shortened(const QStringList &refs)
    {
        QStringList some;
        for (const QString &ref : refs.mid(0, 4))
            some << shown(ref);
        return some;
    }

    static QString few(const QStringList &refs)
    {
        QStringList some;
        for (const QString &ref : refs.mid(0, 3))
            some << shown(ref);
        return some.join(u", "_s) + (refs.size() > 3 ? u" and %1 more"_s.arg(refs.size() - 3) : QString());
    }

    void addNames(const QString &title, const QString &key, const QStringList &refs, qsizetype count)
    {
        if (refs.isEmpty())
            return;
        QStringList names;
        for (const QString &ref : refs.mid(0, m_mostNames))
            names << shown(ref);
        m_lines << u"%1 (%2): "_s.arg(title, QString::number(count)) + names.join(u", "_s) + (count > names.size() ? u" and %1 more"_s.arg(count - names.size()) : QString());
        m_data[key] = QJsonArray::fromStringList(names);
        if (count > names.size())
            m_data[key + u"_count"] = count;
    }

    void addGroup(const QString &title, const QString &key, std::initializer_list<State> states)
    {
        QStringList told;
        QJsonArray data;
        qsizetype all = 0;
        for (const TaskProgress &task : m_progress.open) {
            if (std::find(states.begin(), states.end(), task.state) == states.end())
                continue;
            if (++all > m_mostNames)
                continue;
            told << describe(task);
            data << shown(task.ref);
        }
        if (all == 0)
            return;
        m_lines << u"%1 (%2): "_s.arg(title, QString::number(all)) + told.join(u"; "_s) + (all > told.size() ? u" and %1 more"_s.arg(all - told.size()) : QString());
        m_data[key] = data;
        if (all > data.size())
            m_data[key + u"_count"] = all;
    }

    QString describe(const TaskProgress &task) const
    {
        QString text = shown(task.ref);
        const int index = m_graph.find(task.id);
        if (index < 0)
            return text;
        const Graph::Node &node = m_graph.nodes[size_t(index)];
        if (task.state == State::Retrying) {
            text += u" attempt %1 of %2"_s.arg(task.attempt).arg(task.attempts);
            text += task.due > m_now ? u", due in "_s + shortSpan(m_now, task.due) : node.status == TaskStatus::InProgress ? u", at work"_s : u", queued"_s;
        } else if (task.state == State::Waiting) {
            text += node.kind == TaskKind::Human ? u" waits for a person"_s : task.due > m_now ? u" waits another "_s + shortSpan(m_now, task.due) : u" waits for a signal"_s;
        } else if (task.state == State::Queued && node.name != node.runRef) {
            text += u" in "_s + harmless(node.name, mostName);
        }
        if ((task.state == State::Running || task.state == State::Queued) && task.since.isValid())
            text += u' ' + shortSpan(task.since, m_now);
        if (!node.childId.isEmpty())
            text += u", sub-workflow "_s + harmless(node.childId, mostName);
        if (!task.reason.isEmpty())
            text += u": "_s + harmless(task.reason, 120);
        return text;
    }

    QString pollLine(const QString &queue, const QDateTime &last) const
    {
        const QString name = harmless(queue, mostName);
        if (!last.isValid())
            return u"Nobody has ever polled queue %1: start a worker for it."_s.arg(name);
        const QString ago = shortSpan(last, m_now);
        return last.msecsTo(m_now) > staleMs ? u"Queue %1 was last polled %2 ago: is its worker running?"_s.arg(name, ago)
                                             : u"Queue %1 was polled %2 ago: its workers are busy."_s.arg(name, ago);
    }

    const Situation &m_situation;
    const Execution &m_execution;
    const QDateTime m_now;
    const Graph m_graph;
    const Progress m_progress;
    const qsizetype m_mostNames;
    QStringList m_lines;
    QJsonObject m_data;
};

} // namespace

Answer summaryOf(const Situation &situation)
{
    Report report(situation, 6);
    report.addHead();
    report.addActive();
    report.addBlocked();
    report.addHopeless();
    report.addCriticalPath();
    report.addExpectation();
    report.addOutput();
    return report.take(u"detail swarm, failure or tasks; conductor_get_execution_history with a task shows its input, output and log."_s);
}

Answer swarmOf(const Situation &situation)
{
    Report report(situation, 10);
    report.addHead();
    report.addDone();
    report.addActive();
    report.addBlocked();
    report.addHopeless();
    report.addCriticalPath();
    report.addExpectation();
    return report.take(u"detail tasks names every agent; conductor_get_execution_history with a task shows what it got, gave and logged."_s);
}

QString lineOf(const Situation &situation) { return Report(situation, 0).head(); }

} // namespace mcp::tools
