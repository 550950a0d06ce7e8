#include "conductor/insight/cause.h"

#include "conductor/base/hostile.h"
#include "conductor/graph/attempts.h"
#include "conductor/insight/emptyinput.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

struct Evidence {
    const Execution &execution;
    const Explanation &failure;
    const Clues &clues;
    const TaskAttempt *attempt = nullptr; // that failed; none when no task ran
    const WorkflowTask *task = nullptr;   // as the definition has it; none for what a dynamic fork spawned

    bool says(QLatin1StringView words) const { return failure.reason.contains(words, Qt::CaseInsensitive); }
};

using Found = std::optional<Cause>;

QString quoted(const QString &text) { return u"“%1”"_s.arg(harmless(text, 240)); }

bool waitsForWorker(const TaskAttempt *attempt)
{
    return attempt && (attempt->kind() == TaskKind::Worker || attempt->kind() == TaskKind::Dynamic);
}

Found endedOnPurpose(const Evidence &evidence)
{
    if (!evidence.attempt || evidence.attempt->kind() != TaskKind::Terminate)
        return {};
    return Cause{u"ended-on-purpose"_s, u"The definition itself ends the run in task %1"_s.arg(evidence.attempt->ref), quoted(evidence.failure.reason),
                 u"See which way led there: the switch or task before it decided so"_s};
}

Found terminated(const Evidence &evidence)
{
    if (evidence.execution.status != ExecutionStatus::Terminated || (evidence.attempt && evidence.attempt->kind() == TaskKind::Terminate))
        return {};
    return Cause{u"terminated"_s, u"Somebody terminated the run; no task made it fail"_s,
                 evidence.failure.reason.isEmpty() ? u"no reason was given"_s : quoted(evidence.failure.reason), u"Retry or restart it if it is still wanted"_s};
}

Found brokenDefinition(const Evidence &evidence)
{
    if (evidence.says("not followed by a join"_L1))
        return Cause{u"fork-without-join"_s, u"A fork has no JOIN right behind it, so that the server refuses to go on"_s, quoted(evidence.failure.reason),
                     u"Put a JOIN with joinOn behind every fork"_s};
    if (evidence.says("No evaluator registered"_L1))
        return Cause{u"unknown-evaluator"_s, u"A task asks for an evaluatorType that the server does not have"_s, quoted(evidence.failure.reason),
                     u"Use value-param, javascript or graaljs"_s};
    return {};
}

Found missingDefinition(const Evidence &evidence)
{
    if (evidence.says("No such workflow"_L1))
        return Cause{u"missing-definition"_s, u"The workflow that %1 starts is not on the server"_s.arg(evidence.failure.ref), quoted(evidence.failure.reason),
                     u"Create it, or mend the name and version in subWorkflowParam"_s};
    return {};
}

Found payloadTooLarge(const Evidence &evidence)
{
    if (!evidence.says("permissible limit"_L1))
        return {};
    return Cause{u"payload-too-large"_s, u"Input or output is larger than the server takes"_s, quoted(evidence.failure.reason),
                 u"Pass a reference (a URL, a key) instead of the data itself"_s};
}

Found scriptError(const Evidence &evidence)
{
    const QString type = evidence.failure.type;
    const bool isScript = type == u"INLINE" || type == u"LAMBDA" || type == u"JSON_JQ_TRANSFORM" || type == u"SWITCH" || type == u"DO_WHILE";
    if (!evidence.says("Error evaluating the script"_L1) && !(isScript && !evidence.failure.reason.isEmpty()))
        return {};
    QString script;
    for (const QStringView key : {u"expression", u"scriptExpression", u"queryExpression"}) {
        if (evidence.task && script.isEmpty())
            script = evidence.task->input[key].toString();
    }
    if (script.isEmpty() && evidence.task)
        script = evidence.task->expression;
    return Cause{u"script-error"_s, u"The %1 of %2 failed"_s.arg(type == u"JSON_JQ_TRANSFORM" ? u"jq expression"_s : u"script"_s, evidence.failure.ref),
                 quoted(evidence.failure.reason) + (script.isEmpty() ? QString() : u"; script: "_s + harmless(script, 200)),
                 u"Mend the expression; it sees the task's input as $.name"_s};
}

