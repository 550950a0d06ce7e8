// What of a call's texts may be kept: no secret, not endless, and the same bytes when they are read back.
#pragma once

#include <QJsonObject>
#include <QString>

namespace mcp {

constexpr qsizetype keptArguments = 4096; // characters

// Compact JSON without its secrets: by the name of a field or of a named value, by the look of a text, and within texts that are
// JSON themselves. Longer than keptArguments it is cut, with "… (N more characters)" at its end.
QString auditedArguments(const QJsonObject &arguments);

// The same for a text.
QString auditedText(const QString &text, qsizetype most);

} // namespace mcp
