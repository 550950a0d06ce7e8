// Tools of a worker: taking tasks, updating them, looking at queues. Each function makes one tool; catalogue.cpp registers them.
#pragma once

#include "mcp/server/backend.h"

namespace mcp::tools {

Tool pollTask(std::shared_ptr<Backend> backend); // taskwork.cpp
Tool updateTask(std::shared_ptr<Backend> backend);

Tool getTaskQueueSize(std::shared_ptr<Backend> backend); // taskqueues.cpp

} // namespace mcp::tools
