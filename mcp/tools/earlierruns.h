// How long earlier runs of a workflow took, asked of the server once in a while and kept for the next call.
#pragma once

#include "conductor/api/client.h"

#include <QDeadlineTimer>
#include <QHash>

#include <memory>
#include <optional>

namespace mcp::tools {

struct EarlierRuns {
    int runs = 0; // completed ones that were looked at; 0: there are none
    qint64 medianMs = 0;
    qint64 slowestMs = 0;
};

// What was asked lately, by name and version. Owned by the tool that asks.
struct EarlierRunsKept {
    struct Entry {
        EarlierRuns runs;
        QDeadlineTimer until;
    };
    QHash<QString, Entry> entries;
};

// Of the newest 50 that completed; of this version, if three or more of them are. Never an error: without an answer there are none.
conductor::Reply<EarlierRuns> earlierRuns(conductor::Client client, std::shared_ptr<EarlierRunsKept> kept, QString name, int version);

} // namespace mcp::tools
