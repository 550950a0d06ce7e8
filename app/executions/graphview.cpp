#include "app/executions/graphview.h"

#include "app/executions/graphaccessible.h"
#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "conductor/graph/outline.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using conductor::Graph;
using conductor::Layout;
using Role = Graph::Role;
using Node = Graph::Node;

constexpr double leastScale = 0.02;
constexpr double mostScale = 3;
constexpr double mostFit = 1.25; // a small graph is not blown up
constexpr int nodesForMap = 60;
constexpr QSize mapSize(190, 130);

} // namespace

GraphView::GraphView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_graph(std::make_shared<const Graph>())
    , m_colors(GraphColors::of(palette()))
{
    installGraphAccessibility();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Workflow graph"));
    m_style = GraphFonts(font()).style();
    m_tick.setInterval(1000);
    m_tick.callOnTimeout(this, [this] { viewport()->update(); });
    layOutAgain();
}

void GraphView::setGraph(Graph graph)
{
    // What people look at stays where it is, also when boxes come or go around it.
    Spot anchor = find(m_selected);
    if (anchor.node < 0 || !viewport()->rect().intersects(nodeRect(anchor.node)))
        anchor = spotAt(QPointF(viewport()->rect().center()));
    const QString anchorId = idOf({anchor.node, -1});
    const QPointF place = anchor.node >= 0 ? boxOf({anchor.node, -1}).topLeft() * m_scale + origin() : QPointF();

    m_graph = std::make_shared<const Graph>(std::move(graph));
    ++m_revision;
    m_hovered = {};
    layOutAgain();
    if (m_mode == Mode::Fit) {
        fit();
    } else {
        updateBars();
        if (const Spot spot = find(anchorId); spot.node >= 0 && !anchorId.isEmpty())
            moveTo(boxOf(spot).topLeft(), place);
        if (m_mode == Mode::Follow)
            revealRunning();
    }
    const bool isLive = m_graph->isRun && !m_graph->isEnded;
    if (isLive && isVisible())
        m_tick.start();
    else
        m_tick.stop();
    if (!m_selected.isEmpty() && find(m_selected).node < 0) {
        m_selected.clear();
        Q_EMIT
        selectionChanged({});
    }
    announceGraph(this);
    viewport()->update();
}

void GraphView::setColors(const GraphColors &colors)
{
    m_colors = colors;
    m_hasOwnColors = true;
    m_map = {};
    viewport()->update();
}

void GraphView::setClock(Clock clock)
{
    m_clock = std::move(clock);
    viewport()->update();
}

void GraphView::layOutAgain()
{
    const GraphFonts fonts(font());
    m_style = fonts.style();
    if (m_mode == Mode::Fit || m_shape.isEmpty()) // else rows would break elsewhere under the eyes of who looks at a part
        m_shape = viewport()->size();
    m_layout = std::make_shared<const Layout>(conductor::layOut(*m_graph, m_style, QSizeF(m_shape)));
    m_painter = std::make_unique<GraphPainter>(m_graph, m_layout, fonts);
    m_map = {};
    m_places.clear();
    m_places.reserve(qsizetype(m_graph->nodes.size()));
    for (size_t i = 0; i < m_graph->nodes.size(); ++i) {
        const Node &node = m_graph->nodes[i];
        m_places.insert(node.id, {int(i), -1});
        for (size_t cell = 0; cell < node.cells.size(); ++cell)
            m_places.insert(node.cells[cell].id, {int(i), int(cell)});
    }
}

// ---- scale and place

double GraphView::fittingScale() const { return std::clamp(m_layout->scaleIn(QSizeF(viewport()->size())), leastScale, mostFit); }

QPointF GraphView::origin() const
{
    const QSizeF size = m_layout->size * m_scale;
    const auto at = [](double content, int room, const QScrollBar *bar) { return content <= room ? std::floor((room - content) / 2) : -double(bar->value()); };
    return {at(size.width(), viewport()->width(), horizontalScrollBar()), at(size.height(), viewport()->height(), verticalScrollBar())};
}

