#include "app/executions/graphpainter.h"

#include "app/look/palette.h"
#include "conductor/base/timespan.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QPaintEngine>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using conductor::Graph;
using conductor::Layout;
using conductor::shortSpan;
using conductor::StatusFamily;
using conductor::TaskKind;
using State = Graph::State;
using Role = Graph::Role;
using Node = Graph::Node;
using Edge = Graph::Edge;

constexpr double corner = 6;
constexpr double stripe = 4;
constexpr double glyphSide = 17;
constexpr double smallGlyph = 11;
constexpr int spritePad = 2; // pixels around a sprite, for what a border's edge spills

// From one colour to the other.
QColor blended(const QColor &from, const QColor &to, double share) { return mixed(to, from, share); }

bool isDimmed(State state) { return state == State::Planned || state == State::NotTaken; }

// Beside the state, what kind of task it is, where that is worth knowing.
bool hasKindGlyph(const Graph &graph, const Node &node)
{
    return graph.isRun && node.kind != TaskKind::Worker && node.kind != TaskKind::System && stateGlyph(node) != kindGlyph(node.kind);
}

// A polyline with round corners.
QPainterPath rounded(std::span<const QPointF> points, double radius)
{
    QPainterPath path(points.front());
    for (size_t i = 1; i + 1 < points.size(); ++i) {
        const QLineF before(points[i], points[i - 1]);
        const QLineF after(points[i], points[i + 1]);
        const double r = std::min({radius, before.length() / 2, after.length() / 2});
        if (r < 0.5) {
            path.lineTo(points[i]);
            continue;
        }
        path.lineTo(before.pointAt(r / before.length()));
        path.quadTo(points[i], after.pointAt(r / after.length()));
    }
    path.lineTo(points.back());
    return path;
}

void paintArrow(QPainter &painter, QPointF before, QPointF tip, const QColor &colour)
{
    const QLineF line(tip, before);
    if (line.length() < 3)
        return;
    const QPointF along = (before - tip) / line.length();
    const QPointF across(-along.y(), along.x());
    const QPointF head[3] = {tip, tip + along * 6 + across * 3.2, tip + along * 6 - across * 3.2};
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(head, 3);
    painter.setBrush(Qt::NoBrush);
}

QRectF bounds(std::span<const QPointF> points)
{
    if (points.empty())
        return {};
    double left = points[0].x();
    double right = left;
    double top = points[0].y();
    double bottom = top;
    for (const QPointF &point : points) {
        left = std::min(left, point.x());
        right = std::max(right, point.x());
        top = std::min(top, point.y());
        bottom = std::max(bottom, point.y());
    }
    return {left - 4, top - 4, right - left + 8, bottom - top + 8};
}

} // namespace

GraphColors GraphColors::light()
{
    return {.window = 0xF6F7F9,
            .box = 0xFFFFFF,
            .text = 0x1E1F22,
            .dim = 0x5F6772,
            .border = 0xC9CFD8,
            .edge = 0x5F6B7C,
            .frame = 0x64748B,
            .focus = 0x0A4FB3,
            .active = 0x0A4FB3,
            .good = 0x0B8457,
            .bad = 0x8E0F0F,
            .needsYou = 0x946A00,
            .quiet = 0x6B7280};
}

GraphColors GraphColors::dark()
{
    return {.window = 0x1E1F22,
            .box = 0x2C2F34,
            .text = 0xE6E7EA,
            .dim = 0xA3A9B3,
            .border = 0x4A4F58,
            .edge = 0x9AA3B0,
            .frame = 0x94A3B8,
            .focus = 0x6AA6FF,
            .active = 0x6AA6FF,
            .good = 0x4DE0A8,
            .bad = 0xFF6B57,
            .needsYou = 0xFFD24A,
            .quiet = 0x8B9099};
}

GraphColors GraphColors::of(const QPalette &palette) { return isDark(palette) ? dark() : light(); }

const QColor &GraphColors::of(StatusFamily family) const
{
    switch (family) {
    case StatusFamily::Active:
        return active;
    case StatusFamily::Good:
        return good;
    case StatusFamily::Bad:
        return bad;
    case StatusFamily::NeedsYou:
        return needsYou;
    case StatusFamily::Quiet:
        break;
    }
    return quiet;
}

