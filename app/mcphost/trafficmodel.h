// The rows of a session's log: each message that went through, with its direction, what it is, and how large.
#pragma once

#include "app/widgets/rowmodel.h"
#include "mcp/host/bridgedsession.h"

#include <QJsonValue>

#include <optional>

namespace app {

enum class TrafficKind { Request, Answer, Error, Notification, Other };

struct TrafficRow {
    qint64 number = 0; // stays with the line while older ones go
    mcp::TrafficLine line;
    TrafficKind kind = TrafficKind::Other;

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
    // Of them only those that hold the text, whatever its case, and are of the kind.
    void setFilter(const QString &text, std::optional<TrafficKind> kind);
    int known() const { return int(m_known.size()); } // filtered or not

    // What is shown, oldest first, a JSON object a line: time, direction, message.
    QByteArray jsonLines() const;
    QJsonValue message(const QModelIndex &index) const;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    // "tools/call conductor_search_workflows", "answer to 7", "answer to 7: error": what a message is, in a few words.
    static QString nameOf(const QByteArray &line);

protected:
    QString keyOf(const TrafficRow &row) const override { return QString::number(row.number); }

private:
    void apply();
    bool fits(const TrafficRow &row) const;

    std::vector<TrafficRow> m_known; // oldest first
    QByteArray m_text;               // in lower case
    std::optional<TrafficKind> m_kind;
    qint64 m_numbered = 0;
};

} // namespace app
