// JSON types as strictly as the server reads them, keys it does not know, and the workflow's own fields.
#include "conductor/base/hostile.h"
#include "conductor/definition/inspection.h"
#include "conductor/definition/jsonpath.h"
#include "conductor/definition/schema.h"

#include <QJsonArray>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using Severity = Problem::Severity;

QString listed(std::initializer_list<QStringView> words)
{
    QStringList list;
    for (const QStringView word : words)
        list << word.toString();
    return list.join(u", "_s);
}

class ShapeRules
{
public:
    explicit ShapeRules(Inspection &inspection)
        : m_inspection(inspection)
    {
    }

    void check()
    {
        object(m_inspection.definition, workflowSchema(), m_inspection.path, {}, 0);
        workflowFields();
    }

private:
    void object(const QJsonObject &json, const Schema &schema, const QString &path, const QString &ref, int depth)
    {
        if (depth > 80)
            return;
        for (auto it = json.begin(); it != json.end(); ++it) {
            const QString at = member(path, it.key());
            if (const SchemaField *field = schema.field(it.key()))
                value(it.value(), *field, at, ref, depth);
            else
                unknownKey(it.key(), schema, at, ref);
        }
    }

    void unknownKey(const QString &key, const Schema &schema, const QString &at, const QString &ref)
    {
        QString near;
        for (const SchemaField &field : schema.fields) {
            if (field.key.compare(key, Qt::CaseInsensitive) == 0)
                near = field.key.toString();
        }
        const QString remedy = near.isEmpty() ? u"Remove it, or put it under metadata or inputParameters"_s : u"Write %1"_s.arg(near);
        m_inspection.addAt(Severity::Warning, u"unknown-key"_s, at,
                           u"A %1 has no field %2; the server drops it without a word"_s.arg(schema.what, harmless(key, 60)), remedy, ref);
    }

    void misfit(const QString &at, const QString &ref, const QString &wanted)
    {
        refused(u"wrong-type"_s, at, ref, u"This has to be %1"_s.arg(wanted), u"Change the value to %1"_s.arg(wanted));
    }

    // Already when the server reads the JSON: wherever it stands, also in loops and in definitions within.
    void refused(const QString &rule, const QString &at, const QString &ref, const QString &message, const QString &remedy)
    {
        m_inspection.problems.push_back({.severity = Severity::Error, .rule = rule, .path = at, .ref = ref, .message = message, .remedy = remedy});
    }

    // Null counts as left out nearly everywhere.
    void value(const QJsonValue &json, const SchemaField &field, const QString &at, const QString &ref, int depth)
    {
        const bool isContainer = json.isObject() || json.isArray();
        switch (field.shape) {
        case FieldShape::Text:
            if (isContainer)
                misfit(at, ref, u"text"_s);
            return;
        case FieldShape::Int:
        case FieldShape::Long:
            if (!isNumber(json, field.shape == FieldShape::Int))
                misfit(at, ref, u"a whole number"_s);
            return;
        case FieldShape::Flag:
        case FieldShape::StrictFlag:
            if (!isFlag(json, field.shape == FieldShape::StrictFlag))
                misfit(at, ref, u"true or false"_s);
            return;
        case FieldShape::Choice:
            choice(json, field, at, ref);
            return;
        case FieldShape::Map:
            if (!json.isObject() && !json.isNull())
                misfit(at, ref, u"an object"_s);
            return;
        case FieldShape::Texts:
            texts(json, at, ref);
            return;
        case FieldShape::Tasks:
            tasks(json, at, ref, depth);
            return;
        case FieldShape::Branches:
            branches(json, at, ref, depth);
            return;
        case FieldShape::Cases:
            cases(json, at, ref, depth);
            return;
        case FieldShape::Object:
            if (json.isObject() && field.schema)
                object(json.toObject(), *field.schema, at, ref, depth + 1);
            else if (!json.isNull() && !(field.key == u"taskDefinition" && json.isString()))
                misfit(at, ref, u"an object"_s);
            return;
        case FieldShape::Any:
            if (field.key == u"workflowDefinition")
                innerDefinition(json, at, ref);
            return;
        }
    }

