// Shows a workflow or a run of it as a graph: zoom, pan, selection, a map. Owned by its page, which hands it a new Graph after
// each poll; selection, scale and place stay.
#pragma once

#include "app/core/clock.h"
#include "app/executions/graphpainter.h"
#include "app/look/statuslook.h"

#include <QAbstractScrollArea>
#include <QHash>
#include <QPixmap>
#include <QTimer>

namespace app {

class GraphView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit GraphView(QWidget *parent = nullptr);

    void setGraph(conductor::Graph graph);
    void setColors(const GraphColors &colors); // instead of what fits the palette
    void setClock(Clock clock);
    void setMarks(const QHash<QString, StatusLook> &marks); // reference → a ring and a glyph around it, such as for what was changed

    const conductor::Graph &graph() const { return *m_graph; }
    const conductor::Layout &layout() const { return *m_layout; }
    quint64 revision() const { return m_revision; } // counts setGraph()
    double scale() const { return m_scale; }
    QDateTime now() const { return m_clock(); }

    QString selected() const { return m_selected; } // a node's id, or a cell's; empty: none
    void select(const QString &id);                 // and brings it into view
    QRect nodeRect(int node) const;                 // in the viewport's coordinates
    bool followsRunning() const { return m_mode == Mode::Follow; }

    QSize sizeHint() const override { return {1040, 620}; }
    QSize minimumSizeHint() const override { return {320, 200}; }

public Q_SLOTS:
    void fit();        // all of it, and stays so while the window changes
    void actualSize(); // 100 %
    void zoomIn();
    void zoomOut();
    void followRunning(bool follow); // keeps what is at work in view

Q_SIGNALS:
    void nodeActivated(const QString &id); // double click, Enter
    void selectionChanged(const QString &id);
    void scaleChanged(double scale);
    void spreadRequested(const QString &stripId, bool spread); // a strip as boxes, or folded again
    void turnRequested(const QString &loopId, int turn);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    enum class Mode { Fit, Free, Follow };
    struct Spot {
        int node = -1;
        int cell = -1;
        bool operator==(const Spot &) const = default;
    };

    void layOutAgain();
    void updateBars();
    void setScale(double scale, QPointF anchor); // anchor: what stays under this point of the viewport
    double fittingScale() const;
    QPointF origin() const; // of the graph, in the viewport
    QPointF toGraph(QPointF point) const { return (point - origin()) / m_scale; }
    void reveal(const QRectF &part);
    void revealRunning();
    void moveTo(QPointF graphPoint, QPointF viewportPoint);

    Spot spotAt(QPointF viewportPoint) const;
    Spot find(const QString &id) const;
    QString idOf(Spot spot) const;
    QRectF boxOf(Spot spot) const;
    void setSelected(Spot spot);
    bool pressCaption(Spot spot, QPointF viewportPoint);
    bool isSelectable(int node) const;
    Spot next(Spot from, Qt::Key key) const;
    int follow(int node, bool forward) const;
    int nearest(int node, QPointF direction) const;
    QString tipFor(Spot spot) const;

    bool hasMap() const;
    QRectF mapRect() const;
    void paintMap(QPainter &painter);
    void paintMarks(QPainter &painter) const;
    void goToMap(QPointF point);

    std::shared_ptr<const conductor::Graph> m_graph;
    std::shared_ptr<const conductor::Layout> m_layout;
    std::unique_ptr<GraphPainter> m_painter;
    conductor::LayoutStyle m_style;
    QSize m_shape; // of the viewport that it was laid out for
    GraphColors m_colors;
    bool m_hasOwnColors = false;
    Clock m_clock = systemTime;
    QHash<QString, Spot> m_places; // id → where
    QHash<QString, StatusLook> m_marks;
    QTimer m_tick;                 // "running 2 min" goes on without a poll
    QPixmap m_map;

    quint64 m_revision = 1;
    Mode m_mode = Mode::Fit;
    double m_scale = 1;
    QString m_selected;
    Spot m_hovered;
    QPointF m_pressed;
    QPoint m_scrollAtPress;
    enum class Drag { None, Armed, Pan, Map } m_drag = Drag::None;
};

} // namespace app
