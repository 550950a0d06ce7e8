// Statuses of executions and tasks, and the five families they are shown in.
#pragma once

#include <QString>

namespace conductor {

enum class ExecutionStatus { Running, Paused, Completed, Failed, TimedOut, Terminated, Unknown };
enum class TaskStatus { Scheduled, InProgress, Completed, CompletedWithErrors, Skipped, Failed, FailedWithTerminalError, TimedOut, Canceled, Unknown };

// Five, since eight hues cannot be told apart by everybody: a family has a colour, a state within it a glyph and a word.
enum class StatusFamily { Active, Good, Bad, NeedsYou, Quiet };

ExecutionStatus executionStatus(QStringView word); // "RUNNING"; Unknown for a word of a later server
TaskStatus taskStatus(QStringView word);           // "IN_PROGRESS"
QString word(ExecutionStatus status);              // as the server writes it
QString word(TaskStatus status);

bool isTerminal(ExecutionStatus status);
bool isTerminal(TaskStatus status);
bool isFailure(TaskStatus status); // FAILED, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT; a canceled task did not fail
bool isSuccess(TaskStatus status); // the run goes on after it: COMPLETED, COMPLETED_WITH_ERRORS, SKIPPED

StatusFamily family(ExecutionStatus status);
StatusFamily family(TaskStatus status);

} // namespace conductor
