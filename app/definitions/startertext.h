// The texts that somebody starts from: a new definition, the input of a run.
#pragma once

#include "conductor/model/definition.h"

namespace app {

QString newDefinitionText(const QString &name); // one task that runs on any server

// The input a definition asks for: its template, and an empty text for each parameter without one.
QJsonObject startingInput(const conductor::WorkflowDefinition &definition);

} // namespace app
