#include "mcp/tools/failurereport.h"

#include "conductor/base/hostile.h"
#include "conductor/base/timespan.h"
#include "conductor/graph/attempts.h"
#include "conductor/graph/blockage.h"
#include "conductor/insight/cause.h"
#include "mcp/tools/nextcall.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr int deepest = 8;          // sub-workflows within each other
constexpr size_t mostAttempts = 5;
constexpr size_t mostLog = 10;      // lines
constexpr size_t mostBlockages = 6;

using Run = std::shared_ptr<const Execution>;

// From the run that was asked about to the sub-workflow that holds the failing task.
Reply<std::vector<Run>> descend(Client client, Run run)
{
    std::vector<Run> chain{run};
    while (chain.size() < size_t(deepest)) {
        const std::optional<Explanation> explanation = explainFailure(*chain.back());
        if (!explanation || explanation->childId.isEmpty())
            break;
        const Result<Run> child = co_await outcome(client.executions().get(explanation->childId));
        if (!child || !explainFailure(**child)) // removed, or well again: the parent's word has to do
            break;
        chain.push_back(*child);
    }
    co_return chain;
}

Reply<Clues> cluesFor(Client client, Explanation explanation)
{
    Clues clues;
    const TaskKind kind = taskKind(explanation.type);
    if ((kind != TaskKind::Worker && kind != TaskKind::Dynamic) || explanation.taskName.isEmpty())
        co_return clues;
    const Reply<std::vector<PollData>> polls = client.queues().polls(explanation.taskName);
    const Result<TaskDefinition> definition = co_await outcome(client.taskDefinitions().get(explanation.taskName));
    if (definition)
        clues.taskDefinition = *definition;
    clues.taskDefinitionIsMissing = !definition && definition.error().kind == Error::Kind::NotFound;
    if (const Result<std::vector<PollData>> polled = co_await outcome(polls))
        clues.lastPoll = newestPoll(*polled);
    co_return clues;
}

QStringList attemptLines(const Execution &execution, const Explanation &explanation)
{
    QStringList lines;
    const Attempts attempts(execution);
    const std::vector<const TaskAttempt *> &all = attempts.at(explanation.ref);
    if (all.size() < 2)
        return lines;
    for (size_t i = all.size() > mostAttempts ? all.size() - mostAttempts : 0; i < all.size(); ++i) {
        QString line = u"Attempt %1: %2"_s.arg(QString::number(all[i]->retryCount + 1), all[i]->statusWord);
        if (const QString ran = shortSpan(all[i]->started, all[i]->ended); !ran.isEmpty())
            line += u" after "_s + ran;
        if (const QString reason = all[i]->failureReason(); !reason.isEmpty())
            line += u": "_s + harmless(innermostReason(reason), 160);
        lines << line;
    }
    return lines;
}

Reply<QStringList> logLines(Client client, QString taskId)
{
    QStringList lines;
    if (taskId.isEmpty())
        co_return lines;
    const Result<std::vector<TaskLogLine>> log = co_await outcome(client.tasks().log(taskId));
    if (!log || log->empty())
        co_return lines;
    lines << u"Last lines of its log:"_s;
    for (size_t i = log->size() > mostLog ? log->size() - mostLog : 0; i < log->size(); ++i)
        lines << harmless((*log)[i].text, 200);
    co_return lines;
}

QJsonArray data(const std::vector<Cause> &causes)
{
    QJsonArray all;
    for (const Cause &cause : causes)
        all << QJsonObject{{u"rule"_s, cause.rule}, {u"claim"_s, cause.claim}, {u"evidence"_s, cause.evidence}, {u"remedy"_s, cause.remedy}};
    return all;
}

// What ends the run: the last of the outermost sequence, or the join that closes it. -1: there are no tasks.
int lastOf(const Graph &graph)
{
    if (graph.top.empty())
        return -1;
    const int last = graph.top.back();
    return graph.nodes[size_t(last)].join >= 0 ? graph.nodes[size_t(last)].join : last;
}

