// The rows of the table of AI clients: which there are, how they stand, and which server they use.
#pragma once

#include "app/look/statuslook.h"
#include "app/widgets/rowmodel.h"
#include "mcp/clients/registrar.h"

namespace app {

struct ClientRow {
    QString id;
    QString name;
    QString version; // empty: not asked yet
    StatusLook look;
    QString server;
    QString file;

    bool operator==(const ClientRow &) const = default;
};

class ClientsModel : public RowModel<ClientRow>
{
    Q_OBJECT

public:
    enum Column { Name, State, Server, File, ColumnCount };

    using RowModel::RowModel;

    void show(const std::vector<mcp::ClientState> &states, const QHash<QString, QString> &versions);

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const ClientRow &row) const override { return row.id; }
};

} // namespace app
