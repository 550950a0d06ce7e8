// The rows of the inbox: calls that wait, other things that wait, then what is over. The inbox page owns it.
#pragma once

#include "app/approvals/inbox.h"
#include "app/look/statuslook.h"
#include "app/widgets/rowmodel.h"
#include "mcp/host/approvals.h"

namespace app {

struct InboxRow {
    QString approval = {}; // its id; empty: an item
    InboxItem item = {};
    QString what = {};
    QString who = {};
    QString server = {};
    bool production = false;
    StatusLook look = {};
    QString time = {}; // what is left of it, or how long ago it was
    QString exactTime = {};

    bool operator==(const InboxRow &) const = default;
};

// Calls that wait come first, those of a session together; then items; then calls that may still be allowed; the rest with the
// newest first. Texts are harmless.
std::vector<InboxRow> inboxRows(const std::vector<mcp::Approval> &approvals, const std::vector<InboxItem> &items, const QDateTime &now);

class InboxModel : public RowModel<InboxRow>
{
    Q_OBJECT

public:
    enum Column { What, Who, Server, State, Time, ColumnCount };

    using RowModel::RowModel;

    void show(std::vector<InboxRow> rows) { showRows(std::move(rows)); }
    int rowOf(const QString &key) const; // -1: it is gone
    static QString keyOfRow(const InboxRow &row);

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const InboxRow &row) const override { return keyOfRow(row); }
};

} // namespace app
