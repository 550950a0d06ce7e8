// The list of the servers page: one row per profile, and one for the local server while it has none. The page owns it.
#pragma once

#include "app/core/servers.h"
#include "app/look/statuslook.h"
#include "app/widgets/rowmodel.h"
#include "conductor/local/localserver.h"
#include "conductor/profile/profile.h"

namespace app {

struct ServerRow {
    QString id = {}; // of the profile; empty: the local server, which has none yet
    QString name = {};
    QString address = {};
    bool production = false;
    bool isDefault = false;
    StatusLook health = {};
    QString keyNote = {}; // "Key is 45 days old"; empty while it is younger

    bool operator==(const ServerRow &) const = default;
};

// local: how the local server is. Texts are harmless.
std::vector<ServerRow> serverRows(const std::vector<conductor::Profile> &profiles, const QString &defaultId, const Servers &servers,
                                  conductor::LocalServer::State local, const QDateTime &now);

QString keyAgeText(qint64 days);

class ServersModel : public RowModel<ServerRow>
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole, AddressRole, ProductionRole, DefaultRole, KeyNoteRole };

    using RowModel::RowModel;

    void show(std::vector<ServerRow> rows) { showRows(std::move(rows)); }
    QModelIndex indexOf(const QString &id) const; // invalid when it is not there

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex &index, int role) const override;

protected:
    QString keyOf(const ServerRow &row) const override { return row.id; }
};

} // namespace app