void GraphView::updateBars()
{
    const QSizeF size = m_layout->size * m_scale;
    const auto set = [](QScrollBar *bar, double content, int room) {
        bar->setPageStep(room);
        bar->setSingleStep(40);
        bar->setRange(0, std::max(0, int(std::ceil(content)) - room));
    };
    set(horizontalScrollBar(), size.width(), viewport()->width());
    set(verticalScrollBar(), size.height(), viewport()->height());
}

void GraphView::setScale(double scale, QPointF anchor)
{
    const QPointF kept = toGraph(anchor);
    m_scale = std::clamp(scale, leastScale, mostScale);
    updateBars();
    moveTo(kept, anchor);
    viewport()->update();
    Q_EMIT
    scaleChanged(m_scale);
}

void GraphView::moveTo(QPointF graphPoint, QPointF viewportPoint)
{
    const QPointF offset = graphPoint * m_scale - viewportPoint;
    horizontalScrollBar()->setValue(int(std::lround(offset.x())));
    verticalScrollBar()->setValue(int(std::lround(offset.y())));
}

void GraphView::fit()
{
    m_mode = Mode::Fit;
    if (m_shape != viewport()->size())
        layOutAgain();
    // Without bars there is more room, and none is needed.
    horizontalScrollBar()->setRange(0, 0);
    verticalScrollBar()->setRange(0, 0);
    const double scale = fittingScale();
    const bool isNew = !qFuzzyCompare(scale, m_scale);
    m_scale = scale;
    updateBars();
    viewport()->update();
    if (isNew)
        Q_EMIT
    scaleChanged(m_scale);
}

void GraphView::actualSize()
{
    m_mode = Mode::Free;
    const Spot spot = find(m_selected);
    const QPointF anchor = spot.node >= 0 ? QPointF(nodeRect(spot.node).center()) : QPointF(viewport()->rect().center());
    setScale(1, anchor);
}

void GraphView::zoomIn()
{
    m_mode = Mode::Free;
    setScale(m_scale * 1.25, QPointF(viewport()->rect().center()));
}

void GraphView::zoomOut()
{
    m_mode = Mode::Free;
    setScale(m_scale / 1.25, QPointF(viewport()->rect().center()));
}

void GraphView::followRunning(bool follow)
{
    m_mode = follow ? Mode::Follow : Mode::Free;
    if (!follow)
        return;
    if (m_scale < GraphPainter::detailFrom)
        setScale(1, QPointF(viewport()->rect().center()));
    revealRunning();
}

void GraphView::reveal(const QRectF &part)
{
    const QRectF shown(part.topLeft() * m_scale + origin(), part.size() * m_scale);
    const QRectF room = QRectF(viewport()->rect()).adjusted(16, 16, -16, -16);
    const auto shift = [](double low, double high, double roomLow, double roomHigh) {
        if (low < roomLow || high - low > roomHigh - roomLow)
            return low - roomLow;
        return high > roomHigh ? high - roomHigh : 0.0;
    };
    const double dx = shift(shown.left(), shown.right(), room.left(), room.right());
    const double dy = shift(shown.top(), shown.bottom(), room.top(), room.bottom());
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + int(std::lround(dx)));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + int(std::lround(dy)));
}

// The first that is at work; the others with it as far as they fit.
void GraphView::revealRunning()
{
    QRectF together;
    const QSizeF room = QSizeF(viewport()->size()) / m_scale;
    for (size_t i = 0; i < m_graph->nodes.size(); ++i) {
        const Node &node = m_graph->nodes[i];
        const bool isWork = node.role == Role::Task || node.role == Role::Strip;
        if (!isWork || !conductor::isActive(node.state))
            continue;
        const QRectF all = together.united(m_layout->boxes[i]);
        if (together.isNull() || (all.width() <= room.width() - 32 && all.height() <= room.height() - 32))
            together = all;
    }
    if (!together.isNull())
        reveal(together);
}

