#include "conductor/api/executions.h"

#include "conductor/api/parsed.h"
#include "conductor/base/fields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

// Bulk calls say which ids they refused; sending them again refuses what is done already and harms nothing.
Reply<BulkOutcome> bulk(std::shared_ptr<Transport> transport, Request request, QStringList ids)
{
    return parsed<BulkOutcome>(transport->send(request.json(QJsonArray::fromStringList(ids))));
}

QString asText(const QJsonValue &value)
{
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

Request withEntries(Request request, const QString &name, const QJsonObject &entries)
{
    for (auto it = entries.begin(); it != entries.end(); ++it)
        request = request.with(u"%1[%2]"_s.arg(name, it.key()), asText(*it));
    return request;
}

} // namespace

Reply<QString> Executions::start(StartOrder order) const
{
    QJsonObject body{{u"name"_s, order.name}, {u"input"_s, order.input}, {u"priority"_s, order.priority}};
    if (order.version > 0)
        body[u"version"] = order.version;
    if (!order.correlationId.isEmpty())
        body[u"correlationId"] = order.correlationId;
    if (!order.taskToDomain.isEmpty())
        body[u"taskToDomain"] = order.taskToDomain;
    return textOf(m_transport->send(post(u"workflow"_s).json(body)));
}

Reply<std::shared_ptr<const Execution>> Executions::get(QString id) const
{
    return parsedShared<Execution>(json(id));
}

Reply<QJsonValue> Executions::json(QString id) const
{
    return m_transport->send(conductor::get(u"workflow"_s, id).repeatably());
}

Reply<ExecutionState> Executions::state(QString id) const
{
    return parsed<ExecutionState>(m_transport->send(conductor::get(u"workflow"_s, id, u"status"_s).repeatably()));
}

Reply<ExecutionPage> Executions::search(ExecutionQuery query) const
{
    const Result<QString> text = queryText(query);
    if (!text)
        return answered<ExecutionPage>(Failure(text.error()));
    const Request request = conductor::get(u"workflow"_s, u"search"_s)
                                .with(u"query"_s, *text)
                                .with(u"freeText"_s, query.text.isEmpty() ? u"*"_s : query.text)
                                .with(u"start"_s, query.start)
                                .with(u"size"_s, query.size)
                                .with(u"sort"_s, u"startTime:DESC"_s);
    return parsed<ExecutionPage>(m_transport->send(request.repeatably()));
}

Reply<BulkOutcome> Executions::pause(QStringList ids) const
{
    return bulk(m_transport, put(u"workflow"_s, u"bulk"_s, u"pause"_s).repeatably(), ids);
}

Reply<BulkOutcome> Executions::resume(QStringList ids) const
{
    return bulk(m_transport, put(u"workflow"_s, u"bulk"_s, u"resume"_s), ids);
}

Reply<BulkOutcome> Executions::terminate(QStringList ids, QString reason) const
{
    return bulk(m_transport, post(u"workflow"_s, u"bulk"_s, u"terminate"_s).with(u"reason"_s, reason).repeatably(), ids);
}

Reply<BulkOutcome> Executions::retry(QStringList ids) const
{
    return bulk(m_transport, post(u"workflow"_s, u"bulk"_s, u"retry"_s), ids);
}

Reply<BulkOutcome> Executions::restart(QStringList ids, Definitions definitions) const
{
    return bulk(m_transport, post(u"workflow"_s, u"bulk"_s, u"restart"_s).with(u"useLatestDefinitions"_s, definitions == Definitions::Latest), ids);
}

Reply<Done> Executions::retry(QString id, SubWorkflows subWorkflows) const
{
    return done(m_transport->send(post(u"workflow"_s, id, u"retry"_s).with(u"resumeSubworkflowTasks"_s, subWorkflows == SubWorkflows::Resume)));
}

Reply<Done> Executions::rerun(QString id, RerunOrder order) const
{
    QJsonObject body;
    if (!order.fromTaskId.isEmpty())
        body[u"reRunFromTaskId"] = order.fromTaskId;
    if (!order.taskInput.isUndefined())
        body[u"taskInput"] = order.taskInput;
    if (!order.workflowInput.isUndefined())
        body[u"workflowInput"] = order.workflowInput;
    return done(m_transport->send(post(u"workflow"_s, id, u"rerun"_s).json(body)));
}

Reply<Done> Executions::skipTask(QString id, QString ref, QJsonObject taskInput, QJsonObject taskOutput) const
{
    // The server declares a body and reads the query: taskOutput[key]=value.
    const QJsonObject body{{u"taskInput"_s, taskInput}, {u"taskOutput"_s, taskOutput}};
    Request request = put(u"workflow"_s, id, u"skiptask"_s, ref).json(body);
    request = withEntries(request, u"taskInput"_s, taskInput);
    request = withEntries(request, u"taskOutput"_s, taskOutput);
    return done(m_transport->send(request));
}

Reply<Done> Executions::decide(QString id) const
{
    return done(m_transport->send(put(u"workflow"_s, u"decide"_s, id).repeatably()));
}

Reply<Done> Executions::resetCallbacks(QString id) const
{
    return done(m_transport->send(post(u"workflow"_s, id, u"resetcallbacks"_s).repeatably()));
}

Reply<Done> Executions::remove(QString id) const
{
    return done(m_transport->send(del(u"workflow"_s, id, u"remove"_s).with(u"archiveWorkflow"_s, false)));
}

Result<BulkOutcome> BulkOutcome::fromJson(const QJsonValue &json)
{
    if (!json.isObject())
        return Failure({Error::Kind::Protocol, u"The server's answer to a bulk call is not an object"_s});

    BulkOutcome outcome;
    const QJsonArray done = json[u"bulkSuccessfulResults"].toArray();
    for (const QJsonValue &id : done)
        outcome.done << id.toString();
    outcome.done.removeDuplicates();
    const QJsonObject refused = json[u"bulkErrorResults"].toObject();
    for (auto it = refused.begin(); it != refused.end(); ++it)
        outcome.refused.insert(it.key(), it->toString());
    return outcome;
}

Result<ExecutionState> ExecutionState::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"execution state"_s);
    ExecutionState state;
    state.id = fields.required(u"workflowId");
    state.statusWord = fields.text(u"status");
    state.status = executionStatus(state.statusWord);
    return fields.read(std::move(state));
}

} // namespace conductor
