#include "conductor/graph/layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace conductor {
namespace {

using Flow = Layout::Flow;
using Role = Graph::Role;
using Node = Graph::Node;
using Edge = Graph::Edge;

constexpr double unlimited = std::numeric_limits<double>::max();
constexpr double mergeDot = 6;
constexpr double turnOut = 10; // how far an edge goes before it turns
constexpr double labelAt = 19; // and before a case's label
constexpr double nearlyStraight = 12;
constexpr double frameSide = 14; // between a frame and what it holds, along the flow
constexpr double titleHeight = 20;
constexpr double framePad = 8;
constexpr double loopBackRoom = 12;
constexpr double emptyLane = 18;
constexpr double rowGap = 26;
constexpr double wrapMargin = 14;
constexpr double labelHeight = 16;
constexpr double mostLabel = 130;
constexpr double stripLegend = 17;

// Lengths along the flow ("main") and across it. An item is a node, or a group: a fork or switch with all up to its closing.
struct Extent {
    double main = 0;
    double cross = 0;
    double in = 0; // where it is entered, across, from its beginning
    double out = 0;
};

struct Box {
    double main = 0;
    double cross = 0;
    double mainLength = 0;
    double crossLength = 0;
    double in = 0; // absolute
    double out = 0;

    double mainEnd() const { return main + mainLength; }
    double crossEnd() const { return cross + crossLength; }
};

// The way from the end of a row to the beginning of the next.
struct Return {
    double right = 0;
    double channel = 0;
    double left = 0;
};

class Layouter
{
public:
    Layouter(const Graph &graph, const LayoutStyle &style, QSizeF viewport)
        : m_graph(graph)
        , m_style(style)
        , m_viewport(viewport.isEmpty() ? QSizeF(1040, 620) : viewport)
        , m_extents(graph.nodes.size())
        , m_boxes(graph.nodes.size())
        , m_isPlain(graph.nodes.size())
        , m_breaks(graph.nodes.size())
        , m_returnOf(graph.nodes.size(), -1)
        , m_firstLane(graph.nodes.size())
        , m_columns(graph.nodes.size())
        , m_widths(graph.nodes.size())
        , m_labelWidths(graph.edges.size())
    {
        int lanes = 0;
        for (size_t i = 0; i < graph.nodes.size(); ++i) {
            const Role role = graph.nodes[i].role;
            m_isPlain[i] = role == Role::Task || role == Role::Placeholder;
            m_firstLane[i] = lanes;
            lanes += int(graph.nodes[i].lanes.size());
        }
        m_lanes.resize(size_t(lanes));
        measureTexts();
    }

    Layout layOut()
    {
        choose();
        const Extent all = measure(m_best.flow, m_best.limit);
        placeSequence(m_graph.top, m_style.margin, m_style.margin);

        Layout layout;
        layout.flow = m_flow;
        layout.rows = 1 + int(std::count_if(m_graph.top.begin(), m_graph.top.end(), [this](int item) { return m_breaks[size_t(item)]; }));
        layout.size = real(all.main + 2 * m_style.margin, all.cross + 2 * m_style.margin);
        layout.columns = m_columns;
        layout.boxes.reserve(m_boxes.size());
        for (const Box &box : m_boxes)
            layout.boxes.push_back(real(box));
        placeCaptions(layout);
        routeEdges(layout);
        return layout;
    }

private:
    // ---- which way, and how long a row may be

    struct Choice {
        Flow flow = Flow::Right;
        double limit = unlimited;
        double score = -1;
        double scale = 0;
        double width = 0; // the longest row
    };

    void choose()
    {
        const bool isLarge = m_graph.nodes.size() > 2000;
        const bool isUpright = m_viewport.height() > m_viewport.width();
        if (!isLarge || !isUpright)
            tryFlow(Flow::Right, isLarge ? 4 : 9);
        if (!isLarge || isUpright)
            tryFlow(Flow::Down, isLarge ? 4 : 9);
    }

