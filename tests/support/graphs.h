// Graphs for tests: of the samples, and made up ones that no sample holds.
#pragma once

#include "conductor/graph/graph.h"
#include "support/samples.h"

#include <QJsonObject>

#include <random>

namespace support {

// A moment at which a sample's relative times mean something: a minute after the last thing that happened in it.
QDateTime momentOf(const conductor::Execution &execution);

// A run of one dynamic fork over that many branches: the first third done, then some failed, retrying, running, queued; the rest not scheduled.
QJsonObject dynamicForkJson(int branches);
conductor::Execution dynamicFork(int branches);

// A definition of about that many tasks: random sequences, forks, switches and loops, the same for the same seed.
conductor::WorkflowDefinition randomDefinition(unsigned seed, int tasks, int depth = 4);

// A chain of groups, each a fork of ten: for measuring.
conductor::WorkflowDefinition wideDefinition(int tasks);

} // namespace support
