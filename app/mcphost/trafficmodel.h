// The rows of a session's log: each message that went through, with its direction, what it is, and how large.
#pragma once

#include "app/widgets/rowmodel.h"
#include "mcp/host/bridgedsession.h"

#include <QJsonValue>

namespace app {

struct TrafficRow {
    qint64 number = 0; // stays with the line while older ones go
    mcp::TrafficLine line;

    bool operator==(const TrafficRow &other) const { return number == other.number; }
};

class TrafficModel : public RowModel<TrafficRow>
{
    Q_OBJECT

public:
    enum Column { Time, Direction, What, Size, ColumnCount };

    using RowModel::RowModel;

    // The lines kept now, oldest first; newest is shown first.
    void show(const QList<mcp::TrafficLine> &lines);
    QJsonValue message(const QModelIndex &index) const;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    // "tools/call conductor_search_workflows", "answer to 7", "answer to 7: error": what a message is, in a few words.
    static QString nameOf(const QByteArray &line);

protected:
    QString keyOf(const TrafficRow &row) const override { return QString::number(row.number); }

private:
    qint64 m_numbered = 0;
};

} // namespace app
