// The executions of one Conductor server: /workflow. Copies share the connection.
#pragma once

#include "conductor/api/transport.h"
#include "conductor/model/execution.h"
#include "conductor/model/searchquery.h"
#include "conductor/model/summary.h"

#include <QHash>
#include <memory>

namespace conductor {

// What a bulk call did, per execution id.
struct BulkOutcome {
    QStringList done;
    QHash<QString, QString> refused; // id → the server's reason

    static Result<BulkOutcome> fromJson(const QJsonValue &json);
};

struct StartOrder {
    QString name = {};
    int version = 0; // 0: the newest
    QJsonObject input = {};
    QString correlationId = {};
    int priority = 0;          // 0 to 99; the higher is polled first
    QJsonObject taskToDomain = {};  // {"*": "domain"} or {"task": "domain"}
};

struct RerunOrder {
    QString fromTaskId = {}; // empty: from the beginning
    QJsonValue taskInput = QJsonValue::Undefined;     // instead of what the task had
    QJsonValue workflowInput = QJsonValue::Undefined; // instead of what the execution had
};

// What polling an execution asks for: 100 bytes.
struct ExecutionState {
    QString id;
    ExecutionStatus status = ExecutionStatus::Unknown;
    QString statusWord;

    static Result<ExecutionState> fromJson(const QJsonValue &json);
};

class Executions
{
public:
    enum class Definitions { Current, Latest };
    enum class SubWorkflows { Leave, Resume };

    explicit Executions(std::shared_ptr<Transport> transport) : m_transport(std::move(transport)) {}

    // The id of the new execution. Runs the first synchronous tasks within the call: a chain of a thousand takes 10 s.
    // The server ignores idempotency keys; two calls start two. Source: POST /workflow.
    Reply<QString> start(StartOrder order) const;

    // The execution with every attempt: 3 to 5 KB a task. Source: GET /workflow/{id}.
    Reply<std::shared_ptr<const Execution>> get(QString id) const;
    Reply<QJsonValue> json(QString id) const;

    // NotFound on servers before 3.30; then get(). Source: GET /workflow/{id}/status.
    Reply<ExecutionState> state(QString id) const;

    // Newest first. Source: GET /workflow/search. Errors: Validation for what queryText() refuses.
    Reply<ExecutionPage> search(ExecutionQuery query) const;

    // Up to 1,000 ids each; an execution for which it makes no sense is refused, never an error of the call.
    Reply<BulkOutcome> pause(QStringList ids) const;  // tasks at work finish, sub-workflows go on
    Reply<BulkOutcome> resume(QStringList ids) const;
    Reply<BulkOutcome> terminate(QStringList ids, QString reason) const; // with their sub-workflows
    Reply<BulkOutcome> retry(QStringList ids) const;   // the failed tasks, new attempts under the same id
    Reply<BulkOutcome> restart(QStringList ids, Definitions definitions) const; // from the beginning, all tasks wiped

    // The failed tasks again; Resume goes into a failed sub-workflow instead of starting it anew, and says nothing when there is
    // nothing to retry, where Leave is a Conflict. Source: POST /workflow/{id}/retry.
    Reply<Done> retry(QString id, SubWorkflows subWorkflows) const;

    // From a task on, whose followers are removed; same id. Conflict while it runs. Source: POST /workflow/{id}/rerun.
    Reply<Done> rerun(QString id, RerunOrder order) const;

    // Only a task that is not scheduled yet. The values arrive as texts, nested ones as JSON texts. Source: PUT /workflow/{id}/skiptask/{ref}.
    Reply<Done> skipTask(QString id, QString ref, QJsonObject taskInput, QJsonObject taskOutput) const;

    // Evaluates timeouts and what comes next, now. Source: PUT /workflow/decide/{id}.
    Reply<Done> decide(QString id) const;

    // Makes delayed retries due at once. Source: POST /workflow/{id}/resetcallbacks.
    Reply<Done> resetCallbacks(QString id) const;

    // For good, without the archive that would leave a ghost in search. Source: DELETE /workflow/{id}/remove.
    Reply<Done> remove(QString id) const;

private:
    std::shared_ptr<Transport> m_transport;
};

} // namespace conductor
