// The rows of a table as a model that never resets: it is handed all rows of now and changes only those that differ, so that
// selection and scroll stay. A model derives from it and says what its cells hold.
#pragma once

#include <QAbstractTableModel>
#include <QSet>
#include <QString>

#include <algorithm>
#include <vector>

namespace app {

template <typename Row>
class RowModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    const std::vector<Row> &rows() const { return m_rows; }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }

protected:
    virtual QString keyOf(const Row &row) const = 0; // unique; of two rows with one key the first counts

    // Rows that left go first; then each row is inserted or moved to its new place and refreshed where it differs.
    void showRows(std::vector<Row> rows)
    {
        QSet<QString> staying;
        std::erase_if(rows, [&](const Row &row) {
            const bool repeated = staying.contains(keyOf(row));
            staying.insert(keyOf(row));
            return repeated;
        });

        QSet<QString> known;
        for (int i = int(m_rows.size()) - 1; i >= 0; --i) {
            if (staying.contains(keyOf(m_rows[size_t(i)]))) {
                known.insert(keyOf(m_rows[size_t(i)]));
                continue;
            }
            beginRemoveRows({}, i, i);
            m_rows.erase(m_rows.begin() + i);
            endRemoveRows();
        }

        for (int i = 0; i < int(rows.size()); ++i) {
            if (!known.contains(keyOf(rows[size_t(i)]))) {
                int last = i;
                while (last + 1 < int(rows.size()) && !known.contains(keyOf(rows[size_t(last) + 1])))
                    ++last;
                beginInsertRows({}, i, last);
                m_rows.insert(m_rows.begin() + i, rows.begin() + i, rows.begin() + last + 1);
                endInsertRows();
                i = last;
                continue;
            }
            const QString key = keyOf(rows[size_t(i)]);
            const auto old = std::find_if(m_rows.begin() + i, m_rows.end(), [&](const Row &row) { return keyOf(row) == key; });
            if (const int from = int(old - m_rows.begin()); from != i) {
                beginMoveRows({}, from, from, {}, i);
                std::rotate(m_rows.begin() + i, old, old + 1);
                endMoveRows();
            }
            if (!(m_rows[size_t(i)] == rows[size_t(i)])) {
                m_rows[size_t(i)] = rows[size_t(i)];
                Q_EMIT dataChanged(index(i, 0), index(i, columnCount() - 1));
            }
        }
    }

    std::vector<Row> m_rows;
};

} // namespace app
