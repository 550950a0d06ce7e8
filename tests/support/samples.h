// Definitions, executions and search results that a real server answered: resources/samples.
#pragma once

#include "conductor/model/execution.h"

#include <QJsonValue>

namespace support {

// The JSON of resources/samples/NAME; aborts the test run when it is not there.
QJsonValue sample(const QString &name);

conductor::Execution sampleExecution(const QString &name);             // "swarm22.execution.json"
conductor::WorkflowDefinition sampleDefinition(const QString &name);   // "swarm22.definition.json"

} // namespace support