// Nothing failed: what it waits for, down to what somebody can do something about.
Answer unfailed(const Execution &execution)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList lines{u"%1 %2 is %3; nothing in it has failed."_s.arg(harmless(execution.name, 80), execution.id, execution.statusWord)};
    if (!isTerminal(execution.status)) {
        const Graph graph = graphOf(execution);
        const int end = lastOf(graph);
        const std::vector<Blockage> blockages = end < 0 ? std::vector<Blockage>() : blockedBy(execution, graph, end);
        size_t told = 0;
        for (const Blockage &blockage : blockages) {
            if (blockage.kind != Blockage::Kind::Tasks && told++ < mostBlockages)
                lines << u"- "_s + sentence(blockage, now);
        }
        if (told > mostBlockages)
            lines << u"… and %1 more; detail tasks names them."_s.arg(told - mostBlockages);
        lines << u"More: detail summary, or detail swarm for all of its tasks."_s;
    }
    return {.text = lines.join(u'\n'), .structured = {{u"workflow_id"_s, execution.id}, {u"status"_s, execution.statusWord}}};
}

QStringList pathLines(const std::vector<Run> &chain)
{
    QStringList lines;
    for (size_t i = 1; i < chain.size(); ++i)
        lines << u"It happened in its sub-workflow %1 %2, %3."_s.arg(harmless(chain[i]->name, 80), chain[i]->id, chain[i]->statusWord);
    return lines;
}

QStringList taskLines(const Explanation &explanation)
{
    QStringList lines;
    if (!explanation.ref.isEmpty())
        lines << u"Failing task: %1 (%2, %3), %4 of %5 attempts."_s.arg(harmless(explanation.ref, 80), harmless(explanation.taskName, 80), harmless(explanation.type, 40),
                                                                     QString::number(explanation.attempts), QString::number(explanation.attemptsAllowed));
    lines << u"Reason: "_s + harmless(explanation.reason, 1200, Lines::Keep);
    return lines;
}

} // namespace

Reply<Answer> failureOf(Client client, Run execution)
{
    const std::vector<Run> chain = co_await descend(client, execution);
    const Run failed = chain.back();
    const std::optional<Explanation> explanation = explainFailure(*failed);
    if (!explanation)
        co_return unfailed(*execution);
    const Reply<QStringList> log = logLines(client, explanation->taskId);
    const Clues clues = co_await cluesFor(client, *explanation);
    const std::vector<Cause> causes = causesOf(*failed, *explanation, clues);
    const QString recovery = recoveryCall(*explanation, *execution, *failed);

    QStringList lines{u"%1 %2 is %3."_s.arg(harmless(execution->name, 80), execution->id, execution->statusWord)};
    lines << pathLines(chain) << taskLines(*explanation);
    for (const Cause &cause : causes)
        lines << u"Cause (%1): %2. Evidence: %3. %4."_s.arg(cause.rule, cause.claim, cause.evidence, cause.remedy);
    lines << attemptLines(*failed, *explanation);
    if (!explanation->input.isEmpty())
        lines << u"Its input: "_s + shownJson(explanation->input, 1000);
    const QStringList logged = co_await log;
    lines << logged << explanation->advice << u"Call: "_s + recovery;

    QJsonObject structured{{u"workflow_id"_s, execution->id}, {u"status"_s, execution->statusWord}, {u"reason"_s, harmless(explanation->reason, 400)}, {u"recovery"_s, recovery}};
    if (!explanation->ref.isEmpty()) {
        structured[u"reference_name"] = explanation->ref;
        structured[u"task_id"] = explanation->taskId;
    }
    if (chain.size() > 1)
        structured[u"failed_workflow_id"] = failed->id;
    if (!causes.empty())
        structured[u"causes"] = data(causes);
    co_return Answer{.text = lines.join(u'\n'), .structured = structured};
}

} // namespace mcp::tools
