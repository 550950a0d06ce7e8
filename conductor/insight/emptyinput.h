// A ${…} in a task's input that came to nothing when the task was scheduled.
#pragma once

#include "conductor/model/execution.h"

#include <optional>

namespace conductor {

struct EmptyInput {
    QString parameter;  // where it stands: "http_request.uri"
    QString expression; // "fetch.output.link"
    QString evidence;   // what there was instead: "fetch's output has status, body"
};

// The first of the attempt's input, in the order of the definition's parameters.
std::optional<EmptyInput> emptyInputOf(const Execution &execution, const WorkflowTask &task, const TaskAttempt &attempt);

} // namespace conductor
