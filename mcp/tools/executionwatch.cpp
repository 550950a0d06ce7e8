#include "mcp/tools/executionwatch.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr auto usualPause = 2s;
constexpr auto pauseAfterTrouble = 15s;

} // namespace

ExecutionWatch::ExecutionWatch(std::shared_ptr<Backend> backend, QString id, std::function<void()> changed)
    : m_backend(std::move(backend))
    , m_id(std::move(id))
    , m_changed(std::move(changed))
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(this, [this] { look(); });
    m_timer.start(0ms);
}

ExecutionWatch::~ExecutionWatch()
{
    m_stop.request_stop();
}

// The search row, not /status: that knows nothing of tasks.
Reply<Done> ExecutionWatch::look()
{
    Call call;
    call.stop = m_stop.get_token();
    call.deadline = QDeadlineTimer(10s);
    const Result<Client> client = co_await outcome(m_backend->clientFor(call));
    ExecutionQuery query;
    query.id = m_id;
    query.size = 1;
    Result<ExecutionPage> page = Failure(Error());
    if (client)
        page = co_await outcome(client->executions().search(query));
    if (!page || page->rows.empty()) {
        m_timer.start(pauseAfterTrouble);
        co_return Done{};
    }
    const ExecutionSummary &row = page->rows.front();
    take(row.statusWord + u' ' + row.updated.toString(Qt::ISODateWithMs), row.ended.isValid());
    co_return Done{};
}

void ExecutionWatch::take(const QString &seen, bool ended)
{
    const bool isChange = !m_seen.isEmpty() && seen != m_seen;
    m_seen = seen;
    m_timer.start(ended ? pauseAfterTrouble : usualPause); // an ended one may be retried
    if (isChange)
        m_changed(); // last: it may end us
}

} // namespace mcp::tools