    // Longer rows are lower: the best length is where width and height fill the viewport alike.
    void tryFlow(Flow flow, int steps)
    {
        const Extent whole = measure(flow, unlimited);
        if (tryLimit(flow, unlimited, whole) >= 1)
            return;
        double low = std::max(60.0, whole.main / std::max<double>(1, double(m_graph.nodes.size())));
        double high = whole.main;
        for (int step = 0; step < steps; ++step) {
            const double limit = std::sqrt(low * high);
            const Extent extent = measure(flow, limit);
            tryLimit(flow, limit, extent);
            const QSizeF size = real(extent.main, extent.cross);
            const bool isTooLong = (flow == Flow::Right) == (size.width() / m_viewport.width() > size.height() / m_viewport.height());
            (isTooLong ? high : low) = limit;
        }
        // Rows of equal length look calmer and may fit better still.
        if (m_best.flow == flow && m_best.limit < unlimited) {
            const double base = m_best.width;
            for (const double share : {0.999, 0.95, 0.9, 0.82, 1.05, 1.12}) {
                const Extent extent = measure(flow, base * share);
                tryLimit(flow, base * share, extent);
                if (m_graph.nodes.size() > 2000)
                    break;
            }
        }
    }

    double tryLimit(Flow flow, double limit, const Extent &extent)
    {
        const QSizeF size = real(extent.main + 2 * m_style.margin, extent.cross + 2 * m_style.margin);
        const double scale = std::min(m_viewport.width() / size.width(), m_viewport.height() / size.height());
        // Nothing is gained by more than full size. Breaks and the less familiar direction have to earn their place.
        double score = std::min(scale, 1.0) * (1 - 0.01 * std::min(m_breakCount, 8));
        if (flow == Flow::Down)
            score *= 0.96;
        if (score > m_best.score + 1e-6)
            m_best = {flow, limit, score, scale, extent.main};
        return scale;
    }

    // ---- sizes

    void measureTexts()
    {
        double common = m_style.leastText;
        const double usual = m_style.mostText * 0.72; // one long name does not widen all
        for (size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const Node &node = m_graph.nodes[i];
            if (node.role == Role::Merge)
                continue;
            const bool isCaption =
                node.role == Role::Fork || node.role == Role::Join || node.role == Role::Loop || node.role == Role::Strip || node.role == Role::Grid;
            m_widths[i] = isCaption ? m_style.detailWidth(node.label) : m_style.labelWidth(node.label);
            if (!isCaption)
                common = std::max(common, m_widths[i] <= usual ? m_widths[i] : 0);
        }
        for (size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const Role role = m_graph.nodes[i].role;
            if (role == Role::Task || role == Role::Switch || role == Role::Placeholder)
                m_widths[i] = std::ceil(m_style.boxChrome + std::clamp(m_widths[i], common, m_style.mostText));
        }
        m_boxWidth = std::ceil(m_style.boxChrome + common);
        for (size_t i = 0; i < m_graph.edges.size(); ++i) {
            if (!m_graph.edges[i].label.isEmpty())
                m_labelWidths[i] = std::min(mostLabel, m_style.detailWidth(m_graph.edges[i].label) + 12);
        }
        // A case's label is as wide as its edge's; edges know their switch and lane.
        for (size_t i = 0; i < m_graph.edges.size(); ++i) {
            const Edge &edge = m_graph.edges[i];
            if (edge.kind != Edge::Kind::Case)
                continue;
            double &widest = m_labels[edge.from];
            widest = std::max(widest, m_labelWidths[i]);
        }
    }

    Extent measure(Flow flow, double limit)
    {
        if (!m_isMeasured || flow != m_flow) {
            m_flow = flow;
            measurePlain();
            m_isMeasured = true;
        }
        m_breakCount = 0;
        std::fill(m_breaks.begin(), m_breaks.end(), char(0));
        return measureSequence(m_graph.top, limit);
    }

    Extent sized(double width, double height) const
    {
        const double cross = isRight() ? height : width;
        return {isRight() ? width : height, cross, cross / 2, cross / 2};
    }

