// A row for each workflow definition: its versions and when it changed. Filters by words and sorts by any column; a refresh
// changes only the rows that differ.
#pragma once

#include "app/core/clock.h"
#include "app/widgets/rowmodel.h"
#include "conductor/api/definitions.h"

#include <QStringList>

namespace app {

struct DefinitionRow {
    QString name;
    int newest = 0;  // 0: not on the server
    int versions = 0;
    QDateTime created = {}; // the first of its versions
    QDateTime changed = {}; // the last of them
    bool hasDraft = false;

    bool operator==(const DefinitionRow &) const = default;
};

// drafts: names with unsaved changes; those that the server does not have get a row of their own.
std::vector<DefinitionRow> definitionRows(const std::vector<conductor::DefinitionVersion> &versions, const QStringList &drafts);

class DefinitionsModel : public RowModel<DefinitionRow>
{
    Q_OBJECT

public:
    enum Column { Name, Newest, Versions, Changed, Created, ColumnCount };
    enum Role { NameRole = Qt::UserRole };

    explicit DefinitionsModel(Clock clock, QObject *parent = nullptr);

    void show(std::vector<DefinitionRow> rows);
    void setFilter(const QString &words); // each of them somewhere in the name
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    void tick(); // time has passed: ages are new

    int total() const { return int(m_all.size()); } // before the filter

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const DefinitionRow &row) const override { return row.name; }

private:
    void arrange();
    QString text(const DefinitionRow &row, int column) const;

    Clock m_clock;
    std::vector<DefinitionRow> m_all;
    QStringList m_words;
    int m_column = Name;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

} // namespace app
