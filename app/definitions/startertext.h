// The texts that somebody starts from: a definition as the editor shows it, a new one, the input of a run.
#pragma once

#include "conductor/model/definition.h"

namespace app {

// Printed for people, without what the server adds. Characters that nobody sees or that turn the order of others around stand
// as \uXXXX: the same JSON, but what is read is what is there.
QString editedText(const QJsonObject &definition);

QString newDefinitionText(const QString &name); // one task that runs on any server

// The input a definition asks for: its template, and an empty text for each parameter without one.
QJsonObject startingInput(const conductor::WorkflowDefinition &definition);

} // namespace app
