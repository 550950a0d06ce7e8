#include "app/activity/activitymodel.h"

#include "app/activity/outcomelook.h"
#include "app/widgets/roles.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"
#include "conductor/base/utc.h"

using namespace Qt::StringLiterals;
using conductor::harmless;
using mcp::AuditEntry;

namespace app {
namespace {

bool isNumber(int column)
{
    return column == ActivityModel::Duration || column == ActivityModel::Size;
}

bool isLost(const AuditEntry &call)
{
    return call.kind == AuditEntry::Kind::Lost;
}

QString sizeText(qint64 bytes)
{
    return bytes > 0 ? QLocale().formattedDataSize(bytes, 1) : QString();
}

} // namespace

ActivityModel::ActivityModel(Clock clock, QObject *parent)
    : RowModel(parent)
    , m_clock(std::move(clock))
{
}

void ActivityModel::show(const std::vector<AuditEntry> &calls)
{
    m_longestUs = 0;
    for (const AuditEntry &call : calls)
        m_longestUs = std::max(m_longestUs, call.tookUs);
    showRows(calls);
}

void ActivityModel::tick()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Time), index(int(m_rows.size()) - 1, Outcome), {Qt::DisplayRole, StatusRole});
}

bool ActivityModel::hasOpen() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const AuditEntry &call) { return call.kind == AuditEntry::Kind::Begun && call.outcome.isEmpty(); });
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const AuditEntry &call = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(call, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(call, index.column()));
    case StatusRole:
        return index.column() == Outcome || index.column() == Duration ? QVariant::fromValue(outcomeLook(call)) : QVariant();
    case ShareRole:
        return m_longestUs > 0 ? double(call.tookUs) / double(m_longestUs) : 0.0;
    case HintTextRole:
        if (index.column() == Client)
            return harmless(call.clientVersion, 30);
        return index.column() == Tool ? harmless(call.target, 80) : QString();
    case Qt::TextAlignmentRole:
        return isNumber(index.column()) ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && isNumber(section))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Client:
        return tr("AI client");
    case Profile:
        return tr("Server");
    case Tool:
        return tr("Tool");
    case Effect:
        return tr("Effect");
    case Outcome:
        return tr("Outcome");
    case Duration:
        return tr("Duration");
    case Size:
        return tr("Answer");
    }
    return {};
}

QString ActivityModel::text(const AuditEntry &call, int column) const
{
    switch (column) {
    case Time:
        return relativeTime(conductor::utcFromMs(call.time), m_clock());
    case Client:
        return clientName(call);
    case Profile:
        return harmless(call.profile, 60);
    case Tool:
        return toolName(call);
    case Effect:
        return effectName(call.effect);
    case Outcome:
        return outcomeLook(call).word;
    case Duration:
        return call.tookUs > 0 ? durationText((call.tookUs + 500) / 1000) : QString();
    case Size:
        return sizeText(call.bytes);
    }
    return {};
}

QString ActivityModel::toolTip(const AuditEntry &call, int column) const
{
    switch (column) {
    case Time:
        return exactTime(conductor::utcFromMs(call.time));
    case Client:
        return isLost(call) ? QString() : tr("As the client calls itself; its server is process %1").arg(call.pid);
    case Tool:
        return harmless(call.arguments, 400);
    case Outcome:
        return call.outcome == u"ok" ? QString() : harmless(call.detail, 400);
    case Duration:
        return call.requests > 0 ? tr("Requests to Conductor: %1").arg(QLocale().toString(call.requests)) : QString();
    default:
        return {};
    }
}

QString clientName(const AuditEntry &call)
{
    if (isLost(call))
        return ActivityModel::tr("Not kept");
    return call.client.isEmpty() ? ActivityModel::tr("Unknown client") : harmless(call.client, 60);
}

QString toolName(const AuditEntry &call)
{
    if (isLost(call))
        return ActivityModel::tr("Calls that could not be written: %1").arg(harmless(call.detail, 20));
    return harmless(call.tool, 80);
}

} // namespace app
