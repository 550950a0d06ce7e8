// The workflow definitions of one Conductor server: /metadata/workflow. Copies share the connection.
#pragma once

#include "conductor/api/transport.h"
#include "conductor/model/definition.h"

#include <memory>
#include <vector>

namespace conductor {

// One version of a definition, as lists show it.
struct DefinitionVersion {
    QString name;
    int version = 1;
    QDateTime created;
    QDateTime updated; // invalid: never changed since
};

class Definitions
{
public:
    enum class Existing { Refuse, Replace };

    explicit Definitions(std::shared_ptr<Transport> transport) : m_transport(std::move(transport)) {}

    // Every version of every definition, by name, then version. Asks names-and-versions, and servers before 3.30 for the whole
    // of their definitions.
    Reply<std::vector<DefinitionVersion>> versions() const;

    // version 0: the newest. Source: GET /metadata/workflow/{name}. Errors: NotFound.
    Reply<std::shared_ptr<const WorkflowDefinition>> get(QString name, int version = 0) const;

    // Source: POST /metadata/workflow. Errors: Conflict when that version exists and Refuse is said (the server says so before it
    // looks at anything else), Validation with a path per problem.
    Reply<Done> create(QJsonObject definition, Existing existing) const;

    // Checks without storing; does not notice that the version exists. Source: POST /metadata/workflow/validate.
    Reply<Done> validate(QJsonObject definition) const;

    // Runs of it stay readable. Source: DELETE /metadata/workflow/{name}/{version}.
    Reply<Done> remove(QString name, int version) const;

private:
    std::shared_ptr<Transport> m_transport;
};

} // namespace conductor
