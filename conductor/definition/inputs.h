// The inputs a workflow expects, and how what somebody wants to start it with fits.
#pragma once

#include "conductor/model/definition.h"

namespace conductor {

struct InputFit {
    QStringList missing; // declared, without a default, not given
    QStringList unknown; // given, neither declared nor read by any ${workflow.input.…}

    bool isGood() const { return missing.isEmpty() && unknown.isEmpty(); }
};

// A definition that declares and reads nothing knows nothing of its inputs: then none is unknown.
InputFit fitOf(const WorkflowDefinition &definition, const QJsonObject &input);

// The names that ${workflow.input.NAME} reads anywhere in the definition, sorted.
QStringList inputsRead(const WorkflowDefinition &definition);

} // namespace conductor
