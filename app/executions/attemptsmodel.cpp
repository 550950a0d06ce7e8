#include "app/executions/attemptsmodel.h"

#include "app/look/statuslook.h"
#include "app/widgets/roles.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

#include <QLocale>

using conductor::TaskAttempt;

namespace app {

AttemptsModel::AttemptsModel(Clock clock, QObject *parent)
    : RowModel(parent)
    , m_clock(std::move(clock))
{
}

void AttemptsModel::show(const std::vector<const TaskAttempt *> &attempts)
{
    std::vector<AttemptRow> rows;
    for (const TaskAttempt *attempt : attempts) {
        rows.push_back({.number = int(rows.size()) + 1,
                        .id = attempt->id,
                        .status = attempt->status,
                        .statusWord = attempt->statusWord,
                        .scheduled = attempt->scheduled,
                        .started = attempt->started,
                        .ended = attempt->ended,
                        .worker = attempt->workerId});
    }
    showRows(std::move(rows));
}

void AttemptsModel::tick()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Started), index(int(m_rows.size()) - 1, Duration), {Qt::DisplayRole});
}

QVariant AttemptsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const AttemptRow &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(row.worker.isEmpty() ? QString() : tr("Worker %1").arg(conductor::harmless(row.worker)));
    case StatusRole:
        return QVariant::fromValue(statusLook(row.status, row.statusWord));
    case Qt::TextAlignmentRole:
        return index.column() == Duration ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default:
        return {};
    }
}

QVariant AttemptsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Duration)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return QStringLiteral("#");
    case Status:
        return tr("Attempt");
    case Started:
        return tr("Started");
    case Duration:
        return tr("Duration");
    }
    return {};
}

QString AttemptsModel::text(const AttemptRow &row, int column) const
{
    switch (column) {
    case Number:
        return QLocale().toString(row.number);
    case Status:
        return statusLook(row.status, row.statusWord).word;
    case Started:
        return row.started.isValid() ? relativeTime(row.started, m_clock()) : tr("not yet");
    case Duration:
        return row.started.isValid() ? durationText(row.started.msecsTo(row.ended.isValid() ? row.ended : m_clock())) : QString();
    }
    return {};
}

} // namespace app
