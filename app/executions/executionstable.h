// How an executions table looks: the delegate of each column and the widths it starts with. For every page that lists runs.
#pragma once

namespace app {

class IdDelegate;
class Table;

// Returns the delegate of the ids, whose copyRequested the page answers. The table's model is an ExecutionsModel.
IdDelegate *setExecutionDelegates(Table &table);

// Wide enough for every status and for the headers, whatever the language.
void setExecutionColumnWidths(Table &table);

} // namespace app