    void measureItem(int item, double limit)
    {
        const Node &node = m_graph.nodes[size_t(item)];
        Extent extent;
        switch (node.role) {
        case Role::Task:
        case Role::Placeholder:
            return; // measurePlain() did
        case Role::Merge:
        case Role::Join:
            extent = sized(mergeDot, mergeDot);
            break;
        case Role::Strip:
            extent = measureStrip(item);
            break;
        case Role::Grid:
            extent = measureGrid(item);
            break;
        case Role::Loop:
            extent = measureLoop(item, limit);
            break;
        case Role::Fork:
            extent = measureFork(item, limit);
            break;
        case Role::Switch:
            extent = measureSwitch(item, limit);
            break;
        }
        m_extents[size_t(item)] = extent;
    }

    // Boxes on their own are as large in every try; only the direction matters.
    void measurePlain()
    {
        for (size_t i = 0; i < m_extents.size(); ++i) {
            if (m_isPlain[i])
                m_extents[i] = sized(m_widths[i], m_style.boxHeight);
        }
    }

    Extent measureSequence(const std::vector<int> &items, double limit)
    {
        Extent total;
        double rowMain = 0;
        double above = 0;
        double below = 0;
        double crossBefore = 0; // of the rows that are closed
        bool isFirstRow = true;
        int inRow = 0;
        for (const int item : items) {
            if (!m_isPlain[size_t(item)])
                measureItem(item, limit);
            const Extent &extent = m_extents[size_t(item)];
            if (inRow > 0 && rowMain + m_style.gap + extent.main > limit) {
                m_breaks[size_t(item)] = 1;
                ++m_breakCount;
                total.main = std::max(total.main, rowMain);
                if (isFirstRow)
                    total.in = above;
                isFirstRow = false;
                crossBefore += above + below + rowGap;
                rowMain = above = below = 0;
                inRow = 0;
            }
            rowMain += (inRow > 0 ? m_style.gap : 0) + extent.main;
            above = std::max(above, extent.in);
            below = std::max(below, extent.cross - extent.in);
            ++inRow;
        }
        total.main = std::max(total.main, rowMain);
        if (isFirstRow)
            total.in = above;
        else
            total.main += 2 * wrapMargin;
        if (!items.empty()) {
            const Extent &last = m_extents[size_t(items.back())];
            total.out = crossBefore + above - last.in + last.out;
        }
        total.cross = crossBefore + above + below;
        return total;
    }

    Extent measureStrip(int item)
    {
        const int cells = int(m_graph.nodes[size_t(item)].cells.size());
        const int least = int(std::ceil(190 / m_style.cell));
        const int columns = std::clamp(int(std::ceil(std::sqrt(cells * 2.2))), std::min(least, std::max(1, cells)), std::max(1, cells));
        m_columns[size_t(item)] = columns;
        const int rows = (cells + columns - 1) / columns;
        const double width = std::max(columns * m_style.cell + 2 * framePad, std::min(m_widths[size_t(item)] + 90, 320.0));
        return sized(width, titleHeight + rows * m_style.cell + framePad / 2 + stripLegend);
    }

    Extent measureGrid(int item)
    {
        const int count = std::max<int>(1, int(m_graph.nodes[size_t(item)].lanes.front().nodes.size()));
        const double aspect = m_viewport.width() / m_viewport.height();
        const int columns = std::clamp(int(std::lround(std::sqrt(count * aspect * (m_style.boxHeight + framePad) / (m_boxWidth + framePad)))), 1, count);
        m_columns[size_t(item)] = columns;
        const int rows = (count + columns - 1) / columns;
        return sized(columns * (m_boxWidth + framePad) + framePad, titleHeight + 4 + rows * (m_style.boxHeight + framePad));
    }

    // What a frame takes around its content.
    struct Insets {
        double mainBefore;
        double mainAfter;
        double crossBefore;
        double crossAfter;
    };

    Insets loopInsets() const
    {
        if (isRight())
            return {frameSide, frameSide, titleHeight + framePad, framePad + loopBackRoom};
        return {titleHeight + frameSide, frameSide, frameSide, framePad + loopBackRoom};
    }

