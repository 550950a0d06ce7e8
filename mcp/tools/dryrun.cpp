#include "mcp/tools/dryrun.h"

#include "conductor/base/hostile.h"
#include "conductor/insight/emptyinput.h"
#include "mcp/tools/wording.h"

#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr int mostTurns = 5;     // of a loop
constexpr qsizetype mostShown = 60; // tasks

// What the server does by itself and what harms nobody.
bool isHarmless(const QString &type)
{
    static const QSet<QString> types{u"FORK_JOIN"_s, u"JOIN"_s, u"EXCLUSIVE_JOIN"_s, u"SWITCH"_s, u"DECISION"_s, u"DO_WHILE"_s,
                                     u"SET_VARIABLE"_s, u"INLINE"_s, u"LAMBDA"_s, u"JSON_JQ_TRANSFORM"_s, u"NOOP"_s, u"TERMINATE"_s};
    return types.contains(type);
}

QJsonArray rehearsed(const QJsonArray &tasks);

QJsonObject mocked(const QJsonObject &task)
{
    const QJsonObject input = task[u"inputParameters"].toObject();
    return {{u"name"_s, u"dry_run_task"_s}, {u"taskReferenceName"_s, task[u"taskReferenceName"]}, {u"type"_s, u"SIMPLE"_s}, {u"inputParameters"_s, input},
            {u"retryCount"_s, 0}};
}

bool hasMocked(const QJsonArray &tasks)
{
    for (const QJsonValue &task : tasks) {
        if (task[u"type"].toString() == u"SIMPLE")
            return true;
        if (task[u"type"].toString() == u"FORK_JOIN" && !task[u"forkTasks"].toArray().isEmpty() && hasMocked(task[u"forkTasks"][0].toArray()))
            return true;
    }
    return false;
}

QJsonObject rehearsed(QJsonObject task)
{
    if (!isHarmless(task[u"type"].toString(u"SIMPLE"_s)))
        return mocked(task);
    QJsonArray branches;
    const QJsonArray forks = task[u"forkTasks"].toArray();
    for (const QJsonValue &branch : forks)
        branches << rehearsed(branch.toArray());
    QJsonObject cases = task[u"decisionCases"].toObject();
    for (auto it = cases.begin(); it != cases.end(); ++it)
        it.value() = rehearsed(it->toArray());
    if (!branches.isEmpty())
        task[u"forkTasks"] = branches;
    if (!cases.isEmpty())
        task[u"decisionCases"] = cases;
    if (task.contains(u"defaultCase"))
        task[u"defaultCase"] = rehearsed(task[u"defaultCase"].toArray());
    if (task.contains(u"loopOver"))
        task[u"loopOver"] = rehearsed(task[u"loopOver"].toArray());
    const bool isUnbounded = task[u"type"].toString() == u"DO_WHILE" && !hasMocked(task[u"loopOver"].toArray());
    return isUnbounded ? mocked(task) : task;
}

QJsonArray rehearsed(const QJsonArray &tasks)
{
    QJsonArray all;
    for (const QJsonValue &task : tasks)
        all << rehearsed(task.toObject());
    return all;
}

// Outputs for every task, also as the turns of a loop are called.
QJsonObject mockOutputs(const WorkflowDefinition &rehearsal, const QJsonObject &mocks)
{
    QJsonObject outputs;
    visit(rehearsal.tasks, [&](const WorkflowTask &task) {
        if (task.kind() != TaskKind::Worker)
            return;
        const QJsonArray once{QJsonObject{{u"status"_s, u"COMPLETED"_s}, {u"output"_s, mocks[task.ref].toObject()}}};
        outputs[task.ref] = once;
        for (int turn = 1; turn <= mostTurns; ++turn)
            outputs[u"%1__%2"_s.arg(task.ref, QString::number(turn))] = once;
    });
    return outputs;
}

