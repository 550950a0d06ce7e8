#include "support/graphs.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace support {
namespace {

QJsonObject task(const QString &ref, const QString &type, const QString &name = {})
{
    return {{u"taskReferenceName"_s, ref}, {u"name"_s, name.isEmpty() ? ref : name}, {u"type"_s, type}};
}

class Dice
{
public:
    Dice(unsigned seed, int tasks)
        : m_random(seed)
        , m_left(tasks)
    {
    }

    QJsonArray sequence(int depth, int least)
    {
        QJsonArray tasks;
        const int length = least + roll(5);
        for (int i = 0; i < length && m_left > 0; ++i)
            append(tasks, depth);
        return tasks;
    }

    bool isEmpty() const { return m_left <= 0; }

    void append(QJsonArray &tasks, int depth)
    {
        --m_left;
        const QString ref = u"%1_%2"_s.arg(names[size_t(roll(int(names.size())))]).arg(++m_count);
        switch (depth > 0 ? roll(9) : 0) {
        case 6: {
            QJsonObject fork = task(ref, u"FORK_JOIN"_s);
            QJsonArray branches;
            QJsonArray awaited;
            for (int i = 0, count = 1 + roll(5); i < count; ++i) {
                const QJsonArray branch = sequence(depth - 1, 1);
                branches.append(branch);
                if (!branch.isEmpty())
                    awaited.append(branch.last().toObject()[u"taskReferenceName"]);
            }
            fork[u"forkTasks"_s] = branches;
            tasks.append(fork);
            QJsonObject join = task(ref + u"_join", u"JOIN"_s);
            join[u"joinOn"_s] = awaited;
            tasks.append(join);
            break;
        }
        case 7: {
            QJsonObject choice = task(ref, u"SWITCH"_s);
            QJsonObject cases;
            for (int i = 0, count = 1 + roll(4); i < count; ++i)
                cases[u"case %1"_s.arg(i)] = sequence(depth - 1, roll(2));
            choice[u"decisionCases"_s] = cases;
            choice[u"defaultCase"_s] = roll(2) ? sequence(depth - 1, 1) : QJsonArray();
            tasks.append(choice);
            break;
        }
        case 8: {
            QJsonObject loop = task(ref, u"DO_WHILE"_s);
            loop[u"loopOver"_s] = sequence(depth - 1, 1);
            tasks.append(loop);
            break;
        }
        default:
            tasks.append(task(ref, roll(4) ? u"SIMPLE"_s : u"HTTP"_s));
        }
    }

private:
    int roll(int sides) { return int(m_random() % unsigned(sides)); }

    static constexpr std::array<QStringView, 6> names{u"load", u"check_customer", u"score", u"notify", u"reserve_stock_at_warehouse", u"x"};
    std::mt19937 m_random;
    int m_left;
    int m_count = 0;
};

conductor::WorkflowDefinition read(const QString &name, const QJsonArray &tasks)
{
    return *conductor::WorkflowDefinition::fromJson(QJsonObject{{u"name"_s, name}, {u"version"_s, 1}, {u"tasks"_s, tasks}});
}

} // namespace

QDateTime momentOf(const conductor::Execution &execution)
{
    QDateTime last = execution.updated;
    for (const conductor::TaskAttempt &attempt : execution.attempts) {
        for (const QDateTime &time : {attempt.scheduled, attempt.started, attempt.ended}) {
            if (time.isValid() && (!last.isValid() || time > last))
                last = time;
        }
    }
    return last.addSecs(60);
}

