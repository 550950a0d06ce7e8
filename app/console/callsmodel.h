// The calls this console has made, the newest first. Keeps the last two hundred, and their answers up to 32 MB.
#pragma once

#include "app/console/consolecall.h"
#include <QAbstractTableModel>

namespace app {

class CallsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, What, Server, Outcome, Took, Size, ColumnCount };

    static constexpr size_t mostCalls = 200;
    static constexpr qint64 mostBytes = 32 * 1024 * 1024;

    using QAbstractTableModel::QAbstractTableModel;

    quint64 begin(ConsoleCall call); // its number
    void finish(quint64 number, const conductor::Result<mcp::ServerAnswer> &answer, qint64 tookMs);

    const ConsoleCall *at(const QModelIndex &index) const;
    bool isEmpty() const { return m_calls.empty(); }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_calls.size()); }
    int columnCount(const QModelIndex & = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void forgetOld();

    quint64 m_last = 0;
    std::vector<ConsoleCall> m_calls; // the newest first
};

} // namespace app
