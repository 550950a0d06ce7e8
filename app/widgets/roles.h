// What the delegates of tables ask a model for beside the text of a cell.
#pragma once

#include <Qt>

namespace app {

enum ItemRole {
    StatusRole = Qt::UserRole + 100, // a StatusLook
    ShareRole,                       // 0 to 1: how long the bar beside a duration is
    HintTextRole,                    // said after the text of a cell, more quietly
};

} // namespace app
