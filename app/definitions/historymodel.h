// What a definition was before it was replaced, as rows: which version, until when, and who replaced it. Its view owns it.
#pragma once

#include "app/widgets/rowmodel.h"
#include "conductor/definition/history.h"

namespace app {

class HistoryModel : public RowModel<conductor::EarlierDefinition>
{
    Q_OBJECT

public:
    enum Column { Replaced, Version, By, ColumnCount };

    using RowModel::RowModel;

    void show(std::vector<conductor::EarlierDefinition> earlier) { showRows(std::move(earlier)); }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const conductor::EarlierDefinition &earlier) const override { return earlier.id; }
};

} // namespace app