Answer told(const Execution &run, const QJsonObject &mocks)
{
    QStringList lines{u"Dry run: %1 after %2. Nothing was done; tasks that work gave mocked outputs."_s.arg(run.statusWord, counted(qsizetype(run.attempts.size()), u"task"_s))};
    QStringList way;
    QStringList empty;
    QStringList stuck;
    for (const TaskAttempt &attempt : run.attempts) {
        way << harmless(attempt.ref, 60);
        if (!isTerminal(attempt.status))
            stuck << harmless(attempt.ref, 60);
        const WorkflowTask *task = findTask(run.definition->tasks, attempt.ref);
        if (const std::optional<EmptyInput> none = task ? emptyInputOf(run, *task, attempt) : std::nullopt; none && empty.size() < 10)
            empty << u"- %1: input %2 is empty, ${%3} came to nothing; %4"_s.arg(harmless(attempt.ref, 60), harmless(none->parameter, 80), harmless(none->expression, 120),
                                                                             none->evidence);
    }
    const qsizetype ran = way.size();
    lines << u"Way taken: "_s + way.mid(0, mostShown).join(u" → "_s) + (ran > mostShown ? u" and %1 more"_s.arg(ran - mostShown) : QString());
    if (!run.reason.isEmpty())
        lines << u"Reason: "_s + harmless(innermostReason(run.reason), 400);
    if (!stuck.isEmpty())
        lines << u"Not ended: %1. A loop ran %2 times without its condition coming true, or a join waits in vain."_s.arg(stuck.mid(0, 6).join(u", "_s), QString::number(mostTurns));
    if (!empty.isEmpty())
        lines << u"Give these tasks' sources an output in mocks, or mend the definition:"_s << empty;
    else if (mocks.isEmpty())
        lines << u"Give outputs in mocks, {reference: output}, to see what switches choose with them."_s;
    if (!run.output.isEmpty())
        lines << u"Output: "_s + shownJson(run.output, 1500);
    return {.text = lines.join(u'\n'), .structured = {{u"dry_run"_s, true}, {u"status"_s, run.statusWord}, {u"way"_s, QJsonArray::fromStringList(way.mid(0, mostShown))}, {u"output"_s, run.output}}};
}

// Whatever goes wrong here is told, since it is left on the server then.
Reply<QString> cleanedUp(Client client, QString id, bool isOver)
{
    if (!isOver) {
        const QStringList ids(id);
        const Result<BulkOutcome> ended = co_await outcome(client.executions().terminate(ids, u"End of a dry run"_s));
        if (!ended)
            co_return u"\nThe rehearsal %1 could not be ended: %2"_s.arg(id, ended.error().message);
    }
    const Result<Done> removed = co_await outcome(client.executions().remove(id));
    co_return removed ? QString() : u"\nThe rehearsal %1 could not be removed: %2"_s.arg(id, removed.error().message);
}

} // namespace

QJsonObject rehearsalOf(const WorkflowDefinition &definition)
{
    return {{u"name"_s, QString(definition.name + u"_dry_run")},
            {u"version"_s, 1},
            {u"inputParameters"_s, definition.json[u"inputParameters"].toArray()},
            {u"inputTemplate"_s, definition.json[u"inputTemplate"].toObject()},
            {u"outputParameters"_s, definition.json[u"outputParameters"].toObject()},
            {u"variables"_s, definition.json[u"variables"].toObject()},
            {u"tasks"_s, rehearsed(definition.json[u"tasks"].toArray())}};
}

Reply<Answer> dryRun(Client client, std::shared_ptr<const WorkflowDefinition> definition, QJsonObject input, QJsonObject mocks)
{
    const QJsonObject rehearsal = rehearsalOf(*definition);
    const Result<WorkflowDefinition> read = WorkflowDefinition::fromJson(rehearsal);
    if (!read)
        co_return Failure(read.error());
    const QJsonObject order{{u"name"_s, read->name}, {u"version"_s, 1}, {u"workflowDef"_s, rehearsal}, {u"input"_s, input}, {u"taskRefToMockOutput"_s, mockOutputs(*read, mocks)}};
    const QJsonValue json = co_await client.send(post(u"workflow"_s, u"test"_s).json(order));
    const Result<Execution> run = Execution::fromJson(json);
    if (!run)
        co_return Failure(run.error());
    Answer answer = told(*run, mocks);
    const QString left = co_await cleanedUp(client, run->id, isTerminal(run->status));
    answer.text += left;
    co_return answer;
}

} // namespace mcp::tools
