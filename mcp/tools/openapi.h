// The server's OpenAPI document as far as tools need it: its operations, and their schemas with references resolved.
#pragma once

#include "conductor/api/request.h"
#include "conductor/base/result.h"

#include <QJsonObject>

#include <vector>

namespace mcp::tools {

struct Operation {
    conductor::Request::Verb verb = conductor::Request::Verb::Get;
    QString path; // template below the server: "/api/workflow/{workflowId}"
    QString summary;
    QStringList tags;
    QJsonObject json; // as the document has it
};

// By path, then method.
std::vector<Operation> operationsOf(const QJsonObject &document);

struct Located {
    Operation operation;
    QHash<QString, QString> parameters; // filled in by the path itself
};

// The operation for a method and a path, which may be the template or have its parameters filled in, with or without /api at
// its front. Errors: NotFound with near paths, Validation for a URL or a query within the path.
conductor::Result<Located> locate(const std::vector<Operation> &operations, const QString &method, const QString &path);

// Parameters, body and answer of the operation, `$ref`s resolved to a depth of four and lists of names where it goes deeper.
QJsonObject schemaOf(const Operation &operation, const QJsonObject &document);

} // namespace mcp::tools