    Extent measureLoop(int item, double limit)
    {
        const Insets insets = loopInsets();
        Extent body = measureSequence(m_graph.nodes[size_t(item)].lanes.front().nodes, within(limit, insets.mainBefore + insets.mainAfter));
        if (m_graph.nodes[size_t(item)].lanes.front().nodes.empty())
            body = {40, emptyLane, emptyLane / 2, emptyLane / 2};
        const double title = std::min(m_widths[size_t(item)] + 96, 300.0);
        double main = insets.mainBefore + body.main + insets.mainAfter;
        double cross = insets.crossBefore + body.cross + insets.crossAfter;
        (isRight() ? main : cross) = std::max(isRight() ? main : cross, title);
        return {main, cross, insets.crossBefore + body.in, insets.crossBefore + body.out};
    }

    // ---- groups: lanes between an opening and a closing

    // The lanes of a group one below the other: their extents from the measuring, and what follows from them.
    struct Stack {
        double main = 0;
        double cross = 0;
        double in = 0;  // in the middle of the entries, on one of them where it is near
        double out = 0; // of the exits likewise
    };

    // leastCross: room for a label that is wider than what it leads to.
    void measureLanes(int item, double limit, double leastCross)
    {
        const Node &node = m_graph.nodes[size_t(item)];
        for (size_t i = 0; i < node.lanes.size(); ++i) {
            LaneSize lane;
            lane.extent = node.lanes[i].nodes.empty() ? Extent{0, emptyLane, emptyLane / 2, emptyLane / 2} : measureSequence(node.lanes[i].nodes, limit);
            lane.shift = std::max(0.0, leastCross - lane.extent.cross) / 2;
            lane.extent.in += lane.shift;
            lane.extent.out += lane.shift;
            lane.extent.cross += 2 * lane.shift;
            m_lanes[size_t(m_firstLane[size_t(item)]) + i] = lane;
        }
    }

    Stack stackOf(int item) const
    {
        const size_t count = m_graph.nodes[size_t(item)].lanes.size();
        const size_t first = size_t(m_firstLane[size_t(item)]);
        if (count == 0)
            return {0, emptyLane, emptyLane / 2, emptyLane / 2};
        Stack stack;
        double lastAt = 0;
        for (size_t i = 0; i < count; ++i) {
            const Extent &lane = m_lanes[first + i].extent;
            stack.main = std::max(stack.main, lane.main);
            lastAt = stack.cross;
            stack.cross += lane.cross + m_style.laneGap;
        }
        stack.cross -= m_style.laneGap;
        const Extent &front = m_lanes[first].extent;
        const Extent &back = m_lanes[first + count - 1].extent;
        const double middleIn = (front.in + lastAt + back.in) / 2;
        const double middleOut = (front.out + lastAt + back.out) / 2;
        stack.in = middleIn;
        stack.out = middleOut;
        double at = 0;
        for (size_t i = 0; i < count; ++i) { // a straight line where one is nearly there
            const Extent &lane = m_lanes[first + i].extent;
            if (std::abs(at + lane.in - middleIn) <= nearlyStraight)
                stack.in = at + lane.in;
            if (std::abs(at + lane.out - middleOut) <= nearlyStraight)
                stack.out = at + lane.out;
            at += lane.cross + m_style.laneGap;
        }
        if (std::abs(stack.in - stack.out) <= nearlyStraight)
            stack.out = stack.in;
        return stack;
    }

    double captionAcross() const { return isRight() ? m_style.captionHeight : 0; } // beside the flow: above the lanes
    double captionAlong() const { return isRight() ? 0 : m_style.captionHeight; }  // in the flow: before the fork, after the join

    Extent measureFork(int item, double limit)
    {
        const double sides = 2 * (captionAlong() + m_style.bar + m_style.gap);
        measureLanes(item, within(limit, sides), 0);
        const Stack stack = stackOf(item);
        const double least = isRight() ? 100 : 0; // for two captions
        const double before = captionAcross();
        return {std::max(sides + stack.main, least), before + stack.cross, before + stack.in, before + stack.out};
    }

