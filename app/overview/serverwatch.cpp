#include "app/overview/serverwatch.h"

using namespace Qt::StringLiterals;
using conductor::ExecutionPage;
using conductor::ExecutionQuery;
using conductor::Failure;
using conductor::Reply;
using conductor::Result;

namespace app {
namespace {

constexpr std::chrono::seconds patience{20};

} // namespace

ServerWatch::ServerWatch(conductor::Client client, Clock clock, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_clock(std::move(clock))
    , m_running(m_clock)
    , m_failed(m_clock)
    , m_poller([this] { return ask(); }, pace)
{
}

ServerWatch::~ServerWatch()
{
    m_stop.request_stop();
}

void ServerWatch::setLive(bool live)
{
    m_poller.setLive(live);
}

void ServerWatch::refresh()
{
    m_poller.wake();
}

void ServerWatch::tick()
{
    m_running.tick();
    m_failed.tick();
}

// Both questions at once; the answer is shown when both are there.
Reply<Activity> ServerWatch::ask()
{
    const conductor::Executions executions = m_client.within(m_stop.get_token(), QDeadlineTimer(patience)).executions();
    ExecutionQuery open;
    open.statuses = {u"RUNNING"_s, u"PAUSED"_s};
    open.size = rowsShown;
    ExecutionQuery failures;
    failures.statuses = {u"FAILED"_s, u"TIMED_OUT"_s};
    failures.endedAfter = m_clock().addDays(-1);
    failures.size = rowsShown;
    const Reply<ExecutionPage> runningReply = executions.search(open);
    const Reply<ExecutionPage> failedReply = executions.search(failures);
    const Result<ExecutionPage> running = co_await outcome(runningReply);
    const Result<ExecutionPage> failed = co_await outcome(failedReply);

    m_error.reset();
    if (!running || !failed) {
        m_error = running ? failed.error() : running.error();
        Q_EMIT changed();
        co_return Failure(*m_error);
    }
    m_answered = true;
    m_runningTotal = running->total;
    m_failedTotal = failed->total;
    m_running.show(running->rows);
    m_failed.show(failed->rows);
    Q_EMIT changed();
    co_return m_runningTotal > 0 ? Activity::Busy : Activity::Idle;
}

} // namespace app
