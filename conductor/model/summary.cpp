#include "conductor/model/summary.h"

#include "conductor/base/fields.h"

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

template <typename Page, typename Row>
Result<Page> pageOf(const QJsonValue &json)
{
    Fields fields(json, u"search result"_s);
    Page page;
    page.total = fields.integer(u"totalHits");
    const QJsonArray rows = fields.array(u"results");
    page.rows.reserve(size_t(rows.size()));
    for (const QJsonValue &row : rows) {
        Result<Row> read = Row::fromJson(row);
        if (!read)
            return Failure(read.error());
        page.rows.push_back(std::move(*read));
    }
    return fields.read(std::move(page));
}

} // namespace

Result<ExecutionSummary> ExecutionSummary::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"search row"_s);
    ExecutionSummary row;
    row.id = fields.required(u"workflowId");
    row.name = fields.text(u"workflowType");
    row.version = int(fields.integer(u"version", 1));
    row.statusWord = fields.text(u"status");
    row.status = executionStatus(row.statusWord);
    row.correlationId = fields.text(u"correlationId");
    row.started = fields.time(u"startTime");
    row.updated = fields.time(u"updateTime");
    row.ended = fields.time(u"endTime");
    row.durationMs = fields.integer(u"executionTime");
    row.reason = fields.text(u"reasonForIncompletion");
    row.failedRefs = fields.texts(u"failedReferenceTaskNames");
    row.failedNames = fields.texts(u"failedTaskNames");
    row.parentId = fields.text(u"parentWorkflowId");
    row.priority = int(fields.integer(u"priority"));
    return fields.read(std::move(row));
}

Result<ExecutionPage> ExecutionPage::fromJson(const QJsonValue &json)
{
    return pageOf<ExecutionPage, ExecutionSummary>(json);
}

Result<TaskSummary> TaskSummary::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"task row"_s);
    TaskSummary row;
    row.id = fields.required(u"taskId");
    row.executionId = fields.text(u"workflowId");
    row.workflowName = fields.text(u"workflowType");
    row.name = fields.text(u"taskDefName");
    row.type = fields.text(u"taskType");
    row.statusWord = fields.text(u"status");
    row.status = taskStatus(row.statusWord);
    row.scheduled = fields.time(u"scheduledTime");
    row.started = fields.time(u"startTime");
    row.ended = fields.time(u"endTime");
    row.durationMs = fields.integer(u"executionTime");
    row.queueWaitMs = std::max<qint64>(0, fields.integer(u"queueWaitTime"));
    row.reason = fields.text(u"reasonForIncompletion");
    return fields.read(std::move(row));
}

Result<TaskPage> TaskPage::fromJson(const QJsonValue &json)
{
    return pageOf<TaskPage, TaskSummary>(json);
}

} // namespace conductor
