#include "app/executions/executionstable.h"

#include "app/executions/executionsmodel.h"
#include "app/look/statuslook.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/table.h"

#include <QHeaderView>

using conductor::ExecutionStatus;

namespace app {

IdDelegate *setExecutionDelegates(Table &table)
{
    auto *id = new IdDelegate(&table);
    table.setItemDelegateForColumn(ExecutionsModel::Status, new StatusDelegate(TextStyle::Base, Qt::ElideRight, &table));
    table.setItemDelegateForColumn(ExecutionsModel::Started, new CellDelegate(TextStyle::Base, Qt::ElideRight, &table));
    table.setItemDelegateForColumn(ExecutionsModel::Duration, new DurationDelegate(&table));
    table.setItemDelegateForColumn(ExecutionsModel::Id, id);
    table.setItemDelegateForColumn(ExecutionsModel::Correlation, new CellDelegate(TextStyle::MonoHint, Qt::ElideMiddle, &table));
    table.setItemDelegateForColumn(ExecutionsModel::Reason, new CellDelegate(TextStyle::Hint, Qt::ElideRight, &table));
    return id;
}

void setExecutionColumnWidths(Table &table)
{
    const int character = table.fontMetrics().averageCharWidth();
    const auto wide = [&](int column, int characters) {
        const int header = table.header()->isHidden() ? 0 : table.header()->sectionSizeHint(column);
        table.setColumnWidth(column, std::max(characters * character, header));
    };
    wide(ExecutionsModel::Name, 36);
    wide(ExecutionsModel::Started, 14);
    wide(ExecutionsModel::Duration, 21);
    wide(ExecutionsModel::Id, 18);
    wide(ExecutionsModel::Correlation, 20);

    int widest = 0;
    for (const auto status : {ExecutionStatus::Running, ExecutionStatus::Paused, ExecutionStatus::Failed, ExecutionStatus::TimedOut, ExecutionStatus::Completed,
                              ExecutionStatus::Terminated})
        widest = std::max(widest, statusBadgeSize(statusLook(status), textFont(TextStyle::Base)).width());
    table.setColumnWidth(ExecutionsModel::Status, widest + 2 * CellDelegate::padding + 4);
}

} // namespace app
