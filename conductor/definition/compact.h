// A definition without what the server adds to it: what its author wrote, as far as that can be told.
#pragma once

#include <QJsonObject>

namespace conductor {

enum class StoredIn {
    Server,    // as GET /metadata/workflow answers it
    Execution, // as a run embeds it: with a copy of each task definition
};

// Drops fields that hold the server's empty defaults (forkTasks [], optional false, timeoutPolicy ALERT_ONLY, …) and its
// book-keeping (createTime, …), in tasks at any depth and in definitions that sub-workflow tasks hold. Inputs are left alone.
QJsonObject compact(const QJsonObject &definition, StoredIn stored = StoredIn::Server);

} // namespace conductor
