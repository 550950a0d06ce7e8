// The rows of an executions table. A poll hands it all rows; it changes only those that differ, so selection and scroll stay.
#pragma once

#include "app/core/clock.h"
#include "conductor/model/summary.h"

#include <QAbstractTableModel>
#include <QHash>

#include <vector>

namespace app {

class ExecutionsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Status, Name, Started, Duration, Id, Correlation, Reason, ColumnCount };
    enum Role { ExecutionIdRole = Qt::UserRole, CorrelationIdRole };

    explicit ExecutionsModel(Clock clock, QObject *parent = nullptr);

    void show(std::vector<conductor::ExecutionSummary> rows);
    void tick(); // time has passed: ages and the durations of what runs are new

    const std::vector<conductor::ExecutionSummary> &rows() const { return m_rows; }
    bool hasOpen() const; // something in it still runs

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void findLongest();
    qint64 durationOf(const conductor::ExecutionSummary &row) const;
    QString text(const conductor::ExecutionSummary &row, int column) const;
    QString toolTip(const conductor::ExecutionSummary &row, int column) const;

    Clock m_clock;
    std::vector<conductor::ExecutionSummary> m_rows;
    QHash<QString, qint64> m_longest; // of each workflow's runs in the table
};

} // namespace app
