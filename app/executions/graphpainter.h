// Paints a laid-out graph: what is visible, with as much detail as the scale lets people read. Owned by GraphView; a picture
// export makes one of its own.
#pragma once

#include "app/executions/graphglyph.h"
#include "app/executions/graphindex.h"
#include "conductor/graph/layout.h"

#include <QCoreApplication>
#include <QFont>
#include <QHash>
#include <QImage>
#include <QPainter>
#include <QPalette>

#include <array>
#include <memory>

namespace app {

struct GraphColors {
    QColor window;
    QColor box;
    QColor text;
    QColor dim; // small text, planned nodes
    QColor border;
    QColor edge;
    QColor frame; // what a loop's frame is tinted with
    QColor focus;
    QColor active;
    QColor good;
    QColor bad;
    QColor needsYou;
    QColor quiet;

    static GraphColors light();
    static GraphColors dark();
    static GraphColors of(const QPalette &palette); // whichever fits
    const QColor &of(conductor::StatusFamily family) const;
    QRgb look() const { return window.rgb() ^ box.rgb() * 3 ^ active.rgb() * 7 ^ text.rgb() * 11; } // differs between schemes
};

// Fonts of a graph at scale 1, and how wide texts come out in them: by a table of advances, since a layout measures thousands.
class GraphFonts
{
public:
    explicit GraphFonts(const QFont &base);

    QFont label;  // names: 13 px
    QFont detail; // everything smaller: 11 px

    double labelWidth(QStringView text) const { return width(text, m_labelAdvances, label); }
    double detailWidth(QStringView text) const { return width(text, m_detailAdvances, detail); }
    conductor::LayoutStyle style() const; // for conductor::layOut(); copies the tables it needs

private:
    static constexpr int tableSize = 0x250;
    using Advances = std::array<double, tableSize>;
    static std::shared_ptr<const Advances> advances(const QFont &font);
    static double width(QStringView text, const std::shared_ptr<const Advances> &table, const QFont &font);

    std::shared_ptr<const Advances> m_labelAdvances;
    std::shared_ptr<const Advances> m_detailAdvances;
};

class GraphPainter
{
    Q_DECLARE_TR_FUNCTIONS(GraphPainter)

public:
    // What is drawn beside the graph itself.
    struct Marks {
        int selected = -1;     // node
        int selectedCell = -1; // of that node, a strip
        int hovered = -1;
        int hoveredCell = -1;
        bool hasFocus = false;
    };

    GraphPainter(std::shared_ptr<const conductor::Graph> graph, std::shared_ptr<const conductor::Layout> layout, const GraphFonts &fonts);

    // The painter is set so that it draws in the graph's coordinates, scaled by `scale`; visible is in those coordinates.
    void paint(QPainter &painter, const QRectF &visible, double scale, const GraphColors &colors, const QDateTime &now, const Marks &marks) const;

    // Blocks of colour only, the whole graph: for a map.
    void paintMap(QPainter &painter, const GraphColors &colors) const;

    // A node's state in words, with its time: "retry in 9 min".
    static QString stateText(const conductor::Graph &graph, const conductor::Graph::Node &node, const QDateTime &now);
    static QString stateWord(conductor::Graph::State state);
    // "612 done · 40 running · 3 failed"
    static QString countText(const conductor::Graph &graph, const conductor::Graph::Node &stripOrGrid);

    static constexpr double blocksBelow = 0.35; // scale under which nodes are blocks of colour
    static constexpr double namesFrom = 0.5;    // scale from which names are drawn, full size or not at all
    static constexpr double detailFrom = 0.62;

private:
    struct Brush; // what one call of paint() knows

    void paintEdges(const Brush &brush, const std::vector<int> &edges) const;
    void paintEdgeLines(const Brush &brush, const std::vector<int> &edges) const;
    void paintBlocks(const Brush &brush, const std::vector<int> &nodes) const;
    void paintNode(const Brush &brush, int node) const;
    void paintBox(const Brush &brush, int node) const;
    void paintBoxBody(QPainter &painter, const Brush &brush, int node, const QRectF &box) const;
    void paintBoxText(const Brush &brush, int node, const QRectF &box) const;
    const QImage &sprite(const Brush &brush, int node, QSizeF size) const;
    const QString &labelOf(int node) const;
    void paintBar(const Brush &brush, int node) const;
    void paintFrame(const Brush &brush, int node) const;
    void paintStrip(const Brush &brush, int node) const;
    void paintRing(const Brush &brush) const;
    QString cut(const QString &text, double width, bool isLabel, Qt::TextElideMode mode = Qt::ElideMiddle) const;

    std::shared_ptr<const conductor::Graph> m_graph;
    std::shared_ptr<const conductor::Layout> m_layout;
    GraphFonts m_fonts;
    conductor::LayoutStyle m_style;
    mutable std::vector<QString> m_labels;    // by node, once drawn: the name, cut where it is too long for its box
    mutable QHash<quint64, QImage> m_sprites; // bodies of boxes by how they look: there are few kinds, and round corners are dear
    mutable double m_spriteScale = 0;
    mutable QRgb m_spriteColors = 0;
    GraphIndex m_nodeIndex;
    GraphIndex m_edgeIndex;
};

} // namespace app