    // As Jackson reads it: "5" and 1.5 pass, true does not, and an int has 32 bits.
    static bool isNumber(const QJsonValue &json, bool isInt)
    {
        if (json.isNull())
            return true;
        double number = json.toDouble();
        if (json.isString()) {
            const QString text = json.toString().trimmed();
            bool isOk = text.isEmpty();
            number = isOk ? 0 : double(text.toLongLong(&isOk));
            if (!isOk)
                return false;
        } else if (!json.isDouble()) {
            return false;
        }
        const double most = isInt ? double(std::numeric_limits<int>::max()) : 9.2233720368547758e18;
        return std::abs(number) <= most;
    }

    static bool isFlag(const QJsonValue &json, bool isStrict)
    {
        if (json.isNull() || json.isBool())
            return true;
        if (json.isDouble())
            return !isStrict;
        const QString text = json.toString(u"-"_s);
        return text.isEmpty() || text == u"true" || text == u"false"
            || (!isStrict && (text == u"True" || text == u"TRUE" || text == u"False" || text == u"FALSE"));
    }

    void choice(const QJsonValue &json, const SchemaField &field, const QString &at, const QString &ref)
    {
        const bool isIndex = json.isDouble() && json.toDouble() >= 0 && json.toDouble() < double(field.choices.size());
        if (json.isNull() || isIndex || (json.isString() && std::find(field.choices.begin(), field.choices.end(), json.toString()) != field.choices.end()))
            return;
        refused(u"unknown-choice"_s, at, ref, u"%1 is none of %2"_s.arg(harmless(json.toVariant().toString(), 60), listed(field.choices)),
                u"Write one of %1"_s.arg(listed(field.choices)));
    }

