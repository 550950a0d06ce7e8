#include "mcp/tools/catalogue.h"

#include "mcp/tools/apitools.h"
#include "mcp/tools/definitiontools.h"
#include "mcp/tools/executiontools.h"
#include "mcp/tools/tasktools.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {

std::shared_ptr<const ToolRegistry> catalogue(std::shared_ptr<Backend> backend, const Policy &policy)
{
    auto registry = std::make_shared<ToolRegistry>();
    for (const auto make : {getWorkflowStatus, searchWorkflows, executeWorkflow, listWorkflows, getWorkflowMetadata, createWorkflow, recoverWorkflow, pauseWorkflow,
                            resumeWorkflow, terminateWorkflow, getExecutionHistory, getWorkflowMetrics, getTaskQueueSize, pollTask, updateTask, getTaskDefinition,
                            createTaskDefinition, listApiEndpoints, getApiEndpointSchema, invokeApiEndpoint}) {
        if (Tool tool = make(backend); policy.offers(tool.name) && (!policy.readOnly() || tool.hints.readOnly || tool.mayRead))
            registry->add(std::move(tool));
    }
    return registry;
}

std::shared_ptr<const ToolRegistry> catalogueOfEffects(const Policy &policy)
{
    return catalogue(std::make_shared<Backend>(
        []() -> Result<Client> { return Failure({Error::Kind::Validation, u"This catalogue only tells what a call would do"_s}); }),
                     policy);
}

} // namespace mcp::tools
