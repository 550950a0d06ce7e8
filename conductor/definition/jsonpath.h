// Paths into JSON, as problems and differences name places: tasks[0].inputParameters["http.uri"].
#pragma once

#include <QString>

namespace conductor {

// The path of a member: "tasks[0]" and "name" → "tasks[0].name"; keys that are no plain words are quoted in brackets.
QString member(const QString &path, QStringView key);
QString element(const QString &path, qsizetype index); // "tasks" and 0 → "tasks[0]"

} // namespace conductor
