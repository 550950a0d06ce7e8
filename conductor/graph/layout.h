// Where a Graph's nodes and edges are drawn: pure geometry, in linear time. Nested boxes, since definitions are trees; long
// sequences break into rows so that the whole fits a viewport as large as can be.
#pragma once

#include "conductor/graph/graph.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <functional>
#include <span>

namespace conductor {

// Sizes in pixels at scale 1.
struct LayoutStyle {
    std::function<double(QStringView)> labelWidth;  // of a node's name
    std::function<double(QStringView)> detailWidth; // of small text: case labels, captions, second lines
    double boxHeight = 40;
    double boxChrome = 46; // of a box's width: stripe, glyph, paddings
    double leastText = 84; // room for a second line such as "retry in 12 min"
    double mostText = 210; // longer names are cut, in the middle, where they are drawn
    double bar = 7;        // thickness of a fork and a join
    double gap = 24;       // between one and the next
    double laneGap = 10;
    double captionHeight = 15;
    double margin = 14; // around everything
    double cell = 14;   // of a strip, with its gap
};

struct Layout {
    enum class Flow { Right, Down };

    Flow flow = Flow::Right;
    QSizeF size;
    int rows = 1;                 // of the outermost sequence
    std::vector<QRectF> boxes;    // by node; a loop's and a grid's hold what they contain; a merge's is a point with an extent
    std::vector<QRectF> captions; // by node: where a fork, join, loop, strip or grid has its name; empty for others
    std::vector<QRectF> labels;   // by edge: where a case has its name; empty for others
    std::vector<QPointF> points;  // of all routes
    std::vector<int> routes;      // by edge: its first point; one more at the end
    int stripColumns(int node) const { return columns[size_t(node)]; }
    std::vector<int> columns; // by node: of a strip

    std::span<const QPointF> route(int edge) const { return {points.data() + routes[size_t(edge)], size_t(routes[size_t(edge) + 1] - routes[size_t(edge)])}; }
    double scaleIn(QSizeF viewport) const; // that shows all of it; may be above 1

    // Of a strip: where a cell is, and the cell at a point (-1: none).
    QRectF cellBox(int node, int cell, const LayoutStyle &style) const;
    int cellAt(int node, QPointF point, int cells, const LayoutStyle &style) const;
};

// viewport: its shape decides between rows and columns and where they break.
Layout layOut(const Graph &graph, const LayoutStyle &style, QSizeF viewport);

} // namespace conductor
