// The graph of a run with what steers it: zoom, fit, follow what runs. Builds the graph from each execution it is handed and keeps
// what people chose in it: strips spread out, turns of loops. The run page owns it.
#pragma once

#include "app/core/clock.h"
#include "app/executions/graphview.h"

#include <QWidget>

class QLabel;

namespace app {

class FilterChip;

class RunGraph : public QWidget
{
    Q_OBJECT

public:
    explicit RunGraph(Clock clock, QWidget *parent = nullptr);

    void show(std::shared_ptr<const conductor::Execution> execution);
    using QWidget::show;
    void clear(); // another run: nothing chosen, all of it in view

    const conductor::Graph &graph() const { return m_view->graph(); }
    GraphView &view() { return *m_view; }
    QWidget *tools() const { return m_tools; } // for the line above; who places it owns it

    QString idOf(const QString &runRef) const; // of its node or cell; empty: it has none, or another turn of its loop is shown
    QString refOf(const QString &nodeId) const;

    // The turn of a loop in which the reference "sw__2" lies is shown; the id of its node, or empty when there is none.
    QString showTurnOf(const QString &runRef);

Q_SIGNALS:
    void selectionChanged(const QString &nodeId);
    void activated(const QString &nodeId);
    void rebuilt(); // the graph is another one, though the execution is not

private:
    void buildTools();
    void rebuild();
    void showScale(double scale);
    static QString percent(double scale);

    GraphView *m_view;
    QLabel *m_scale;
    FilterChip *m_follow;
    QWidget *m_tools;
    std::shared_ptr<const conductor::Execution> m_execution;
    conductor::GraphWish m_wish;
};

} // namespace app
