// Checks or steps below each other: a glyph for how each went, what was seen, and what to do about it. Owned by its form.
#pragma once

#include "app/profiles/checklines.h"

#include <QWidget>

class QGridLayout;

namespace app {

class CheckList : public QWidget
{
    Q_OBJECT

public:
    explicit CheckList(QWidget *parent = nullptr);

    void show(std::vector<CheckLine> lines); // none: hidden
    using QWidget::show;
    const std::vector<CheckLine> &lines() const { return m_lines; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void addText(const QString &text, QPalette::ColorRole role, int row);
    int addLine(const CheckLine &line, int row);

    QGridLayout *m_grid;
    std::vector<CheckLine> m_lines;
};

} // namespace app
