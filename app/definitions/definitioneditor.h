// A definition as text and as graph, side by side, with its problems below; what is chosen in one is shown in the others. Asks
// no server. The desk owns it.
#pragma once

#include "app/core/settings.h"
#include "app/definitions/readtext.h"

#include <QWidget>

class QSplitter;
class QTimer;

namespace app {

class JsonEditor;
class ProblemList;
class TextGraph;

class DefinitionEditor : public QWidget
{
    Q_OBJECT

public:
    explicit DefinitionEditor(Settings &settings, QWidget *parent = nullptr);

    void open(const QString &text, conductor::TextPosition cursor = {}); // another definition
    void replace(const QString &text);                                   // of the same one; can be undone
    QString text() const;
    conductor::TextPosition cursor() const;
    const ReadText &read(); // the text as it is now

    void setSurroundings(conductor::Surroundings surroundings); // what else is on the server
    void showRefusal(const conductor::Error &error);            // what the server said; until the text changes
    void goToFirstProblem();
    void setChecking(bool checking);

    void openFind();
    bool closeFind();

Q_SIGNALS:
    void edited();
    void checkRequested();

private:
    void build();
    void textEdited();
    void readAgain();
    void showProblems();
    void sizeProblems(bool areThere);
    void cursorMoved(conductor::TextPosition position);
    void goToTask(const QString &ref);

    Settings &m_settings;
    conductor::Surroundings m_surroundings;
    ReadText m_read;
    std::vector<conductor::Problem> m_refusal;
    JsonEditor *m_editor;
    TextGraph *m_graph;
    ProblemList *m_problems;
    QSplitter *m_sides;
    QSplitter *m_floors;
    QTimer *m_pause;
    int m_problemsHeight = 132;
    bool m_hasProblems = true;
};

} // namespace app
