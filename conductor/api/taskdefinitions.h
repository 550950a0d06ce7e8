// The task definitions of one Conductor server: /metadata/taskdefs. Copies share the connection.
#pragma once

#include "conductor/api/transport.h"
#include "conductor/model/taskdefinition.h"

#include <memory>
#include <vector>

namespace conductor {

class TaskDefinitions
{
public:
    explicit TaskDefinitions(std::shared_ptr<Transport> transport) : m_transport(std::move(transport)) {}

    Reply<std::vector<TaskDefinition>> all() const;
    Reply<TaskDefinition> get(QString name) const; // Errors: NotFound

    // Creates, and silently replaces what has the name already. Source: POST /metadata/taskdefs.
    Reply<Done> create(QJsonArray definitions) const;

    // Errors: NotFound. Source: PUT /metadata/taskdefs.
    Reply<Done> update(QJsonObject definition) const;

    Reply<Done> remove(QString name) const;

private:
    std::shared_ptr<Transport> m_transport;
};

} // namespace conductor