QRect GraphView::nodeRect(int node) const
{
    if (node < 0 || node >= int(m_layout->boxes.size()))
        return {};
    const QRectF box = m_layout->boxes[size_t(node)];
    return QRectF(box.topLeft() * m_scale + origin(), box.size() * m_scale).toAlignedRect();
}

// ---- selection

GraphView::Spot GraphView::find(const QString &id) const { return id.isEmpty() ? Spot() : m_places.value(id); }

QString GraphView::idOf(Spot spot) const
{
    if (spot.node < 0)
        return {};
    const Node &node = m_graph->nodes[size_t(spot.node)];
    return spot.cell >= 0 ? node.cells[size_t(spot.cell)].id : node.id;
}

QRectF GraphView::boxOf(Spot spot) const { return spot.cell >= 0 ? m_layout->cellBox(spot.node, spot.cell, m_style) : m_layout->boxes[size_t(spot.node)]; }

void GraphView::select(const QString &id) { setSelected(find(id)); }

void GraphView::setSelected(Spot spot)
{
    const QString id = idOf(spot);
    if (spot.node >= 0)
        reveal(boxOf(spot));
    if (id == m_selected)
        return;
    m_selected = id;
    viewport()->update();
    announceSelection(this, spot.node);
    Q_EMIT
    selectionChanged(id);
}

bool GraphView::isSelectable(int node) const { return m_graph->nodes[size_t(node)].role != Role::Merge; }

GraphView::Spot GraphView::spotAt(QPointF viewportPoint) const
{
    const QPointF point = toGraph(viewportPoint);
    const double slack = 3 / m_scale; // bars are thin
    Spot best;
    double bestArea = 0;
    for (size_t i = 0; i < m_layout->boxes.size(); ++i) {
        const Node &node = m_graph->nodes[i];
        if (node.role == Role::Merge)
            continue;
        const bool isBar = node.role == Role::Fork || node.role == Role::Join;
        const QRectF box = isBar ? m_layout->boxes[i].adjusted(-slack, 0, slack, 0) : m_layout->boxes[i];
        const bool isHit =
            box.contains(point) || (!m_layout->captions[i].isEmpty() && m_layout->captions[i].contains(point) && m_scale >= GraphPainter::detailFrom);
        const double area = box.width() * box.height();
        if (!isHit || (best.node >= 0 && area >= bestArea))
            continue;
        best = {int(i), node.role == Role::Strip ? m_layout->cellAt(int(i), point, int(node.cells.size()), m_style) : -1};
        bestArea = area;
    }
    return best;
}

// ---- painting

void GraphView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_colors.window);
    if (m_graph->nodes.empty()) {
        painter.setPen(m_colors.dim);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, m_graph->isRun ? tr("This run has no tasks.") : tr("This definition has no tasks."));
        return;
    }
    const QRectF visible(toGraph(QPointF(event->rect().topLeft())), QSizeF(event->rect().size()) / m_scale);
    const Spot selected = find(m_selected);
    const GraphPainter::Marks marks{selected.node, selected.cell, m_hovered.node, m_hovered.cell, hasFocus()};
    painter.save();
    painter.translate(origin());
    painter.scale(m_scale, m_scale);
    m_painter->paint(painter, visible, m_scale, m_colors, m_clock(), marks);
    painter.restore();
    paintMarks(painter);
    if (hasMap())
        paintMap(painter);
}

void GraphView::setMarks(const QHash<QString, StatusLook> &marks)
{
    m_marks = marks;
    viewport()->update();
}

void GraphView::paintMarks(QPainter &painter) const
{
    constexpr int ring = 2, side = 16;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (auto mark = m_marks.begin(); mark != m_marks.end(); ++mark) {
        const QRect box = nodeRect(m_graph->findRef(mark.key()));
        if (box.isEmpty() || !viewport()->rect().intersects(box))
            continue;
        const QColor color = familyColor(mark->family, palette());
        painter.setPen(QPen(color, ring));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(box).adjusted(-ring, -ring, ring, ring), Metrics::radius, Metrics::radius);
        const QRect badge(box.right() - side / 2, box.top() - side / 2, side, side);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(badge);
        paintIcon(painter, badge.adjusted(3, 3, -3, -3), mark->glyph, palette().color(QPalette::Base));
    }
    painter.restore();
}

