// What a demo worker answers to a task: resources/demo/work.json as values. The same task of the same execution is always
// answered alike, so that a demo that was interrupted goes on where it was.
#pragma once

#include "conductor/api/tasks.h"

namespace conductor {

// The sample workflows a demo runs: resources/samples.
inline constexpr QStringView demoSwarm = u"agent_swarm_22";
inline constexpr QStringView demoKitchenSink = u"kitchen_sink_local";

// The task definitions, which are the queues, that demo workers serve.
QStringList demoQueues();

// The end of the task: COMPLETED with a plausible output, or FAILED. In each run of the swarm one agent, always the same one for
// that execution, fails its first attempt.
TaskUpdate demoAnswer(const PolledTask &task);

// What the worker writes into the log when it begins.
QString demoOpening(const PolledTask &task);

// The input of a new run.
QJsonObject demoInput(QStringView workflow, int number);

} // namespace conductor