    void placeFork(int item, double main, double cross)
    {
        const Node &fork = m_graph.nodes[size_t(item)];
        const Stack stack = stackOf(item);
        const double top = cross + captionAcross();
        const double begin = main + captionAlong();
        const double end = main + m_extents[size_t(item)].main - captionAlong();
        placeLanes(item, begin + m_style.bar + m_style.gap, top);
        m_boxes[size_t(item)] = barBox(begin, top, stack.cross, top + stack.in);
        m_tops.insert(item, cross);
        placeClosing(fork.join, end, top, stack.cross, top + stack.out);
    }

    // Between a switch's box and its lanes: room to turn and for the labels of the cases.
    double channelOf(int item) const { return labelAt + (isRight() ? m_labels.value(item, 0) + 12 : labelHeight + 8); }

    Extent measureSwitch(int item, double limit)
    {
        const Extent box = sized(m_widths[size_t(item)], m_style.boxHeight);
        const double sides = box.main + channelOf(item) + m_style.gap + m_style.bar;
        measureLanes(item, within(limit, sides), isRight() ? 0 : m_labels.value(item, 0) + 6);
        const Stack stack = stackOf(item);
        const double above = std::max(stack.in, box.cross / 2);
        const double below = std::max(stack.cross - stack.in, box.cross / 2);
        return {sides + stack.main, above + below, above, above};
    }

    void placeSwitch(int item, double main, double cross)
    {
        const Stack stack = stackOf(item);
        const Extent &extent = m_extents[size_t(item)];
        const Extent box = sized(m_widths[size_t(item)], m_style.boxHeight);
        const double axis = cross + extent.in;
        const double top = axis - stack.in;
        m_boxes[size_t(item)] = {main, axis - box.cross / 2, box.main, box.cross, axis, axis};
        placeLanes(item, main + box.main + channelOf(item), top);
        placeClosing(m_graph.nodes[size_t(item)].join, main + extent.main, top, stack.cross, axis);
    }

    void placeLanes(int item, double main, double cross)
    {
        const Node &node = m_graph.nodes[size_t(item)];
        for (size_t i = 0; i < node.lanes.size(); ++i) {
            LaneSize &lane = m_lanes[size_t(m_firstLane[size_t(item)]) + i];
            placeSequence(node.lanes[i].nodes, main, cross + lane.shift);
            lane.axis = cross + lane.extent.in;
            cross += lane.extent.cross + m_style.laneGap;
        }
    }

    Box barBox(double main, double cross, double length, double port) const { return {main, cross, m_style.bar, length, port, port}; }

    void placeClosing(int closing, double end, double cross, double length, double port)
    {
        if (m_graph.nodes[size_t(closing)].role == Role::Join)
            m_boxes[size_t(closing)] = barBox(end - m_style.bar, cross, length, port);
        else
            m_boxes[size_t(closing)] = {end - mergeDot, port - mergeDot / 2, mergeDot, mergeDot, port, port};
    }

    // ---- places

    void placeSequence(const std::vector<int> &items, double main, double cross)
    {
        const bool isWrapped = std::any_of(items.begin(), items.end(), [this](int item) { return m_breaks[size_t(item)]; });
        const double begin = main + (isWrapped ? wrapMargin : 0);
        double top = cross;
        double end = begin;
        for (size_t from = 0; from < items.size();) {
            size_t to = from + 1;
            while (to < items.size() && !m_breaks[size_t(items[to])])
                ++to;
            double above = 0;
            double below = 0;
            for (size_t i = from; i < to; ++i) {
                const Extent &extent = m_extents[size_t(items[i])];
                above = std::max(above, extent.in);
                below = std::max(below, extent.cross - extent.in);
            }
            if (from > 0) {
                m_returnOf[size_t(items[from])] = int(m_returns.size());
                m_returns.push_back({end + wrapMargin - 4, top - rowGap / 2, begin - wrapMargin + 4});
            }
            double at = begin;
            for (size_t i = from; i < to; ++i) {
                const Extent &extent = m_extents[size_t(items[i])];
                placeItem(items[i], at, top + above - extent.in);
                end = at + extent.main;
                at = end + m_style.gap;
            }
            top += above + below + rowGap;
            from = to;
        }
    }

