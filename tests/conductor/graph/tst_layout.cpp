// Laid out graphs can be read: nothing overlaps, what belongs together lies together, edges end where nodes begin, and the whole
// fits a window at a size people can read.
#include "conductor/graph/layout.h"
#include "support/graphs.h"

#include <QDir>
#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using Role = Graph::Role;

namespace {

// About as wide as a usual interface font; a room without Gui measures by letters.
LayoutStyle style()
{
    LayoutStyle style;
    style.labelWidth = [](QStringView text) { return 7.4 * double(text.size()); };
    style.detailWidth = [](QStringView text) { return 5.8 * double(text.size()); };
    return style;
}

constexpr QSizeF window(1040, 620); // what a window of 1280×800 leaves for the graph
constexpr double labelHeight = 13;  // of a name at scale 1

bool touches(const QRectF &box, QPointF point)
{
    const QRectF grown = box.adjusted(-0.6, -0.6, 0.6, 0.6);
    const QRectF shrunk = box.adjusted(0.6, 0.6, -0.6, -0.6);
    return grown.contains(point) && !(shrunk.isValid() && shrunk.contains(point));
}

// Empty, or what is wrong.
QString faultOf(const Graph &graph, const Layout &layout)
{
    const QRectF all = QRectF(QPointF(), layout.size).adjusted(-0.01, -0.01, 0.01, 0.01);
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        const QRectF &box = layout.boxes[i];
        const Graph::Node &node = graph.nodes[i];
        if (box.width() <= 0 || box.height() <= 0)
            return node.id + u" has no extent"_s;
        if (!all.contains(box))
            return node.id + u" lies outside"_s;
        for (int parent = node.parent; parent >= 0; parent = graph.nodes[size_t(parent)].parent) {
            const Role role = graph.nodes[size_t(parent)].role;
            if ((role == Role::Loop || role == Role::Grid) && !layout.boxes[size_t(parent)].contains(box))
                return node.id + u" lies outside its frame"_s;
        }
        for (size_t j = i + 1; j < graph.nodes.size(); ++j) {
            bool isAround = false;
            for (int parent = graph.nodes[j].parent; parent >= 0; parent = graph.nodes[size_t(parent)].parent)
                isAround = isAround || parent == int(i);
            const Role role = node.role;
            if (isAround && (role == Role::Loop || role == Role::Grid))
                continue;
            if (box.adjusted(0.5, 0.5, -0.5, -0.5).intersects(layout.boxes[j]))
                return u"%1 and %2 overlap"_s.arg(node.id, graph.nodes[j].id);
        }
    }
    for (size_t i = 0; i < graph.edges.size(); ++i) {
        const std::span<const QPointF> route = layout.route(int(i));
        const Graph::Edge &edge = graph.edges[i];
        const QString name = graph.nodes[size_t(edge.from)].id + u" → "_s + graph.nodes[size_t(edge.to)].id;
        if (route.size() < 2)
            return name + u" has no route"_s;
        if (!touches(layout.boxes[size_t(edge.from)], route.front()))
            return name + u" does not begin at its node"_s;
        if (!touches(layout.boxes[size_t(edge.to)], route.back()))
            return name + u" does not end at its node"_s;
        for (size_t point = 1; point < route.size(); ++point) {
            if (std::abs(route[point].x() - route[point - 1].x()) > 0.01 && std::abs(route[point].y() - route[point - 1].y()) > 0.01)
                return name + u" is not orthogonal"_s;
        }
        // No edge of the tree runs through somebody else's box.
        if (edge.kind == Graph::Edge::Kind::Awaited)
            continue;
        for (size_t j = 0; j < graph.nodes.size(); ++j) {
            const Role role = graph.nodes[j].role;
            if (int(j) == edge.from || int(j) == edge.to || role == Role::Loop || role == Role::Grid || role == Role::Merge)
                continue;
            const QRectF inner = layout.boxes[j].adjusted(1, 1, -1, -1);
            for (size_t point = 1; point < route.size(); ++point) {
                const QRectF line = QRectF(route[point - 1], route[point]).normalized().adjusted(-0.01, -0.01, 0.01, 0.01);
                if (line.intersects(inner))
                    return u"%1 runs through %2"_s.arg(name, graph.nodes[j].id);
            }
        }
    }
    for (size_t i = 0; i < layout.labels.size(); ++i) {
        for (size_t j = 0; j < layout.boxes.size() && !layout.labels[i].isEmpty(); ++j) {
            const Role role = graph.nodes[j].role;
            if (role != Role::Loop && role != Role::Grid && layout.labels[i].intersects(layout.boxes[j]))
                return u"the label %1 lies on %2"_s.arg(graph.edges[i].label, graph.nodes[j].id);
        }
    }
    return {};
}

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySampleIsLaidOut_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = QDir(QStringLiteral(SAMPLES_DIR)).entryList({u"*.execution*.json"_s, u"*k.definition.json"_s, u"*2.definition.json"_s});
        QVERIFY(names.size() >= 20);
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << name;
    }

    void everySampleIsLaidOut()
    {
        QFETCH(QString, name);
        const Graph graph = name.contains(u".definition") ? graphOf(support::sampleDefinition(name)) : graphOf(support::sampleExecution(name));
        for (const QSizeF viewport : {window, QSizeF(420, 900), QSizeF(1900, 300), QSizeF()}) {
            const Layout layout = layOut(graph, style(), viewport);
            QCOMPARE(faultOf(graph, layout), QString());
        }
    }

    void failingDefinitionsAreLaidOut()
    {
        for (const QJsonValue &json : support::sample(u"failing.definitions.json"_s).toArray()) {
            const Graph graph = graphOf(*WorkflowDefinition::fromJson(json));
            QCOMPARE(faultOf(graph, layOut(graph, style(), window)), QString());
        }
    }

    void whateverTheShape_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 60; ++seed)
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }

    void whateverTheShape()
    {
        QFETCH(unsigned, seed);
        const Graph graph = graphOf(support::randomDefinition(seed, int(seed * 3), 2 + int(seed % 5)));
        QVERIFY(!graph.nodes.empty());
        for (const QSizeF viewport : {window, QSizeF(420, 900)}) {
            const Layout layout = layOut(graph, style(), viewport);
            QCOMPARE(faultOf(graph, layout), QString());
        }
    }

    void stripsAndGrids()
    {
        const Execution run = support::dynamicFork(998);
        for (const GraphWish &wish : {GraphWish{}, GraphWish{.spread = {u"fan/*"_s}}}) {
            const Graph graph = graphOf(run, wish);
            QCOMPARE(faultOf(graph, layOut(graph, style(), window)), QString());
        }
        const Graph graph = graphOf(run);
        const Layout layout = layOut(graph, style(), window);
        const int strip = graph.find(u"fan/*");
        const QRectF inside = layout.boxes[size_t(strip)];
        for (int cell = 0; cell < 998; ++cell) {
            const QRectF box = layout.cellBox(strip, cell, style());
            QVERIFY(inside.contains(box));
            QCOMPARE(layout.cellAt(strip, box.center(), 998, style()), cell);
        }
        QCOMPARE(layout.cellAt(strip, inside.topLeft() + QPointF(1, 1), 998, style()), -1);
        QVERIFY2(layout.scaleIn(window) * style().cell >= 10, "cells large enough to be clicked");
    }

    void theSwarmFitsAWindowAndCanBeRead()
    {
        const Layout layout = layOut(graphOf(support::sampleExecution(u"swarm22.execution.json"_s)), style(), window);
        const double scale = layout.scaleIn(window);
        QVERIFY2(scale * labelHeight >= 9, qPrintable(u"names are %1 px high"_s.arg(scale * labelHeight)));
        // No empty halves: the fitted graph takes most of both sides.
        QVERIFY(layout.size.width() * scale >= 0.8 * window.width());
        QVERIFY(layout.size.height() * scale >= 0.8 * window.height());
    }

    void theKitchenSinkCanBeRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("running") << u"kitchen_sink.execution_running.json"_s;
        QTest::newRow("completed") << u"kitchen_sink.execution_completed.json"_s;
    }

    void theKitchenSinkCanBeRead()
    {
        QFETCH(QString, name);
        const Layout layout = layOut(graphOf(support::sampleExecution(name)), style(), window);
        const double scale = layout.scaleIn(window);
        QVERIFY2(scale * labelHeight >= 9, qPrintable(u"names are %1 px high"_s.arg(scale * labelHeight)));
        QVERIFY(layout.rows > 1);
        QVERIFY(layout.size.width() * scale >= 0.8 * window.width());
    }

    void boxesStayWhereTheyAreWhenStatesChange()
    {
        const Graph before = graphOf(support::sampleExecution(u"swarm22.execution.json"_s));
        const Graph after = graphOf(support::sampleExecution(u"swarm22.execution_retry_in_progress.json"_s));
        QCOMPARE(layOut(before, style(), window).boxes, layOut(after, style(), window).boxes);
    }

    void theWindowsShapeDecides()
    {
        const Graph graph = graphOf(support::sampleDefinition(u"kitchen_sink.definition.json"_s));
        const Layout wide = layOut(graph, style(), {1900, 400});
        const Layout tall = layOut(graph, style(), {500, 1200});
        QVERIFY(wide.rows < tall.rows || tall.flow == Layout::Flow::Down);
        QVERIFY(wide.scaleIn({1900, 400}) > tall.scaleIn({1900, 400}));
        QVERIFY(tall.scaleIn({500, 1200}) > wide.scaleIn({500, 1200}));
    }

    void nothingIsSomething()
    {
        const Layout layout = layOut(Graph(), style(), window);
        QVERIFY(layout.boxes.empty());
        QVERIFY(layout.scaleIn(window) > 0);
    }

    void deepNestingEnds()
    {
        QJsonArray tasks{QJsonObject{{u"taskReferenceName"_s, u"core"_s}, {u"name"_s, u"core"_s}, {u"type"_s, u"SIMPLE"_s}}};
        for (int depth = 0; depth < 60; ++depth) {
            const QString ref = u"level_%1"_s.arg(depth);
            const char16_t *type = depth % 2 ? u"DO_WHILE" : u"SWITCH";
            QJsonObject task{{u"taskReferenceName"_s, ref}, {u"name"_s, ref}, {u"type"_s, QString::fromUtf16(type)}};
            if (depth % 2)
                task[u"loopOver"_s] = tasks;
            else
                task[u"decisionCases"_s] = QJsonObject{{u"a"_s, tasks}};
            tasks = {task};
        }
        const Graph graph = graphOf(*WorkflowDefinition::fromJson(QJsonObject{{u"name"_s, u"deep"_s}, {u"tasks"_s, tasks}}));
        QCOMPARE(faultOf(graph, layOut(graph, style(), window)), QString());
    }
};

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
