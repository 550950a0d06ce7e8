// When queues were last polled, asked of the server and kept for some seconds: models look again and again.
#pragma once

#include "conductor/api/client.h"

#include <QDeadlineTimer>
#include <QHash>

#include <memory>

namespace mcp::tools {

// What was asked lately, by queue. Owned by the tool that asks.
struct QueuePollsKept {
    struct Entry {
        QDateTime last;
        QDeadlineTimer until;
    };
    QHash<QString, Entry> entries;
};

// The newest poll of each queue; invalid: nobody has ever polled it. Queues of which the server did not tell are left out.
conductor::Reply<QHash<QString, QDateTime>> queuePolls(conductor::Client client, std::shared_ptr<QueuePollsKept> kept, QStringList queues);

} // namespace mcp::tools
