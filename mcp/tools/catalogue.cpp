#include "mcp/tools/catalogue.h"

#include "mcp/tools/apitools.h"
#include "mcp/tools/definitiontools.h"
#include "mcp/tools/executiontools.h"
#include "mcp/tools/tasktools.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {

std::shared_ptr<const ToolRegistry> catalogue(std::shared_ptr<Backend> backend)
{
    auto registry = std::make_shared<ToolRegistry>();
    for (const auto make : {getWorkflowStatus, searchWorkflows, executeWorkflow, listWorkflows, getWorkflowMetadata, createWorkflow, recoverWorkflow, pauseWorkflow,
                            resumeWorkflow, terminateWorkflow, getExecutionHistory, getWorkflowMetrics, getTaskQueueSize, pollTask, updateTask, getTaskDefinition,
                            createTaskDefinition, listApiEndpoints, getApiEndpointSchema, invokeApiEndpoint})
        registry->add(make(backend));
    return registry;
}

std::shared_ptr<const ToolRegistry> catalogueOfEffects()
{
    return catalogue(std::make_shared<Backend>(
        []() -> Result<Client> { return Failure({Error::Kind::Validation, u"This catalogue only tells what a call would do"_s}); }));
}

} // namespace mcp::tools
