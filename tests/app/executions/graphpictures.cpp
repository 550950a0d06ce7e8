// Renders the graphs of the samples into a directory, light and dark, for people to look at:
//   graph_pictures DIRECTORY [WIDTHxHEIGHT]
#include "app/executions/graphview.h"
#include "support/graphs.h"

#include <QApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace {

struct Picture {
    QString name;
    conductor::Graph graph;
    QDateTime moment;
    QString selected = {};
    double scale = 0;
};

Picture runPicture(const QString &name, const QString &sample, const QString &selected = {})
{
    const conductor::Execution execution = support::sampleExecution(sample);
    return {name, conductor::graphOf(execution), support::momentOf(execution), selected};
}

std::vector<Picture> pictures()
{
    std::vector<Picture> all;
    all.push_back(runPicture(u"swarm-retry-waiting"_s, u"swarm22.execution.json"_s, u"fork_main/fork_build/build_api"_s));
    all.push_back(runPicture(u"swarm-retry-in-progress"_s, u"swarm22.execution_retry_in_progress.json"_s));
    all.push_back({u"swarm-definition"_s, conductor::graphOf(support::sampleDefinition(u"swarm22.definition.json"_s)), {}});
    all.push_back(runPicture(u"kitchen-running"_s, u"kitchen_sink.execution_running.json"_s));
    all.push_back(runPicture(u"kitchen-completed"_s, u"kitchen_sink.execution_completed.json"_s));
    all.push_back({u"kitchen-definition"_s, conductor::graphOf(support::sampleDefinition(u"kitchen_sink.definition.json"_s)), {}});
    for (const QString &name : {u"f_nested"_s, u"f_optional"_s, u"f_retries"_s, u"f_timeout"_s, u"f_wf_timeout"_s, u"skipped"_s, u"sub_failed_parent"_s})
        all.push_back(runPicture(name, name + u".execution.json"));
    const conductor::Execution fan = support::dynamicFork(998);
    all.push_back({u"fan998"_s, conductor::graphOf(fan), support::momentOf(fan), u"fan/image_42"_s});
    const conductor::Execution small = support::dynamicFork(30);
    conductor::GraphWish wish;
    wish.spread = {u"fan/*"_s};
    all.push_back({u"fan30-spread"_s, conductor::graphOf(small, wish), support::momentOf(small)});
    for (const unsigned seed : {3U, 7U, 11U})
        all.push_back({u"random-%1"_s.arg(seed), conductor::graphOf(support::randomDefinition(seed, 60)), {}});
    all.push_back({u"wide-1000"_s, conductor::graphOf(support::wideDefinition(1000)), {}});
    all.push_back({u"wide-1000-zoomed"_s, conductor::graphOf(support::wideDefinition(1000)), {}, {}, 0.8});
    return all;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(u"Fusion"_s);
    QApplication::setFont(QFont(u"Inter"_s, 10));
    const QStringList arguments = QApplication::arguments();
    const QDir directory(arguments.value(1, u"."_s));
    directory.mkpath(u"."_s);
    const QStringList side = arguments.value(2, u"1040x620"_s).split(u'x');
    const QSize size(side.value(0).toInt(), side.value(1).toInt());

    for (const Picture &picture : pictures()) {
        for (const bool isDark : {false, true}) {
            app::GraphView view;
            view.setColors(isDark ? app::GraphColors::dark() : app::GraphColors::light());
            view.setClock([moment = picture.moment] { return moment; });
            view.resize(size);
            view.show();
            view.setGraph(picture.graph);
            view.select(picture.selected);
            if (picture.scale > 0) {
                view.actualSize();
                view.zoomOut();
            }
            const QString path = directory.filePath(picture.name + (isDark ? u"-dark.png"_s : u"-light.png"_s));
            view.grab().save(path);
            if (!isDark)
                qInfo("%-28s scale %.2f  rows %d  %s  %zu nodes", qPrintable(picture.name), view.scale(), view.layout().rows,
                      view.layout().flow == conductor::Layout::Flow::Right ? "right" : "down", view.graph().nodes.size());
        }
    }
    return 0;
}
