// The JSON Schema of a tool's arguments: checks them, after mending what models commonly get wrong.
#pragma once

#include <QJsonObject>
#include <QStringList>

#include <memory>

namespace mcp {

class Schema
{
public:
    explicit Schema(QJsonObject json);
    ~Schema();

    const QJsonObject &json() const { return m_json; }

    // The arguments with the mistakes of models mended, where the meaning is beyond doubt: one text for a list of texts, a
    // number or truth value as text, an object as its JSON text, the singular of a plural ("workflow_id" for "workflow_ids"),
    // null for what may be left out.
    QJsonObject mended(QJsonObject arguments) const;

    // What does not fit, one sentence each, for a model to act on; empty when all fits. The schema is read at the first call.
    QStringList problems(const QJsonObject &arguments) const;

private:
    struct Compiled;

    QJsonObject m_json;
    mutable std::shared_ptr<const Compiled> m_compiled;
};

} // namespace mcp