    void placeItem(int item, double main, double cross)
    {
        const Extent &extent = m_extents[size_t(item)];
        m_boxes[size_t(item)] = {main, cross, extent.main, extent.cross, cross + extent.in, cross + extent.out};
        switch (m_graph.nodes[size_t(item)].role) {
        case Role::Fork:
            placeFork(item, main, cross);
            break;
        case Role::Switch:
            placeSwitch(item, main, cross);
            break;
        case Role::Loop: {
            const Insets insets = loopInsets();
            placeSequence(m_graph.nodes[size_t(item)].lanes.front().nodes, main + insets.mainBefore, cross + insets.crossBefore);
            break;
        }
        case Role::Grid:
            placeGrid(item);
            break;
        default:
            break;
        }
    }

    void placeGrid(int item)
    {
        const QRectF frame = real(m_boxes[size_t(item)]);
        const int columns = m_columns[size_t(item)];
        int index = 0;
        for (const int node : m_graph.nodes[size_t(item)].lanes.front().nodes) {
            const double x = frame.x() + framePad + (index % columns) * (m_boxWidth + framePad);
            const double y = frame.y() + titleHeight + 4 + (index / columns) * (m_style.boxHeight + framePad);
            const double middle = isRight() ? y + m_style.boxHeight / 2 : x + m_boxWidth / 2;
            m_boxes[size_t(node)] =
                isRight() ? Box{x, y, m_boxWidth, m_style.boxHeight, middle, middle} : Box{y, x, m_style.boxHeight, m_boxWidth, middle, middle};
            ++index;
        }
    }

    void placeCaptions(Layout &layout) const
    {
        layout.captions.resize(m_boxes.size());
        for (size_t i = 0; i < m_boxes.size(); ++i) {
            const Node &node = m_graph.nodes[i];
            const QRectF box = layout.boxes[i];
            if (node.role == Role::Loop || node.role == Role::Grid || node.role == Role::Strip) {
                layout.captions[i] = {box.x() + framePad, box.y() + 1, box.width() - 2 * framePad, titleHeight};
            } else if (node.role == Role::Fork) {
                const QRectF join = layout.boxes[size_t(node.join)];
                const bool hasJoin = m_graph.nodes[size_t(node.join)].role == Role::Join;
                const double height = m_style.captionHeight;
                if (isRight()) {
                    const double y = m_tops.value(int(i));
                    const double room = join.right() - box.left();
                    const double own = hasJoin ? std::min(m_widths[i] + 8, room * 0.5) : room;
                    layout.captions[i] = {box.left(), y, own, height};
                    if (hasJoin)
                        layout.captions[size_t(node.join)] = {box.left() + own, y, room - own, height};
                } else {
                    layout.captions[i] = {box.left(), box.top() - height, m_boxes[i].in - box.left() - 6, height};
                    if (hasJoin)
                        layout.captions[size_t(node.join)] = {join.left(), join.bottom(), m_boxes[size_t(node.join)].out - join.left() - 6, height};
                }
            }
        }
    }

    // ---- edges

    void routeEdges(Layout &layout)
    {
        layout.labels.resize(m_graph.edges.size());
        layout.routes.reserve(m_graph.edges.size() + 1);
        layout.points.reserve(m_graph.edges.size() * 3);
        for (size_t i = 0; i < m_graph.edges.size(); ++i) {
            layout.routes.push_back(int(layout.points.size()));
            m_way.clear();
            routeEdge(m_graph.edges[i]);
            for (size_t point = 0; point < m_way.size(); ++point) {
                const bool isBetween = point > 0 && point + 1 < m_way.size();
                if (!isBetween || !isStraight(m_way[point - 1], m_way[point], m_way[point + 1]))
                    layout.points.push_back(real(m_way[point]));
            }
            if (m_labelWidths[i] > 0)
                layout.labels[i] = labelBox(m_graph.edges[i], m_labelWidths[i]);
        }
        layout.routes.push_back(int(layout.points.size()));
    }

