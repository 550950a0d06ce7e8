#include "app/executions/executionsmodel.h"

#include "app/look/statuslook.h"
#include "app/widgets/roles.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"
#include "conductor/model/execution.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using conductor::ExecutionSummary;

namespace app {

ExecutionsModel::ExecutionsModel(Clock clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(std::move(clock))
{
}

// Rows that left go first; then each row is inserted or moved to its new place and refreshed where it differs.
// Ids are unique: a page that repeats one (it moved while the server counted) shows its first.
void ExecutionsModel::show(std::vector<ExecutionSummary> rows)
{
    QSet<QString> staying;
    std::erase_if(rows, [&](const ExecutionSummary &row) {
        const bool repeated = staying.contains(row.id);
        staying.insert(row.id);
        return repeated;
    });

    QSet<QString> known;
    for (int i = int(m_rows.size()) - 1; i >= 0; --i) {
        if (staying.contains(m_rows[i].id)) {
            known.insert(m_rows[i].id);
            continue;
        }
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }

    for (int i = 0; i < int(rows.size()); ++i) {
        if (!known.contains(rows[i].id)) {
            int last = i;
            while (last + 1 < int(rows.size()) && !known.contains(rows[last + 1].id))
                ++last;
            beginInsertRows({}, i, last);
            m_rows.insert(m_rows.begin() + i, rows.begin() + i, rows.begin() + last + 1);
            endInsertRows();
            i = last;
            continue;
        }
        const auto old = std::find_if(m_rows.begin() + i, m_rows.end(), [&](const ExecutionSummary &row) { return row.id == rows[i].id; });
        if (const int from = int(old - m_rows.begin()); from != i) {
            beginMoveRows({}, from, from, {}, i);
            std::rotate(m_rows.begin() + i, old, old + 1);
            endMoveRows();
        }
        if (m_rows[i] != rows[i]) {
            m_rows[i] = rows[i];
            Q_EMIT dataChanged(index(i, 0), index(i, ColumnCount - 1));
        }
    }
    findLongest();
}

void ExecutionsModel::tick()
{
    if (m_rows.empty())
        return;
    findLongest();
    Q_EMIT dataChanged(index(0, Started), index(int(m_rows.size()) - 1, Duration), {Qt::DisplayRole, ShareRole});
}

bool ExecutionsModel::hasOpen() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const ExecutionSummary &row) { return row.status == conductor::ExecutionStatus::Running; });
}

int ExecutionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ExecutionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ExecutionsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ExecutionSummary &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(row, index.column()));
    case StatusRole:
        return QVariant::fromValue(statusLook(row.status, row.statusWord));
    case ShareRole:
        if (const qint64 longest = m_longest.value(row.name); longest > 0)
            return double(durationOf(row)) / double(longest);
        return 0.0;
    case HintTextRole:
        return index.column() == Name && row.version > 1 ? u"v%1"_s.arg(row.version) : QString();
    case ExecutionIdRole:
        return row.id;
    case CorrelationIdRole:
        return row.correlationId;
    default:
        return {};
    }
}

QVariant ExecutionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Duration)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Status:
        return tr("Status");
    case Name:
        return tr("Workflow");
    case Started:
        return tr("Started");
    case Duration:
        return tr("Duration");
    case Id:
        return tr("Id");
    case Correlation:
        return tr("Correlation id");
    case Reason:
        return tr("Reason");
    }
    return {};
}

// The longest changes bars of rows that stayed the same.
void ExecutionsModel::findLongest()
{
    QHash<QString, qint64> longest;
    for (const ExecutionSummary &row : m_rows) {
        qint64 &most = longest[row.name];
        most = std::max(most, durationOf(row));
    }
    if (longest == m_longest)
        return;
    m_longest = std::move(longest);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Duration), index(int(m_rows.size()) - 1, Duration), {ShareRole});
}

qint64 ExecutionsModel::durationOf(const ExecutionSummary &row) const
{
    if (conductor::isTerminal(row.status))
        return row.durationMs;
    return row.started.isValid() ? std::max<qint64>(0, row.started.msecsTo(m_clock())) : 0;
}

QString ExecutionsModel::text(const ExecutionSummary &row, int column) const
{
    switch (column) {
    case Status:
        return statusLook(row.status, row.statusWord).word;
    case Name:
        return conductor::harmless(row.name);
    case Started:
        return relativeTime(row.started, m_clock());
    case Duration:
        return durationText(durationOf(row));
    case Id:
        return conductor::harmless(row.id);
    case Correlation:
        return conductor::harmless(row.correlationId);
    case Reason:
        return conductor::harmless(conductor::innermostReason(row.reason));
    }
    return {};
}

QString ExecutionsModel::toolTip(const ExecutionSummary &row, int column) const
{
    switch (column) {
    case Name:
        return tr("%1, version %2").arg(conductor::harmless(row.name)).arg(row.version);
    case Started:
        return row.ended.isValid() ? tr("Started %1\nEnded %2").arg(exactTime(row.started), exactTime(row.ended)) : tr("Started %1").arg(exactTime(row.started));
    case Duration:
        return tr("%1\nThe longest run of %2 in this list: %3")
            .arg(durationText(durationOf(row)), conductor::harmless(row.name, 60), durationText(m_longest.value(row.name)));
    case Id:
        return conductor::harmless(row.id);
    case Reason:
        return row.reason.isEmpty() ? QString() : conductor::harmless(row.reason, 2000, conductor::Lines::Keep);
    }
    return {};
}

} // namespace app
