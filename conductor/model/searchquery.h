// A search for executions as a value, and its text in the grammar that Conductor's SQLite index is known to honour. Unknown
// fields are silently ignored by the server and answer everything, so only what is listed here is ever asked.
#pragma once

#include "conductor/base/result.h"

#include <QDateTime>
#include <QStringList>

namespace conductor {

struct ExecutionQuery {
    QStringList names = {};    // any of these workflows; a single name may hold * as a wildcard
    QStringList statuses = {}; // any of these, as the server writes them
    QString id = {};
    QString correlationId = {};
    QString parentId = {};
    bool topLevelOnly = false; // not started by a sub-workflow task
    QDateTime startedAfter = {};
    QDateTime startedBefore = {};
    QDateTime endedAfter = {};
    QString text = {}; // anywhere in name, ids, input, output, reason

    int start = 0;
    int size = 20; // up to 5,000

    bool operator==(const ExecutionQuery &) const = default;
};

// The query text; empty when nothing narrows the search. Errors: Validation for a value the grammar cannot carry (a quote,
// parenthesis or " AND "; a comma in a single value), which the server would drop or answer with 500.
Result<QString> queryText(const ExecutionQuery &query);

} // namespace conductor
