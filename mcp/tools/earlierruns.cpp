#include "mcp/tools/earlierruns.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;

namespace mcp::tools {
namespace {

constexpr int mostRows = 50;
constexpr qsizetype mostKept = 200; // names
constexpr auto freshness = 60s;

EarlierRuns figuresOf(const std::vector<ExecutionSummary> &rows, int version)
{
    std::vector<qint64> ofVersion;
    std::vector<qint64> all;
    for (const ExecutionSummary &row : rows) {
        all.push_back(row.durationMs);
        if (row.version == version)
            ofVersion.push_back(row.durationMs);
    }
    std::vector<qint64> &durations = ofVersion.size() >= 3 ? ofVersion : all;
    if (durations.empty())
        return {};
    std::sort(durations.begin(), durations.end());
    return {int(durations.size()), durations[durations.size() / 2], durations.back()};
}

} // namespace

Reply<EarlierRuns> earlierRuns(Client client, std::shared_ptr<EarlierRunsKept> kept, QString name, int version)
{
    const QString key = name + u'\n' + QString::number(version);
    if (const auto entry = kept->entries.constFind(key); entry != kept->entries.constEnd() && !entry->until.hasExpired())
        co_return entry->runs;
    ExecutionQuery query;
    query.names = {name};
    query.statuses = {u"COMPLETED"_s};
    query.size = mostRows;
    const Result<ExecutionPage> page = co_await outcome(client.executions().search(query));
    if (!page)
        co_return EarlierRuns{};
    const EarlierRuns runs = figuresOf(page->rows, version);
    if (kept->entries.size() >= mostKept)
        kept->entries.clear();
    kept->entries.insert(key, {runs, QDeadlineTimer(freshness)});
    co_return runs;
}

} // namespace mcp::tools