void GraphView::resizeEvent(QResizeEvent *)
{
    if (m_mode == Mode::Fit) {
        layOutAgain(); // the window's shape decides where rows break
        fit();
    } else {
        updateBars();
    }
}

void GraphView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    if (m_graph->isRun && !m_graph->isEnded)
        m_tick.start();
}

void GraphView::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    m_tick.stop();
}

void GraphView::scrollContentsBy(int, int) { viewport()->update(); }

void GraphView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_hasOwnColors) {
        m_colors = GraphColors::of(palette());
        m_map = {};
        viewport()->update();
    }
    if (event->type() == QEvent::FontChange) {
        layOutAgain();
        m_mode == Mode::Fit ? fit() : updateBars();
        viewport()->update();
    }
}

bool GraphView::hasMap() const
{
    const QSizeF size = m_layout->size * m_scale;
    const bool isWhole = size.width() <= viewport()->width() + 1 && size.height() <= viewport()->height() + 1;
    return int(m_graph->nodes.size()) > nodesForMap && !isWhole;
}

QRectF GraphView::mapRect() const
{
    const QSizeF size = m_layout->size.scaled(mapSize, Qt::KeepAspectRatio);
    return {QPointF(viewport()->width() - size.width() - 14, viewport()->height() - size.height() - 14), size};
}

void GraphView::paintMap(QPainter &painter)
{
    const QRectF place = mapRect();
    const double ratio = devicePixelRatioF();
    if (m_map.isNull() || m_map.devicePixelRatio() != ratio) {
        m_map = QPixmap((place.size() * ratio).toSize().expandedTo({1, 1}));
        m_map.setDevicePixelRatio(ratio);
        m_map.fill(m_colors.window);
        QPainter drawing(&m_map);
        const double scale = place.width() / m_layout->size.width();
        drawing.scale(scale, scale);
        m_painter->paintMap(drawing, m_colors);
    }
    painter.drawPixmap(place.topLeft(), m_map);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(m_colors.border);
    painter.drawRect(place.adjusted(-1, -1, 0, 0));
    const double share = place.width() / (m_layout->size.width() * m_scale);
    const QRectF seen(place.topLeft() - origin() * share, QSizeF(viewport()->size()) * share);
    QColor glass = m_colors.focus;
    glass.setAlphaF(0.14F);
    painter.setBrush(glass);
    painter.setPen(QPen(m_colors.focus, 1));
    painter.drawRect(seen.intersected(place));
}

void GraphView::goToMap(QPointF point)
{
    const QRectF place = mapRect();
    const QPointF graphPoint = (point - place.topLeft()) * (m_layout->size.width() / place.width());
    moveTo(graphPoint, QPointF(viewport()->rect().center()));
}

// ---- mouse

void GraphView::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier) || event->modifiers().testFlag(Qt::AltModifier) || std::abs(turned.x()) > std::abs(turned.y())) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    if (turned.y() != 0) {
        m_mode = Mode::Free;
        setScale(m_scale * std::pow(1.0015, turned.y()), event->position());
    }
    event->accept();
}

void GraphView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position();
    m_scrollAtPress = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
    if (event->button() == Qt::MiddleButton) {
        m_drag = Drag::Pan;
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (hasMap() && mapRect().contains(event->position())) {
        m_drag = Drag::Map;
        m_mode = Mode::Free;
        goToMap(event->position());
        return;
    }
    m_drag = Drag::Armed;
    const Spot spot = spotAt(event->position());
    if (!pressCaption(spot, event->position()))
        setSelected(spot);
}

