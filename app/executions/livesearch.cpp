#include "app/executions/livesearch.h"

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::ExecutionPage;
using conductor::ExecutionQuery;
using conductor::Failure;
using conductor::Reply;
using conductor::Result;

namespace app {
namespace {

constexpr std::chrono::seconds patience{20};

// The names a query would also mean: any that contain the one it asks for.
ExecutionQuery widened(ExecutionQuery query)
{
    query.names = {u'*' + query.names.first() + u'*'};
    return query;
}

bool canBeWidened(const ExecutionQuery &query)
{
    return query.names.size() == 1 && !query.names.first().contains(u'*');
}

} // namespace

LiveSearch::LiveSearch(conductor::Client client, Clock clock, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_model(std::move(clock))
    , m_poller([this] { return ask(); }, pace)
{
    connect(&m_poller, &Poller::askingChanged, this, [this](bool asking) { Q_EMIT loadingChanged(asking && !m_answered); });
}

LiveSearch::~LiveSearch()
{
    m_stop.request_stop();
}

void LiveSearch::search(ExecutionQuery query)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    ++m_search;
    m_query = std::move(query);
    m_answered = false;
    m_widened = false;
    m_atOldest = false;
    m_loadingMore = false;
    m_error.reset();
    m_poller.wake();
}

void LiveSearch::setLive(bool live)
{
    m_poller.setLive(live);
}

void LiveSearch::refresh()
{
    m_widened = false; // the exact name may have come meanwhile
    m_poller.wake();
}

void LiveSearch::loadMore()
{
    if (m_loadingMore || !m_answered || !hasMore())
        return;
    m_loadingMore = true;
    Q_EMIT loadingChanged(true);
    fetchMore(int(m_rows.size()));
}

// The newest page each time, and in turn one of those below it: what was scrolled to stays true at a constant cost.
Reply<Activity> LiveSearch::ask()
{
    const quint64 search = m_search;
    const conductor::Client client = bounded();
    bool widen = m_widened;
    const ExecutionQuery newest = asked(0);
    Result<ExecutionPage> page = co_await outcome(client.executions().search(newest));
    if (search != m_search)
        co_return Activity::Busy;
    if (page && page->total == 0 && !widen && canBeWidened(m_query)) {
        const ExecutionQuery wider = widened(newest);
        Result<ExecutionPage> found = co_await outcome(client.executions().search(wider));
        if (search != m_search)
            co_return Activity::Busy;
        widen = found && found->total > 0;
        if (widen)
            page = std::move(found);
    }
    if (!page) {
        m_error = page.error();
        Q_EMIT failed();
        co_return Failure(page.error());
    }

    if (!m_answered || widen != m_widened)
        m_rows.clear();
    m_answered = true;
    m_widened = widen;
    m_error.reset();
    take(*page, 0);

    const int below = (int(m_rows.size()) - 1) / pageSize;
    if (below > 0 && !m_loadingMore) {
        m_turn = m_turn % below + 1;
        const ExecutionQuery further = asked(m_turn * pageSize);
        const Result<ExecutionPage> older = co_await outcome(client.executions().search(further));
        if (older && search == m_search)
            take(*older, further.start);
    }
    co_return m_model.hasOpen() ? Activity::Busy : Activity::Idle;
}

Reply<Done> LiveSearch::fetchMore(int start)
{
    const quint64 search = m_search;
    const ExecutionQuery further = asked(start);
    const Result<ExecutionPage> page = co_await outcome(bounded().executions().search(further));
    if (search != m_search)
        co_return Done{};
    m_loadingMore = false;
    Q_EMIT loadingChanged(false);
    if (!page) {
        m_error = page.error();
        Q_EMIT failed();
        co_return Failure(page.error());
    }
    take(*page, start);
    co_return Done{};
}

void LiveSearch::take(const ExecutionPage &page, int start)
{
    m_total = page.total;
    const bool toOldest = int(page.rows.size()) < pageSize;
    if (toOldest)
        m_atOldest = true;
    const Span span = start == 0 ? (toOldest ? Span::Whole : Span::FromNewest) : (toOldest && !page.rows.empty() ? Span::ToOldest : Span::Middle);
    m_rows = merged(std::move(m_rows), page.rows, span);
    Q_EMIT aboutToShow();
    m_model.show(m_rows);
    Q_EMIT shown();
}

ExecutionQuery LiveSearch::asked(int start) const
{
    ExecutionQuery query = m_widened ? widened(m_query) : m_query;
    query.start = start;
    query.size = pageSize;
    return query;
}

conductor::Client LiveSearch::bounded() const
{
    return m_client.within(m_stop.get_token(), QDeadlineTimer(patience));
}

} // namespace app
