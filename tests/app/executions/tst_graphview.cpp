// The graph can be worked with: what is selected and looked at survives polls, keys follow edges, states differ in shape, and what a
// server wrote is never read as markup.
#include "app/executions/graphview.h"
#include "conductor/graph/outline.h"
#include "support/graphs.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QJsonArray>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolTip>
#include <QWheelEvent>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using app::GraphView;

namespace {

Graph swarm() { return graphOf(support::sampleExecution(u"swarm22.execution.json"_s)); }
Graph swarmLater() { return graphOf(support::sampleExecution(u"swarm22.execution_retry_in_progress.json"_s)); }

struct Shown {
    explicit Shown(Graph graph, QSize size = {1040, 620})
    {
        QApplication::setFont(QFont(u"Inter"_s, 10));
        view.resize(size);
        view.setClock([] { return QDateTime::fromMSecsSinceEpoch(1795346107650); }); // a minute into the retry's delay
        view.show();
        view.setGraph(std::move(graph));
    }

    QPoint centre(const QString &ref) { return view.nodeRect(view.graph().findRef(ref)).center(); }
    void click(QPoint where) { QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, where); }
    void key(Qt::Key key) { QTest::keyClick(&view, key); }
    void wheel(QPointF where, int turn)
    {
        QWheelEvent event(where, view.viewport()->mapToGlobal(where), {}, {0, turn}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &event);
    }

    GraphView view;
};

QImage glyphImage(app::Glyph glyph)
{
    QImage image(20, 20, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    app::paintGlyph(painter, glyph, QRectF(2, 2, 16, 16), Qt::black);
    painter.end();
    return image;
}

int darkPixels(const QImage &image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += qGray(image.pixel(x, y)) < 128;
    }
    return count;
}

} // namespace

