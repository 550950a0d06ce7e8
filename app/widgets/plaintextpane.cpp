#include "app/widgets/plaintextpane.h"

#include "app/look/textstyle.h"
#include "conductor/base/hostile.h"

using namespace Qt::StringLiterals;

namespace app {

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
    setPlainText(conductor::harmless(text, cap, conductor::Lines::Keep));
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
