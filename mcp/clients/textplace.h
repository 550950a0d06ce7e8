// What the editors of configuration texts share: line ends, indentation, and where in a text something is wrong.
#pragma once

#include "conductor/base/result.h"

#include <QByteArray>

namespace mcp {

const QByteArray byteOrderMark = QByteArrayLiteral("\xEF\xBB\xBF");

struct TextStyle {
    QByteArray lineEnd = "\n";
    QByteArray unit = "  "; // one step of indentation
};
TextStyle styleOf(const QByteArray &text);

// The blanks at the beginning of the line that holds the byte.
QByteArray indentAt(const QByteArray &text, qsizetype at);

// Nothing but blanks and a byte order mark.
bool isBlank(const QByteArray &text);

// Validation, "line 3, column 7: what". Columns count characters.
conductor::Error faultAt(const QByteArray &text, qsizetype at, const QString &what);
conductor::Error faultAt(qsizetype line, qsizetype column, const QString &what);

// Where the line begins, counted from 1; the end of the text when it has fewer.
qsizetype beginOfLine(const QByteArray &text, qsizetype line);

} // namespace mcp
