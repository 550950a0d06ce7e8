#include "conductor/definition/schema.h"

#include <algorithm>
#include <array>

namespace conductor {
namespace {

using Shape = FieldShape;

constexpr std::initializer_list<QStringView> idempotencyChoices{u"FAIL", u"RETURN_EXISTING", u"FAIL_ON_RUNNING"};
constexpr std::initializer_list<QStringView> workflowTimeoutChoices{u"TIME_OUT_WF", u"ALERT_ONLY"};
constexpr std::initializer_list<QStringView> taskTimeoutChoices{u"RETRY", u"TIME_OUT_WF", u"ALERT_ONLY"};
constexpr std::initializer_list<QStringView> retryChoices{u"FIXED", u"EXPONENTIAL_BACKOFF", u"LINEAR_BACKOFF"};
constexpr std::initializer_list<QStringView> joinChoices{u"SYNC", u"ASYNC"};
constexpr std::initializer_list<QStringView> rateChoices{u"QUEUE", u"REJECT"};
constexpr std::initializer_list<QStringView> schemaChoices{u"JSON", u"AVRO", u"PROTOBUF"};

// clang-format off
constexpr std::initializer_list<QStringView> typeChoices{
    u"SIMPLE", u"DYNAMIC", u"FORK_JOIN", u"FORK_JOIN_DYNAMIC", u"DECISION", u"SWITCH", u"JOIN", u"DO_WHILE", u"SUB_WORKFLOW", u"START_WORKFLOW",
    u"EVENT", u"WAIT", u"HUMAN", u"USER_DEFINED", u"HTTP", u"LAMBDA", u"INLINE", u"EXCLUSIVE_JOIN", u"TERMINATE", u"KAFKA_PUBLISH",
    u"JSON_JQ_TRANSFORM", u"SET_VARIABLE", u"NOOP", u"LLM_TEXT_COMPLETE", u"LLM_CHAT_COMPLETE", u"LLM_INDEX_TEXT", u"LLM_SEARCH_INDEX",
    u"LLM_GENERATE_EMBEDDINGS", u"LLM_STORE_EMBEDDINGS", u"LLM_GET_EMBEDDINGS", u"LIST_MCP_TOOLS", u"CALL_MCP_TOOL", u"PULL_WORKFLOW_MESSAGES",
    u"AGENT", u"GET_AGENT_CARD", u"CANCEL_AGENT"};
// clang-format on

const std::array cacheFields{
    SchemaField{u"key"},
    SchemaField{u"ttlInSecond", Shape::Int},
};
const Schema cacheSchema{u"cache configuration", cacheFields};

const std::array rateFields{
    SchemaField{u"rateLimitKey"},
    SchemaField{u"concurrentExecLimit", Shape::Int},
    SchemaField{u"policy", Shape::Choice, {}, nullptr, rateChoices},
};
const Schema rateSchema{u"rate limit", rateFields};

const std::array dataFields{
    SchemaField{u"name"},
    SchemaField{u"version", Shape::Int},
    SchemaField{u"type", Shape::Choice, {}, nullptr, schemaChoices},
    SchemaField{u"data", Shape::Map},
    SchemaField{u"externalRef"},
    SchemaField{u"ownerApp"},
    SchemaField{u"createTime", Shape::Long},
    SchemaField{u"updateTime", Shape::Long},
    SchemaField{u"createdBy"},
    SchemaField{u"updatedBy"},
};
const Schema dataSchema{u"schema", dataFields};

const std::array taskDefinitionFields{
    SchemaField{u"name"},
    SchemaField{u"description"},
    SchemaField{u"ownerEmail"},
    SchemaField{u"retryCount", Shape::Int},
    SchemaField{u"retryLogic", Shape::Choice, {}, nullptr, retryChoices},
    SchemaField{u"retryDelaySeconds", Shape::Int},
    SchemaField{u"backoffScaleFactor", Shape::Int},
    SchemaField{u"maxRetryDelaySeconds", Shape::Int},
    SchemaField{u"backoffJitterMs", Shape::Int},
    SchemaField{u"timeoutSeconds", Shape::Long},
    SchemaField{u"timeoutPolicy", Shape::Choice, {}, nullptr, taskTimeoutChoices},
    SchemaField{u"responseTimeoutSeconds", Shape::Long},
    SchemaField{u"pollTimeoutSeconds", Shape::Int},
    SchemaField{u"totalTimeoutSeconds", Shape::Long},
    SchemaField{u"concurrentExecLimit", Shape::Int},
    SchemaField{u"rateLimitPerFrequency", Shape::Int},
    SchemaField{u"rateLimitFrequencyInSeconds", Shape::Int},
    SchemaField{u"inputKeys", Shape::Texts},
    SchemaField{u"outputKeys", Shape::Texts},
    SchemaField{u"inputTemplate", Shape::Map},
    SchemaField{u"inputSchema", Shape::Object, {}, &dataSchema},
    SchemaField{u"outputSchema", Shape::Object, {}, &dataSchema},
    SchemaField{u"enforceSchema", Shape::Flag},
    SchemaField{u"isolationGroupId"},
    SchemaField{u"executionNameSpace"},
    SchemaField{u"baseType"},
    SchemaField{u"runtimeMetadata", Shape::Texts},
    SchemaField{u"taskStatusListenerEnabled", Shape::Flag},
    SchemaField{u"ownerApp"},
    SchemaField{u"createTime", Shape::Long},
    SchemaField{u"updateTime", Shape::Long},
    SchemaField{u"createdBy"},
    SchemaField{u"updatedBy"},
};
const Schema taskDefinitionSchema{u"task definition", taskDefinitionFields};

const std::array subWorkflowFields{
    SchemaField{u"name"},
    SchemaField{u"version", Shape::Int},
    SchemaField{u"taskToDomain", Shape::Map},
    SchemaField{u"priority", Shape::Any},
    SchemaField{u"idempotencyKey"},
    SchemaField{u"idempotencyStrategy", Shape::Choice, {}, nullptr, idempotencyChoices},
    SchemaField{u"workflowDefinition", Shape::Any}, // a definition, or an expression that gives one
};
const Schema subWorkflow{u"subWorkflowParam", subWorkflowFields};

const std::array taskFields{
    SchemaField{u"name"},
    SchemaField{u"taskReferenceName"},
    SchemaField{u"type"},
    SchemaField{u"description"},
    SchemaField{u"optional", Shape::Flag, u"false"},
    SchemaField{u"startDelay", Shape::Int, u"0"},
    SchemaField{u"retryCount", Shape::Int},
    SchemaField{u"asyncComplete", Shape::Flag, u"false"},
    SchemaField{u"permissive", Shape::Flag, u"false"},
    SchemaField{u"rateLimited", Shape::StrictFlag},
    SchemaField{u"inputParameters", Shape::Map, u"{}"},
    SchemaField{u"evaluatorType"},
    SchemaField{u"expression"},
    SchemaField{u"caseValueParam"},
    SchemaField{u"caseExpression"},
    SchemaField{u"scriptExpression"},
    SchemaField{u"decisionCases", Shape::Cases, u"{}"},
    SchemaField{u"defaultCase", Shape::Tasks, u"[]"},
    SchemaField{u"forkTasks", Shape::Branches, u"[]"},
    SchemaField{u"dynamicForkTasksParam"},
    SchemaField{u"dynamicForkTasksInputParamName"},
    SchemaField{u"dynamicForkJoinTasksParam"},
    SchemaField{u"joinOn", Shape::Texts, u"[]"},
    SchemaField{u"joinMode", Shape::Choice, {}, nullptr, joinChoices},
    SchemaField{u"joinStatus"},
    SchemaField{u"defaultExclusiveJoinTask", Shape::Texts, u"[]"},
    SchemaField{u"loopCondition"},
    SchemaField{u"items"},
    SchemaField{u"loopOver", Shape::Tasks, u"[]"},
    SchemaField{u"dynamicTaskNameParam"},
    SchemaField{u"subWorkflowParam", Shape::Object, {}, &subWorkflow},
    SchemaField{u"sink"},
    SchemaField{u"cacheConfig", Shape::Object, {}, &cacheSchema},
    SchemaField{u"onStateChange", Shape::Map, u"{}"},
    SchemaField{u"taskDefinition", Shape::Object, {}, &taskDefinitionSchema},
    SchemaField{u"metadata", Shape::Map, u"{}"},
    SchemaField{u"workflowTaskType", Shape::Choice, {}, nullptr, typeChoices},
};
const Schema task{u"task", taskFields};

const std::array workflowFields{
    SchemaField{u"name"},
    SchemaField{u"version", Shape::Int},
    SchemaField{u"description"},
    SchemaField{u"ownerEmail"},
    SchemaField{u"schemaVersion", Shape::Int, u"2"},
    SchemaField{u"inputParameters", Shape::Texts, u"[]"},
    SchemaField{u"inputTemplate", Shape::Map, u"{}"},
    SchemaField{u"variables", Shape::Map, u"{}"},
    SchemaField{u"tasks", Shape::Tasks},
    SchemaField{u"outputParameters", Shape::Map, u"{}"},
    SchemaField{u"failureWorkflow"},
    SchemaField{u"failureWorkflowVersion", Shape::Int},
    SchemaField{u"timeoutSeconds", Shape::Long, u"0"},
    SchemaField{u"timeoutPolicy", Shape::Choice, u"\"ALERT_ONLY\"", nullptr, workflowTimeoutChoices},
    SchemaField{u"restartable", Shape::Flag, u"true"},
    SchemaField{u"rateLimitConfig", Shape::Object, {}, &rateSchema},
    SchemaField{u"inputSchema", Shape::Object, {}, &dataSchema},
    SchemaField{u"outputSchema", Shape::Object, {}, &dataSchema},
    SchemaField{u"enforceSchema", Shape::Flag, u"true"},
    SchemaField{u"cacheConfig", Shape::Object, {}, &cacheSchema},
    SchemaField{u"maskedFields", Shape::Texts, u"[]"},
    SchemaField{u"workflowStatusListenerEnabled", Shape::Flag, u"false"},
    SchemaField{u"workflowStatusListenerSink"},
    SchemaField{u"metadata", Shape::Map, u"{}"},
    SchemaField{u"ownerApp"},
    SchemaField{.key = u"createTime", .shape = Shape::Long, .isServers = true},
    SchemaField{.key = u"updateTime", .shape = Shape::Long, .isServers = true},
    SchemaField{.key = u"createdBy", .isServers = true},
    SchemaField{.key = u"updatedBy", .isServers = true},
};
const Schema workflow{u"workflow definition", workflowFields};

} // namespace

const SchemaField *Schema::field(QStringView key) const
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const SchemaField &field) { return field.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

int Schema::place(QStringView key) const
{
    const SchemaField *found = field(key);
    return found ? int(found - fields.data()) : int(fields.size());
}

const Schema &workflowSchema() { return workflow; }

const Schema &taskSchema() { return task; }

const Schema &subWorkflowSchema() { return subWorkflow; }

} // namespace conductor