GraphFonts::GraphFonts(const QFont &base)
    : label(base)
    , detail(base)
{
    label.setPixelSize(13);
    label.setWeight(QFont::DemiBold);
    detail.setPixelSize(11);
    detail.setWeight(QFont::Normal);
    for (QFont *font : {&label, &detail}) {
        font->setKerning(false); // so that the sum of the advances is the width, also scaled
        font->setHintingPreference(QFont::PreferNoHinting);
    }
    m_labelAdvances = advances(label);
    m_detailAdvances = advances(detail);
}

std::shared_ptr<const GraphFonts::Advances> GraphFonts::advances(const QFont &font)
{
    const QFontMetricsF metrics(font);
    auto table = std::make_shared<Advances>();
    for (int c = 0; c < tableSize; ++c)
        (*table)[size_t(c)] = metrics.horizontalAdvance(QChar(c));
    return table;
}

double GraphFonts::width(QStringView text, const std::shared_ptr<const Advances> &table, const QFont &font)
{
    double width = 0;
    for (const QChar c : text) {
        if (c.unicode() >= tableSize)
            return QFontMetricsF(font).horizontalAdvance(text.toString());
        width += (*table)[c.unicode()];
    }
    return width;
}

conductor::LayoutStyle GraphFonts::style() const
{
    conductor::LayoutStyle style;
    style.labelWidth = [table = m_labelAdvances, font = label](QStringView text) { return width(text, table, font); };
    style.detailWidth = [table = m_detailAdvances, font = detail](QStringView text) { return width(text, table, font); };
    return style;
}

// What all of one frame shares.
struct GraphPainter::Brush {
    QPainter &painter;
    QRectF visible;
    double scale;
    const GraphColors &colors;
    QDateTime now;
    const Marks &marks;
    bool hasNames;
    bool hasDetail;
    double ratio;  // device pixels per pixel
    bool isRaster; // into an image or a window, not a page

    QColor colorOf(const Graph &graph, const Node &node) const { return graph.isRun ? colors.of(conductor::family(node)) : colors.quiet; }
};

GraphPainter::GraphPainter(std::shared_ptr<const Graph> graph, std::shared_ptr<const Layout> layout, const GraphFonts &fonts)
    : m_graph(std::move(graph))
    , m_layout(std::move(layout))
    , m_fonts(fonts)
    , m_style(fonts.style())
{
    m_labels.resize(m_graph->nodes.size());
    std::vector<QRectF> nodes = m_layout->boxes;
    for (size_t i = 0; i < nodes.size(); ++i) {
        if (!m_layout->captions[i].isEmpty())
            nodes[i] = nodes[i].united(m_layout->captions[i]);
    }
    m_nodeIndex = GraphIndex(nodes, m_layout->size);
    std::vector<QRectF> edges;
    edges.reserve(m_graph->edges.size());
    for (size_t i = 0; i < m_graph->edges.size(); ++i)
        edges.push_back(bounds(m_layout->route(int(i))).united(m_layout->labels[i]));
    m_edgeIndex = GraphIndex(edges, m_layout->size);
}

QString GraphPainter::cut(const QString &text, double width, bool isLabel, Qt::TextElideMode mode) const
{
    const double own = isLabel ? m_fonts.labelWidth(text) : m_fonts.detailWidth(text);
    if (own <= width + 0.5)
        return text;
    return QFontMetricsF(isLabel ? m_fonts.label : m_fonts.detail).elidedText(text, mode, std::max(0.0, width));
}

