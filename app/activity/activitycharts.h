// Calls over time, how long they took, and by which tools and clients: as charts, made when they are first shown. The activity page
// owns it.
#pragma once

#include "mcp/audit/statistics.h"

#include <QWidget>

#include <optional>

class QChart;
class QChartView;
class QGridLayout;

namespace app {

class ActivityCharts : public QWidget
{
    Q_OBJECT

public:
    explicit ActivityCharts(QWidget *parent = nullptr);

    void show(const mcp::CallStatistics &statistics);
    using QWidget::show;

protected:
    void changeEvent(QEvent *event) override;

private:
    enum Kind { Calls, Latency, Tools, Clients, KindCount };

    void draw();
    void put(Kind kind, QChart *chart, const QString &title, const QString &said);
    QChart *callsChart() const;
    QChart *latencyChart() const;
    QChart *sharesChart(const std::vector<mcp::CallStatistics::Share> &shares) const;
    QString spanText() const;

    std::optional<mcp::CallStatistics> m_statistics;
    std::vector<QChartView *> m_views;
};

} // namespace app
