#include "conductor/definition/compact.h"

#include "conductor/definition/schema.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int deepest = 128; // the server would not take more either; a hostile one must not exhaust the stack

QJsonValue parsed(QStringView json) { return QJsonDocument::fromJson(u"[%1]"_s.arg(json).toUtf8()).array().at(0); }

const QJsonValue &defaultOf(const SchemaField &field)
{
    static const QHash<QStringView, QJsonValue> known{
        {u"[]", parsed(u"[]")}, {u"{}", parsed(u"{}")}, {u"0", 0}, {u"2", 2}, {u"false", false}, {u"true", true}, {u"\"ALERT_ONLY\"", u"ALERT_ONLY"_s}};
    static const QJsonValue none(QJsonValue::Undefined);
    const auto found = known.constFind(field.byDefault);
    return found == known.cend() ? none : *found;
}

class Compactor
{
public:
    explicit Compactor(StoredIn stored)
        : m_stored(stored)
    {
    }

    QJsonObject workflow(const QJsonObject &json, int depth) const { return object(json, workflowSchema(), depth); }

private:
    QJsonObject object(const QJsonObject &json, const Schema &schema, int depth) const
    {
        if (depth > deepest)
            return json;
        QJsonObject result;
        for (auto it = json.begin(); it != json.end(); ++it) {
            const SchemaField *field = schema.field(it.key());
            if (!field) {
                result.insert(it.key(), it.value());
                continue;
            }
            const bool isDefault = !field->byDefault.isEmpty() && it.value() == defaultOf(*field);
            const bool isCopy = m_stored == StoredIn::Execution && field->key == u"taskDefinition";
            if (!isDefault && !field->isServers && !isCopy)
                result.insert(it.key(), value(it.value(), *field, depth));
        }
        return result;
    }

    QJsonValue value(const QJsonValue &json, const SchemaField &field, int depth) const
    {
        switch (field.shape) {
        case FieldShape::Tasks:
            return tasks(json, depth);
        case FieldShape::Branches: {
            if (!json.isArray())
                return json;
            QJsonArray branches;
            for (const QJsonValue &branch : json.toArray())
                branches.append(tasks(branch, depth));
            return branches;
        }
        case FieldShape::Cases: {
            if (!json.isObject())
                return json;
            QJsonObject cases = json.toObject();
            for (auto it = cases.begin(); it != cases.end(); ++it)
                it.value() = tasks(it.value(), depth);
            return cases;
        }
        case FieldShape::Object:
            return json.isObject() && field.schema == &subWorkflowSchema() ? subWorkflow(json.toObject(), depth) : json;
        default:
            return json;
        }
    }

    QJsonValue tasks(const QJsonValue &json, int depth) const
    {
        if (!json.isArray())
            return json;
        QJsonArray result;
        for (const QJsonValue &task : json.toArray())
            result.append(task.isObject() ? QJsonValue(object(task.toObject(), taskSchema(), depth + 1)) : task);
        return result;
    }

    QJsonValue subWorkflow(QJsonObject json, int depth) const
    {
        if (const QJsonValue inner = json[u"workflowDefinition"]; inner.isObject())
            json[u"workflowDefinition"_s] = workflow(inner.toObject(), depth + 1);
        return json;
    }

    const StoredIn m_stored;
};

} // namespace

QJsonObject compact(const QJsonObject &definition, StoredIn stored) { return Compactor(stored).workflow(definition, 0); }

} // namespace conductor