    static bool isStraight(QPointF a, QPointF b, QPointF c)
    {
        return (std::abs(a.x() - b.x()) < 0.01 && std::abs(b.x() - c.x()) < 0.01) || (std::abs(a.y() - b.y()) < 0.01 && std::abs(b.y() - c.y()) < 0.01);
    }

    bool isBar(int node) const
    {
        const Role role = m_graph.nodes[size_t(node)].role;
        return role == Role::Fork || role == Role::Join;
    }

    // In flow coordinates: x along, y across.
    void go(double main, double cross) { m_way.emplace_back(main, cross); }

    double laneAxis(const Edge &edge) const { return m_lanes[size_t(m_firstLane[size_t(edge.from)]) + size_t(edge.lane)].axis; }

    void routeEdge(const Edge &edge)
    {
        const Box &from = m_boxes[size_t(edge.from)];
        const Box &to = m_boxes[size_t(edge.to)];
        const Node &source = m_graph.nodes[size_t(edge.from)];
        const Node &target = m_graph.nodes[size_t(edge.to)];
        // Straight through a lane without tasks.
        const bool isThrough = source.join == edge.to && edge.lane >= 0;
        double leave = isBar(edge.from) && source.role == Role::Fork ? (isThrough ? laneAxis(edge) : to.in) : from.out;
        if (source.role == Role::Fork)
            leave = std::clamp(leave, from.cross, from.crossEnd());

        if (edge.kind == Edge::Kind::LoopBack) {
            const Box &frame = m_boxes[size_t(source.parent)];
            const double below = frame.crossEnd() - framePad;
            const double before = frame.main + (isRight() ? 0 : titleHeight) + frameSide - framePad;
            go(from.mainEnd(), from.out);
            go(from.mainEnd() + framePad, from.out);
            go(from.mainEnd() + framePad, below);
            go(before, below);
            go(before, to.in);
            go(to.main, to.in);
            return;
        }
        if (edge.kind == Edge::Kind::Awaited) {
            routeAwaited(from, to, target.role);
            return;
        }
        if (const int back = m_returnOf[size_t(edge.to)]; back >= 0) {
            const Return &way = m_returns[size_t(back)];
            go(from.mainEnd(), leave);
            go(way.right, leave);
            go(way.right, way.channel);
            go(way.left, way.channel);
            go(way.left, to.in);
            go(to.main, to.in);
            return;
        }
        go(from.mainEnd(), leave);
        double across = leave;
        if (edge.kind == Edge::Kind::Case) {
            across = isThrough ? laneAxis(edge) : to.in;
            go(from.mainEnd() + turnOut, leave);
            go(from.mainEnd() + turnOut, across);
        }
        if (target.role == Role::Merge) {
            const double middle = to.main + to.mainLength / 2;
            if (std::abs(across - to.in) < 0.5) {
                go(to.main, to.in);
            } else {
                go(middle, across);
                go(middle, across < to.in ? to.cross : to.crossEnd());
            }
            return;
        }
        if (target.role == Role::Join) {
            go(to.main, std::clamp(across, to.cross, to.crossEnd()));
            return;
        }
        if (std::abs(across - to.in) > 0.01) {
            const double turn = std::max((from.mainEnd() + to.main) / 2, to.main - m_style.gap / 2);
            go(turn, across);
            go(turn, to.in);
        }
        go(to.main, to.in);
    }

