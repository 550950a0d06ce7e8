#include "conductor/api/queues.h"

#include "conductor/api/parsed.h"
#include "conductor/base/fields.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

Reply<QueueSizes> readSizes(Reply<QJsonValue> reply)
{
    const QJsonValue json = co_await std::move(reply);
    QueueSizes sizes;
    const QJsonObject queues = json.toObject();
    for (auto it = queues.begin(); it != queues.end(); ++it)
        sizes.insert(it.key(), it->toInteger());
    co_return sizes;
}

} // namespace

Reply<QueueSizes> Queues::sizes(QStringList taskTypes) const
{
    if (taskTypes.isEmpty())
        return readSizes(m_transport->send(get(u"tasks"_s, u"queue"_s, u"all"_s).repeatably()));
    Request request = get(u"tasks"_s, u"queue"_s, u"sizes"_s).repeatably();
    for (const QString &type : std::as_const(taskTypes))
        request = request.with(u"taskType"_s, type);
    return readSizes(m_transport->send(request));
}

Reply<std::vector<PollData>> Queues::polls(QString taskType) const
{
    return parsedList<PollData>(m_transport->send(get(u"tasks"_s, u"queue"_s, u"polldata"_s).with(u"taskType"_s, taskType).repeatably()));
}

Reply<std::vector<PollData>> Queues::allPolls() const
{
    return parsedList<PollData>(m_transport->send(get(u"tasks"_s, u"queue"_s, u"polldata"_s, u"all"_s).repeatably()));
}

Result<PollData> PollData::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"poll data"_s);
    PollData data;
    data.queue = fields.text(u"queueName");
    data.workerId = fields.text(u"workerId");
    data.domain = fields.text(u"domain");
    data.lastPoll = fields.time(u"lastPollTime");
    return fields.read(std::move(data));
}

} // namespace conductor
