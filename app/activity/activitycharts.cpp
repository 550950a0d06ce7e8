#include "app/activity/activitycharts.h"

#include "app/look/metrics.h"
#include "app/look/palette.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"
#include "conductor/base/hostile.h"
#include "conductor/base/utc.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QDateTimeAxis>
#include <QEvent>
#include <QGraphicsLayout>
#include <QGridLayout>
#include <QHorizontalStackedBarSeries>
#include <QLineSeries>
#include <QLocale>
#include <QLegend>
#include <QStackedBarSeries>
#include <QValueAxis>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using conductor::harmless;
using conductor::StatusFamily;
using mcp::CallStatistics;

namespace app {
namespace {

constexpr size_t mostBars = 8;
constexpr int longestName = 150; // px, beside a bar

void paint(QAbstractAxis &axis, const QPalette &palette, bool grid)
{
    axis.setLabelsFont(textFont(TextStyle::Hint));
    axis.setLabelsColor(hintColor(palette));
    axis.setLinePen(QPen(separatorColor(palette), 1));
    axis.setGridLinePen(QPen(separatorColor(palette), 1));
    axis.setGridLineVisible(grid);
}

QChart *emptyChart(const QPalette &palette)
{
    auto *chart = new QChart;
    chart->setBackgroundVisible(false);
    chart->setMargins({0, 0, 0, 0});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->legend()->setAlignment(Qt::AlignBottom);
    chart->legend()->setFont(textFont(TextStyle::Hint));
    chart->legend()->setLabelColor(palette.color(QPalette::Text));
    chart->setTitleFont(textFont(TextStyle::Strong));
    chart->setTitleBrush(palette.color(QPalette::Text));
    return chart;
}

QBarSet *barSet(const QString &name, const QColor &color)
{
    auto *set = new QBarSet(name);
    set->setColor(color);
    set->setBorderColor(color);
    return set;
}

QValueAxis *valueAxis(double largest, const char *format, const QPalette &palette)
{
    auto *axis = new QValueAxis;
    axis->setRange(0, std::max(1.0, largest));
    axis->setLabelFormat(QString::fromLatin1(format));
    axis->setTickCount(5);
    axis->applyNiceNumbers();
    paint(*axis, palette, true);
    return axis;
}

// From the first bucket's begin to the last one's end; as few labels as fit beside each other in German too.
QDateTimeAxis *timeAxis(const CallStatistics &statistics, const QPalette &palette)
{
    constexpr qint64 day = 86'400'000;
    const qint64 count = qint64(statistics.buckets.size());
    auto *axis = new QDateTimeAxis;
    axis->setFormat(statistics.width >= day ? u"d MMM"_s : count * statistics.width > day ? u"d MMM HH:mm"_s : u"HH:mm"_s);
    axis->setTickCount(int(std::clamp<qint64>(count + 1, 2, 4)));
    if (count > 0)
        axis->setRange(conductor::utcFromMs(statistics.buckets.front().begins).toLocalTime(),
                       conductor::utcFromMs(statistics.buckets.back().begins + statistics.width).toLocalTime());
    paint(*axis, palette, false);
    return axis;
}

} // namespace

ActivityCharts::ActivityCharts(QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    grid->setSpacing(Metrics::groupGap);
    for (int kind = 0; kind < KindCount; ++kind) {
        auto *view = new QChartView;
        view->setFrameShape(QFrame::NoFrame);
        view->setRenderHint(QPainter::Antialiasing);
        view->setFocusPolicy(Qt::TabFocus); // a screen reader says what it shows
        view->setMinimumSize(240, 160);
        grid->addWidget(view, kind / 2, kind % 2);
        m_views.push_back(view);
    }
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
}

void ActivityCharts::show(const CallStatistics &statistics)
{
    m_statistics = statistics;
    draw();
}

void ActivityCharts::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && m_statistics)
        draw();
    QWidget::changeEvent(event);
}

void ActivityCharts::draw()
{
    const QLocale locale;
    const CallStatistics &all = *m_statistics;
    double slowest = 0;
    for (const CallStatistics::Bucket &bucket : all.buckets)
        slowest = std::max(slowest, bucket.p95);
    const auto mostOf = [](const std::vector<CallStatistics::Share> &shares) { return shares.empty() ? tr("none") : harmless(shares.front().name, 60); };
    put(Calls, callsChart(), tr("Calls each %1").arg(spanText()), tr("Calls: %1, of them not done: %2").arg(locale.toString(all.calls), locale.toString(all.failed)));
    put(Latency, latencyChart(), tr("Duration each %1, ms").arg(spanText()), tr("95 of 100 calls took no longer than %1 ms, at the worst time").arg(locale.toString(slowest, 'f', 0)));
    put(Tools, sharesChart(all.tools), tr("By tool"), tr("Most calls: %1").arg(mostOf(all.tools)));
    put(Clients, sharesChart(all.clients), tr("By AI client"), tr("Most calls: %1").arg(mostOf(all.clients)));
}

