// What a server said against a definition, as problems with their place in the text.
#pragma once

#include "app/definitions/readtext.h"
#include "conductor/base/result.h"

namespace app {

// The server gives a path for what is missing, and only names the task within the message for what a task needs.
std::vector<conductor::Problem> serverProblems(const conductor::Error &error, const ReadText &read);

} // namespace app
