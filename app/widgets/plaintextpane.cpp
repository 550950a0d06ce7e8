#include "app/widgets/plaintextpane.h"

#include "app/look/textstyle.h"
#include "conductor/base/hostile.h"

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr qsizetype longestLine = 2000;

// Laying out one line of a megabyte takes minutes: it is shown in pieces, each but the last with a mark at its end.
QString inPieces(const QString &text)
{
    QString result;
    result.reserve(text.size() + text.size() / longestLine * 2);
    qsizetype length = 0;
    for (const QChar character : text) {
        if (length >= longestLine && !character.isLowSurrogate() && character != u'\n') {
            result += u"↩\n";
            length = 0;
        }
        result += character;
        length = character == u'\n' ? 0 : length + 1;
    }
    return result;
}

} // namespace

PlainTextPane::PlainTextPane(const QString &accessibleName, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(accessibleName);
    setReadOnly(true);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setFont(textFont(TextStyle::Mono));
    setUndoRedoEnabled(false);
}

void PlainTextPane::show(const QString &text, qsizetype cap)
{
    m_whole = text;
    m_capped = text.size() > cap;
    setPlainText(inPieces(conductor::harmless(text, cap, conductor::Lines::Keep)));
}

void PlainTextPane::showWhole()
{
    show(QString(m_whole), m_whole.size());
}

QString errorFacts(const conductor::Error &error)
{
    QStringList lines{conductor::kindName(error.kind)};
    if (error.httpStatus != 0)
        lines << u"HTTP %1"_s.arg(error.httpStatus);
    lines << error.message;
    return lines.join(u'\n');
}

} // namespace app