class TestGraphView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsAllOfTheSwarmWithReadableNames()
    {
        Shown shown(swarm());
        for (size_t i = 0; i < shown.view.graph().nodes.size(); ++i)
            QVERIFY(shown.view.viewport()->rect().contains(shown.view.nodeRect(int(i))));
        const app::GraphFonts fonts(shown.view.font());
        QVERIFY2(fonts.label.pixelSize() * shown.view.scale() >= 9, qPrintable(QString::number(fonts.label.pixelSize() * shown.view.scale())));
        // No name is cut: each fits its box.
        for (size_t i = 0; i < shown.view.graph().nodes.size(); ++i) {
            const Graph::Node &node = shown.view.graph().nodes[i];
            if (node.role == Graph::Role::Task)
                QVERIFY2(fonts.labelWidth(node.label) <= shown.view.layout().boxes[i].width() - fonts.style().boxChrome + 0.5, qPrintable(node.label));
        }
    }

    void aPollKeepsWhatIsLookedAt()
    {
        Shown shown(swarm(), {500, 300});
        shown.view.actualSize();
        shown.view.select(u"fork_main/fork_build/build_api"_s);
        const double scale = shown.view.scale();
        const QRect place = shown.view.nodeRect(shown.view.graph().findRef(u"build_api"));
        QVERIFY(shown.view.viewport()->rect().contains(place));
        QSignalSpy selections(&shown.view, &GraphView::selectionChanged);
        shown.view.setGraph(swarmLater());
        QCOMPARE(shown.view.selected(), u"fork_main/fork_build/build_api"_s);
        QCOMPARE(shown.view.scale(), scale);
        QCOMPARE(shown.view.nodeRect(shown.view.graph().findRef(u"build_api")), place);
        QCOMPARE(selections.count(), 0);
    }

    void boxesThatAppearDoNotPushAwayWhatIsLookedAt()
    {
        // The definition's dynamic fork becomes three branches once the run gets there.
        Shown shown(graphOf(support::sampleDefinition(u"kitchen_sink.definition.json"_s)), {400, 300});
        shown.view.actualSize();
        shown.view.select(u"countdown"_s);
        const QPoint before = shown.view.nodeRect(shown.view.graph().find(u"countdown")).topLeft();
        shown.view.setGraph(graphOf(support::sampleExecution(u"kitchen_sink.execution_running.json"_s)));
        const QPoint moved = shown.view.nodeRect(shown.view.graph().find(u"countdown")).topLeft() - before;
        QVERIFY2(moved.manhattanLength() <= 3, qPrintable(u"%1, %2"_s.arg(moved.x()).arg(moved.y())));
    }

    void aCellStaysSelectedWhenItsStripIsSpread()
    {
        const Execution run = support::dynamicFork(40);
        Shown shown(graphOf(run));
        shown.view.select(u"fan/image_7"_s);
        shown.view.setGraph(graphOf(run, {.spread = {u"fan/*"_s}}));
        QCOMPARE(shown.view.selected(), u"fan/image_7"_s);
        QCOMPARE(shown.view.graph().nodes[size_t(shown.view.graph().find(u"fan/image_7"))].role, Graph::Role::Task);
    }

    void whatIsGoneIsNoLongerSelected()
    {
        Shown shown(swarm());
        shown.view.select(u"plan"_s);
        QSignalSpy selections(&shown.view, &GraphView::selectionChanged);
        shown.view.setGraph(graphOf(support::sampleDefinition(u"kitchen_sink.definition.json"_s)));
        QVERIFY(shown.view.selected().isEmpty());
        QCOMPARE(selections.count(), 1);
    }

    void theWheelZoomsAtTheCursor()
    {
        Shown shown(swarm());
        shown.view.actualSize();
        for (int i = 0; i < 5; ++i)
            shown.wheel(QPointF(shown.centre(u"build_views"_s)), 120);
        const QPoint before = shown.centre(u"build_views"_s);
        const double scale = shown.view.scale();
        shown.wheel(QPointF(before), 120);
        QVERIFY(shown.view.scale() > scale * 1.1);
        QVERIFY((shown.centre(u"build_views"_s) - before).manhattanLength() <= 2);
    }

    void draggingPans()
    {
        Shown shown(swarm(), {500, 300});
        shown.view.actualSize();
        shown.view.horizontalScrollBar()->setValue(100);
        const QPoint begin(250, 290);
        QTest::mousePress(shown.view.viewport(), Qt::LeftButton, {}, begin);
        QTest::mouseMove(shown.view.viewport(), begin - QPoint(40, 0));
        QTest::mouseMove(shown.view.viewport(), begin - QPoint(80, 0));
        QTest::mouseRelease(shown.view.viewport(), Qt::LeftButton, {}, begin - QPoint(80, 0));
        QCOMPARE(shown.view.horizontalScrollBar()->value(), 180);
    }

    void fitFollowsTheWindow()
    {
        Shown shown(swarm());
        const double large = shown.view.scale();
        shown.view.resize(600, 380);
        QVERIFY(shown.view.scale() < large);
        for (size_t i = 0; i < shown.view.graph().nodes.size(); ++i)
            QVERIFY(shown.view.viewport()->rect().contains(shown.view.nodeRect(int(i))));
        shown.view.actualSize();
        shown.view.resize(700, 380);
        QCOMPARE(shown.view.scale(), 1.0);
        shown.view.fit();
        QVERIFY(shown.view.scale() < 1);
    }

    void followsWhatRuns()
    {
        Shown shown(swarm(), {420, 260});
        shown.view.followRunning(true);
        QVERIFY(shown.view.followsRunning());
        QVERIFY(shown.view.scale() >= app::GraphPainter::detailFrom);
        QVERIFY(shown.view.viewport()->rect().contains(shown.centre(u"research_tech"_s)));
        shown.view.setGraph(graphOf(support::sampleExecution(u"waits.execution.json"_s)));
        QVERIFY(shown.view.viewport()->rect().contains(shown.centre(u"w"_s)));
    }

    void keysFollowEdges()
    {
        Shown shown(swarm());
        const auto walk = [&](std::initializer_list<Qt::Key> keys) {
            for (const Qt::Key key : keys)
                shown.key(key);
            return shown.view.selected().section(u'/', -1);
        };
        QCOMPARE(walk({Qt::Key_Right}), u"plan"_s);
        QCOMPARE(walk({Qt::Key_Right}), u"fork_main"_s);
        shown.view.select(u"fork_main/fork_build/build_schema"_s);
        QCOMPARE(walk({Qt::Key_Right}), u"build_api"_s);
        QCOMPARE(walk({Qt::Key_Right}), u"build_auth"_s);
        QCOMPARE(walk({Qt::Key_Down}), u"build_charts"_s);
        QCOMPARE(walk({Qt::Key_Left, Qt::Key_Left}), u"build_shell"_s);
        QCOMPARE(walk({Qt::Key_Up}), u"build_schema"_s);
        QCOMPARE(walk({Qt::Key_End}), u"release"_s);
        QCOMPARE(walk({Qt::Key_Home}), u"plan"_s);
        QCOMPARE(walk({Qt::Key_Escape}), QString());
    }

    void everyNodeIsReachedByKeys()
    {
        Shown shown(graphOf(support::sampleExecution(u"kitchen_sink.execution_completed.json"_s)));
        QSet<QString> seen;
        QStringList open{u"prepare"_s};
        while (!open.isEmpty()) {
            const QString id = open.takeLast();
            if (seen.contains(id))
                continue;
            seen.insert(id);
            for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) {
                shown.view.select(id);
                shown.key(key);
                open << shown.view.selected();
            }
        }
        for (const Graph::Node &node : shown.view.graph().nodes)
            QVERIFY2(node.role == Graph::Role::Merge || seen.contains(node.id), qPrintable(node.id));
    }

    void keysMoveWithinAStrip()
    {
        Shown shown(graphOf(support::dynamicFork(998)));
        shown.view.select(u"fan/*"_s);
        shown.key(Qt::Key_Down);
        QCOMPARE(shown.view.selected(), u"fan/image_0"_s);
        shown.key(Qt::Key_Right);
        QCOMPARE(shown.view.selected(), u"fan/image_1"_s);
        QSignalSpy spread(&shown.view, &GraphView::spreadRequested);
        shown.key(Qt::Key_Escape);
        QCOMPARE(shown.view.selected(), u"fan/*"_s);
        shown.key(Qt::Key_Space);
        QCOMPARE(spread.count(), 1);
        QCOMPARE(spread[0][0].toString(), u"fan/*"_s);
        QCOMPARE(spread[0][1].toBool(), true);
    }

    void enterAndDoubleClickActivate()
    {
        Shown shown(swarm());
        QSignalSpy activated(&shown.view, &GraphView::nodeActivated);
        shown.click(shown.centre(u"design_flows"_s));
        QCOMPARE(shown.view.selected(), u"fork_main/design_flows"_s);
        shown.key(Qt::Key_Return);
        QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, shown.centre(u"release"_s));
        QCOMPARE(activated.count(), 2);
        QCOMPARE(activated[0][0].toString(), u"fork_main/design_flows"_s);
        QCOMPARE(activated[1][0].toString(), u"release"_s);
    }

    void cellsAreClicked()
    {
        Shown shown(graphOf(support::dynamicFork(998)));
        const int strip = shown.view.graph().find(u"fan/*");
        const app::GraphFonts fonts(shown.view.font());
        const QRectF cell = shown.view.layout().cellBox(strip, 42, fonts.style());
        const QRect box = shown.view.nodeRect(strip);
        const QRectF whole = shown.view.layout().boxes[size_t(strip)];
        shown.click(box.topLeft() + ((cell.center() - whole.topLeft()) * shown.view.scale()).toPoint());
        QCOMPARE(shown.view.selected(), u"fan/image_42"_s);
    }

    void titlesSpreadAndTurn()
    {
        Shown strip(graphOf(support::dynamicFork(998)));
        QSignalSpy spread(&strip.view, &GraphView::spreadRequested);
        const QRect box = strip.view.nodeRect(strip.view.graph().find(u"fan/*"));
        strip.click(box.topRight() + QPoint(-20, 10));
        QCOMPARE(spread.count(), 1);

        Shown loop(graphOf(support::sampleExecution(u"f_nested.execution.json"_s)));
        QSignalSpy turned(&loop.view, &GraphView::turnRequested);
        const QRect frame = loop.view.nodeRect(loop.view.graph().find(u"lp"));
        loop.click(frame.topRight() + QPoint(-100, 14)); // ‹
        QCOMPARE(turned.count(), 1);
        QCOMPARE(turned[0][1].toInt(), 1);
        loop.click(frame.topRight() + QPoint(-20, 14)); // ›: already the newest
        QCOMPARE(turned.count(), 1);
    }

    void aMapLeads()
    {
        Shown shown(graphOf(support::wideDefinition(1000)));
        shown.view.actualSize();
        QCOMPARE(shown.view.horizontalScrollBar()->value() > 0, true);
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, QPoint(shown.view.viewport()->width() - 20, shown.view.viewport()->height() - 20));
        QVERIFY(shown.view.horizontalScrollBar()->value() > shown.view.horizontalScrollBar()->maximum() - 100);
        QVERIFY(shown.view.selected().isEmpty());
    }

    void tipsAreNotMarkup()
    {
        QJsonObject json = support::sample(u"f_terminal.execution.json"_s).toObject();
        QJsonArray tasks = json[u"tasks"].toArray();
        QJsonObject task = tasks[0].toObject();
        task[u"reasonForIncompletion"_s] = u"<img src='http://evil'> & <b>bold</b>"_s;
        tasks[0] = task;
        json[u"tasks"_s] = tasks;
        Shown shown(graphOf(*Execution::fromJson(json)));
        const QPoint where = shown.centre(u"fatal"_s);
        QHelpEvent event(QEvent::ToolTip, where, shown.view.viewport()->mapToGlobal(where));
        QApplication::sendEvent(shown.view.viewport(), &event);
        QVERIFY(QToolTip::text().contains(u"&lt;img"_s));
        QVERIFY(!QToolTip::text().contains(u"<img"_s));
        QToolTip::hideText();
    }

    void statesDifferInShape()
    {
        using State = Graph::State;
        QList<QImage> images;
        for (int state = 0; state <= int(State::Unknown); ++state) {
            const QImage image = glyphImage(app::stateGlyph(State(state)));
            QVERIFY2(darkPixels(image) > 8, qPrintable(u"nothing to see of state %1"_s.arg(state)));
            QVERIFY2(!images.contains(image), qPrintable(u"state %1 looks like another"_s.arg(state)));
            images << image;
        }
    }

    void statesDifferInWords()
    {
        const Graph graph = swarm();
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(1795346107650);
        const auto text = [&](const QString &ref) { return app::GraphPainter::stateText(graph, graph.nodes[size_t(graph.findRef(ref))], now); };
        QCOMPARE(text(u"plan"_s), u"done in 3 ms"_s);
        QCOMPARE(text(u"research_tech"_s), u"running 59 s"_s);
        QCOMPARE(text(u"research_legal"_s), u"queued 1 min"_s);
        QCOMPARE(text(u"build_api"_s), u"retry in 9 min"_s);
        QCOMPARE(text(u"build_auth"_s), u"waits for build_api"_s);
        QCOMPARE(text(u"join_main"_s), u"waits for 3"_s);
        QCOMPARE(text(u"release"_s), u"planned"_s);
    }

    void paintsAtEveryScale()
    {
        Shown shown(graphOf(support::randomDefinition(9, 400)));
        for (const double scale : {0.02, 0.1, 0.3, 0.36, 0.5, 0.7, 1.0, 2.5}) {
            while (shown.view.scale() > scale * 1.01)
                shown.view.zoomOut();
            while (shown.view.scale() < scale * 0.99)
                shown.view.zoomIn();
            const QImage image = shown.view.grab().toImage();
            const QRgb window = app::GraphColors::light().window.rgb();
            int painted = 0;
            for (int y = 0; y < image.height(); y += 3) {
                for (int x = 0; x < image.width(); x += 3)
                    painted += (image.pixel(x, y) | 0xFF000000) != (window | 0xFF000000);
            }
            QVERIFY2(painted > 50, qPrintable(QString::number(scale)));
        }
    }

    void emptyIsSaid()
    {
        Shown shown((Graph()));
        const QImage image = shown.view.grab().toImage();
        QVERIFY(darkPixels(image) > 20);
        shown.key(Qt::Key_Right);
        QVERIFY(shown.view.selected().isEmpty());
    }

    void isAnOrderedListForScreenReaders()
    {
        QAccessible::setActive(true);
        Shown shown(swarm());
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&shown.view);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 30);
        QCOMPARE(list->child(0)->text(QAccessible::Name), u"plan, agent_plan: done in 3 ms"_s);
        QCOMPARE(list->child(1)->text(QAccessible::Name), u"fork_main, fork of 3: done in 0 ms"_s);

        shown.view.select(u"fork_main/fork_build/build_api"_s);
        QAccessibleInterface *focused = list->focusChild();
        QVERIFY(focused);
        QCOMPARE(focused->text(QAccessible::Name), u"build_api, agent_build: retrying, attempt 2 of 4, due in 9 min"_s);
        QVERIFY(focused->state().selected);
        QVERIFY(shown.view.viewport()->rect().contains(shown.view.viewport()->mapFromGlobal(focused->rect().center())));
        QSignalSpy activated(&shown.view, &GraphView::nodeActivated);
        list->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(activated.count(), 1);
        QCOMPARE(shown.view.selected(), u"plan"_s);

        shown.view.setGraph(graphOf(support::sampleExecution(u"skipped.execution.json"_s)));
        QCOMPARE(list->childCount(), 2);
        QCOMPARE(list->child(1)->text(QAccessible::Name), u"t2, os_task2: skipped"_s);
        QAccessible::setActive(false);
    }

    void theIndexFindsWhatLiesThere()
    {
        std::mt19937 random(7);
        std::vector<QRectF> rectangles;
        for (int i = 0; i < 3000; ++i)
            rectangles.emplace_back(random() % 20000, random() % 9000, 10 + random() % (i % 50 == 0 ? 9000 : 180), 5 + random() % 60);
        const app::GraphIndex index(rectangles, {30000, 9100});
        for (int i = 0; i < 200; ++i) {
            const QRectF part(random() % 20000, random() % 9000, 20 + random() % 3000, 20 + random() % 2000);
            const std::vector<int> found = index.in(part);
            QVERIFY(std::is_sorted(found.begin(), found.end()));
            QVERIFY(std::adjacent_find(found.begin(), found.end()) == found.end());
            for (size_t item = 0; item < rectangles.size(); ++item) {
                if (rectangles[item].intersects(part))
                    QVERIFY(std::binary_search(found.begin(), found.end(), int(item)));
            }
        }
    }
};

QTEST_MAIN(TestGraphView)
#include "tst_graphview.moc"
