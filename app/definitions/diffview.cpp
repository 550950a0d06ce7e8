#include "app/definitions/diffview.h"

#include "app/look/palette.h"
#include "app/look/textstyle.h"
#include "conductor/base/hostile.h"
#include "conductor/definition/textdiff.h"

using namespace Qt::StringLiterals;
using conductor::DiffHunk;
using conductor::DiffLine;

namespace app {
namespace {

constexpr qsizetype longestLine = 4000;
constexpr int firstStyle = 50; // above those of the lexer, below QScintilla's own

} // namespace

DiffView::DiffView(const QString &accessibleName, QWidget *parent)
    : CodeArea(accessibleName, parent)
{
    setReadOnly(true);
    setMarginType(NumberMargin, TextMarginRightJustified);
    undress();
}

void DiffView::show(const QString &before, const QString &after)
{
    m_before = before;
    m_after = after;
    write();
}

void DiffView::changeEvent(QEvent *event)
{
    CodeArea::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    undress();
    write();
}

// Of what an editor shows besides its text nothing is of use here.
void DiffView::undress()
{
    setFolding(NoFoldStyle, FoldMargin);
    setMarginWidth(FoldMargin, 0);
    setMarginWidth(MarkMargin, 0);
    setCaretLineVisible(false);
    setBraceMatching(NoBraceMatch);
    const QPalette colors = palette();
    const QFont font = textFont(TextStyle::MonoHint); // each style is one of the few that QScintilla has
    m_styles = {QsciStyle(firstStyle, QString(), hintColor(colors), colors.color(QPalette::Base), font),
                QsciStyle(firstStyle + 1, QString(), colors.color(QPalette::Text), washOf(AddedMark, colors), font),
                QsciStyle(firstStyle + 2, QString(), colors.color(QPalette::Text), washOf(RemovedMark, colors), font),
                QsciStyle(firstStyle + 3, QString(), hintColor(colors), washOf(SkippedMark, colors), font)};
}

void DiffView::write()
{
    const std::vector<DiffHunk> parts = conductor::hunks(conductor::textDiff(m_before, m_after));
    QStringList lines;
    for (const DiffHunk &part : parts) {
        if (part.skipped > 0)
            lines << QString();
        for (const DiffLine &line : part.lines)
            lines << conductor::harmless(line.text, longestLine);
    }
    clearMarks();
    clearMarginText();
    setText(lines.join(u'\n'));

    int row = 0;
    for (const DiffHunk &part : parts) {
        if (part.skipped > 0)
            addLine(row++, SkippedMark, u"%1 ⋯"_s.arg(part.skipped));
        for (const DiffLine &line : part.lines) {
            if (line.kind == DiffLine::Kind::Common)
                addLine(row, WarningMark, u"%1  "_s.arg(line.lineAfter));
            else if (line.kind == DiffLine::Kind::Added)
                addLine(row, AddedMark, u"%1 +"_s.arg(line.lineAfter));
            else
                addLine(row, RemovedMark, u"%1 −"_s.arg(line.lineBefore));
            ++row;
        }
    }
    setMarginWidth(NumberMargin, QFontMetrics(textFont(TextStyle::Mono)).horizontalAdvance(u"00000 + "_s));
}

void DiffView::addLine(int line, Mark mark, const QString &margin)
{
    const bool isMarked = mark >= AddedMark;
    setMarginText(line, margin, m_styles[isMarked ? mark - AddedMark + 1 : 0]);
    if (isMarked)
        markerAdd(line, mark);
}

} // namespace app
