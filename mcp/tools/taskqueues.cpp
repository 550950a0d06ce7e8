#include "mcp/tools/tasktools.h"

#include "conductor/model/tasktype.h"
#include "conductor/base/timespan.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

struct Queue {
    QString name;
    qint64 waiting = 0;
    QDateTime lastPoll = {};
    QString worker = {};
};

// Queues of the server's own work, which no worker polls.
bool isInner(const QString &queue)
{
    return queue.startsWith(u'_') || queue.contains(u"workflowDefId:") || (isKnownTaskType(queue) && taskKind(queue) != TaskKind::Worker);
}

QString line(const Queue &queue, const QDateTime &now)
{
    QString text = u"%1: %2 waiting"_s.arg(queue.name).arg(queue.waiting);
    if (isInner(queue.name))
        text += u", worked on by the server itself"_s;
    else if (queue.lastPoll.isValid())
        text += u", last polled %1 ago by %2"_s.arg(shortSpan(std::max<qint64>(0, queue.lastPoll.msecsTo(now))), queue.worker.isEmpty() ? u"a worker"_s : queue.worker);
    else
        text += u", never polled by a worker"_s;
    return text;
}

Answer told(std::vector<Queue> queues, qsizetype most)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::sort(queues.begin(), queues.end(), [](const Queue &a, const Queue &b) { return std::tie(b.waiting, a.name) < std::tie(a.waiting, b.name); });
    QStringList lines;
    QJsonArray rows;
    bool starving = false;
    for (const Queue &queue : queues) {
        if (rows.size() == most) {
            lines << u"… %1 more queues; name the ones you mean."_s.arg(qsizetype(queues.size()) - most);
            break;
        }
        lines << line(queue, now);
        QJsonObject row{{u"queue"_s, queue.name}, {u"waiting"_s, queue.waiting}};
        if (queue.lastPoll.isValid())
            row[u"last_poll"] = instant(queue.lastPoll);
        rows << row;
        if (isInner(queue.name))
            continue;
        starving = starving || (queue.waiting > 0 && (!queue.lastPoll.isValid() || queue.lastPoll.secsTo(now) > 60));
    }
    if (queues.empty())
        lines << u"No task queue has anything waiting."_s;
    if (starving)
        lines << u"Where tasks wait and nobody has polled for a minute, no worker is running."_s;
    return {.text = lines.join(u'\n'), .structured = {{u"queues"_s, rows}}};
}

void addPolls(Queue &queue, const std::vector<PollData> &polls)
{
    for (const PollData &poll : polls) {
        if (!queue.lastPoll.isValid() || poll.lastPoll > queue.lastPoll) {
            queue.lastPoll = poll.lastPoll;
            queue.worker = poll.workerId;
        }
    }
}

Reply<Answer> named(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QStringList types = call.arguments[u"task_types"].toVariant().toStringList();
    const Reply<QueueSizes> asked = client.queues().sizes(types);
    std::vector<Reply<std::vector<PollData>>> pollsAsked;
    for (const QString &type : types)
        pollsAsked.push_back(client.queues().polls(type));

    const QueueSizes sizes = co_await asked;
    std::vector<Queue> queues;
    for (qsizetype i = 0; i < types.size(); ++i) {
        Queue queue{types[i], sizes.value(types[i])};
        const std::vector<PollData> polls = co_await pollsAsked[size_t(i)];
        addPolls(queue, polls);
        queues.push_back(queue);
    }
    co_return told(queues, 100);
}

Reply<Answer> all(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QueueSizes sizes = co_await client.queues().sizes({});
    const std::vector<PollData> polls = co_await client.queues().allPolls();
    QHash<QString, Queue> queues;
    for (auto it = sizes.begin(); it != sizes.end(); ++it) {
        if (!isInner(it.key()) && *it > 0)
            queues.insert(it.key(), {it.key(), *it});
    }
    for (const PollData &poll : polls) {
        const QString name = poll.domain.isEmpty() ? poll.queue : poll.domain + u':' + poll.queue;
        if (queues.contains(name))
            addPolls(queues[name], {poll});
    }
    co_return told({queues.cbegin(), queues.cend()}, 30);
}

} // namespace

Tool getTaskQueueSize(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_get_task_queue_size"_s,
        .title = u"Look at task queues"_s,
        .description = u"How many tasks wait in a queue and when a worker last polled it: why a task stays SCHEDULED. Without task types: all that are not empty."_s,
        .inputSchema = arguments({{u"task_types"_s, texts(50, u"Task names, or domain:name"_s)}}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend](Call call) { return call.arguments.contains(u"task_types") ? named(backend, std::move(call)) : all(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