    // A join that waits for a task in the middle of a branch, or elsewhere: around the boxes, between the lanes.
    void routeAwaited(const Box &from, const Box &to, Role role)
    {
        const double begin = from.main + from.mainLength * 0.75;
        const double below = from.crossEnd() + m_style.laneGap / 2;
        const bool isAhead = to.main > begin;
        const double target = role == Role::Join ? std::clamp(below, to.cross + 3, to.crossEnd() - 3) : to.in;
        const double end = isAhead ? to.main : to.mainEnd();
        const double turn = isAhead ? to.main - framePad : to.mainEnd() + framePad;
        go(begin, from.crossEnd());
        go(begin, below);
        go(turn, below);
        go(turn, target);
        go(end, target);
    }

    QRectF labelBox(const Edge &edge, double width) const
    {
        const Box &from = m_boxes[size_t(edge.from)];
        const double across = edge.lane >= 0 && m_graph.nodes[size_t(edge.from)].role == Role::Switch ? laneAxis(edge) : m_boxes[size_t(edge.to)].in;
        const double begin = from.mainEnd() + labelAt;
        if (isRight())
            return {begin, across - labelHeight / 2, width, labelHeight};
        return {across - width / 2, begin, width, labelHeight};
    }

    // ---- from flow coordinates to the plane

    bool isRight() const { return m_flow == Flow::Right; }
    QSizeF real(double main, double cross) const { return isRight() ? QSizeF(main, cross) : QSizeF(cross, main); }
    QPointF real(QPointF point) const { return isRight() ? point : point.transposed(); }
    QRectF real(const Box &box) const
    {
        return isRight() ? QRectF(box.main, box.cross, box.mainLength, box.crossLength) : QRectF(box.cross, box.main, box.crossLength, box.mainLength);
    }

    static double within(double limit, double taken) { return limit == unlimited ? limit : std::max(limit - taken, 1.0); }

    struct LaneSize {
        Extent extent;
        double shift = 0; // of its content, where a label needs more room
        double axis = 0;  // absolute, once placed
    };

    const Graph &m_graph;
    const LayoutStyle &m_style;
    const QSizeF m_viewport;
    Flow m_flow = Flow::Right;
    bool m_isMeasured = false;
    Choice m_best;
    int m_breakCount = 0;
    double m_boxWidth = 0;
    // by node
    std::vector<Extent> m_extents;
    std::vector<Box> m_boxes;
    std::vector<char> m_isPlain;  // a box on its own
    std::vector<char> m_breaks;   // a row begins with it
    std::vector<int> m_returnOf;  // into m_returns
    std::vector<int> m_firstLane; // into m_lanes
    std::vector<int> m_columns;
    std::vector<double> m_widths;      // of a box, or of a caption's text
    QHash<int, double> m_labels;       // switch → its widest case label
    QHash<int, double> m_tops;         // fork → where its caption is
    std::vector<double> m_labelWidths; // by edge
    std::vector<LaneSize> m_lanes;
    std::vector<Return> m_returns;
    std::vector<QPointF> m_way;
};

} // namespace

Layout layOut(const Graph &graph, const LayoutStyle &style, QSizeF viewport) { return Layouter(graph, style, viewport).layOut(); }

double Layout::scaleIn(QSizeF viewport) const
{
    if (size.isEmpty() || viewport.isEmpty())
        return 1;
    return std::min(viewport.width() / size.width(), viewport.height() / size.height());
}

QRectF Layout::cellBox(int node, int cell, const LayoutStyle &style) const
{
    const QRectF box = boxes[size_t(node)];
    const int across = std::max(1, columns[size_t(node)]);
    const double side = style.cell - 3;
    return {box.x() + framePad + (cell % across) * style.cell, box.y() + titleHeight + (cell / across) * style.cell, side, side};
}

int Layout::cellAt(int node, QPointF point, int cells, const LayoutStyle &style) const
{
    const QRectF box = boxes[size_t(node)];
    const int column = int(std::floor((point.x() - box.x() - framePad) / style.cell));
    const int row = int(std::floor((point.y() - box.y() - titleHeight) / style.cell));
    if (column < 0 || column >= columns[size_t(node)] || row < 0)
        return -1;
    const int cell = row * columns[size_t(node)] + column;
    return cell < cells ? cell : -1;
}

} // namespace conductor
