// A call as the console made it, for its list of past calls. A value.
#pragma once

#include "app/console/offered.h"
#include "conductor/base/result.h"
#include "mcp/caller/conversation.h"

#include <QDateTime>

#include <optional>

namespace app {

struct ConsoleCall {
    enum class State { Running, Answered, Failed };

    quint64 number = 0;
    QDateTime time = {};
    QString serverId = {};
    QString server = {};   // its name
    QString revision = {};
    Offered offered = {};
    QJsonObject arguments = {};
    State state = State::Running;
    std::optional<mcp::ServerAnswer> answer = {}; // of an answered one; forgotten when there are too many
    qint64 tookMs = 0;
    qint64 bytes = 0;
    bool isError = false;
    conductor::Error error = {}; // of a failed one
};

} // namespace app