QJsonObject dynamicForkJson(int branches)
{
    constexpr qint64 begin = 1795346046000;
    QJsonArray spawned;
    QJsonArray attempts;
    const auto attempt = [&](const QString &ref, const QString &type, const QString &status, int retry) {
        QJsonObject entry{{u"taskId"_s, u"%1-%2"_s.arg(ref).arg(retry)},
                          {u"referenceTaskName"_s, ref},
                          {u"taskDefName"_s, u"resize_image"_s},
                          {u"taskType"_s, type},
                          {u"status"_s, status},
                          {u"seq"_s, attempts.size() + 1},
                          {u"retryCount"_s, retry},
                          {u"scheduledTime"_s, begin},
                          {u"startTime"_s, status == u"SCHEDULED" ? 0 : begin + 10},
                          {u"endTime"_s, status == u"COMPLETED" || status == u"FAILED" ? begin + 900 : 0},
                          {u"workflowTask"_s, QJsonObject{{u"type"_s, type}}}};
        return entry;
    };
    QJsonObject fork = attempt(u"fan"_s, u"FORK_JOIN_DYNAMIC"_s, u"COMPLETED"_s, 0);
    QJsonArray awaited;
    for (int i = 0; i < branches; ++i) {
        const QString ref = u"image_%1"_s.arg(i);
        spawned.append(task(ref, u"SIMPLE"_s, u"resize_image"_s));
        awaited.append(ref);
        const int share = i * 100 / branches;
        if (share < 34 || share % 7 == 3)
            attempts.append(attempt(ref, u"SIMPLE"_s, u"COMPLETED"_s, 0));
        else if (share % 23 == 0)
            attempts.append(attempt(ref, u"SIMPLE"_s, u"FAILED"_s, 0));
        else if (share % 19 == 0) {
            attempts.append(attempt(ref, u"SIMPLE"_s, u"FAILED"_s, 0));
            QJsonObject retry = attempt(ref, u"SIMPLE"_s, u"SCHEDULED"_s, 1);
            retry[u"callbackAfterSeconds"_s] = 600;
            attempts.append(retry);
        } else if (share < 50)
            attempts.append(attempt(ref, u"SIMPLE"_s, u"IN_PROGRESS"_s, 0));
        else if (share < 80)
            attempts.append(attempt(ref, u"SIMPLE"_s, u"SCHEDULED"_s, 0));
    }
    fork[u"inputData"_s] = QJsonObject{{u"forkedTaskDefs"_s, spawned}};
    QJsonObject join = attempt(u"gather"_s, u"JOIN"_s, u"IN_PROGRESS"_s, 0);
    join[u"inputData"_s] = QJsonObject{{u"joinOn"_s, awaited}};
    attempts.prepend(fork);
    attempts.append(join);
    attempts.prepend(attempt(u"list_images"_s, u"SIMPLE"_s, u"COMPLETED"_s, 0));

    const QJsonArray tasks{task(u"list_images"_s, u"SIMPLE"_s), task(u"fan"_s, u"FORK_JOIN_DYNAMIC"_s), task(u"gather"_s, u"JOIN"_s),
                           task(u"publish_album"_s, u"SIMPLE"_s)};
    const QJsonObject json{{u"workflowId"_s, u"fan"_s}, {u"workflowName"_s, u"image_album"_s},
                           {u"status"_s, u"RUNNING"_s}, {u"createTime"_s, begin},
                           {u"tasks"_s, attempts},      {u"workflowDefinition"_s, QJsonObject{{u"name"_s, u"image_album"_s}, {u"tasks"_s, tasks}}}};
    return json;
}

conductor::Execution dynamicFork(int branches)
{
    return *conductor::Execution::fromJson(dynamicForkJson(branches));
}

conductor::WorkflowDefinition randomDefinition(unsigned seed, int tasks, int depth)
{
    Dice dice(seed, tasks);
    QJsonArray sequence;
    while (!dice.isEmpty())
        dice.append(sequence, depth);
    return read(u"random_%1"_s.arg(seed), sequence);
}

conductor::WorkflowDefinition wideDefinition(int tasks)
{
    QJsonArray sequence;
    for (int made = 0, group = 0; made < tasks; ++group) {
        sequence.append(task(u"prepare_%1"_s.arg(group), u"SIMPLE"_s));
        QJsonObject fork = task(u"fork_%1"_s.arg(group), u"FORK_JOIN"_s);
        QJsonArray branches;
        QJsonArray awaited;
        for (int i = 0; i < 7; ++i) {
            const QString ref = u"work_%1_%2"_s.arg(group).arg(i);
            branches.append(QJsonArray{task(ref, u"SIMPLE"_s)});
            awaited.append(ref);
        }
        fork[u"forkTasks"_s] = branches;
        QJsonObject join = task(u"join_%1"_s.arg(group), u"JOIN"_s);
        join[u"joinOn"_s] = awaited;
        sequence.append(fork);
        sequence.append(join);
        made += 10;
    }
    return read(u"wide"_s, sequence);
}

} // namespace support
