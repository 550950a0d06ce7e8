#include "app/executions/liverun.h"

using conductor::Done;
using conductor::Error;
using conductor::Execution;
using conductor::ExecutionState;
using conductor::Failure;
using conductor::Reply;
using conductor::Result;

namespace app {
namespace {

constexpr std::chrono::seconds patience{20};
constexpr int mostGlances = 10; // a run that was retried and has failed again meanwhile has the same status

} // namespace

LiveRun::LiveRun(conductor::Client client, QString id, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_id(std::move(id))
    , m_poller([this] { return ask(); }, pace)
{
    connect(&m_poller, &Poller::askingChanged, this, [this](bool asking) { Q_EMIT loadingChanged(asking && !m_execution); });
}

LiveRun::~LiveRun()
{
    m_stop.request_stop();
}

void LiveRun::setLive(bool live)
{
    m_poller.setLive(live);
}

void LiveRun::refresh()
{
    m_wholeWanted = true;
    m_poller.wake();
}

void LiveRun::readLog(QString taskId)
{
    fetchLog(std::move(taskId));
}

Reply<Activity> LiveRun::ask()
{
    bool hasStatus = m_hasStatus;
    if (isEndedAndKnown()) {
        ++m_glances;
        const Result<ExecutionState> state = co_await outcome(bounded().executions().state(m_id));
        if (state && state->statusWord == m_execution->statusWord && !m_wholeWanted) {
            m_error.reset();
            Q_EMIT answered();
            co_return Activity::Idle;
        }
        if (!state && state.error().kind != Error::Kind::NotFound)
            co_return fail(state.error());
        hasStatus = state.has_value(); // or the run is gone, which reading it will tell
    }

    m_wholeWanted = false;
    m_glances = 0;
    const Result<QJsonValue> json = co_await outcome(bounded().executions().json(m_id));
    if (!json) {
        m_wholeWanted = true;
        co_return fail(json.error());
    }
    m_hasStatus = hasStatus;
    co_return take(*json);
}

Result<Activity> LiveRun::take(const QJsonValue &json)
{
    if (!m_execution || json != m_json) {
        Result<Execution> read = Execution::fromJson(json);
        if (!read)
            return fail(read.error());
        m_json = json;
        m_execution = std::make_shared<const Execution>(std::move(*read));
        m_error.reset();
        Q_EMIT changed();
    }
    m_error.reset();
    Q_EMIT answered();
    return conductor::isTerminal(m_execution->status) ? Activity::Idle : Activity::Busy;
}

Failure LiveRun::fail(const Error &error)
{
    m_error = error;
    Q_EMIT failed();
    return Failure(error);
}

Reply<Done> LiveRun::fetchLog(QString taskId)
{
    const auto lines = co_await outcome(bounded().tasks().log(taskId));
    if (lines)
        Q_EMIT logRead(taskId, *lines);
    else
        Q_EMIT logFailed(taskId, lines.error());
    co_return Done{};
}

bool LiveRun::isEndedAndKnown() const
{
    return m_hasStatus && !m_wholeWanted && m_glances < mostGlances && m_execution && conductor::isTerminal(m_execution->status);
}

conductor::Client LiveRun::bounded() const
{
    return m_client.within(m_stop.get_token(), QDeadlineTimer(patience));
}

} // namespace app
