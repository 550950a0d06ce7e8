#include "conductor/model/status.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr std::array<std::pair<QStringView, ExecutionStatus>, 6> executionWords{{
    {u"RUNNING", ExecutionStatus::Running},
    {u"PAUSED", ExecutionStatus::Paused},
    {u"COMPLETED", ExecutionStatus::Completed},
    {u"FAILED", ExecutionStatus::Failed},
    {u"TIMED_OUT", ExecutionStatus::TimedOut},
    {u"TERMINATED", ExecutionStatus::Terminated},
}};

constexpr std::array<std::pair<QStringView, TaskStatus>, 9> taskWords{{
    {u"SCHEDULED", TaskStatus::Scheduled},
    {u"IN_PROGRESS", TaskStatus::InProgress},
    {u"COMPLETED", TaskStatus::Completed},
    {u"COMPLETED_WITH_ERRORS", TaskStatus::CompletedWithErrors},
    {u"SKIPPED", TaskStatus::Skipped},
    {u"FAILED", TaskStatus::Failed},
    {u"FAILED_WITH_TERMINAL_ERROR", TaskStatus::FailedWithTerminalError},
    {u"TIMED_OUT", TaskStatus::TimedOut},
    {u"CANCELED", TaskStatus::Canceled},
}};

template <typename Words>
auto statusOf(const Words &words, QStringView word)
{
    for (const auto &[known, status] : words) {
        if (known == word)
            return status;
    }
    return decltype(words.front().second)::Unknown;
}

template <typename Words, typename Status>
QString wordOf(const Words &words, Status status)
{
    for (const auto &[known, value] : words) {
        if (value == status)
            return known.toString();
    }
    return u"UNKNOWN"_s;
}

} // namespace

ExecutionStatus executionStatus(QStringView word)
{
    return statusOf(executionWords, word);
}

TaskStatus taskStatus(QStringView word)
{
    return statusOf(taskWords, word);
}

QString word(ExecutionStatus status)
{
    return wordOf(executionWords, status);
}

QString word(TaskStatus status)
{
    return wordOf(taskWords, status);
}

bool isTerminal(ExecutionStatus status)
{
    return status != ExecutionStatus::Running && status != ExecutionStatus::Paused && status != ExecutionStatus::Unknown;
}

bool isTerminal(TaskStatus status)
{
    return status != TaskStatus::Scheduled && status != TaskStatus::InProgress && status != TaskStatus::Unknown;
}

bool isFailure(TaskStatus status)
{
    return status == TaskStatus::Failed || status == TaskStatus::FailedWithTerminalError || status == TaskStatus::TimedOut;
}

bool isSuccess(TaskStatus status)
{
    return status == TaskStatus::Completed || status == TaskStatus::CompletedWithErrors || status == TaskStatus::Skipped;
}

StatusFamily family(ExecutionStatus status)
{
    switch (status) {
    case ExecutionStatus::Running:
        return StatusFamily::Active;
    case ExecutionStatus::Paused:
        return StatusFamily::NeedsYou;
    case ExecutionStatus::Completed:
        return StatusFamily::Good;
    case ExecutionStatus::Failed:
    case ExecutionStatus::TimedOut:
        return StatusFamily::Bad;
    case ExecutionStatus::Terminated:
    case ExecutionStatus::Unknown:
        return StatusFamily::Quiet;
    }
    return StatusFamily::Quiet;
}

StatusFamily family(TaskStatus status)
{
    switch (status) {
    case TaskStatus::Scheduled:
    case TaskStatus::InProgress:
        return StatusFamily::Active;
    case TaskStatus::Completed:
        return StatusFamily::Good;
    case TaskStatus::CompletedWithErrors:
        return StatusFamily::NeedsYou;
    case TaskStatus::Failed:
    case TaskStatus::FailedWithTerminalError:
    case TaskStatus::TimedOut:
        return StatusFamily::Bad;
    case TaskStatus::Skipped:
    case TaskStatus::Canceled:
    case TaskStatus::Unknown:
        return StatusFamily::Quiet;
    }
    return StatusFamily::Quiet;
}

} // namespace conductor