int httpStatusOf(const Evidence &evidence)
{
    if (const int status = evidence.attempt ? evidence.attempt->output[u"response"][u"statusCode"].toInt() : 0; status > 0)
        return status;
    static const QRegularExpression pattern(u"(?:status(?: ?code)?|response code|http)[\\s:=\"']{1,4}([1-5]\\d\\d)\\b"_s, QRegularExpression::CaseInsensitiveOption);
    return pattern.match(evidence.failure.reason.left(2000)).captured(1).toInt();
}

QString httpRemedy(int status)
{
    if (status == 401 || status == 403)
        return u"The credentials are wrong or lack a right: mend the headers of the request"_s;
    if (status == 404 || status == 405)
        return u"The address or method is wrong: mend uri and method"_s;
    if (status == 408 || status == 429)
        return u"The service is too busy: retry later, and give the task a longer retryDelaySeconds"_s;
    if (status >= 500)
        return u"The service itself failed: retry when it is well"_s;
    return u"The service refused what was sent: mend the body and headers"_s;
}

Found httpStatus(const Evidence &evidence)
{
    const int status = httpStatusOf(evidence);
    if (status < 400)
        return {};
    QString uri = evidence.attempt ? evidence.attempt->input[u"http_request"][u"uri"].toString() : QString();
    if (uri.isEmpty() && evidence.attempt)
        uri = evidence.attempt->input[u"uri"].toString();
    return Cause{u"http-status"_s, u"A service answered with HTTP status %1"_s.arg(status),
                 uri.isEmpty() ? quoted(evidence.failure.reason) : harmless(uri.section(u'?', 0, 0), 160), httpRemedy(status)};
}

Found unreachable(const Evidence &evidence)
{
    constexpr std::array signs{"connection refused"_L1, "unknownhost"_L1, "unknown host"_L1, "connect timed out"_L1, "no route to host"_L1, "API call failed:"_L1,
                               "name or service not known"_L1, "connection reset"_L1, "read timed out"_L1, "failed to connect"_L1};
    if (std::none_of(signs.begin(), signs.end(), [&](QLatin1StringView sign) { return evidence.says(sign); }))
        return {};
    return Cause{u"unreachable"_s, u"A service that %1 needs did not answer"_s.arg(evidence.failure.ref), quoted(evidence.failure.reason),
                 u"See that the service runs and is reached from there, then retry"_s};
}

Found nobodyPolls(const Evidence &evidence)
{
    const bool neverTaken = evidence.attempt && !evidence.attempt->started.isValid() && evidence.attempt->pollCount == 0;
    if (!waitsForWorker(evidence.attempt) || !neverTaken || !evidence.clues.lastPoll)
        return {};
    const QDateTime last = *evidence.clues.lastPoll;
    if (last.isValid() && evidence.attempt->scheduled.isValid() && last > evidence.attempt->scheduled)
        return {};
    return Cause{u"no-poller"_s, u"No worker has taken %1"_s.arg(evidence.failure.ref),
                 last.isValid() ? u"queue %1 was last polled before the task was scheduled"_s.arg(harmless(evidence.attempt->name, 60))
                                : u"nobody has ever polled queue %1"_s.arg(harmless(evidence.attempt->name, 60)),
                 u"Start a worker for %1, then retry"_s.arg(harmless(evidence.attempt->name, 60))};
}

// Rules of a task definition that cannot be kept together, or not within what the workflow allows.
Found contradictingTimeouts(const Evidence &evidence)
{
    if (!evidence.clues.taskDefinition)
        return {};
    const TaskDefinition &task = *evidence.clues.taskDefinition;
    const qint64 allowed = evidence.execution.definition->timeoutSeconds;
    const qint64 retries = qint64(task.retryCount) * task.retryDelaySeconds;
    const bool timedOut = evidence.failure.status == TaskStatus::TimedOut || evidence.execution.status == ExecutionStatus::TimedOut;
    QString numbers;
    if (task.timeoutSeconds > 0 && task.responseTimeoutSeconds >= task.timeoutSeconds)
        numbers = u"responseTimeoutSeconds %1 is not below timeoutSeconds %2"_s.arg(task.responseTimeoutSeconds).arg(task.timeoutSeconds);
    else if (allowed > 0 && task.timeoutSeconds > allowed)
        numbers = u"the task may take %1 s, the whole run %2 s"_s.arg(task.timeoutSeconds).arg(allowed);
    else if (allowed > 0 && retries > allowed)
        numbers = u"%1 retries, %2 s apart, cannot fit into the %3 s of the run"_s.arg(task.retryCount).arg(task.retryDelaySeconds).arg(allowed);
    if (numbers.isEmpty() || !timedOut)
        return {};
    return Cause{u"contradicting-timeouts"_s, u"The timeouts of task %1 and of the workflow contradict each other"_s.arg(harmless(task.name, 60)), numbers,
                 u"Mend the task definition, or raise timeoutSeconds of the workflow"_s};
}

