// Which rectangles lie in a part of the plane: a grid of cells, built once per layout. GraphPainter and GraphView own one each.
#pragma once

#include <QRectF>
#include <QSizeF>

#include <vector>

namespace app {

class GraphIndex
{
public:
    GraphIndex() = default;
    // Empty rectangles are never found.
    GraphIndex(const std::vector<QRectF> &rectangles, QSizeF size);

    // Every rectangle that may reach into the part, each once, ascending.
    const std::vector<int> &in(const QRectF &part) const;

private:
    struct Range {
        int left, top, right, bottom;
    };
    Range cells(const QRectF &rectangle) const;

    double m_cell = 512;
    int m_columns = 1;
    int m_rows = 1;
    std::vector<int> m_starts; // by cell, into m_items
    std::vector<int> m_items;
    mutable std::vector<int> m_found;
    mutable std::vector<char> m_seen;
};

} // namespace app
