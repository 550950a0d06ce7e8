#include "app/executions/rowmerge.h"

#include <QHash>

#include <algorithm>

using conductor::ExecutionSummary;

namespace app {
namespace {

bool newerFirst(const ExecutionSummary &a, const ExecutionSummary &b)
{
    return a.started != b.started ? a.started > b.started : a.id < b.id;
}

} // namespace

std::vector<ExecutionSummary> merged(std::vector<ExecutionSummary> rows, const std::vector<ExecutionSummary> &page, Span span)
{
    const bool fromNewest = int(span) & int(Span::FromNewest);
    const bool toOldest = int(span) & int(Span::ToOldest);
    if (page.empty() && span != Span::Whole)
        return rows;

    QHash<QString, const ExecutionSummary *> fresh;
    for (const ExecutionSummary &row : page)
        fresh.insert(row.id, &row);

    // Rows that started in the same millisecond as the page's first or last may be on the page beside it.
    std::erase_if(rows, [&](const ExecutionSummary &row) {
        if (fresh.contains(row.id))
            return true;
        const bool notNewer = fromNewest || row.started < page.front().started;
        const bool notOlder = toOldest || row.started > page.back().started;
        return notNewer && notOlder;
    });
    for (const ExecutionSummary *row : std::as_const(fresh))
        rows.push_back(*row);
    std::sort(rows.begin(), rows.end(), newerFirst);
    return rows;
}

} // namespace app