Found noAnswerInTime(const Evidence &evidence)
{
    if (evidence.failure.status != TaskStatus::TimedOut)
        return {};
    const bool wasTaken = evidence.attempt && evidence.attempt->started.isValid();
    return Cause{u"no-answer-in-time"_s, u"%1 did not answer in time"_s.arg(evidence.failure.ref),
                 quoted(evidence.failure.reason) + (wasTaken && !evidence.attempt->workerId.isEmpty() ? u"; worker "_s + harmless(evidence.attempt->workerId, 60) : QString()),
                 u"See whether the worker died; if it needs longer, raise responseTimeoutSeconds or let it report IN_PROGRESS"_s};
}

Found runTooLong(const Evidence &evidence)
{
    if (evidence.execution.status != ExecutionStatus::TimedOut || evidence.failure.status == TaskStatus::TimedOut)
        return {};
    return Cause{u"run-too-long"_s, u"The run took longer than timeoutSeconds of its definition"_s, quoted(evidence.failure.reason),
                 u"Finish %1, which was open then, faster; or raise timeoutSeconds"_s.arg(evidence.failure.ref)};
}

Found emptyInput(const Evidence &evidence)
{
    if (!evidence.task || !evidence.attempt)
        return {};
    const std::optional<EmptyInput> empty = emptyInputOf(evidence.execution, *evidence.task, *evidence.attempt);
    if (!empty)
        return {};
    return Cause{u"dangling-expression"_s, u"Input %1 is empty: ${%2} came to nothing"_s.arg(harmless(empty->parameter, 80), harmless(empty->expression, 120)),
                 empty->evidence, u"Mend the expression, or what should have filled it"_s};
}

Found terminalError(const Evidence &evidence)
{
    if (evidence.failure.status != TaskStatus::FailedWithTerminalError || !waitsForWorker(evidence.attempt))
        return {};
    return Cause{u"terminal-error"_s, u"The worker of %1 said that trying again is no use"_s.arg(evidence.failure.ref), quoted(evidence.failure.reason),
                 u"Mend what it says, then rerun from this task"_s};
}

Found retriesUsedUp(const Evidence &evidence)
{
    const bool usedUp = evidence.failure.status == TaskStatus::Failed && evidence.failure.attempts > 1 && evidence.failure.attempts >= evidence.failure.attemptsAllowed;
    if (!usedUp || !isTerminal(evidence.execution.status))
        return {};
    return Cause{u"retries-used-up"_s, u"All %1 attempts at %2 failed"_s.arg(evidence.failure.attempts).arg(evidence.failure.ref), quoted(evidence.failure.reason),
                 u"Mend the cause before you retry; one more attempt alone will hardly help"_s};
}

Found noTaskDefinition(const Evidence &evidence)
{
    if (!evidence.clues.taskDefinitionIsMissing || !waitsForWorker(evidence.attempt))
        return {};
    return Cause{u"missing-definition"_s, u"Task %1 has no task definition"_s.arg(harmless(evidence.attempt->name, 60)),
                 u"the server's defaults apply: 3 retries 60 s apart, an answer within an hour"_s, u"Create one to say how it is retried and timed out"_s};
}

constexpr std::array rules{endedOnPurpose, terminated, brokenDefinition, missingDefinition, payloadTooLarge, nobodyPolls, contradictingTimeouts, httpStatus,
                           unreachable, scriptError, emptyInput, noAnswerInTime, runTooLong, terminalError, retriesUsedUp, noTaskDefinition};

} // namespace

std::vector<Cause> causesOf(const Execution &execution, const Explanation &failure, const Clues &clues)
{
    Evidence evidence{execution, failure, clues};
    const auto attempt = std::find_if(execution.attempts.begin(), execution.attempts.end(), [&](const TaskAttempt &one) { return one.id == failure.taskId; });
    if (!failure.taskId.isEmpty() && attempt != execution.attempts.end()) {
        evidence.attempt = &*attempt;
        evidence.task = findTask(execution.definition->tasks, attempt->ref);
    }
    std::vector<Cause> causes;
    for (const auto rule : rules) {
        if (Found cause = rule(evidence); cause && causes.size() < 3)
            causes.push_back(std::move(*cause));
    }
    return causes;
}

} // namespace conductor
