// The rows of the table of a run's tasks. Never reset: selection and scroll stay while the run goes on.
#pragma once

#include "app/core/clock.h"
#include "app/executions/runtasks.h"
#include "app/widgets/rowmodel.h"

namespace app {

class RunTasksModel : public RowModel<RunTask>
{
    Q_OBJECT

public:
    enum Column { Task, Status, Attempts, Queue, Duration, Type, Worker, Reason, ColumnCount };

    explicit RunTasksModel(Clock clock, QObject *parent = nullptr);

    void show(const std::vector<RunTask> &tasks);
    void filter(const QString &text); // tasks whose reference, name, type, worker or status has it
    void tick();                      // time has passed

    int rowOf(const QString &key) const; // -1: not among the rows
    int total() const { return int(m_all.size()); }

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const RunTask &task) const override { return task.key; }

private:
    bool fits(const RunTask &task) const;
    void showFitting();
    QString text(const RunTask &task, int column) const;
    QString toolTip(const RunTask &task, int column) const;

    Clock m_clock;
    std::vector<RunTask> m_all;
    QString m_filter;
    qint64 m_longest = 0;
};

} // namespace app
