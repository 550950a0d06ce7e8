#include "app/mcphost/sessionsmodel.h"

#include "app/widgets/roles.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

using conductor::harmless;
using mcp::SessionInfo;

namespace app {
namespace {

bool isNumber(int column)
{
    return column == SessionsModel::Calls || column == SessionsModel::Errors || column == SessionsModel::Restarts;
}

} // namespace

SessionsModel::SessionsModel(Clock clock, QObject *parent)
    : RowModel(parent)
    , m_clock(std::move(clock))
{
}

void SessionsModel::tick()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Since), index(int(m_rows.size()) - 1, Since), {Qt::DisplayRole});
}

QVariant SessionsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const SessionInfo &session = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(session, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(session, index.column()));
    case HintTextRole:
        return index.column() == Client ? harmless(session.client.version, 40) : QString();
    case Qt::TextAlignmentRole:
        if (isNumber(index.column()))
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

QVariant SessionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && isNumber(section))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Client:
        return tr("AI client");
    case Profile:
        return tr("Server");
    case Since:
        return tr("Connected");
    case Calls:
        return tr("Calls");
    case Errors:
        return tr("Errors");
    case Process:
        return tr("Process");
    case Restarts:
        return tr("Restarts");
    case LastExit:
        return tr("Last exit");
    }
    return {};
}

QString SessionsModel::text(const SessionInfo &session, int column) const
{
    switch (column) {
    case Client:
        return session.client.name.isEmpty() ? tr("Unknown client") : harmless(session.client.name, 80);
    case Profile:
        return session.profile.isEmpty() ? tr("Default") : harmless(session.profile, 80);
    case Since:
        return relativeTime(session.since, m_clock());
    case Calls:
        return QLocale().toString(session.calls);
    case Errors:
        return session.errors > 0 ? QLocale().toString(session.errors) : QString();
    case Process:
        if (session.kind == SessionInfo::Kind::Standalone)
            return tr("%1, on its own").arg(session.serverPid);
        if (session.kind == SessionInfo::Kind::Http)
            return tr("%1, HTTP", "a process id").arg(session.serverPid);
        return session.serverPid > 0 ? QString::number(session.serverPid) : tr("Starting …");
    case Restarts:
        return session.restarts > 0 ? QLocale().toString(session.restarts) : QString();
    case LastExit:
        return session.lastExit;
    }
    return {};
}

QString SessionsModel::toolTip(const SessionInfo &session, int column) const
{
    switch (column) {
    case Client:
        return tr("As the client calls itself; speaks revision %1").arg(harmless(session.client.revision, 20));
    case Since:
        return exactTime(session.since);
    case Calls:
        return session.lastCall.isValid() ? tr("Last call: %1").arg(exactTime(session.lastCall)) : QString();
    case Process:
        if (session.kind == SessionInfo::Kind::Standalone)
            return tr("The client started this server while the companion did not run; it serves alone and reports here");
        if (session.kind == SessionInfo::Kind::Http)
            return tr("The client reaches this server over HTTP, and others may as well");
        return tr("The server the companion runs for this client. The client itself is process %1").arg(session.clientPid);
    default:
        return {};
    }
}

} // namespace app
