#include "app/clients/clientsmodel.h"

#include "app/clients/clientlook.h"
#include "app/widgets/roles.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

using conductor::harmless;

namespace app {

void ClientsModel::show(const std::vector<mcp::ClientState> &states, const QHash<QString, QString> &versions)
{
    std::vector<ClientRow> rows;
    for (const mcp::ClientState &state : states) {
        const bool isOurs = state.entry == mcp::ClientState::Entry::Ours;
        const QString server = !isOurs ? QString() : state.found.url.isEmpty() ? harmless(state.found.profile, 80) : harmless(state.found.url, 120);
        rows.push_back({state.client.id, state.client.name, versions.value(state.client.id), clientLook(state), server, state.client.file});
    }
    showRows(std::move(rows));
}

QVariant ClientsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ClientRow &row = m_rows[size_t(index.row())];
    if (role == StatusRole && index.column() == State)
        return QVariant::fromValue(row.look);
    if (role == HintTextRole && index.column() == Name)
        return row.version;
    if (role == Qt::ToolTipRole && index.column() == File)
        return plainToolTip(harmless(row.file, 400));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return row.name;
    case State:
        return row.look.word;
    case Server:
        return row.server;
    case File:
        return pathText(row.file);
    }
    return {};
}

QVariant ClientsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("AI client");
    case State:
        return tr("State");
    case Server:
        return tr("Server");
    case File:
        return tr("Configuration file");
    }
    return {};
}

} // namespace app