    void texts(const QJsonValue &json, const QString &at, const QString &ref)
    {
        if (json.isNull())
            return;
        if (!json.isArray())
            return misfit(at, ref, u"a list of texts"_s);
        const QJsonArray array = json.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (array[i].isObject() || array[i].isArray())
                misfit(element(at, i), ref, u"text"_s);
        }
    }

    void tasks(const QJsonValue &json, const QString &at, const QString &ref, int depth)
    {
        if (!json.isArray()) {
            if (!json.isNull() || at == member(m_inspection.path, u"tasks") || at.contains(u"decisionCases") || at.endsWith(u']'))
                misfit(at, ref, u"a list of tasks"_s);
            return;
        }
        const QJsonArray array = json.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (array[i].isObject())
                task(array[i].toObject(), element(at, i), depth);
            else
                misfit(element(at, i), ref, u"a task: an object with name, taskReferenceName and type"_s);
        }
    }

    void task(const QJsonObject &json, const QString &at, int depth)
    {
        const QString ref = json[u"taskReferenceName"].toVariant().toString();
        object(json, taskSchema(), at, ref, depth + 1);
        if (json.contains(u"type") && json[u"type"].isNull())
            misfit(member(at, u"type"), ref, u"text"_s); // unlike other fields; also in a loop
    }

    void branches(const QJsonValue &json, const QString &at, const QString &ref, int depth)
    {
        if (json.isNull())
            return;
        if (!json.isArray())
            return misfit(at, ref, u"a list of branches, each a list of tasks"_s);
        const QJsonArray array = json.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            tasks(array[i], element(at, i), ref, depth);
    }

    void cases(const QJsonValue &json, const QString &at, const QString &ref, int depth)
    {
        if (json.isNull())
            return;
        if (!json.isObject())
            return misfit(at, ref, u"an object of lists of tasks"_s);
        const QJsonObject lists = json.toObject();
        for (auto it = lists.begin(); it != lists.end(); ++it)
            tasks(it.value(), member(at, it.key()), ref, depth);
    }

    // An expression that gives a definition passes; any other text does not.
    void innerDefinition(const QJsonValue &json, const QString &at, const QString &ref)
    {
        const QString text = json.toString().trimmed();
        const bool isExpression = text.startsWith(u"${"_s) && text.endsWith(u'}');
        if (!json.isObject() && !json.isNull() && !isExpression)
            misfit(at, ref, u"a definition or an expression that gives one"_s);
    }

    void workflowFields()
    {
        const QJsonObject &definition = m_inspection.definition;
        const QString &path = m_inspection.path;
        const QString name = definition[u"name"].toVariant().toString();
        const auto add = [&](Severity severity, const QString &rule, QStringView key, const QString &message, const QString &remedy) {
            m_inspection.addAt(severity, rule, member(path, key), message, remedy);
        };
        if (name.isEmpty() && !definition[u"name"].isObject() && !definition[u"name"].isArray() && !m_inspection.isWithin)
            add(Severity::Error, u"missing-name"_s, u"name", u"The workflow has no name"_s, u"Give it one: \"name\": \"order_flow\""_s);
        checkName(name, add);
        if (definition[u"tasks"].isUndefined() || (definition[u"tasks"].isArray() && definition[u"tasks"].toArray().isEmpty()))
            add(Severity::Error, u"no-tasks"_s, u"tasks", u"The workflow has no tasks"_s, u"Add at least one task"_s);
        if (definition.contains(u"schemaVersion") && definition[u"schemaVersion"].toVariant().toInt() != 2)
            add(Severity::Error, u"schema-version"_s, u"schemaVersion", u"The server takes schemaVersion 2 only"_s, u"Write 2, or leave it out"_s);
        if (definition[u"version"].isDouble() && definition[u"version"].toDouble() < 1)
            add(Severity::Warning, u"version"_s, u"version", u"Versions count from 1; 0 is what calls without a version mean"_s, u"Write 1 or more"_s);
        timeouts(add);
        if (const QString other = definition[u"failureWorkflow"].toString(); !other.isEmpty() && !other.contains(u"${"_s)) {
            if (other == name)
                add(Severity::Warning, u"failure-workflow-self"_s, u"failureWorkflow",
                    u"The workflow is its own failure workflow: a failure starts it again, and again"_s, u"Name another workflow"_s);
            else if (const auto &known = m_inspection.surroundings.workflows; known && !known->contains(other))
                add(Severity::Hazard, u"unknown-workflow"_s, u"failureWorkflow", u"There is no workflow %1 on the server"_s.arg(harmless(other, 60)),
                    u"Register it first, or mend the name"_s);
        }
    }

    template <typename Add>
    static void checkName(const QString &name, const Add &add)
    {
        if (name.isEmpty())
            return;
        if (name.contains(u'/'))
            add(Severity::Hazard, u"name-slash"_s, u"name",
                u"A name with / is stored but can never be fetched, changed or deleted: the server refuses %2F in addresses"_s, u"Use _ or - instead"_s);
        else if (name.trimmed() != name || name.trimmed().isEmpty())
            add(Severity::Warning, u"name-blank"_s, u"name", u"The name begins or ends with a blank"_s, u"Remove the blank"_s);
        else if (name.contains(u':') || name.contains(u','))
            add(Severity::Warning, u"name-sign"_s, u"name", u"A name with : or , cannot be searched for and is mistaken for a part of event and queue names"_s,
                u"Use _ or - instead"_s);
        if (name.size() > 255)
            add(Severity::Warning, u"name-long"_s, u"name", u"A name of more than 255 characters does not fit the tables of all databases"_s, u"Shorten it"_s);
    }

    template <typename Add>
    void timeouts(const Add &add)
    {
        const QJsonObject &definition = m_inspection.definition;
        const double seconds = definition[u"timeoutSeconds"].toDouble();
        if (seconds < 0)
            add(Severity::Warning, u"negative"_s, u"timeoutSeconds", u"A negative timeout is taken and means none"_s,
                u"Write 0 for none, or a number of seconds"_s);
        else if (seconds == 0 && definition[u"timeoutPolicy"].toString() == u"TIME_OUT_WF")
            add(Severity::Warning, u"timeout-without-time"_s, u"timeoutPolicy", u"Without timeoutSeconds the policy never applies"_s,
                u"Set timeoutSeconds, or remove the policy"_s);
    }

    Inspection &m_inspection;
};

} // namespace

void checkShapes(Inspection &inspection) { ShapeRules(inspection).check(); }

} // namespace conductor
