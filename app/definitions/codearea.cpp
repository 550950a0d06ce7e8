#include "app/definitions/codearea.h"

#include "app/look/icons.h"
#include "app/look/palette.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"
#include "app/widgets/tooltips.h"

#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;
using conductor::StatusFamily;

namespace app {
namespace {

constexpr int markIcon = 14;
constexpr int firstIndicator = 8; // those below belong to lexers
constexpr int spacesPerLevel = 2;

StatusFamily familyOf(int mark)
{
    switch (mark) {
    case CodeArea::ErrorMark:
    case CodeArea::RemovedMark:
        return StatusFamily::Bad;
    case CodeArea::HazardMark:
        return StatusFamily::NeedsYou;
    case CodeArea::AddedMark:
        return StatusFamily::Good;
    default:
        return StatusFamily::Quiet;
    }
}

} // namespace

CodeArea::CodeArea(const QString &accessibleName, QWidget *parent)
    : QsciScintilla(parent)
    , m_lexer(new QsciLexerJSON(this))
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setUtf8(true);
    setEolMode(EolUnix);
    setLexer(m_lexer);
    setIndentationsUseTabs(false);
    setIndentationWidth(spacesPerLevel);
    setTabWidth(spacesPerLevel);
    setAutoIndent(true);
    setBackspaceUnindents(true);
    setBraceMatching(SloppyBraceMatch);
    SendScintilla(SCI_SETSCROLLWIDTH, 1); // as wide as the longest line that was seen
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1);
    setMarginType(MarkMargin, SymbolMargin);
    setMarginMarkerMask(MarkMargin, (1 << ErrorMark) | (1 << HazardMark) | (1 << WarningMark));
    setMarginSensitivity(MarkMargin, false);
    for (const Mark mark : {ErrorMark, HazardMark, WarningMark})
        indicatorDefine(SquiggleIndicator, firstIndicator + mark);
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, &CodeArea::characterAdded);
    setUpKeys();
    dress();
}

// Esc belongs to the page, and what no form of ours means stays unbound.
void CodeArea::setUpKeys()
{
    for (const int key : {int(Qt::Key_Escape), int(Qt::CTRL) + Qt::Key_L, int(Qt::CTRL) + Qt::Key_T, int(Qt::CTRL) + Qt::Key_U}) {
        if (QsciCommand *command = standardCommands()->boundTo(key))
            command->setKey(0);
    }
}

// What a bracket opens is indented on the next line; the one that closes it stands below its line again.
void CodeArea::characterAdded(int character)
{
    int line = 0, index = 0;
    getCursorPosition(&line, &index);
    const QString before = text(line).left(index).trimmed();
    if (line == 0)
        return;
    const QString above = text(line - 1).trimmed();
    const bool opens = above.endsWith(u'{') || above.endsWith(u'[');
    if (character == '\n' && opens)
        setIndentation(line, indentation(line - 1) + spacesPerLevel);
    else if ((character == '}' || character == ']') && before.size() == 1)
        setIndentation(line, std::max(0, indentation(line - 1) - (opens ? 0 : spacesPerLevel)));
    else
        return;
    setCursorPosition(line, indentation(line) + int(before.size()));
}

// Tab goes on to what comes next, as everywhere; with several lines selected it indents them.
bool CodeArea::focusNextPrevChild(bool next)
{
    int from = -1, to = -1, index = 0;
    getSelection(&from, &index, &to, &index);
    if (!isReadOnly() && from != to)
        return false;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

bool CodeArea::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = m_tips.value(lineAt(QPoint(1, help->pos().y())));
        QToolTip::showText(help->globalPos(), plainToolTip(tip), viewport());
        return true;
    }
    return QsciScintilla::viewportEvent(event);
}

