#include "conductor/insight/explanation.h"

#include "conductor/graph/attempts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using Recovery = Explanation::Recovery;

bool isBranching(TaskKind kind)
{
    return kind == TaskKind::Fork || kind == TaskKind::DynamicFork || kind == TaskKind::Join || kind == TaskKind::ExclusiveJoin || kind == TaskKind::DoWhile;
}

// The attempt that made the run fail. The server names references only for FAILED; of a run that timed out or was terminated it
// is what was open at the end.
const TaskAttempt *culprit(const Execution &execution)
{
    const TaskAttempt *found = nullptr;
    const auto consider = [&](auto &&matches) {
        for (const TaskAttempt &attempt : execution.attempts) {
            if (matches(attempt) && (!found || attempt.ended >= found->ended))
                found = &attempt;
        }
    };
    consider([&](const TaskAttempt &attempt) {
        return isFailure(attempt.status) && !attempt.retried && execution.failedRefs.contains(attempt.ref) && !isBranching(attempt.kind());
    });
    if (!found)
        consider([](const TaskAttempt &attempt) { return isFailure(attempt.status) && !attempt.retried && !isBranching(attempt.kind()); });
    if (!found)
        consider([](const TaskAttempt &attempt) { return isFailure(attempt.status) && !attempt.retried; });
    if (!found && execution.status != ExecutionStatus::Completed)
        consider([](const TaskAttempt &attempt) { return attempt.kind() == TaskKind::Terminate && attempt.status == TaskStatus::Completed; });
    if (!found)
        consider([](const TaskAttempt &attempt) { return attempt.status == TaskStatus::Canceled && !attempt.retried && !isBranching(attempt.kind()); });
    return found;
}

// Of a run that goes on: the failed attempt that is being repeated.
const TaskAttempt *repeated(const Execution &execution)
{
    const Attempts attempts(execution);
    const TaskAttempt *found = nullptr;
    for (const QStringView ref : attempts.refs()) {
        const std::vector<const TaskAttempt *> &tries = attempts.at(ref);
        if (tries.size() < 2 || isTerminal(tries.back()->status))
            continue;
        const TaskAttempt *before = tries[tries.size() - 2];
        if (isFailure(before->status) && (!found || before->ended > found->ended))
            found = before;
    }
    return found;
}

void advise(Explanation &failure, const Execution &execution, const TaskAttempt *attempt)
{
    const auto say = [&](Recovery recovery, const QString &advice) {
        failure.recovery = recovery;
        failure.advice = advice;
    };
    if (!attempt)
        return say(Recovery::RestartLatest, u"No task ran: mend the definition, then restart the run with the latest definitions."_s);
    if (!isTerminal(execution.status))
        return say(Recovery::WaitForRetry, u"Another attempt is under way or due; make it due at once by resetting the callbacks."_s);
    if (attempt->kind() == TaskKind::Terminate)
        return say(Recovery::Restart, u"The definition ended the run on purpose; there is nothing to retry. Restart it when the cause is gone."_s);
    if (execution.status == ExecutionStatus::Terminated)
        return say(Recovery::Retry, u"Somebody terminated the run. Retry goes on with the tasks that were open."_s);
    if (execution.status == ExecutionStatus::TimedOut && !isFailure(attempt->status))
        return say(Recovery::Retry,
                   u"The run took longer than its definition allows. Retry it, or raise timeoutSeconds and restart it with the latest definitions."_s);
    if (attempt->kind() == TaskKind::SubWorkflow)
        return say(Recovery::RetryInChild, u"The sub-workflow failed. Mend the cause there, then retry and let it go on in the sub-workflow."_s);
    if (attempt->status == TaskStatus::FailedWithTerminalError) {
        if (attempt->kind() == TaskKind::System)
            return say(Recovery::RestartLatest,
                       u"The server cannot carry this task out as it is defined. Mend the definition, then restart with the latest definitions."_s);
        return say(Recovery::Rerun,
                   u"The worker said that trying again is no use. Mend the cause; then rerun from this task, with another input if need be."_s);
    }
    if (attempt->status == TaskStatus::TimedOut)
        return say(Recovery::Retry, u"No answer came in time. See whether its worker is alive and its timeouts are long enough, then retry."_s);
    say(Recovery::Retry, u"Mend the cause, then retry: the failed task gets a new attempt, what is done stays done."_s);
}

} // namespace

std::optional<Explanation> explainFailure(const Execution &execution)
{
    if (execution.status == ExecutionStatus::Completed)
        return std::nullopt;
    const TaskAttempt *attempt = isTerminal(execution.status) ? culprit(execution) : repeated(execution);
    if (!attempt && !isTerminal(execution.status))
        return std::nullopt;

    Explanation failure;
    failure.reason = innermostReason(execution.reason);
    if (attempt) {
        failure.ref = attempt->ref;
        failure.taskId = attempt->id;
        failure.taskName = attempt->name;
        failure.type = attempt->type;
        failure.status = attempt->status;
        failure.childId = attempt->subWorkflowId;
        failure.attempts = int(Attempts(execution).at(attempt->ref).size());
        failure.attemptsAllowed = std::max(failure.attempts, attempt->retryLimit + 1);
        failure.failed = attempt->ended;
        failure.input = attempt->input;
        if (const QString own = attempt->failureReason(); !own.isEmpty())
            failure.reason = innermostReason(own);
    }
    advise(failure, execution, attempt);
    return failure;
}

} // namespace conductor
