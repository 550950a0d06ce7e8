// JSON to write: coloured, numbered, folded, with problems marked in it and a line to find things with. Positions count from
// 1, as in conductor/definition/positions.h.
#pragma once

#include "conductor/definition/positions.h"
#include "conductor/definition/problem.h"

#include <QWidget>

namespace app {

class CodeArea;
class FindBar;

class JsonEditor : public QWidget
{
    Q_OBJECT

public:
    explicit JsonEditor(const QString &accessibleName, QWidget *parent = nullptr);

    void open(const QString &text);    // another text: nothing is left to undo, and nothing is said
    void replace(const QString &text); // an edit, which can be undone
    QString text() const;

    conductor::TextPosition cursor() const;
    void goTo(conductor::TextPosition position); // and brings it into view, with room around it
    void show(const std::vector<conductor::Problem> &problems);
    using QWidget::show;

    void openFind();
    bool closeFind(); // false: it was not open
    CodeArea &area() { return *m_area; }

Q_SIGNALS:
    void edited();
    void cursorMoved(conductor::TextPosition position);

private:
    void find(const QString &text, bool forward, bool fromHere);

    CodeArea *m_area;
    FindBar *m_find;
    bool m_opening = false;
};

} // namespace app
