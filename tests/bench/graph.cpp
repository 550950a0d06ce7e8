// Prints how long building, laying out and painting graphs of 100, 1,000 and 10,000 tasks takes, beside the budgets: layout with
// edges ≤ 10 ms and a frame at any zoom ≤ 16 ms for 10,000. Exits with 1 when a median breaks one.
#include "app/executions/graphpainter.h"
#include "support/graphs.h"

#include <QApplication>
#include <QImage>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Qt::StringLiterals;

namespace {

constexpr double layoutBudget = 10;
constexpr double frameBudget = 16;

// Milliseconds of a core this thread has used: what others do on the machine does not count.
double used()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

template <typename Work>
double median(int times, Work work)
{
    std::vector<double> took;
    for (int i = 0; i < times; ++i) {
        const double before = used();
        work();
        took.push_back(used() - before);
    }
    std::sort(took.begin(), took.end());
    return took[took.size() / 2];
}

// One frame of a window of that size over the middle of the graph.
void paintFrame(const app::GraphPainter &painter, const conductor::Layout &layout, QImage &image, double scale)
{
    QPainter drawing(&image);
    drawing.fillRect(image.rect(), Qt::white);
    const QSizeF seen = QSizeF(image.size()) / scale;
    const QPointF corner(std::max(0.0, (layout.size.width() - seen.width()) / 2), std::max(0.0, (layout.size.height() - seen.height()) / 2));
    drawing.scale(scale, scale);
    drawing.translate(-corner);
    static const app::GraphColors colors = app::GraphColors::light();
    painter.paint(drawing, QRectF(corner, seen), scale, colors, QDateTime::currentDateTimeUtc(), {});
}

bool measure(const char *name, const conductor::WorkflowDefinition &definition, int tasks)
{
    const app::GraphFonts fonts{QFont(u"Inter"_s)};
    const conductor::LayoutStyle style = fonts.style();
    const QSizeF viewport(1040, 620);
    const auto graph = std::make_shared<const conductor::Graph>(conductor::graphOf(definition));
    const double built = median(7, [&] { conductor::graphOf(definition); });
    const double laidOut = median(9, [&] { conductor::layOut(*graph, style, viewport); });
    const auto layout = std::make_shared<const conductor::Layout>(conductor::layOut(*graph, style, viewport));
    const double indexed = median(5, [&] { app::GraphPainter(graph, layout, fonts); });
    const app::GraphPainter painter(graph, layout, fonts);

    QImage image(1040, 620, QImage::Format_ARGB32_Premultiplied);
    double worst = 0;
    QString frames;
    for (const double scale : {layout->scaleIn(viewport), 0.1, 0.2, 0.34, 0.36, 0.5, 0.63, 1.0, 2.0}) {
        paintFrame(painter, *layout, image, scale); // fonts are warm
        const double took = median(9, [&] { paintFrame(painter, *layout, image, scale); });
        worst = std::max(worst, took);
        frames += u"  %1:%2"_s.arg(scale, 0, 'f', 2).arg(took, 0, 'f', 1);
    }
    std::printf("%-8s %6d tasks  build %6.2f  layout %6.2f  index %6.2f  worst frame %5.1f ms  (%s )\n", name, tasks, built, laidOut, indexed, worst,
                qPrintable(frames));
    return laidOut <= layoutBudget && worst <= frameBudget;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    bool isWithin = true;
    for (const int tasks : {100, 1000, 10000}) {
        isWithin &= measure("wide", support::wideDefinition(tasks), tasks);
        isWithin &= measure("random", support::randomDefinition(5, tasks), tasks);
        isWithin &= measure("chain", support::randomDefinition(5, tasks, 0), tasks);
    }
    std::printf("budgets: layout %.0f ms, frame %.0f ms: %s\n", layoutBudget, frameBudget, isWithin ? "kept" : "broken");
    return isWithin ? 0 : 1;
}
