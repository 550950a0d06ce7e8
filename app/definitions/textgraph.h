// The graph of the definition that is being written. While its text cannot be read the last graph stays, and a line says
// where the text went wrong. The desk owns it.
#pragma once

#include "app/definitions/readtext.h"

#include <QWidget>

namespace app {

class GraphView;
class NoteLine;

class TextGraph : public QWidget
{
    Q_OBJECT

public:
    explicit TextGraph(QWidget *parent = nullptr);

    void show(const ReadText &read);
    using QWidget::show;
    void clear();
    void select(const QString &ref); // quietly; an empty one selects nothing
    GraphView &view() { return *m_view; }

Q_SIGNALS:
    void chosen(const QString &ref); // a task was selected
    void entered(const QString &ref); // double click, Enter

private:
    QString refOf(const QString &nodeId) const;

    GraphView *m_view;
    NoteLine *m_note;
};

} // namespace app
