// The problems of a definition as rows: how bad, where, what is wrong and what to do. Its list owns it.
#pragma once

#include "app/widgets/rowmodel.h"
#include "conductor/definition/problem.h"

namespace app {

class ProblemsModel : public RowModel<conductor::Problem>
{
    Q_OBJECT

public:
    enum Column { Severity, Line, What, ColumnCount };

    using RowModel::RowModel;

    void show(std::vector<conductor::Problem> problems) { showRows(std::move(problems)); }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const conductor::Problem &problem) const override;
};

// "2 errors, 1 hazard, 1 warning"; "No problems found".
QString problemCounts(const std::vector<conductor::Problem> &problems);

} // namespace app
