// Lines of JSON as QScintilla shows them, in the colours of the palette. Its owner decides whether it may be written in.
#pragma once

#include "app/definitions/scintilla.h"

#include <QHash>

namespace app {

class CodeArea : public QsciScintilla
{
    Q_OBJECT

public:
    // What marks a line in the second margin, and underlines a part of it; by how bad it is.
    enum Mark { ErrorMark, HazardMark, WarningMark, AddedMark, RemovedMark, SkippedMark };
    enum Margin { NumberMargin, MarkMargin, FoldMargin };

    explicit CodeArea(const QString &accessibleName, QWidget *parent = nullptr);

    void clearMarks();
    void mark(int line, int column, Mark mark, const QString &tip); // from 1, in UTF-16 units; from there to the end of the line
    int indexOf(int line, int column) const;                       // what QScintilla calls that column
    int columnOf(int line, int index) const;

    static QColor washOf(Mark mark, const QPalette &palette);

protected:
    bool focusNextPrevChild(bool next) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setUpKeys();
    void characterAdded(int character);
    void dress(); // from the palette
    void dressLexer();
    void dressMarks();

    QsciLexerJSON *m_lexer;
    QHash<int, QString> m_tips; // by line, from 0
};

} // namespace app
