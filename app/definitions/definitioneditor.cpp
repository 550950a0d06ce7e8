#include "app/definitions/definitioneditor.h"

#include "app/definitions/jsoneditor.h"
#include "app/definitions/problemlist.h"
#include "app/definitions/serverproblems.h"
#include "app/definitions/textgraph.h"

#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

using conductor::Problem;
using conductor::TextPosition;

namespace app {
namespace {

constexpr std::chrono::milliseconds typingPause{250};

} // namespace

DefinitionEditor::DefinitionEditor(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_editor(new JsonEditor(tr("Text of the definition")))
    , m_graph(new TextGraph)
    , m_problems(new ProblemList)
    , m_sides(new QSplitter(Qt::Horizontal))
    , m_floors(new QSplitter(Qt::Vertical))
    , m_pause(new QTimer(this))
{
    build();
    m_pause->setSingleShot(true);
    m_pause->setInterval(typingPause);
    connect(m_pause, &QTimer::timeout, this, &DefinitionEditor::readAgain);
    connect(m_editor, &JsonEditor::edited, this, &DefinitionEditor::textEdited);
    connect(m_editor, &JsonEditor::cursorMoved, this, &DefinitionEditor::cursorMoved);
    connect(m_graph, &TextGraph::chosen, this, &DefinitionEditor::goToTask);
    connect(m_graph, &TextGraph::entered, this, [this](const QString &ref) {
        goToTask(ref);
        m_editor->setFocus(Qt::OtherFocusReason);
    });
    connect(m_problems, &ProblemList::chosen, this, [this](const Problem &problem) {
        if (problem.line > 0)
            m_editor->goTo({problem.line, problem.column});
    });
    connect(m_problems, &ProblemList::checkRequested, this, &DefinitionEditor::checkRequested);
}

void DefinitionEditor::build()
{
    m_problems->setDensity(m_settings.get(setting::density));
    m_sides->setChildrenCollapsible(false);
    m_sides->addWidget(m_editor);
    m_sides->addWidget(m_graph);
    m_sides->setSizes({500, 580});
    m_floors->setChildrenCollapsible(false);
    m_floors->addWidget(m_sides);
    m_floors->addWidget(m_problems);
    m_floors->setStretchFactor(0, 1);
    m_floors->setStretchFactor(1, 0);
    m_sides->restoreState(m_settings.get(setting::definitionSides));
    m_floors->restoreState(m_settings.get(setting::definitionProblems));
    connect(m_sides, &QSplitter::splitterMoved, this, [this] { m_settings.set(setting::definitionSides, m_sides->saveState()); });
    connect(m_floors, &QSplitter::splitterMoved, this, [this] { m_settings.set(setting::definitionProblems, m_floors->saveState()); });
    setFocusProxy(m_editor);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_floors);
}

void DefinitionEditor::open(const QString &text, TextPosition cursor)
{
    m_refusal.clear();
    m_graph->clear();
    m_editor->open(text);
    m_editor->goTo(cursor);
    readAgain();
}

void DefinitionEditor::replace(const QString &text)
{
    if (text == m_editor->text())
        return;
    m_editor->replace(text);
    readAgain();
}

QString DefinitionEditor::text() const
{
    return m_editor->text();
}

TextPosition DefinitionEditor::cursor() const
{
    return m_editor->cursor();
}

const ReadText &DefinitionEditor::read()
{
    if (m_pause->isActive())
        readAgain();
    return m_read;
}

void DefinitionEditor::setSurroundings(conductor::Surroundings surroundings)
{
    m_surroundings = std::move(surroundings);
    readAgain();
}

void DefinitionEditor::showRefusal(const conductor::Error &error)
{
    m_refusal = serverProblems(error, read());
    showProblems();
    if (!m_refusal.empty())
        m_editor->goTo({m_refusal.front().line, m_refusal.front().column});
}

void DefinitionEditor::goToFirstProblem()
{
    if (!read().problems().empty())
        m_editor->goTo({m_read.problems().front().line, m_read.problems().front().column});
    m_editor->setFocus(Qt::OtherFocusReason);
}

void DefinitionEditor::setChecking(bool checking)
{
    m_problems->setChecking(checking);
}

void DefinitionEditor::openFind()
{
    m_editor->openFind();
}

bool DefinitionEditor::closeFind()
{
    return m_editor->closeFind();
}

void DefinitionEditor::textEdited()
{
    m_refusal.clear();
    m_pause->start();
    Q_EMIT edited();
}

void DefinitionEditor::readAgain()
{
    m_pause->stop();
    m_read = ReadText(m_editor->text(), m_surroundings);
    m_graph->show(m_read);
    showProblems();
    cursorMoved(m_editor->cursor());
}

void DefinitionEditor::showProblems()
{
    std::vector<Problem> problems = m_refusal;
    problems.insert(problems.end(), m_read.problems().begin(), m_read.problems().end());
    m_editor->show(problems);
    const bool areThere = !problems.empty();
    m_problems->show(std::move(problems));
    if (areThere != m_hasProblems)
        sizeProblems(areThere);
}

// A splitter does not give the room away by itself when its lower part needs less.
void DefinitionEditor::sizeProblems(bool areThere)
{
    m_hasProblems = areThere;
    const int height = m_floors->height();
    if (!areThere)
        m_problemsHeight = std::max(m_problemsHeight, m_floors->sizes().last());
    const int wanted = areThere ? m_problemsHeight : m_problems->maximumHeight();
    m_floors->setSizes({std::max(height - wanted, wanted), wanted});
}

// While the text is being written its places are those of before.
void DefinitionEditor::cursorMoved(TextPosition position)
{
    if (!m_pause->isActive() && m_read.definition())
        m_graph->select(m_read.taskAt(position));
}

void DefinitionEditor::goToTask(const QString &ref)
{
    if (const auto place = read().placeOfTask(ref); place && m_read.taskAt(m_editor->cursor()) != ref)
        m_editor->goTo(*place);
}

} // namespace app
