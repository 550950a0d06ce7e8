#include "app/definitions/historymodel.h"

#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

#include <QLocale>

using conductor::EarlierDefinition;

namespace app {
namespace {

QString author(const EarlierDefinition &earlier, qsizetype cap)
{
    return earlier.client.isEmpty() ? HistoryModel::tr("A person, here in the window") : HistoryModel::tr("%1 (AI client)").arg(conductor::harmless(earlier.client, cap));
}

} // namespace

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const EarlierDefinition &earlier = rows()[size_t(index.row())];
    const bool isTip = role == Qt::ToolTipRole;
    switch (index.column()) {
    case Replaced:
        return isTip ? exactTime(earlier.replaced) : QLocale().toString(earlier.replaced.toLocalTime(), QLocale::ShortFormat);
    case Version:
        return QLocale().toString(earlier.version);
    default:
        return isTip ? plainToolTip(author(earlier, 400)) : author(earlier, 60);
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Replaced ? tr("Replaced") : section == Version ? tr("Version") : tr("Replaced by");
}

} // namespace app
