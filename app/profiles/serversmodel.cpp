#include "app/profiles/serversmodel.h"

#include "app/core/healthlook.h"
#include "app/core/services.h"
#include "app/profiles/localpanel.h"
#include "app/widgets/roles.h"
#include "conductor/base/hostile.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using conductor::LocalServer;
using conductor::Profile;

namespace app {
namespace {

StatusLook healthOf(const QString &id, const Servers &servers)
{
    const ServerEntry *server = servers.find(id);
    const ServerHealth health = server ? server->health : ServerHealth{};
    const HealthLook look = healthLook(health.state);
    return {look.family, look.glyph.toString(), health.words.isEmpty() ? ServersModel::tr("Not asked yet") : conductor::harmless(health.words, 40)};
}

QString spokenText(const ServerRow &row)
{
    QStringList said{row.name};
    if (row.production)
        said << ServersModel::tr("production server");
    if (row.isDefault)
        said << ServersModel::tr("default server");
    said << row.health.word << row.address << row.keyNote;
    said.removeAll({});
    return said.join(u", "_s);
}

} // namespace

QString keyAgeText(qint64 days)
{
    return ServersModel::tr("Key is %1 days old").arg(QLocale().toString(days));
}

std::vector<ServerRow> serverRows(const std::vector<Profile> &profiles, const QString &defaultId, const Servers &servers, LocalServer::State local,
                                  const QDateTime &now)
{
    std::vector<ServerRow> rows;
    for (const Profile &profile : profiles) {
        ServerRow row{.id = profile.id, .name = conductor::harmless(profile.name, 80), .address = conductor::harmless(profile.url.toDisplayString(), 200)};
        row.production = profile.production;
        row.isDefault = profile.id == defaultId;
        row.health = Services::isLocal(profile) && local != LocalServer::State::Ready ? localLook(local) : healthOf(profile.id, servers);
        if (keyIsOld(profile, now))
            row.keyNote = keyAgeText(keyAgeInDays(profile, now).value_or(0));
        rows.push_back(std::move(row));
    }
    if (std::none_of(profiles.begin(), profiles.end(), Services::isLocal))
        rows.push_back({.name = ServersModel::tr("Local server"),
                        .address = ServersModel::tr("A server of your own on this machine"),
                        .health = localLook(local)});
    return rows;
}

QModelIndex ServersModel::indexOf(const QString &id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const ServerRow &row) { return row.id == id; });
    return found == m_rows.end() ? QModelIndex() : index(int(found - m_rows.begin()), 0);
}

QVariant ServersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ServerRow &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::AccessibleTextRole:
        return spokenText(row);
    case StatusRole:
        return QVariant::fromValue(row.health);
    case IdRole:
        return row.id;
    case AddressRole:
        return row.address;
    case ProductionRole:
        return row.production;
    case DefaultRole:
        return row.isDefault;
    case KeyNoteRole:
        return row.keyNote;
    default:
        return {};
    }
}

} // namespace app
