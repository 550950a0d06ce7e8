// How what is wrong with a definition, and how two versions of it differ, is told to a model.
#pragma once

#include "conductor/definition/difference.h"
#include "conductor/definition/problem.h"

#include <QJsonArray>

namespace mcp::tools {

// "error at tasks[1].joinOn: …", a line each, the first 20 and how many more there are.
QStringList linesOf(const std::vector<conductor::Problem> &problems);
QJsonArray dataOf(const std::vector<conductor::Problem> &problems);

// The count in one sentence, then a line for each task and field, the first 25: "~ ship: inputParameters.fast true → false".
QStringList linesOf(const conductor::DefinitionChanges &changes);
QJsonArray dataOf(const conductor::DefinitionChanges &changes);

} // namespace mcp::tools
