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
    table.setColumnCharacters(ExecutionsModel::Name, 36);
    table.setColumnCharacters(ExecutionsModel::Started, 14);
    table.setColumnCharacters(ExecutionsModel::Duration, 21);
    table.setColumnCharacters(ExecutionsModel::Id, 18);
    table.setColumnCharacters(ExecutionsModel::Correlation, 20);

    std::vector<StatusLook> looks;
    for (const auto status : {ExecutionStatus::Running, ExecutionStatus::Paused, ExecutionStatus::Failed, ExecutionStatus::TimedOut, ExecutionStatus::Completed,
                              ExecutionStatus::Terminated})
        looks.push_back(statusLook(status));
    table.setColumnWidth(ExecutionsModel::Status, StatusDelegate::columnWidth(looks));
}

} // namespace app
