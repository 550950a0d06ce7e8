#include "mcp/tools/executiontools.h"

#include "conductor/base/delay.h"
#include "conductor/base/timespan.h"
#include "mcp/tools/schemas.h"
#include "mcp/tools/wording.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;

namespace mcp::tools {
namespace {

constexpr int longestWait = 50; // s; clients give up at 60

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

Answer started(const QString &id, const QString &name)
{
    return {.text = u"Started %1 as execution %2. See how it is doing with conductor_get_workflow_status."_s.arg(name, id),
            .structured = {{u"workflow_id"_s, id}, {u"name"_s, name}}};
}

Answer ended(const Execution &execution)
{
    QString text = u"Execution %1 of %2 is %3 after %4."_s.arg(execution.id, execution.name, execution.statusWord,
                                                              shortSpan(execution.durationMs(QDateTime::currentDateTimeUtc())));
    if (family(execution.status) == StatusFamily::Bad)
        text += u" Reason: %1. conductor_get_workflow_status with detail failure explains it."_s.arg(innermostReason(execution.reason));
    else
        text += u" Output: "_s + shownJson(execution.output, 8000);
    return {.text = text,
            .structured = {{u"workflow_id"_s, execution.id},
                           {u"name"_s, execution.name},
                           {u"status"_s, execution.statusWord},
                           {u"output"_s, execution.output}}};
}

Reply<Answer> start(std::shared_ptr<Backend> backend, Call call)
{
    const Client client = co_await backend->clientFor(call);
    StartOrder order;
    order.name = call.arguments[u"name"].toString();
    order.version = call.arguments[u"version"].toInt();
    order.input = call.arguments[u"input"].toObject();
    order.correlationId = call.arguments[u"correlation_id"].toString();
    order.priority = call.arguments[u"priority"].toInt();
    order.taskToDomain = call.arguments[u"task_to_domain"].toObject();
    const QString id = co_await client.executions().start(order);

    const qint64 waitMs = qint64(call.arguments[u"wait_seconds"].toInt()) * 1000;
    if (waitMs == 0)
        co_return started(id, order.name);
    // From here on it runs: whatever goes wrong with looking, the answer must carry the id.
    const Result<ExecutionState> state = co_await outcome(awaitEnd(client, id, waitMs, call));
    Answer answer = started(id, order.name);
    if (state && !isTerminal(state->status))
        answer.text += u" It is still %1."_s.arg(state->statusWord);
    if (!state || !isTerminal(state->status))
        co_return answer;
    const Result<std::shared_ptr<const Execution>> execution = co_await outcome(client.executions().get(id));
    co_return execution ? ended(**execution) : answer;
}

} // namespace

Tool executeWorkflow(std::shared_ptr<Backend> backend)
{
    return {
        .name = u"conductor_execute_workflow"_s,
        .title = u"Start an execution"_s,
        .description = u"Start a workflow; answers its execution's id, and with wait_seconds its result. Every call starts another one. "
                       "conductor_get_workflow_metadata shows its inputs."_s,
        .inputSchema = arguments({{u"name"_s, text(u"Of the workflow"_s)},
                                  {u"version"_s, whole(1, 1000000, u"Default: newest"_s)},
                                  {u"input"_s, object(u"Its input"_s)},
                                  {u"correlation_id"_s, text(u"Own key to find it by"_s)},
                                  {u"priority"_s, whole(0, 99, u"Higher goes first"_s)},
                                  {u"task_to_domain"_s, object(u"Domain per task, or {\"*\": domain}"_s)},
                                  {u"wait_seconds"_s, whole(0, longestWait, u"Wait for its end, up to 50"_s)}},
                                 {u"name"_s}),
        .hints = {.readOnly = false, .destructive = false, .idempotent = false},
        .whenNotFound = u"conductor_list_workflows lists the workflows there are"_s,
        .effect = [](const QJsonObject &arguments) { return Effect{Effect::Kind::Add, u"an execution of "_s + arguments[u"name"].toString()}; },
        .call = [backend](Call call) { return start(backend, std::move(call)); },
    };
}

} // namespace mcp::tools
