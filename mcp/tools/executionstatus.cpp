#include "mcp/tools/executiontools.h"

#include "conductor/graph/outline.h"
#include "mcp/tools/failurereport.h"
#include "mcp/tools/queuepolls.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/statusreport.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

const QString detailSummary = u"summary"_s;
const QString detailFailure = u"failure"_s;
const QString detailSwarm = u"swarm"_s;
const QString detailTasks = u"tasks"_s;
const QString detailFull = u"full"_s;

constexpr int mostQueues = 3;            // queues that are asked for their workers
constexpr qsizetype mostInFull = 3;      // executions told at length in one answer
constexpr qint64 suspiciousMs = 10'000;  // queued longer than this: is there a worker at all?
constexpr qsizetype mostFull = 60'000;   // characters

// Queues in which a task of this run waits for so long that one asks whether a worker is there.
QStringList suspiciousQueues(const Execution &execution, const QDateTime &now)
{
    QStringList queues;
    for (const TaskAttempt *attempt : newestAttempts(execution)) {
        const bool waits = attempt->status == TaskStatus::Scheduled && attempt->startDelaySeconds == 0 && attempt->callbackAfterSeconds == 0
            && (attempt->kind() == TaskKind::Worker || attempt->kind() == TaskKind::Dynamic);
        if (waits && attempt->scheduled.isValid() && attempt->scheduled.msecsTo(now) > suspiciousMs && !queues.contains(attempt->name))
            queues << attempt->name;
    }
    return queues.mid(0, mostQueues);
}

// What the tool remembers between calls.
struct Kept {
    std::shared_ptr<EarlierRunsKept> runs = std::make_shared<EarlierRunsKept>();
    std::shared_ptr<QueuePollsKept> polls = std::make_shared<QueuePollsKept>();
};

// Without the answers that did not come: the rest is worth telling all the same.
Reply<Situation> situationOf(Client client, Kept kept, std::shared_ptr<const Execution> execution)
{
    Situation situation{.execution = execution, .now = QDateTime::currentDateTimeUtc()};
    if (isTerminal(execution->status))
        co_return situation;
    const Reply<EarlierRuns> earlier = earlierRuns(client, kept.runs, execution->name, execution->version);
    situation.lastPolls = co_await queuePolls(client, kept.polls, suspiciousQueues(*execution, situation.now));
    situation.earlier = co_await earlier;
    co_return situation;
}

Answer tasks(const Execution &execution, const QDateTime &now)
{
    const Graph graph = graphOf(execution);
    const std::vector<OutlineLine> all = outline(graph, now);
    QStringList lines{u"%1 %2 is %3; %4 tasks in the order of the definition:"_s.arg(execution.name, execution.id, execution.statusWord).arg(all.size())};
    QJsonArray rows;
    for (const OutlineLine &line : all) {
        if (rows.size() == 300) {
            lines << u"… %1 more; conductor_get_execution_history reads them page by page."_s.arg(qsizetype(all.size()) - 300);
            break;
        }
        lines << QString(line.depth * 2, u' ') + line.text;
        rows << QJsonObject{{u"reference_name"_s, graph.nodes[size_t(line.node)].runRef}, {u"state"_s, word(graph.nodes[size_t(line.node)].state)}};
    }
    return {.text = lines.join(u'\n'), .structured = {{u"workflow_id"_s, execution.id}, {u"status"_s, execution.statusWord}, {u"tasks"_s, rows}}};
}

// The execution as the server tells it, without the definition and the copies of it that make four fifths of it.
Answer full(const QJsonObject &json)
{
    QJsonObject lean = json;
    lean.remove(u"workflowDefinition"_s);
    QJsonArray attempts;
    const QJsonArray all = json[u"tasks"].toArray();
    for (const QJsonValue &attempt : all) {
        QJsonObject one = attempt.toObject();
        for (const QString &key : {u"workflowTask"_s, u"taskDefinition"_s, u"executionMetadata"_s, u"workflowInstanceId"_s, u"workflowType"_s})
            one.remove(key);
        attempts << one;
    }
    lean[u"tasks"] = attempts;
    const QString text = shownJson(lean, std::numeric_limits<qsizetype>::max());
    if (text.size() <= mostFull)
        return {.text = text, .structured = lean};
    return {.text = text.left(mostFull) + u"… (%1 more characters; conductor_get_execution_history reads the tasks page by page)"_s.arg(text.size() - mostFull),
            .structured = {{u"workflow_id"_s, json[u"workflowId"]}, {u"characters"_s, text.size()}}};
}