void GraphPainter::paint(QPainter &painter, const QRectF &visible, double scale, const GraphColors &colors, const QDateTime &now, const Marks &marks) const
{
    const Brush brush{painter,
                      visible.adjusted(-8, -8, 8, 8),
                      scale,
                      colors,
                      now,
                      marks,
                      scale >= namesFrom,
                      scale >= detailFrom,
                      painter.device()->devicePixelRatioF(),
                      painter.paintEngine()->type() == QPaintEngine::Raster};
    const std::vector<int> nodes = m_nodeIndex.in(brush.visible);
    const std::vector<int> edges = m_edgeIndex.in(brush.visible);
    if (scale < blocksBelow) {
        paintEdgeLines(brush, edges);
        paintBlocks(brush, nodes);
        paintRing(brush);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    for (const int node : nodes) {
        const Role role = m_graph->nodes[size_t(node)].role;
        if (role == Role::Loop || role == Role::Grid)
            paintFrame(brush, node);
    }
    paintEdges(brush, edges);
    for (const int node : nodes)
        paintNode(brush, node);
    paintRing(brush);
}

void GraphPainter::paintNode(const Brush &brush, int node) const
{
    switch (m_graph->nodes[size_t(node)].role) {
    case Role::Loop:
    case Role::Grid:
        break; // under the edges
    case Role::Fork:
    case Role::Join:
        paintBar(brush, node);
        break;
    case Role::Strip:
        paintStrip(brush, node);
        break;
    case Role::Merge:
        brush.painter.setPen(Qt::NoPen);
        brush.painter.setBrush(m_graph->nodes[size_t(node)].state == State::Done ? brush.colors.edge : blended(brush.colors.edge, brush.colors.window, 0.6));
        brush.painter.drawEllipse(m_layout->boxes[size_t(node)]);
        break;
    case Role::Task:
    case Role::Switch:
    case Role::Placeholder:
        paintBox(brush, node);
    }
}

// ---- edges

void GraphPainter::paintEdges(const Brush &brush, const std::vector<int> &edges) const
{
    const QColor taken = brush.colors.edge;
    const QColor untaken = blended(brush.colors.window, brush.colors.edge, 0.4);
    QPainter &painter = brush.painter;
    for (const bool isTaken : {false, true}) { // what was taken lies above
        for (const int index : edges) {
            const Edge &edge = m_graph->edges[size_t(index)];
            const std::span<const QPointF> route = m_layout->route(index);
            if ((edge.way == Edge::Way::Taken) != isTaken || route.size() < 2)
                continue;
            const QColor colour = isTaken || !m_graph->isRun ? taken : untaken;
            QPen pen(colour, isTaken ? 1.8 : 1.4, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
            if (edge.kind == Edge::Kind::Awaited || edge.kind == Edge::Kind::Unawaited || edge.kind == Edge::Kind::LoopBack)
                pen.setDashPattern({3, 2.5});
            painter.setPen(pen);
            painter.setBrush(Qt::NoBrush);
            if (route.size() == 2)
                painter.drawLine(route[0], route[1]);
            else
                painter.drawPath(rounded(route, corner));
            const Role target = m_graph->nodes[size_t(edge.to)].role;
            if (target != Role::Merge && target != Role::Join)
                paintArrow(painter, route[route.size() - 2], route.back(), colour);
        }
    }
    if (!brush.hasDetail)
        return;
    painter.setFont(m_fonts.detail);
    for (const int index : edges) {
        const QRectF box = m_layout->labels[size_t(index)];
        if (box.isEmpty())
            continue;
        const Edge &edge = m_graph->edges[size_t(index)];
        const bool isTaken = edge.way == Edge::Way::Taken;
        painter.setPen(QPen(isTaken ? brush.colors.edge : brush.colors.border, 1));
        painter.setBrush(brush.colors.window);
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2);
        painter.setPen(isTaken || !m_graph->isRun ? brush.colors.text : brush.colors.dim);
        painter.drawText(box, Qt::AlignCenter, cut(edge.label, box.width() - 10, false, Qt::ElideRight));
    }
}

void GraphPainter::paintEdgeLines(const Brush &brush, const std::vector<int> &edges) const
{
    QPainter &painter = brush.painter;
    painter.setRenderHint(QPainter::Antialiasing, false);
    QList<QLineF> lines;
    lines.reserve(qsizetype(edges.size()) * 2);
    const double least = 2 / brush.scale; // shorter than this on the screen is not seen
    for (const int index : edges) {
        const std::span<const QPointF> route = m_layout->route(index);
        for (size_t i = 1; i < route.size(); ++i) {
            if (std::abs(route[i].x() - route[i - 1].x()) + std::abs(route[i].y() - route[i - 1].y()) >= least)
                lines << QLineF(route[i - 1], route[i]);
        }
    }
    QPen pen(blended(brush.colors.window, brush.colors.edge, 0.55), 0);
    painter.setPen(pen);
    painter.drawLines(lines);
}

// ---- nodes

void GraphPainter::paintBlocks(const Brush &brush, const std::vector<int> &nodes) const
{
    QPainter &painter = brush.painter;
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double least = 1.2 / brush.scale;
    for (const int index : nodes) {
        const Node &node = m_graph->nodes[size_t(index)];
        QRectF box = m_layout->boxes[size_t(index)];
        if (node.role == Role::Merge)
            continue;
        if (node.role == Role::Loop || node.role == Role::Grid) {
            painter.setPen(QPen(brush.colors.border, 0));
            painter.setBrush(blended(brush.colors.window, brush.colors.frame, 0.06));
            painter.drawRect(box);
            continue;
        }
        box.setWidth(std::max(box.width(), least));
        box.setHeight(std::max(box.height(), least));
        if (node.role == Role::Strip) {
            painter.fillRect(box, brush.colors.box);
            for (size_t cell = 0; cell < node.cells.size(); ++cell) {
                const QColor own = brush.colors.of(conductor::family(node.cells[cell].state));
                painter.fillRect(m_layout->cellBox(index, int(cell), m_style), isDimmed(node.cells[cell].state) ? blended(brush.colors.box, own, 0.35) : own);
            }
            continue;
        }
        const QColor own = brush.colorOf(*m_graph, node);
        const bool isFaint = m_graph->isRun && isDimmed(node.state);
        painter.fillRect(box, blended(brush.colors.box, own, isFaint ? 0.22 : node.state == State::Queued || node.state == State::Blocked ? 0.45 : 0.8));
    }
}

void GraphPainter::paintBox(const Brush &brush, int index) const
{
    const QRectF box = m_layout->boxes[size_t(index)];
    QPainter &painter = brush.painter;
    const QTransform transform = painter.worldTransform();
    const bool canCopy = brush.isRaster && transform.type() <= QTransform::TxScale;
    if (canCopy) {
        const QImage &body = sprite(brush, index, box.size());
        const QPointF place = transform.map(box.topLeft()) * brush.ratio;
        painter.resetTransform();
        painter.drawImage(QPointF(std::round(place.x()), std::round(place.y())) / brush.ratio - QPointF(spritePad, spritePad) / brush.ratio, body);
        painter.setWorldTransform(transform);
    } else {
        paintBoxBody(painter, brush, index, box);
    }
    if (index == brush.marks.hovered) {
        painter.setPen(Qt::NoPen);
        QColor veil = brush.colors.focus;
        veil.setAlphaF(0.07F);
        painter.setBrush(veil);
        painter.drawRoundedRect(box, corner, corner);
    }
    if (brush.hasNames)
        paintBoxText(brush, index, box.adjusted(0.5, 0.5, -0.5, -0.5));
}

// How the node's box looks without its words, drawn once per look and scale.
const QImage &GraphPainter::sprite(const Brush &brush, int index, QSizeF size) const
{
    const double scale = brush.scale * brush.ratio;
    if (m_spriteScale != scale || m_spriteColors != brush.colors.look() || m_sprites.size() > 400) {
        m_sprites.clear();
        m_spriteScale = scale;
        m_spriteColors = brush.colors.look();
    }
    const Node &node = m_graph->nodes[size_t(index)];
    const auto width = quint64(std::lround(size.width() * 4));
    const bool isForYou = conductor::family(node) == StatusFamily::NeedsYou;
    const quint64 look = quint64(node.state) | quint64(node.kind) << 8 | quint64(node.role) << 16 | quint64(isForYou) << 24 | width << 32;
    QImage &image = m_sprites[look];
    if (image.isNull()) {
        const QSize pixels(int(std::ceil(size.width() * scale)) + 2 * spritePad, int(std::ceil(size.height() * scale)) + 2 * spritePad);
        image = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(spritePad, spritePad);
        painter.scale(scale, scale);
        paintBoxBody(painter, brush, index, QRectF(QPointF(), size));
        painter.end();
        image.setDevicePixelRatio(brush.ratio);
    }
    return image;
}

void GraphPainter::paintBoxBody(QPainter &painter, const Brush &brush, int index, const QRectF &outer) const
{
    const Node &node = m_graph->nodes[size_t(index)];
    const GraphColors &colors = brush.colors;
    const QRectF box = outer.adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor own = brush.colorOf(*m_graph, node);
    const bool isFaint = m_graph->isRun && isDimmed(node.state);
    const bool isStopped = node.state == State::Canceled || node.kind == TaskKind::Terminate;
    const double radius = isStopped ? 0 : corner;

    QColor fill = colors.box;
    if (m_graph->isRun && (node.state == State::Running || node.state == State::Failed || node.state == State::TimedOut || node.state == State::Retrying))
        fill = blended(colors.box, own, 0.10);
    if (isFaint)
        fill = blended(colors.window, colors.box, 0.5);
    const bool isLoud = m_graph->isRun && (conductor::isActive(node.state) || node.state == State::Failed || node.state == State::TimedOut);
    QPen border(isLoud ? blended(colors.border, own, 0.55) : isFaint ? blended(colors.window, colors.border, 0.65) : colors.border, 1);
    if (node.state == State::Skipped) {
        border = QPen(colors.quiet, 1.2);
        border.setDashPattern({4, 3});
    }
    if (node.role == Role::Placeholder)
        border.setStyle(Qt::DashLine);

    painter.setPen(Qt::NoPen);
    painter.setBrush(isFaint ? blended(colors.window, own, 0.4) : own);
    painter.drawRoundedRect(box, radius, radius); // shows as the stripe
    QPainterPath body;
    body.addRoundedRect(box, radius, radius);
    painter.save();
    painter.setClipRect(box.adjusted(stripe, -1, 1, 1), Qt::IntersectClip);
    painter.fillPath(body, fill);
    painter.restore();
    painter.setPen(border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, radius, radius);
    if (node.kind == TaskKind::SubWorkflow) // there is more beneath
        painter.drawRoundedRect(box.adjusted(stripe + 2, 2.5, -2.5, -2.5), radius - 2, radius - 2);

    const double side = brush.hasNames ? glyphSide : glyphSide * 1.5;
    const QRectF glyph(box.left() + stripe + 8, box.center().y() - side / 2, side, side);
    paintGlyph(painter, m_graph->isRun ? stateGlyph(node) : kindGlyph(node.kind), glyph, isFaint ? blended(colors.window, own, 0.75) : own);
    if (brush.hasDetail && hasKindGlyph(*m_graph, node)) {
        const QRectF small(box.right() - 8 - smallGlyph, box.top() + 22, smallGlyph, smallGlyph);
        paintGlyph(painter, kindGlyph(node.kind), small, isFaint ? blended(colors.window, colors.dim, 0.6) : colors.dim);
    }
}

const QString &GraphPainter::labelOf(int index) const
{
    QString &label = m_labels[size_t(index)];
    if (label.isNull()) {
        const Node &node = m_graph->nodes[size_t(index)];
        const QString whole = node.role == Role::Placeholder ? tr("branches decided by the run") : node.label;
        label = cut(whole, m_layout->boxes[size_t(index)].width() - m_style.boxChrome, true);
        if (label.isNull())
            label = u""_s;
    }
    return label;
}

void GraphPainter::paintBoxText(const Brush &brush, int index, const QRectF &box) const
{
    const Node &node = m_graph->nodes[size_t(index)];
    const GraphColors &colors = brush.colors;
    QPainter &painter = brush.painter;
    const QColor own = brush.colorOf(*m_graph, node);
    const bool isFaint = m_graph->isRun && isDimmed(node.state);
    const double left = box.left() + m_style.boxChrome - 10;
    const double width = box.right() - 8 - left;
    painter.setFont(m_fonts.label);
    painter.setPen(isFaint ? blended(colors.window, colors.text, 0.62) : colors.text);
    if (!brush.hasDetail) {
        painter.drawText(QRectF(left, box.top(), width + 4, box.height()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, labelOf(index));
        return;
    }
    painter.drawText(QRectF(left, box.top() + 4, width + 4, 17), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, labelOf(index));
    painter.setFont(m_fonts.detail);
    const bool isLoud = m_graph->isRun && !isFaint && node.state != State::Blocked;
    painter.setPen(isLoud ? own : isFaint ? blended(colors.window, colors.dim, 0.8) : colors.dim);
    const QString text = m_graph->isRun ? stateText(*m_graph, node, brush.now) : node.kind == TaskKind::Worker && node.name != node.ref ? node.name : node.type;
    const QRectF second(left, box.top() + 20, width - (hasKindGlyph(*m_graph, node) ? smallGlyph + 4 : 0), 15);
    painter.drawText(second.adjusted(0, 0, 4, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, cut(text, second.width(), false, Qt::ElideRight));
}

void GraphPainter::paintBar(const Brush &brush, int index) const
{
    const Node &node = m_graph->nodes[size_t(index)];
    const GraphColors &colors = brush.colors;
    QPainter &painter = brush.painter;
    const QRectF box = m_layout->boxes[size_t(index)];
    const bool isFaint = m_graph->isRun && (isDimmed(node.state) || node.state == State::Blocked);
    const QColor own = node.joinIsMissing || !node.unknownRefs.isEmpty() ? colors.bad : m_graph->isRun ? brush.colorOf(*m_graph, node) : colors.edge;
    painter.setPen(Qt::NoPen);
    painter.setBrush(isFaint ? blended(colors.window, own, 0.4) : own);
    painter.drawRoundedRect(box, 3, 3);
    if (m_graph->isRun && node.state == State::Waiting) { // hollow: not through yet
        painter.setBrush(colors.window);
        painter.drawRoundedRect(box.adjusted(1.8, 1.8, -1.8, -1.8), 1.5, 1.5);
    }
    const QRectF caption = m_layout->captions[size_t(index)];
    if (!brush.hasDetail || caption.isEmpty())
        return;
    QString text = node.label;
    if (node.joinIsMissing)
        text = tr("%1: no join follows").arg(text);
    else if (!node.unknownRefs.isEmpty())
        text = tr("%1 waits for unknown %2").arg(text, node.unknownRefs.join(u", "));
    else if (node.role == Role::Join && node.state == State::Waiting)
        text = tr("%1 · %2").arg(text, stateText(*m_graph, node, brush.now));
    painter.setFont(m_fonts.detail);
    painter.setPen(node.joinIsMissing || !node.unknownRefs.isEmpty() ? colors.bad : isFaint ? blended(colors.window, colors.dim, 0.8) : colors.dim);
    const bool isRight = m_layout->flow == Layout::Flow::Right && node.role == Role::Join;
    painter.drawText(caption, int(isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine, cut(text, caption.width(), false));
}

void GraphPainter::paintFrame(const Brush &brush, int index) const
{
    const Node &node = m_graph->nodes[size_t(index)];
    const GraphColors &colors = brush.colors;
    QPainter &painter = brush.painter;
    const QRectF box = m_layout->boxes[size_t(index)].adjusted(0.5, 0.5, -0.5, -0.5);
    const bool isFaint = m_graph->isRun && isDimmed(node.state);
    const QColor own = m_graph->isRun ? brush.colorOf(*m_graph, node) : colors.edge;
    painter.setPen(QPen(blended(colors.window, own, isFaint ? 0.3 : 0.5), 1, node.state == State::Skipped ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(blended(colors.window, colors.frame, 0.06));
    painter.drawRoundedRect(box, 8, 8);
    if (!brush.hasDetail)
        return;
    const QRectF caption = m_layout->captions[size_t(index)];
    const QRectF glyph(caption.left(), caption.top() + 4, 13, 13);
    paintGlyph(painter, m_graph->isRun ? stateGlyph(node) : kindGlyph(node.kind), glyph, isFaint ? blended(colors.window, own, 0.7) : own);
    QString side;
    if (node.role == Role::Grid)
        side = tr("fold");
    else if (node.turns.size() > 1)
        side = tr("‹ turn %1 of %2 ›").arg(node.turn).arg(node.turns.back().number);
    else if (node.turn > 0)
        side = tr("turn %1").arg(node.turn);
    painter.setFont(m_fonts.detail);
    const double sideWidth = m_fonts.detailWidth(side);
    painter.setPen(colors.dim);
    painter.drawText(caption, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, side);
    const QRectF title = caption.adjusted(18, 0, -sideWidth - 8, 0);
    QString text = node.role == Role::Grid ? tr("%1 × %2").arg(node.lanes.front().nodes.size()).arg(node.label) : node.label;
    if (m_graph->isRun)
        text = tr("%1 · %2").arg(text, node.role == Role::Grid ? countText(*m_graph, node) : stateText(*m_graph, node, brush.now));
    if (m_fonts.detailWidth(text) > title.width())
        text = node.label;
    painter.setPen(isFaint ? blended(colors.window, colors.text, 0.6) : colors.text);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, cut(text, title.width(), false));
}

void GraphPainter::paintStrip(const Brush &brush, int index) const
{
    const Node &node = m_graph->nodes[size_t(index)];
    const GraphColors &colors = brush.colors;
    QPainter &painter = brush.painter;
    const QRectF box = m_layout->boxes[size_t(index)].adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(colors.box);
    painter.drawRoundedRect(box, corner, corner);

    const bool hasGlyphs = brush.scale * m_style.cell >= 11;
    for (size_t i = 0; i < node.cells.size(); ++i) {
        const QRectF cell = m_layout->cellBox(index, int(i), m_style);
        if (!cell.intersects(brush.visible))
            continue;
        const State state = node.cells[i].state;
        const QColor own = colors.of(conductor::family(state));
        const bool isHollow = isDimmed(state) || state == State::Blocked || state == State::Queued;
        painter.setPen(Qt::NoPen);
        if (isHollow) {
            painter.setPen(QPen(blended(colors.box, own, state == State::Queued ? 0.9 : 0.5), 1.2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell.adjusted(0.6, 0.6, -0.6, -0.6));
            if (state == State::Queued && hasGlyphs)
                painter.fillRect(QRectF(cell.center() - QPointF(1.3, 1.3), QSizeF(2.6, 2.6)), own);
        } else {
            painter.setBrush(state == State::Skipped ? blended(colors.box, own, 0.5) : own);
            painter.drawRect(cell);
        }
        if (hasGlyphs && !isHollow && state != State::Done) {
            painter.setPen(QPen(own.lightnessF() > 0.55 ? QColor(0x1E1F22) : QColor(Qt::white), 1.5));
            const QRectF mark = cell.adjusted(3, 3, -3, -3);
            if (state == State::Failed || state == State::TimedOut) {
                painter.drawLine(mark.topLeft(), mark.bottomRight());
                painter.drawLine(mark.topRight(), mark.bottomLeft());
            } else if (state == State::Retrying || state == State::DoneWithErrors) {
                painter.drawLine(mark.bottomLeft(), mark.topRight());
            } else if (state == State::Running) {
                const QPointF arrow[3] = {mark.topLeft(), QPointF(mark.right(), mark.center().y()), mark.bottomLeft()};
                painter.drawPolyline(arrow, 3);
            } else {
                painter.drawLine(QPointF(mark.left(), mark.center().y()), QPointF(mark.right(), mark.center().y()));
            }
        }
        const bool isSelected = index == brush.marks.selected && int(i) == brush.marks.selectedCell;
        const bool isHovered = index == brush.marks.hovered && int(i) == brush.marks.hoveredCell;
        if (isSelected || isHovered) {
            painter.setPen(QPen(isSelected ? colors.focus : colors.text, isSelected ? 2 : 1.2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell.adjusted(-1.5, -1.5, 1.5, 1.5));
        }
    }
    if (!brush.hasDetail)
        return;
    const QRectF caption = m_layout->captions[size_t(index)];
    painter.setFont(m_fonts.detail);
    painter.setPen(colors.dim);
    const QString side = tr("spread");
    painter.drawText(caption, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, side);
    painter.setPen(colors.text);
    const QRectF title = caption.adjusted(0, 0, -m_fonts.detailWidth(side) - 8, 0);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     cut(tr("%1 × %2").arg(node.cells.size()).arg(node.label), title.width(), false));
    painter.setPen(colors.dim);
    const QRectF legend(caption.left(), box.bottom() - 17, caption.width(), 15);
    painter.drawText(legend, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, cut(countText(*m_graph, node), legend.width(), false, Qt::ElideRight));
}

// The selection, and the ring of the keyboard's focus around it.
void GraphPainter::paintRing(const Brush &brush) const
{
    const int index = brush.marks.selected;
    if (index < 0 || index >= int(m_layout->boxes.size()) || brush.marks.selectedCell >= 0)
        return;
    QPainter &painter = brush.painter;
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = std::max(2.0, 2 / brush.scale);
    const QRectF box = m_layout->boxes[size_t(index)].adjusted(-width / 2 - 1, -width / 2 - 1, width / 2 + 1, width / 2 + 1);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(brush.colors.focus, width));
    painter.drawRoundedRect(box, corner + 2, corner + 2);
    if (brush.marks.hasFocus) {
        QColor halo = brush.colors.focus;
        halo.setAlphaF(0.25F);
        painter.setPen(QPen(halo, width * 1.5));
        painter.drawRoundedRect(box.adjusted(-width, -width, width, width), corner + 4, corner + 4);
    }
}

void GraphPainter::paintMap(QPainter &painter, const GraphColors &colors) const
{
    const Marks none;
    const Brush brush{painter, QRectF(QPointF(), m_layout->size), 0.1, colors, {}, none, false, false, 1, true};
    std::vector<int> all(m_graph->nodes.size());
    for (size_t i = 0; i < all.size(); ++i)
        all[i] = int(i);
    paintBlocks(brush, all);
}

// ---- words

QString GraphPainter::stateWord(State state)
{
    switch (state) {
    case State::Planned:
        return tr("planned");
    case State::Blocked:
        return tr("blocked");
    case State::Queued:
        return tr("queued");
    case State::Running:
        return tr("running");
    case State::Waiting:
        return tr("waiting");
    case State::Retrying:
        return tr("retrying");
    case State::Done:
        return tr("done");
    case State::DoneWithErrors:
        return tr("failed, optional");
    case State::Skipped:
        return tr("skipped");
    case State::Failed:
        return tr("failed");
    case State::TimedOut:
        return tr("timed out");
    case State::Canceled:
        return tr("canceled");
    case State::NotTaken:
        return tr("not taken");
    case State::Unknown:
        break;
    }
    return tr("unknown");
}

QString GraphPainter::stateText(const Graph &graph, const Node &node, const QDateTime &now)
{
    const QDateTime begun = node.started.isValid() ? node.started : node.scheduled;
    switch (node.state) {
    case State::Planned:
        return graph.isEnded ? tr("not reached") : tr("planned");
    case State::Blocked:
        if (graph.isPaused)
            return tr("run is paused");
        if (node.waitsFor.isEmpty())
            return tr("next");
        return node.waitsFor.size() == 1 ? tr("waits for %1").arg(node.waitsFor.front()) : tr("waits for %1").arg(node.waitsFor.size());
    case State::Queued:
        return tr("queued %1").arg(shortSpan(node.scheduled, now));
    case State::Running:
        return tr("running %1").arg(shortSpan(begun, now));
    case State::Waiting:
        if (node.kind == TaskKind::Human)
            return tr("waits for a person");
        if (node.kind == TaskKind::Wait)
            return node.due.isValid() ? node.due > now ? tr("%1 to go").arg(shortSpan(now, node.due)) : tr("due") : tr("waits for a signal");
        return node.waitsFor.size() == 1 ? tr("waits for %1").arg(node.waitsFor.front()) : tr("waits for %1").arg(node.waitsFor.size());
    case State::Retrying:
        if (node.status == conductor::TaskStatus::InProgress)
            return tr("try %1 for %2").arg(node.attempts).arg(shortSpan(begun, now));
        if (node.due.isValid() && node.due > now)
            return tr("retry in %1").arg(shortSpan(now, node.due));
        return tr("retry queued");
    case State::Done:
        if (!node.ended.isValid())
            return tr("done");
        return node.attempts > 1 ? tr("done, try %1").arg(node.attempts) : tr("done in %1").arg(shortSpan(begun, node.ended));
    case State::Failed:
        return node.attempts > 1 ? tr("failed %1 times").arg(node.attempts) : tr("failed");
    case State::Unknown:
        return node.statusWord.isEmpty() ? tr("unknown") : node.statusWord;
    default:
        return stateWord(node.state);
    }
}

QString GraphPainter::countText(const Graph &graph, const Node &stripOrGrid)
{
    std::array<int, size_t(State::Unknown) + 1> counts{};
    for (const Graph::Cell &cell : stripOrGrid.cells)
        ++counts[size_t(cell.state)];
    for (const Graph::Lane &lane : stripOrGrid.lanes) {
        for (const int node : lane.nodes)
            ++counts[size_t(graph.nodes[size_t(node)].state)];
    }
    QStringList parts;
    for (const State state : {State::Failed, State::TimedOut, State::Retrying, State::Running, State::Waiting, State::Queued, State::Blocked, State::Planned,
                              State::Done, State::DoneWithErrors, State::Skipped, State::Canceled, State::NotTaken, State::Unknown}) {
        if (const int count = counts[size_t(state)])
            parts << tr("%1 %2").arg(count).arg(stateWord(state));
    }
    return parts.join(u" · ");
}

} // namespace app