void ActivityCharts::put(Kind kind, QChart *chart, const QString &title, const QString &said)
{
    chart->setTitle(title);
    QChartView *view = m_views[size_t(kind)];
    QChart *old = view->chart();
    view->setBackgroundBrush(palette().base());
    view->setChart(chart);
    delete old;
    view->setAccessibleName(title);
    view->setAccessibleDescription(said);
}

QChart *ActivityCharts::callsChart() const
{
    QChart *chart = emptyChart(palette());
    auto *done = barSet(tr("Done"), familyColor(StatusFamily::Active, palette()));
    auto *failed = barSet(tr("Not done"), familyColor(StatusFamily::Bad, palette()));
    qint64 most = 0;
    for (const CallStatistics::Bucket &bucket : m_statistics->buckets) {
        *done << double(bucket.calls - bucket.failed);
        *failed << double(bucket.failed);
        most = std::max(most, bucket.calls);
    }
    auto *series = new QStackedBarSeries;
    series->setBarWidth(0.8);
    series->append(done);
    series->append(failed);
    chart->addSeries(series);
    QValueAxis *values = valueAxis(double(most), "%.0f", palette());
    chart->addAxis(values, Qt::AlignLeft);
    series->attachAxis(values);
    // Bars stand at whole numbers; the times are told by an axis of their own, which needs no name for each of them.
    chart->addAxis(timeAxis(*m_statistics, palette()), Qt::AlignBottom);
    return chart;
}

QChart *ActivityCharts::latencyChart() const
{
    QChart *chart = emptyChart(palette());
    double most = 0;
    std::vector<QLineSeries *> lines;
    const std::array<std::tuple<QString, double CallStatistics::Bucket::*, QColor, Qt::PenStyle>, 3> percentiles{
        std::tuple(tr("Half of the calls"), &CallStatistics::Bucket::p50, familyColor(StatusFamily::Good, palette()), Qt::SolidLine),
        std::tuple(tr("95 of 100"), &CallStatistics::Bucket::p95, familyColor(StatusFamily::Active, palette()), Qt::DashLine),
        std::tuple(tr("99 of 100"), &CallStatistics::Bucket::p99, familyColor(StatusFamily::NeedsYou, palette()), Qt::DotLine)};
    for (const auto &[name, percentile, color, style] : percentiles) {
        auto *line = new QLineSeries;
        line->setName(name);
        line->setPen(QPen(color, 2, style));
        line->setPointsVisible(m_statistics->buckets.size() < 3);
        for (const CallStatistics::Bucket &bucket : m_statistics->buckets) {
            if (bucket.calls > 0)
                line->append(double(bucket.begins + m_statistics->width / 2), bucket.*percentile);
            most = std::max(most, bucket.*percentile);
        }
        chart->addSeries(line);
        lines.push_back(line);
    }
    QValueAxis *values = valueAxis(most, "%.0f", palette());
    chart->addAxis(values, Qt::AlignLeft);
    QDateTimeAxis *times = timeAxis(*m_statistics, palette());
    chart->addAxis(times, Qt::AlignBottom);
    for (QLineSeries *line : lines) {
        line->attachAxis(values);
        line->attachAxis(times);
    }
    return chart;
}

QChart *ActivityCharts::sharesChart(const std::vector<CallStatistics::Share> &shares) const
{
    QChart *chart = emptyChart(palette());
    auto *done = barSet(tr("Done"), familyColor(StatusFamily::Active, palette()));
    auto *failed = barSet(tr("Not done"), familyColor(StatusFamily::Bad, palette()));
    QStringList names;
    double most = 0;
    const size_t shown = std::min(shares.size(), mostBars);
    for (size_t i = shown; i-- > 0;) { // the axis begins at the bottom
        QString name = shares[i].name;
        name.remove(u"conductor_"_s);
        names << (name.isEmpty() ? tr("Unknown") : QFontMetrics(textFont(TextStyle::Hint)).elidedText(harmless(name, 60), Qt::ElideMiddle, longestName));
        *done << double(shares[i].calls - shares[i].failed);
        *failed << double(shares[i].failed);
        most = std::max(most, double(shares[i].calls));
    }
    auto *series = new QHorizontalStackedBarSeries;
    series->append(done);
    series->append(failed);
    chart->addSeries(series);
    auto *categories = new QBarCategoryAxis;
    categories->append(names);
    paint(*categories, palette(), false);
    QValueAxis *values = valueAxis(most, "%.0f", palette());
    chart->addAxis(categories, Qt::AlignLeft);
    chart->addAxis(values, Qt::AlignBottom);
    series->attachAxis(categories);
    series->attachAxis(values);
    return chart;
}

QString ActivityCharts::spanText() const
{
    const qint64 minutes = m_statistics->width / 60'000;
    if (minutes == 1)
        return tr("minute");
    if (minutes < 60)
        return tr("%1 minutes").arg(minutes);
    if (minutes == 60)
        return tr("hour");
    if (minutes < 1440)
        return tr("%1 hours").arg(minutes / 60);
    return minutes == 1440 ? tr("day") : tr("%1 days").arg(minutes / 1440);
}

} // namespace app
