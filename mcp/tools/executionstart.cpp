#include "mcp/tools/executiontools.h"

#include "conductor/base/delay.h"
#include "conductor/base/hostile.h"
#include "conductor/base/timespan.h"
#include "conductor/definition/inputs.h"
#include "mcp/tools/dryrun.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QElapsedTimer>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;

namespace mcp::tools {
namespace {

constexpr int longestWait = 50; // s; clients give up at 60
constexpr int mostStarts = 50;

// Asks until the execution ends, pauses or the time is up; less and less often, since what lasts may last longer.
Reply<ExecutionState> awaitEnd(Client client, QString id, qint64 waitMs, Call call)
{
    QElapsedTimer clock;
    clock.start();
    std::chrono::milliseconds pause = 50ms;
    while (true) {
        const ExecutionState state = co_await client.executions().state(id);
        const qint64 left = waitMs - clock.elapsed();
        if (isTerminal(state.status) || state.status == ExecutionStatus::Paused || left <= 0)
            co_return state;
        call.progress(double(clock.elapsed()) / 1000, double(waitMs) / 1000, u"%1 is %2"_s.arg(id, state.statusWord));
        co_await delay(std::min(pause, std::chrono::milliseconds(left)), call.stop);
        pause = std::min<std::chrono::milliseconds>(pause * 2, 1s);
    }
}

struct Started {
    QString id;
    std::shared_ptr<const Execution> execution; // once it has ended, or when it was waited for in vain
    QString statusWord;
};

QString line(const Started &run, qsizetype mostOutput)
{
    if (!run.execution)
        return u"%1 %2"_s.arg(run.id, run.statusWord.isEmpty() ? u"started"_s : run.statusWord);
    const Execution &execution = *run.execution;
    const QString text = u"%1 %2 after %3"_s.arg(run.id, execution.statusWord, shortSpan(execution.durationMs(QDateTime::currentDateTimeUtc())));
    if (family(execution.status) == StatusFamily::Bad)
        return text + u". Reason: %1. conductor_get_workflow_status with detail failure explains it."_s.arg(harmless(innermostReason(execution.reason), 400));
    return text + u". Output: "_s + shownJson(execution.output, mostOutput);
}

QJsonObject data(const Started &run, qsizetype mostOutput)
{
    QJsonObject json{{u"workflow_id"_s, run.id}};
    if (!run.statusWord.isEmpty())
        json[u"status"] = run.statusWord;
    if (run.execution && shownJson(run.execution->output, mostOutput + 1).size() <= mostOutput)
        json[u"output"] = run.execution->output;
    return json;
}

Answer told(const QString &name, const std::vector<Started> &runs, const QStringList &notes)
{
    const qsizetype mostOutput = runs.size() == 1 ? 8000 : 1000;
    QStringList lines;
    QJsonArray rows;
    for (const Started &run : runs) {
        lines << (runs.size() == 1 ? u"Execution of %1: "_s.arg(name) : u"- "_s) + line(run, mostOutput);
        rows << data(run, mostOutput);
    }
    if (runs.size() > 1)
        lines.prepend(u"Started %1 executions of %2:"_s.arg(runs.size()).arg(name));
    const bool anyOpen = std::any_of(runs.begin(), runs.end(), [](const Started &run) { return !run.execution; });
    lines << notes;
    if (anyOpen)
        lines << u"Next: conductor_get_workflow_status with the id tells how it goes on."_s;
    QJsonObject structured;
    if (runs.size() == 1)
        structured = rows[0].toObject();
    else
        structured[u"executions"] = rows;
    structured[u"name"] = name;
    if (!notes.isEmpty())
        structured[u"notes"] = QJsonArray::fromStringList(notes);
    return {.text = lines.join(u'\n'), .structured = structured, .isError = runs.empty()};
}

// What the definition says to the names of an input. A name that is missing beside one that nobody knows is a mistake most
// likely, and starting cannot be undone.
Result<QStringList> notesOn(const WorkflowDefinition &definition, const QJsonObject &input)
{
    const InputFit fit = fitOf(definition, input);
    if (!fit.missing.isEmpty() && !fit.unknown.isEmpty())
        return Failure({Error::Kind::Validation, u"%1 expects %2 and does not know %3"_s.arg(definition.name, fit.missing.join(u", "_s), fit.unknown.join(u", "_s)),
                        u"Nothing was started; mend the names, or leave out what it does not know"_s});
    QStringList notes;
    if (!fit.missing.isEmpty())
        notes << u"Note: inputs not given: %1."_s.arg(fit.missing.join(u", "_s));
    if (!fit.unknown.isEmpty())
        notes << u"Note: nothing in the definition reads %1."_s.arg(fit.unknown.join(u", "_s));
    return notes;
}

Result<std::vector<QJsonObject>> inputsIn(const QJsonObject &arguments)
{
    if (!arguments.contains(u"inputs"))
        return std::vector{arguments[u"input"].toObject()};
    if (arguments.contains(u"input") || arguments[u"dry_run"].toBool())
        return Failure({Error::Kind::Validation, u"\"inputs\" starts several: give neither \"input\" nor \"dry_run\" with it"_s});
    std::vector<QJsonObject> inputs;
    const QJsonArray all = arguments[u"inputs"].toArray();
    for (const QJsonValue &input : all)
        inputs.push_back(input.toObject());
    return inputs;
}

// From here on it runs: whatever goes wrong with looking, the answer must carry the id.
Reply<Started> watched(Client client, Started run, qint64 waitMs, Call call)
{
    const Result<ExecutionState> state = co_await outcome(awaitEnd(client, run.id, waitMs, call));
    if (state)
        run.statusWord = state->statusWord;
    if (!state || !isTerminal(state->status))
        co_return run;
    if (const Result<std::shared_ptr<const Execution>> execution = co_await outcome(client.executions().get(run.id)))
        run.execution = *execution;
    co_return run;
}

StartOrder orderIn(const QJsonObject &arguments)
{
    StartOrder order;
    order.name = arguments[u"name"].toString();
    order.version = arguments[u"version"].toInt();
    order.correlationId = arguments[u"correlation_id"].toString();
    order.priority = arguments[u"priority"].toInt();
    order.taskToDomain = arguments[u"task_to_domain"].toObject();
    return order;
}

Reply<Answer> start(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    StartOrder order = orderIn(call.arguments);
    const Result<std::vector<QJsonObject>> inputs = inputsIn(call.arguments);
    if (!inputs)
        co_return Failure(inputs.error());
    const std::shared_ptr<const WorkflowDefinition> definition = co_await client.definitions().get(order.name, order.version);
    QStringList notes;
    for (const QJsonObject &input : *inputs) {
        const Result<QStringList> found = notesOn(*definition, input);
        if (!found)
            co_return Failure(found.error());
        notes << *found;
    }
    notes.removeDuplicates();
    if (call.arguments[u"dry_run"].toBool()) {
        Answer rehearsed = co_await dryRun(client, definition, inputs->front(), call.arguments[u"mocks"].toObject());
        rehearsed.text = (QStringList{rehearsed.text} + notes).join(u'\n');
        co_return rehearsed;
    }

    std::vector<Started> runs;
    for (const QJsonObject &input : *inputs) {
        order.input = input;
        const Result<QString> id = co_await outcome(client.executions().start(order));
        if (!id && runs.empty())
            co_return Failure(id.error());
        if (!id) {
            notes << u"The other %1 were not started: %2"_s.arg(QString::number(inputs->size() - runs.size()), sentence(id.error()));
            break;
        }
        runs.push_back({*id, {}, {}});
        call.log(u"info"_s, QJsonObject{{u"event"_s, u"started"_s}, {u"workflow"_s, order.name}, {u"workflow_id"_s, *id}});
        if (inputs->size() > 1)
            call.progress(double(runs.size()), double(inputs->size()), u"%1 of %2 started"_s.arg(runs.size()).arg(inputs->size()));
    }
    const QDeadlineTimer patience(qint64(call.arguments[u"wait_seconds"].toInt()) * 1000);
    for (Started &run : runs) {
        if (call.arguments[u"wait_seconds"].toInt() > 0)
            run = co_await watched(client, run, std::max<qint64>(0, patience.remainingTime()), call);
    }
    co_return told(order.name, runs, notes);
}

Effect startEffect(const QJsonObject &arguments)
{
    const qsizetype several = arguments[u"inputs"].toArray().size();
    const QString what = arguments[u"dry_run"].toBool() ? u"a dry run"_s : several > 1 ? counted(several, u"execution"_s) : u"an execution"_s;
    return {Effect::Kind::Add, what + u" of "_s + arguments[u"name"].toString()};
}

} // namespace

Tool executeWorkflow(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_execute_workflow"_s,
        .title = u"Start an execution"_s,
        .description = u"Start a workflow: answers the execution's id, with wait_seconds its result. Every call starts another. "
                       "dry_run rehearses it with mocked outputs. See conductor_get_workflow_metadata first."_s,
        .inputSchema = arguments({{u"name"_s, text(u"Of the workflow"_s)},
                                  {u"version"_s, whole(1, 1000000, u"Default: newest"_s)},
                                  {u"input"_s, object(u"Its input"_s)},
                                  {u"inputs"_s, objects(mostStarts, u"Or one start each"_s)},
                                  {u"dry_run"_s, yesNo(u"Only rehearse"_s)},
                                  {u"mocks"_s, object(u"dry_run: output per task"_s)},
                                  {u"correlation_id"_s, text(u"Your key for it"_s)},
                                  {u"priority"_s, whole(0, 99, u"Higher goes first"_s)},
                                  {u"task_to_domain"_s, object(u"Domain by task, * for all"_s)},
                                  {u"wait_seconds"_s, whole(0, longestWait, u"Up to 50"_s)}},
                                 {u"name"_s}),
        .hints = {.readOnly = false, .destructive = false, .idempotent = false},
        .whenNotFound = u"conductor_list_workflows lists the workflows there are"_s,
        .effect = startEffect,
        .call = [backend](Call call) { return start(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
