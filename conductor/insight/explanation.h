// Why a run failed, and the call that makes sense now.
#pragma once

#include "conductor/model/execution.h"

#include <optional>

namespace conductor {

struct Explanation {
    enum class Recovery {
        Retry,         // POST /workflow/{id}/retry: the failed task again, with a new attempt
        RetryInChild,  // the same, going into the failed sub-workflow
        WaitForRetry,  // the run goes on; another attempt is due
        Rerun,         // POST /workflow/{id}/rerun from the task, with another input: it would fail the same way again
        RestartLatest, // the definition has to be mended first; then POST /workflow/{id}/restart?useLatestDefinitions=true
        Restart,       // POST /workflow/{id}/restart
    };

    QString ref; // of the failing task, as in the attempts; empty: the run failed before any task
    QString taskId;
    QString taskName;
    QString type;
    TaskStatus status = TaskStatus::Unknown;
    QString reason;  // the innermost: of the task in the deepest sub-workflow the server mentions
    QString childId; // of the failed sub-workflow; what went wrong is there
    int attempts = 0;
    int attemptsAllowed = 0;
    QDateTime failed;
    QJsonObject input; // of the failing attempt
    Recovery recovery = Recovery::Retry;
    QString advice; // one sentence, for a person
};

// Nothing of a run that did not fail. A run that goes on is explained while a task of it is being retried.
std::optional<Explanation> explainFailure(const Execution &execution);

} // namespace conductor
