#include "mcp/clients/textplace.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {

TextStyle styleOf(const QByteArray &text)
{
    TextStyle style;
    const qsizetype firstEnd = text.indexOf('\n');
    if (firstEnd > 0 && text[firstEnd - 1] == '\r')
        style.lineEnd = "\r\n";
    for (qsizetype at = firstEnd; at >= 0; at = text.indexOf('\n', at + 1)) {
        qsizetype end = at + 1;
        while (end < text.size() && (text[end] == ' ' || text[end] == '\t'))
            ++end;
        if (end == at + 1 || end >= text.size() || text[end] == '\r' || text[end] == '\n' || text[end] == '*')
            continue;
        style.unit = text.mid(at + 1, end - at - 1);
        break;
    }
    return style;
}

QByteArray indentAt(const QByteArray &text, qsizetype at)
{
    const qsizetype begin = at > 0 ? text.lastIndexOf('\n', at - 1) + 1 : 0;
    qsizetype end = begin;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t'))
        ++end;
    return text.mid(begin, end - begin);
}

bool isBlank(const QByteArray &text)
{
    return (text.startsWith(byteOrderMark) ? text.mid(byteOrderMark.size()) : text).trimmed().isEmpty();
}

Error faultAt(const QByteArray &text, qsizetype at, const QString &what)
{
    const QByteArray before = text.first(std::clamp<qsizetype>(at, 0, text.size()));
    const QByteArray line = before.mid(before.lastIndexOf('\n') + 1);
    const QString shown = QString::fromUtf8(line.startsWith(byteOrderMark) ? line.mid(byteOrderMark.size()) : line);
    return faultAt(before.count('\n') + 1, shown.size() + 1, what);
}

Error faultAt(qsizetype line, qsizetype column, const QString &what)
{
    return {Error::Kind::Validation, u"line %1, column %2: %3"_s.arg(line).arg(column).arg(what)};
}

qsizetype beginOfLine(const QByteArray &text, qsizetype line)
{
    qsizetype at = 0;
    for (qsizetype i = 1; i < line; ++i) {
        const qsizetype end = text.indexOf('\n', at);
        if (end < 0)
            return text.size();
        at = end + 1;
    }
    return at;
}

} // namespace mcp
