#include "mcp/tools/queuepolls.h"

#include "mcp/tools/wording.h"

using namespace conductor;
using namespace std::chrono_literals;

namespace mcp::tools {
namespace {

constexpr auto freshness = 5s;
constexpr qsizetype mostKept = 500; // queues

} // namespace

Reply<QHash<QString, QDateTime>> queuePolls(Client client, std::shared_ptr<QueuePollsKept> kept, QStringList queues)
{
    QHash<QString, QDateTime> known;
    QStringList unknown;
    std::vector<Reply<std::vector<PollData>>> asked;
    for (const QString &queue : std::as_const(queues)) {
        const auto entry = kept->entries.constFind(queue);
        if (entry != kept->entries.constEnd() && !entry->until.hasExpired()) {
            known.insert(queue, entry->last);
        } else {
            unknown << queue;
            asked.push_back(client.queues().polls(queue));
        }
    }
    for (qsizetype i = 0; i < unknown.size(); ++i) {
        const Result<std::vector<PollData>> polls = co_await outcome(asked[size_t(i)]);
        if (!polls)
            continue;
        if (kept->entries.size() >= mostKept)
            kept->entries.clear();
        kept->entries.insert(unknown[i], {newestPoll(*polls), QDeadlineTimer(freshness)});
        known.insert(unknown[i], newestPoll(*polls));
    }
    co_return known;
}

} // namespace mcp::tools
