#include "conductor/local/demoworkers.h"

#include "conductor/base/delay.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conductor {
namespace {

constexpr QStringView workerPrefix = u"demo-";
constexpr int runsLookedAt = 20;
constexpr int deliveries = 5;

std::chrono::milliseconds between(std::chrono::milliseconds shortest, std::chrono::milliseconds longest)
{
    return std::chrono::milliseconds(QRandomGenerator::global()->bounded(qint64(shortest.count()), qint64(longest.count() + 1)));
}

bool isPast(const QDateTime &begin, std::chrono::milliseconds time)
{
    return begin.isValid() && begin.msecsTo(QDateTime::currentDateTime()) >= time.count();
}

} // namespace

DemoWorkers::DemoWorkers(Client client, Pace pace, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_bound(m_client)
    , m_pace(pace)
{
}

DemoWorkers::DemoWorkers(Client client, QObject *parent)
    : DemoWorkers(std::move(client), Pace(), parent)
{
}

DemoWorkers::~DemoWorkers()
{
    m_stop.request_stop();
}

QString DemoWorkers::correlationId()
{
    return u"demo"_s;
}

void DemoWorkers::start()
{
    if (m_working)
        return;
    m_working = true;
    m_stop = std::stop_source();
    m_bound = m_client.within(m_stop.get_token(), QDeadlineTimer::Forever);
    m_sinceTended.invalidate();
    m_sinceRun.invalidate();
    workOn(m_stop.get_token());
    Q_EMIT changed();
}

void DemoWorkers::stop()
{
    if (!m_working)
        return;
    m_stop.request_stop();
    m_working = false;
    m_atWork.clear();
    m_trouble.reset();
    Q_EMIT changed();
}

Reply<Done> DemoWorkers::workOn(std::stop_token stop)
{
    std::chrono::milliseconds pause = m_pace.look;
    for (;;) {
        Result<Done> looked = co_await outcome(takeTasks());
        if (looked && (!m_sinceTended.isValid() || m_sinceTended.hasExpired(m_pace.tend.count())) && !stop.stop_requested()) {
            m_sinceTended.start();
            looked = co_await outcome(tendRuns());
        }
        if (stop.stop_requested())
            co_return Done{};
        pause = looked ? m_pace.look : std::min(pause * 2, m_pace.longestPause);
        setTrouble(looked ? std::optional<Error>() : looked.error());
        co_await delay(pause, stop);
    }
}

// One question for all queues, and a poll only where something waits: an idle demo costs the server next to nothing.
Reply<Done> DemoWorkers::takeTasks()
{
    const QueueSizes waiting = co_await m_bound.queues().sizes(demoQueues());
    const QStringList queues = demoQueues();
    for (const QString &queue : queues) {
        const int free = m_pace.handsPerQueue - busyHands(queue);
        if (waiting.value(queue) <= 0 || free <= 0)
            continue;
        const PollOrder order{.taskType = queue, .workerId = workerPrefix + queue, .count = int(std::min<qint64>(free, waiting.value(queue)))};
        const std::vector<PolledTask> tasks = co_await m_bound.tasks().poll(order);
        for (const PolledTask &task : tasks)
            begin(task);
    }
    co_return Done{};
}

void DemoWorkers::begin(PolledTask task)
{
    m_atWork.insert(task.attempt.id, task.attempt.name);
    work(std::move(task), m_stop.get_token());
}

Reply<Done> DemoWorkers::work(PolledTask task, std::stop_token stop)
{
    const QString id = task.attempt.id;
    co_await outcome(m_bound.tasks().addLog(id, demoOpening(task))); // a log line that gets lost harms nobody
    co_await delay(between(m_pace.shortestTask, m_pace.longestTask), stop);
    const Result<Done> delivered = co_await outcome(deliver(demoAnswer(task), stop));
    if (!stop.stop_requested())
        m_atWork.remove(id);
    co_return delivered;
}

// An answer may be sent twice: the server ignores the second. What cannot be delivered now is taken up by tendRun() later.
Reply<Done> DemoWorkers::deliver(TaskUpdate update, std::stop_token stop)
{
    for (int attempt = 1;; ++attempt) {
        const Result<Done> sent = co_await outcome(m_bound.tasks().update(update));
        const bool away = !sent && (sent.error().kind == Error::Kind::Network || sent.error().kind == Error::Kind::Timeout || sent.error().transient);
        if (!away || attempt == deliveries)
            co_return sent;
        co_await delay(m_pace.look * attempt, stop);
    }
}

Reply<Done> DemoWorkers::tendRuns()
{
    const ExecutionQuery running{.names = {demoSwarm.toString(), demoKitchenSink.toString()}, .statuses = {u"RUNNING"_s}, .size = runsLookedAt};
    const ExecutionPage page = co_await m_bound.executions().search(running);
    QStringList ours;
    for (const ExecutionSummary &row : page.rows) {
        const bool isOurs = row.correlationId == correlationId();
        if (isOurs)
            ours << row.name;
        const Result<Done> tended = co_await outcome(tendRun(row.id, isOurs));
        if (!tended && tended.error().kind != Error::Kind::NotFound)
            co_return tended;
    }
    co_return co_await outcome(startRuns(ours));
}

// Approves what a person would, and takes up tasks whose worker has gone: an earlier demo, or an answer that got lost.
Reply<Done> DemoWorkers::tendRun(QString executionId, bool ours)
{
    const auto run = co_await m_bound.executions().get(executionId);
    for (const TaskAttempt &attempt : run->attempts) {
        if (attempt.status != TaskStatus::InProgress || m_atWork.contains(attempt.id))
            continue;
        const bool orphaned = attempt.workerId.startsWith(workerPrefix) && isPast(attempt.started, m_pace.longestTask * 2 + m_pace.longestPause);
        if (orphaned) {
            begin({attempt, run->id, run->name, 0});
        } else if (ours && attempt.kind() == TaskKind::Human && isPast(attempt.scheduled, m_pace.approval)) {
            const TaskUpdate approval{.executionId = run->id, .taskId = attempt.id, .status = u"COMPLETED"_s,
                                      .output = {{u"approved"_s, true}, {u"by"_s, u"demo"_s}}, .logs = {u"Approved by the demo"_s}};
            co_await m_bound.tasks().update(approval);
        }
    }
    co_return Done{};
}

// One of each to begin with, then by turns.
Reply<Done> DemoWorkers::startRuns(QStringList running)
{
    const bool first = !m_sinceRun.isValid();
    if (!first && (running.size() >= m_pace.runsAtOnce || !m_sinceRun.hasExpired(m_pace.newRun.count())))
        co_return Done{};
    QStringList due;
    if (first)
        due = {demoSwarm.toString(), demoKitchenSink.toString()};
    else
        due = {m_runs % 2 == 0 ? demoSwarm.toString() : demoKitchenSink.toString()};
    for (const QString &name : std::as_const(due)) {
        if (running.size() >= m_pace.runsAtOnce || (first && running.contains(name)))
            continue;
        const StartOrder order{.name = name, .input = demoInput(name, m_runs), .correlationId = correlationId()};
        const QString id = co_await m_bound.executions().start(order);
        running << name;
        ++m_runs;
        Q_EMIT runStarted(id);
    }
    m_sinceRun.start();
    co_return co_await outcome(removeOldRuns());
}

Reply<Done> DemoWorkers::removeOldRuns()
{
    const ExecutionQuery old{.names = {demoSwarm.toString(), demoKitchenSink.toString()},
                             .statuses = {u"COMPLETED"_s, u"FAILED"_s, u"TERMINATED"_s, u"TIMED_OUT"_s},
                             .correlationId = correlationId(),
                             .start = m_pace.endedRunsKept,
                             .size = runsLookedAt};
    const ExecutionPage page = co_await m_bound.executions().search(old);
    for (const ExecutionSummary &row : page.rows)
        co_await outcome(m_bound.executions().remove(row.id)); // somebody else may have removed it
    co_return Done{};
}

int DemoWorkers::busyHands(const QString &queue) const
{
    return int(std::count(m_atWork.cbegin(), m_atWork.cend(), queue));
}

void DemoWorkers::setTrouble(std::optional<Error> trouble)
{
    const bool same = trouble.has_value() == m_trouble.has_value() && (!trouble || trouble->message == m_trouble->message);
    m_trouble = std::move(trouble);
    if (!same)
        Q_EMIT changed();
}

} // namespace conductor
