// Tools for workflow and task definitions. Each function makes one tool; catalogue.cpp registers them.
#pragma once

#include "mcp/server/backend.h"

namespace mcp::tools {

Tool createWorkflow(std::shared_ptr<Backend> backend); // workflowdefinition.cpp
Tool getWorkflowMetadata(std::shared_ptr<Backend> backend);
Tool listWorkflows(std::shared_ptr<Backend> backend);

Tool createTaskDefinition(std::shared_ptr<Backend> backend); // taskdefinition.cpp
Tool getTaskDefinition(std::shared_ptr<Backend> backend);

} // namespace mcp::tools
