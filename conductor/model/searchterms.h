// What a person or a model types to find executions: "type:order* AND status:FAILED since:2h refund". Terms are joined by
// blanks or AND; there is no OR and no NOT, since the server has none.
#pragma once

#include "conductor/model/searchquery.h"
#include "conductor/model/summary.h"

namespace conductor {

struct SearchTerms {
    ExecutionQuery query;
    QString failedTask;   // of failed runs only those that failed at it, which the server cannot be asked: see hasFailedAt()
    QStringList problems; // what was not understood or cannot be asked of the server, a sentence each

    bool operator==(const SearchTerms &) const = default;
};

// type:, name: (several with commas, * as wildcard) · status: (several with commas) · id: · correlation: · parent: (an id or
// "none") · since:, until: (30m, 2h, 7d, today, yesterday, a date or time) · text: and free words · failed-task: (a reference or a
// task's name, * as wildcard; of runs with status FAILED). Values with blanks stand in double quotes. Also takes field=value, and
// the server's own names of fields.
SearchTerms searchTerms(const QString &text, const QDateTime &now);

// Whether a task of this reference or name made the run fail; in a loop, in whatever iteration.
bool hasFailedAt(const ExecutionSummary &run, const QString &task);

} // namespace conductor