// The words at the right of a frame's or strip's title: another turn, spread, fold.
bool GraphView::pressCaption(Spot spot, QPointF viewportPoint)
{
    if (spot.node < 0 || m_scale < GraphPainter::detailFrom)
        return false;
    const Node &node = m_graph->nodes[size_t(spot.node)];
    const QRectF caption = m_layout->captions[size_t(spot.node)];
    const QPointF point = toGraph(viewportPoint);
    const double fromRight = caption.right() - point.x();
    if (caption.isEmpty() || !caption.contains(point))
        return false;
    if (node.role == Role::Strip || node.role == Role::Grid) {
        if (fromRight > 46)
            return false;
        Q_EMIT
        spreadRequested(node.id, node.role == Role::Strip);
        return true;
    }
    if (node.role != Role::Loop || node.turns.size() < 2 || fromRight > 96)
        return false;
    const auto shown = std::find_if(node.turns.begin(), node.turns.end(), [&](const Graph::Turn &turn) { return turn.number == node.turn; });
    const auto at = shown == node.turns.end() ? std::ptrdiff_t(0) : shown - node.turns.begin();
    const auto wanted = std::clamp<std::ptrdiff_t>(at + (fromRight < 48 ? 1 : -1), 0, std::ptrdiff_t(node.turns.size()) - 1);
    if (wanted != at)
        Q_EMIT
    turnRequested(node.id, node.turns[size_t(wanted)].number);
    return true;
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_drag == Drag::Armed && (event->position() - m_pressed).manhattanLength() > 5)
        m_drag = Drag::Pan;
    if (m_drag == Drag::Pan) {
        if (m_mode == Mode::Follow)
            m_mode = Mode::Free;
        const QPointF moved = event->position() - m_pressed;
        horizontalScrollBar()->setValue(m_scrollAtPress.x() - int(moved.x()));
        verticalScrollBar()->setValue(m_scrollAtPress.y() - int(moved.y()));
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (m_drag == Drag::Map) {
        goToMap(event->position());
        return;
    }
    const Spot spot = spotAt(event->position());
    if (spot == m_hovered)
        return;
    m_hovered = spot;
    viewport()->setCursor(spot.node >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

void GraphView::mouseReleaseEvent(QMouseEvent *)
{
    if (m_drag == Drag::Pan)
        viewport()->setCursor(Qt::ArrowCursor);
    m_drag = Drag::None;
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const QString id = idOf(spotAt(event->position())); !id.isEmpty())
        Q_EMIT
    nodeActivated(id);
}

bool GraphView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = tipFor(spotAt(QPointF(help->pos())));
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    if (event->type() == QEvent::Leave && m_hovered.node >= 0) {
        m_hovered = {};
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

// Text from a server: escaped, so that it is never read as markup.
QString GraphView::tipFor(Spot spot) const
{
    if (spot.node < 0)
        return {};
    const Node &node = m_graph->nodes[size_t(spot.node)];
    QStringList lines;
    if (spot.cell >= 0) {
        const Graph::Cell &cell = node.cells[size_t(spot.cell)];
        lines << tr("%1: %2").arg(cell.ref, GraphPainter::stateWord(cell.state));
    } else {
        lines << conductor::sentence(*m_graph, node, now());
        if (!node.reason.isEmpty() && node.state == Graph::State::Retrying)
            lines << tr("The attempt before failed: %1").arg(node.reason.left(300));
        if (node.started.isValid())
            lines << tr("Started %1").arg(QLocale().toString(node.started.toLocalTime(), QLocale::ShortFormat));
        if (!node.childId.isEmpty())
            lines << tr("Run %1").arg(node.childId);
    }
    return u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(lines.join(u'\n').toHtmlEscaped());
}

// ---- keyboard

void GraphView::keyPressEvent(QKeyEvent *event)
{
    const Spot spot = find(m_selected);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (const Spot to = next(spot, Qt::Key(event->key())); to.node >= 0)
            setSelected(to);
        break;
    case Qt::Key_Home:
        if (!m_graph->top.empty())
            setSelected({m_graph->top.front(), -1});
        break;
    case Qt::Key_End:
        if (!m_graph->top.empty())
            setSelected({m_graph->top.back(), -1});
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_selected.isEmpty())
            Q_EMIT
        nodeActivated(m_selected);
        break;
    case Qt::Key_Space:
        if (spot.node >= 0) {
            const Role role = m_graph->nodes[size_t(spot.node)].role;
            if (role == Role::Strip || role == Role::Grid)
                Q_EMIT
            spreadRequested(m_graph->nodes[size_t(spot.node)].id, role == Role::Strip);
        }
        break;
    case Qt::Key_Escape:
        if (m_selected.isEmpty()) {
            event->ignore();
            return;
        }
        setSelected(spot.cell >= 0 ? Spot{spot.node, -1} : Spot());
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        break;
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_0:
        fit();
        break;
    case Qt::Key_1:
        actualSize();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

GraphView::Spot GraphView::next(Spot from, Qt::Key key) const
{
    if (from.node < 0)
        return m_graph->top.empty() ? Spot() : Spot{m_graph->top.front(), -1};
    const Node &node = m_graph->nodes[size_t(from.node)];
    if (from.cell >= 0) {
        const int columns = std::max(1, m_layout->columns[size_t(from.node)]);
        const int step = key == Qt::Key_Left ? -1 : key == Qt::Key_Right ? 1 : key == Qt::Key_Up ? -columns : columns;
        const int cell = from.cell + step;
        if (cell >= 0 && cell < int(node.cells.size()))
            return {from.node, cell};
        return step < 0 ? Spot{from.node, -1} : from;
    }
    const bool isRight = m_layout->flow == Layout::Flow::Right;
    const Qt::Key ahead = isRight ? Qt::Key_Right : Qt::Key_Down;
    const Qt::Key back = isRight ? Qt::Key_Left : Qt::Key_Up;
    const Qt::Key across = isRight ? Qt::Key_Down : Qt::Key_Right;
    if (key == across && node.role == Role::Strip)
        return {from.node, 0};
    if (key == across && (node.role == Role::Loop || node.role == Role::Grid) && !node.lanes.front().nodes.empty())
        return {node.lanes.front().nodes.front(), -1};
    if (key == ahead || key == back) {
        if (const int to = follow(from.node, key == ahead); to >= 0)
            return {to, -1};
    }
    const QPointF direction = key == Qt::Key_Left ? QPointF(-1, 0) : key == Qt::Key_Right ? QPointF(1, 0) : key == Qt::Key_Up ? QPointF(0, -1) : QPointF(0, 1);
    if (const int to = nearest(from.node, direction); to >= 0)
        return {to, -1};
    return node.parent >= 0 && key != ahead ? Spot{node.parent, -1} : from;
}

// Along the edges, the taken one first, through merges.
int GraphView::follow(int node, bool forward) const
{
    for (int step = node, hops = 0; hops < 64; ++hops) {
        int best = -1;
        bool isBestTaken = false;
        for (const Graph::Edge &edge : m_graph->edges) {
            if ((forward ? edge.from : edge.to) != step || edge.kind == Graph::Edge::Kind::LoopBack)
                continue;
            const bool isTaken = edge.way == Graph::Edge::Way::Taken;
            if (best < 0 || (isTaken && !isBestTaken)) {
                best = forward ? edge.to : edge.from;
                isBestTaken = isTaken;
            }
        }
        if (best < 0 || isSelectable(best))
            return best;
        step = best;
    }
    return -1;
}

int GraphView::nearest(int node, QPointF direction) const
{
    const QPointF from = m_layout->boxes[size_t(node)].center();
    int best = -1;
    double least = 0;
    for (size_t i = 0; i < m_graph->nodes.size(); ++i) {
        if (int(i) == node || !isSelectable(int(i)))
            continue;
        const QPointF way = m_layout->boxes[i].center() - from;
        const double along = QPointF::dotProduct(way, direction);
        const double aside = std::abs(way.x() * direction.y() - way.y() * direction.x());
        if (along <= 1 || aside > 2 * along + 60)
            continue;
        const double distance = along + 2 * aside;
        if (best < 0 || distance < least) {
            best = int(i);
            least = distance;
        }
    }
    return best;
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace app