Reply<Answer> statusOf(Client client, Kept kept, QString id, QString detail)
{
    if (detail == detailFull) {
        const QJsonValue json = co_await client.executions().json(id);
        co_return full(json.toObject());
    }
    const std::shared_ptr<const Execution> execution = co_await client.executions().get(id);
    if (detail == detailTasks)
        co_return tasks(*execution, QDateTime::currentDateTimeUtc());
    if (detail == detailFailure) {
        const Answer told = co_await failureOf(client, execution);
        co_return told;
    }
    const Situation situation = co_await situationOf(client, kept, execution);
    co_return detail == detailSwarm ? swarmOf(situation) : summaryOf(situation);
}

// One of many: a line says it.
Reply<Answer> briefOf(Client client, QString id)
{
    const std::shared_ptr<const Execution> execution = co_await client.executions().get(id);
    co_return Answer{.text = lineOf({.execution = execution, .now = QDateTime::currentDateTimeUtc()}),
                     .structured = {{u"workflow_id"_s, id}, {u"name"_s, execution->name}, {u"status"_s, execution->statusWord}}};
}

Reply<Answer> status(std::shared_ptr<Backend> backend, Kept kept, Call call)
{
    const Client client = co_await backend->clientFor(call);
    const QString detail = call.arguments[u"detail"].toString(detailSummary);
    QStringList ids = call.arguments[u"workflow_ids"].toVariant().toStringList();
    ids.removeDuplicates();
    if (ids.size() == 1) {
        const Answer one = co_await statusOf(client, kept, ids.first(), detail);
        co_return one;
    }
    const bool isBrief = detail == detailSummary && ids.size() > mostInFull;
    QStringList texts;
    QJsonArray all;
    bool anyRight = false;
    std::vector<Reply<Answer>> asked;
    for (const QString &id : std::as_const(ids))
        asked.push_back(isBrief ? briefOf(client, id) : statusOf(client, kept, id, detail));
    for (qsizetype i = 0; i < ids.size(); ++i) {
        const Result<Answer> one = co_await outcome(asked[size_t(i)]);
        if (!one && one.error().kind == Error::Kind::Cancelled)
            co_return Failure(one.error());
        anyRight = anyRight || one;
        texts << (one ? one->text : ids[i] + u": "_s + sentence(one.error()));
        all << (one ? one->structured : QJsonObject{{u"workflow_id"_s, ids[i]}, {u"error"_s, one.error().message}});
        call.progress(double(i + 1), double(ids.size()), u"%1 of %2 executions"_s.arg(i + 1).arg(ids.size()));
    }
    if (isBrief)
        texts << u"Ask for up to %1 at once to hear what keeps them."_s.arg(mostInFull);
    co_return Answer{.text = texts.join(isBrief ? u"\n"_s : u"\n\n"_s), .structured = {{u"executions"_s, all}}, .isError = !anyRight};
}

} // namespace

Tool getWorkflowStatus(std::shared_ptr<Backend> backend)
{
    const Kept kept;
    return {
        .name = u"conductor_get_workflow_status"_s,
        .title = u"Get the status of executions"_s,
        .description = u"How far executions are, what waits for what and why, and what to call next. "
                       "detail failure: why it failed; swarm: who is done, at work, blocked; tasks: all; full: raw JSON."_s,
        .inputSchema = arguments({{u"workflow_ids"_s, texts(20, u"Ids"_s)},
                                  {u"detail"_s, choice({detailSummary, detailFailure, detailSwarm, detailTasks, detailFull}, u"Default summary"_s)}},
                                 {u"workflow_ids"_s}),
        .hints = {.readOnly = true, .destructive = false, .idempotent = true},
        .whenNotFound = u"conductor_search_workflows finds executions and their ids"_s,
        .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
        .call = [backend, kept](Call call) { return status(backend, kept, std::move(call)); },
    };
}

} // namespace mcp::tools
