#include "app/definitions/jsoneditor.h"

#include "app/definitions/codearea.h"
#include "app/definitions/findbar.h"
#include "conductor/base/hostile.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Problem;
using conductor::TextPosition;

namespace app {
namespace {

CodeArea::Mark markOf(Problem::Severity severity)
{
    switch (severity) {
    case Problem::Severity::Error:
        return CodeArea::ErrorMark;
    case Problem::Severity::Hazard:
        return CodeArea::HazardMark;
    case Problem::Severity::Warning:
        break;
    }
    return CodeArea::WarningMark;
}

} // namespace

JsonEditor::JsonEditor(const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_area(new CodeArea(accessibleName))
    , m_find(new FindBar)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_area, 1);
    layout->addWidget(m_find);
    setFocusProxy(m_area);

    connect(m_area, &QsciScintilla::textChanged, this, [this] {
        if (!m_opening)
            Q_EMIT edited();
    });
    connect(m_area, &QsciScintilla::cursorPositionChanged, this, [this] {
        if (!m_opening)
            Q_EMIT cursorMoved(cursor());
    });
    connect(m_find, &FindBar::sought, this,
            [this](const QString &text, FindBar::Way way) { find(text, way != FindBar::Way::Previous, way == FindBar::Way::Here); });
    connect(m_find, &FindBar::closed, this, [this] { m_area->setFocus(Qt::OtherFocusReason); });
}

void JsonEditor::open(const QString &text)
{
    m_opening = true;
    m_area->setText(text);
    m_area->SendScintilla(QsciScintillaBase::SCI_EMPTYUNDOBUFFER);
    m_area->setCursorPosition(0, 0);
    m_area->setFirstVisibleLine(0);
    m_opening = false;
}

void JsonEditor::replace(const QString &text)
{
    const TextPosition place = cursor();
    m_area->beginUndoAction();
    m_area->selectAll();
    m_area->replaceSelectedText(text);
    m_area->endUndoAction();
    goTo(place);
}

QString JsonEditor::text() const
{
    return m_area->text();
}

TextPosition JsonEditor::cursor() const
{
    int line = 0, index = 0;
    m_area->getCursorPosition(&line, &index);
    return {line + 1, m_area->columnOf(line + 1, index)};
}

void JsonEditor::goTo(TextPosition position)
{
    const int line = std::clamp(position.line, 1, std::max(1, m_area->lines()));
    m_area->ensureLineVisible(line - 1);
    m_area->setCursorPosition(line - 1, m_area->indexOf(line, position.column));
    const int first = m_area->firstVisibleLine();
    const int shown = int(m_area->SendScintilla(QsciScintillaBase::SCI_LINESONSCREEN));
    const int place = int(m_area->SendScintilla(QsciScintillaBase::SCI_VISIBLEFROMDOCLINE, line - 1));
    if (place < first + 2 || place > first + shown - 5)
        m_area->setFirstVisibleLine(std::max(0, place - shown / 4));
}

void JsonEditor::show(const std::vector<Problem> &problems)
{
    m_area->clearMarks();
    for (const Problem &problem : problems) {
        if (problem.line > 0)
            m_area->mark(problem.line, problem.column, markOf(problem.severity), conductor::harmless(problem.message, 400));
    }
}

void JsonEditor::openFind()
{
    const QString selected = m_area->selectedText();
    m_find->open(selected.contains(u'\n') ? QString() : selected);
}

bool JsonEditor::closeFind()
{
    if (m_find->isHidden())
        return false;
    m_find->close();
    return true;
}

void JsonEditor::find(const QString &text, bool forward, bool fromHere)
{
    m_find->tell(text.isEmpty() ? 0 : int(m_area->text().count(text, Qt::CaseInsensitive)));
    if (text.isEmpty())
        return;
    int line = 0, index = 0;
    m_area->getCursorPosition(&line, &index);
    if (m_area->hasSelectedText() && (fromHere || !forward)) {
        int lineTo = 0, indexTo = 0;
        m_area->getSelection(&line, &index, &lineTo, &indexTo);
    }
    m_area->findFirst(text, false, false, false, true, forward, line, index);
}

} // namespace app
