// Whether a value fits a schema of the server's OpenAPI document, as leniently as the server reads it, before it is sent.
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace mcp::tools {

// What does not fit, a sentence each with its path, ten at most. The document is the server's and is not trusted: what is not
// understood in it is not checked. what: the root of paths, "body".
QStringList misfits(const QJsonValue &value, const QJsonValue &schema, const QJsonObject &document, const QString &what);

} // namespace mcp::tools
