#include "app/executions/runtasksmodel.h"

#include "app/widgets/roles.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"
#include "conductor/model/execution.h"

#include <QLocale>

using conductor::harmless;

namespace app {

RunTasksModel::RunTasksModel(Clock clock, QObject *parent)
    : RowModel(parent)
    , m_clock(std::move(clock))
{
}

void RunTasksModel::show(const std::vector<RunTask> &tasks)
{
    m_all = tasks;
    showFitting();
}

void RunTasksModel::filter(const QString &text)
{
    m_filter = text.trimmed();
    showFitting();
}

void RunTasksModel::tick()
{
    if (m_rows.empty())
        return;
    Q_EMIT dataChanged(index(0, Queue), index(int(m_rows.size()) - 1, Duration), {Qt::DisplayRole, ShareRole});
}

int RunTasksModel::rowOf(const QString &key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const RunTask &row) { return row.key == key; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

QVariant RunTasksModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RunTask &task = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(task, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(task, index.column()));
    case StatusRole:
        return QVariant::fromValue(task.look);
    case ShareRole:
        return m_longest > 0 ? std::min(1.0, double(std::max<qint64>(0, task.workMs(m_clock()))) / double(m_longest)) : 0.0;
    case Qt::TextAlignmentRole:
        if (index.column() == Attempts || index.column() == Queue || index.column() == Duration)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

QVariant RunTasksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && (section == Attempts || section == Queue || section == Duration))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Task:
        return tr("Task");
    case Status:
        return tr("Status");
    case Attempts:
        return tr("Attempts");
    case Queue:
        return tr("In queue");
    case Duration:
        return tr("Duration");
    case Type:
        return tr("Type");
    case Worker:
        return tr("Worker");
    case Reason:
        return tr("Reason");
    }
    return {};
}

bool RunTasksModel::fits(const RunTask &task) const
{
    if (m_filter.isEmpty())
        return true;
    for (const QString &text : {task.key, task.name, task.type, task.worker, task.look.word}) {
        if (text.contains(m_filter, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

void RunTasksModel::showFitting()
{
    std::vector<RunTask> fitting;
    fitting.reserve(m_all.size());
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(fitting), [this](const RunTask &task) { return fits(task); });
    m_longest = 0;
    for (const RunTask &task : m_all)
        m_longest = std::max(m_longest, task.workMs(m_clock()));
    showRows(std::move(fitting));
}

QString RunTasksModel::text(const RunTask &task, int column) const
{
    switch (column) {
    case Task:
        return harmless(task.key);
    case Status:
        return task.look.word;
    case Attempts:
        return task.attempts > 0 ? QLocale().toString(task.attempts) : QString();
    case Queue:
        return task.queueMs(m_clock()) < 0 ? QString() : durationText(task.queueMs(m_clock()));
    case Duration:
        return task.workMs(m_clock()) < 0 ? QString() : durationText(task.workMs(m_clock()));
    case Type:
        return harmless(task.type);
    case Worker:
        return harmless(task.worker);
    case Reason:
        return harmless(conductor::innermostReason(task.reason));
    }
    return {};
}

QString RunTasksModel::toolTip(const RunTask &task, int column) const
{
    switch (column) {
    case Task:
        return task.name.isEmpty() || task.name == task.key ? harmless(task.key) : tr("%1, the task %2").arg(harmless(task.key), harmless(task.name));
    case Queue:
        return task.scheduled.isValid() ? tr("Scheduled %1").arg(exactTime(task.scheduled)) : QString();
    case Duration:
        if (task.ended.isValid() && task.started.isValid())
            return tr("Started %1\nEnded %2").arg(exactTime(task.started), exactTime(task.ended));
        return task.started.isValid() ? tr("Started %1").arg(exactTime(task.started)) : QString();
    case Worker:
        return harmless(task.worker);
    case Reason:
        return harmless(task.reason, 2000, conductor::Lines::Keep);
    default:
        return {};
    }
}

} // namespace app
