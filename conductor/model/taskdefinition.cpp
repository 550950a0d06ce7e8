#include "conductor/model/taskdefinition.h"

#include "conductor/base/fields.h"

using namespace Qt::StringLiterals;

namespace conductor {

Result<TaskDefinition> TaskDefinition::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"task definition"_s);
    TaskDefinition definition;
    definition.json = json.toObject();
    definition.name = fields.required(u"name");
    definition.description = fields.text(u"description");
    definition.retryCount = int(fields.integer(u"retryCount", definition.retryCount));
    definition.retryLogic = fields.text(u"retryLogic");
    definition.retryDelaySeconds = int(fields.integer(u"retryDelaySeconds", definition.retryDelaySeconds));
    definition.timeoutSeconds = int(fields.integer(u"timeoutSeconds"));
    definition.timeoutPolicy = fields.text(u"timeoutPolicy");
    definition.responseTimeoutSeconds = int(fields.integer(u"responseTimeoutSeconds", definition.responseTimeoutSeconds));
    definition.concurrentExecLimit = int(fields.integer(u"concurrentExecLimit"));
    return fields.read(std::move(definition));
}

} // namespace conductor
