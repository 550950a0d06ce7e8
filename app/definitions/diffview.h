// Two texts line by line: what came, what went, and a few common lines around them. Read only; a sign before each line says
// what its colour says.
#pragma once

#include "app/definitions/codearea.h"

namespace app {

class DiffView : public CodeArea
{
    Q_OBJECT

public:
    explicit DiffView(const QString &accessibleName, QWidget *parent = nullptr);

    void show(const QString &before, const QString &after);
    using QWidget::show;

protected:
    void changeEvent(QEvent *event) override;

private:
    void undress();
    void write();
    void addLine(int line, Mark mark, const QString &margin);

    QString m_before;
    QString m_after;
    QList<QsciStyle> m_styles;
};

} // namespace app
