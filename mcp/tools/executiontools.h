// Tools that start, read and steer executions. Each function makes one tool; catalogue.cpp registers them.
#pragma once

#include "mcp/server/backend.h"

namespace mcp::tools {

Tool executeWorkflow(std::shared_ptr<Backend> backend);     // executionstart.cpp
Tool getWorkflowStatus(std::shared_ptr<Backend> backend);   // executionstatus.cpp
Tool getExecutionHistory(std::shared_ptr<Backend> backend); // executionhistory.cpp
Tool searchWorkflows(std::shared_ptr<Backend> backend);     // executionsearch.cpp
Tool getWorkflowMetrics(std::shared_ptr<Backend> backend);  // executionmetrics.cpp

Tool pauseWorkflow(std::shared_ptr<Backend> backend); // executioncontrol.cpp
Tool resumeWorkflow(std::shared_ptr<Backend> backend);
Tool terminateWorkflow(std::shared_ptr<Backend> backend);
Tool recoverWorkflow(std::shared_ptr<Backend> backend);

} // namespace mcp::tools