void CodeArea::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void CodeArea::dress()
{
    const QPalette colors = palette();
    const QColor base = colors.color(QPalette::Base);
    dressLexer();
    dressMarks();
    setPaper(base);
    setColor(colors.color(QPalette::Text));
    setCaretForegroundColor(colors.color(QPalette::Text));
    setCaretLineVisible(true);
    setCaretLineBackgroundColor(mixed(colors.color(QPalette::Highlight), base, 0.07));
    setSelectionBackgroundColor(mixed(colors.color(QPalette::Highlight), base, 0.3));
    resetSelectionForegroundColor();
    setMatchedBraceBackgroundColor(mixed(colors.color(QPalette::Highlight), base, 0.25));
    setMatchedBraceForegroundColor(colors.color(QPalette::Text));
    setUnmatchedBraceBackgroundColor(familyWash(StatusFamily::Bad, colors));
    setUnmatchedBraceForegroundColor(familyColor(StatusFamily::Bad, colors));

    QFont numbers = textFont(TextStyle::MonoHint);
    setMarginsFont(numbers);
    setMarginsBackgroundColor(base);
    setMarginsForegroundColor(hintColor(colors));
    setMarginBackgroundColor(MarkMargin, base);
    setFolding(PlainFoldStyle, FoldMargin);
    setFoldMarginColors(base, base);
    setMarginWidth(NumberMargin, QFontMetrics(numbers).horizontalAdvance(u"00000"_s) + 4);
    setMarginWidth(MarkMargin, markIcon + 4);
    setMarginWidth(FoldMargin, 14);
    for (int sign = int(SC_MARKNUM_FOLDEREND); sign <= int(SC_MARKNUM_FOLDEROPEN); ++sign) {
        SendScintilla(SCI_MARKERSETFORE, ulong(sign), hintColor(colors));
        SendScintilla(SCI_MARKERSETBACK, ulong(sign), hintColor(colors));
    }
}

void CodeArea::dressLexer()
{
    const QPalette colors = palette();
    const QColor text = colors.color(QPalette::Text);
    const QFont font = textFont(TextStyle::Mono);
    m_lexer->setDefaultFont(font);
    m_lexer->setFont(font);
    m_lexer->setDefaultPaper(colors.color(QPalette::Base));
    m_lexer->setPaper(colors.color(QPalette::Base));
    m_lexer->setDefaultColor(text);
    m_lexer->setColor(text);
    const QColor string = mixed(familyColor(StatusFamily::Good, colors), text, 0.75);
    const QColor number = mixed(familyColor(StatusFamily::NeedsYou, colors), text, 0.8);
    m_lexer->setColor(familyColor(StatusFamily::Active, colors), QsciLexerJSON::Property);
    for (const int style : {int(QsciLexerJSON::String), int(QsciLexerJSON::IRI), int(QsciLexerJSON::IRICompact)})
        m_lexer->setColor(string, style);
    m_lexer->setColor(mixed(string, text, 0.5), QsciLexerJSON::EscapeSequence);
    m_lexer->setColor(number, QsciLexerJSON::Number);
    m_lexer->setColor(number, QsciLexerJSON::Keyword);
    m_lexer->setColor(hintColor(colors), QsciLexerJSON::Operator);
    for (const int style : {int(QsciLexerJSON::Error), int(QsciLexerJSON::UnclosedString), int(QsciLexerJSON::CommentLine), int(QsciLexerJSON::CommentBlock)})
        m_lexer->setColor(familyColor(StatusFamily::Bad, colors), style);
}

void CodeArea::dressMarks()
{
    const QPalette colors = palette();
    const auto glyph = [&](QStringView name, Mark mark) {
        markerDefine(iconPixmap(name, familyColor(familyOf(mark), colors), markIcon, 1), mark);
        setIndicatorForegroundColor(familyColor(familyOf(mark), colors), firstIndicator + mark);
    };
    glyph(u"circle-x", ErrorMark);
    glyph(u"triangle-alert", HazardMark);
    glyph(u"info", WarningMark);
    for (const Mark mark : {AddedMark, RemovedMark, SkippedMark}) {
        markerDefine(Background, mark);
        setMarkerBackgroundColor(washOf(mark, colors), mark);
    }
}

QColor CodeArea::washOf(Mark mark, const QPalette &palette)
{
    return familyWash(familyOf(mark), palette);
}

void CodeArea::clearMarks()
{
    m_tips.clear();
    markerDeleteAll();
    for (const Mark mark : {ErrorMark, HazardMark, WarningMark})
        clearIndicatorRange(0, 0, lines(), 0, firstIndicator + mark);
}

void CodeArea::mark(int line, int column, Mark mark, const QString &tip)
{
    const int place = line - 1;
    QString &told = m_tips[place];
    told += (told.isEmpty() ? QString() : u"\n"_s) + tip;
    markerAdd(place, mark);
    if (mark > WarningMark)
        return;
    const QString content = text(place);
    qsizetype end = content.size();
    while (end > column && (content[end - 1].isSpace() || content[end - 1] == u','))
        --end;
    fillIndicatorRange(place, indexOf(line, column), place, indexOf(line, int(end) + 1), firstIndicator + mark);
}

// QScintilla counts characters, our positions count UTF-16 units.
int CodeArea::indexOf(int line, int column) const
{
    return int(text(line - 1).left(column - 1).toUcs4().size());
}

int CodeArea::columnOf(int line, int index) const
{
    const QList<uint> characters = text(line - 1).toUcs4();
    return int(QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()), std::min<qsizetype>(index, characters.size())).size()) + 1;
}

} // namespace app
