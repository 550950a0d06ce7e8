// Names and what refers to them: duplicates, ${…} that lead nowhere or come too early, secrets in clear text.
#include "conductor/base/hostile.h"
#include "conductor/base/redaction.h"
#include "conductor/definition/expressions.h"
#include "conductor/definition/inspection.h"
#include "conductor/definition/jsonpath.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using Severity = Problem::Severity;

// What ${workflow.…} and ${task.…} can be followed by. Source: ParametersUtils of the server.
const QSet<QString> &workflowFields()
{
    static const QSet<QString> fields{u"input"_s,
                                      u"output"_s,
                                      u"variables"_s,
                                      u"status"_s,
                                      u"workflowId"_s,
                                      u"parentWorkflowId"_s,
                                      u"parentWorkflowTaskId"_s,
                                      u"workflowType"_s,
                                      u"version"_s,
                                      u"correlationId"_s,
                                      u"reasonForIncompletion"_s,
                                      u"schemaVersion"_s,
                                      u"createTime"_s,
                                      u"createdBy"_s,
                                      u"taskToDomain"_s,
                                      u"secrets"_s,
                                      u"env"_s,
                                      u"priority"_s,
                                      u"failedReferenceTaskNames"_s,
                                      u"idempotencyKey"_s,
                                      u"ownerApp"_s,
                                      u"labels"_s,
                                      u"startTime"_s};
    return fields;
}

const QSet<QString> &taskFields()
{
    static const QSet<QString> fields{u"input"_s,
                                      u"output"_s,
                                      u"taskType"_s,
                                      u"status"_s,
                                      u"referenceTaskName"_s,
                                      u"retryCount"_s,
                                      u"correlationId"_s,
                                      u"pollCount"_s,
                                      u"taskDefName"_s,
                                      u"scheduledTime"_s,
                                      u"startTime"_s,
                                      u"endTime"_s,
                                      u"workflowInstanceId"_s,
                                      u"taskId"_s,
                                      u"reasonForIncompletion"_s,
                                      u"callbackAfterSeconds"_s,
                                      u"workerId"_s,
                                      u"iteration"_s,
                                      u"subWorkflowId"_s,
                                      u"seq"_s,
                                      u"updateTime"_s};
    return fields;
}

class ReferenceRules
{
public:
    explicit ReferenceRules(Inspection &inspection)
        : m_inspection(inspection)
    {
    }

    void check()
    {
        names();
        for (const InspectedTask &task : m_inspection.tasks)
            expressionsOf(task);
        outputs();
        secrets(m_inspection.definition[u"variables"], member(m_inspection.path, u"variables"), {}, 0);
        secrets(m_inspection.definition[u"inputTemplate"], member(m_inspection.path, u"inputTemplate"), {}, 0);
    }

private:
    void names()
    {
        for (size_t i = 0; i < m_inspection.tasks.size(); ++i) {
            const InspectedTask &task = m_inspection.tasks[i];
            if (task.ref.isEmpty())
                continue;
            if (const int first = m_inspection.refs.value(task.ref); first != int(i)) // also in loops: the server compares all
                m_inspection.addAt(Severity::Error, u"duplicate-reference"_s, member(task.path, u"taskReferenceName"),
                                   u"%1 is already the reference of %2"_s.arg(harmless(task.ref, 60), m_inspection.tasks[size_t(first)].path),
                                   u"Give one of them another reference"_s, task.ref);
            name(task);
        }
    }

    void name(const InspectedTask &task)
    {
        const auto add = [&](Severity severity, const QString &rule, const QString &message, const QString &remedy) {
            m_inspection.add(severity, task, rule, u"taskReferenceName"_s, message, remedy);
        };
        static const QRegularExpression turn(u"__\\d+$"_s);
        if (task.ref == u"workflow")
            add(Severity::Hazard, u"reference-name"_s, u"${workflow.…} never means a task: nobody can read the output of this one"_s,
                u"Choose another reference"_s);
        else if (task.ref.contains(u'.') || task.ref.contains(u' ') || task.ref.contains(u'['))
            add(Severity::Hazard, u"reference-name"_s, u"A reference with a dot, a blank or a bracket cannot stand in ${…}"_s, u"Use letters, digits and _"_s);
        else if (task.ref.contains(u'/'))
            add(Severity::Warning, u"reference-name"_s, u"A reference with / cannot stand in the addresses of the server's calls"_s,
                u"Use letters, digits and _"_s);
        else if (turn.match(task.ref).hasMatch())
            add(Severity::Warning, u"reference-name"_s, u"References ending in __ and a number are what tasks in loops are called"_s,
                u"Choose another reference"_s);
    }

    // The server looks at the inputs of the outermost tasks only; elsewhere an unknown reference reads as nothing.
    void expressionsOf(const InspectedTask &task)
    {
        const bool isSeen = task.parent < 0 && !m_inspection.isWithin;
        for (const PlacedExpression &placed : expressionsIn(task.json[u"inputParameters"], member(task.path, u"inputParameters")))
            expression(placed, task, isSeen ? Severity::Error : Severity::Hazard);
        for (const QStringView key : {u"subWorkflowParam", u"items", u"sink", u"cacheConfig"}) {
            const QJsonValue value = task.json[key];
            if (key == u"subWorkflowParam" && value[u"workflowDefinition"].isObject()) {
                expressionsOfSubWorkflow(task, value.toObject());
                continue;
            }
            for (const PlacedExpression &placed : expressionsIn(value, member(task.path, key)))
                expression(placed, task, Severity::Hazard);
        }
        secrets(task.json[u"inputParameters"], member(task.path, u"inputParameters"), task.ref, 0);
    }

    // The definition within is looked at on its own.
    void expressionsOfSubWorkflow(const InspectedTask &task, QJsonObject param)
    {
        param.remove(u"workflowDefinition"_s);
        for (const PlacedExpression &placed : expressionsIn(param, member(task.path, u"subWorkflowParam")))
            expression(placed, task, Severity::Hazard);
    }

    void expression(const PlacedExpression &placed, const InspectedTask &task, Severity severity)
    {
        const Expression &expression = placed.expression;
        const QString shown = harmless(expression.path, 80);
        const auto add = [&](Severity how, const QString &rule, const QString &message, const QString &remedy) {
            m_inspection.addAt(how, rule, placed.path, message, remedy, task.ref);
        };
        if (expression.fault == Expression::Fault::Unclosed)
            return add(Severity::Hazard, u"expression-unclosed"_s, u"${ without }: it is passed on as text"_s,
                       u"Close it with }, or write $${ if it is meant as text"_s);
        if (isServerVariable(expression.path))
            return;
        const int source = m_inspection.refs.value(expression.source, -1);
        if (expression.fault == Expression::Fault::BadPath)
            return add(severity, u"expression-path"_s, u"${%1} is no path the server can read"_s.arg(shown),
                       u"Write ${reference.output.field}, without blanks"_s);
        if (expression.source == u"workflow")
            return ofWorkflow(placed, task);
        if (source < 0)
            return add(severity, u"unknown-reference"_s, u"No task is called %1"_s.arg(harmless(expression.source, 60)), remedyFor(expression.source));
        if (!expression.field.isEmpty() && !taskFields().contains(expression.field))
            add(Severity::Warning, u"unknown-field"_s, u"A task has no %1: ${%2} reads as nothing"_s.arg(harmless(expression.field, 40), shown),
                u"Write .output or .input after the reference"_s);
        order(placed, task, source);
    }

    QString remedyFor(const QString &ref) const
    {
        for (auto it = m_inspection.refs.keyBegin(); it != m_inspection.refs.keyEnd(); ++it) {
            if (it->compare(ref, Qt::CaseInsensitive) == 0)
                return u"Write %1"_s.arg(harmless(*it, 60));
        }
        static const QRegularExpression turn(u"__\\d+$"_s);
        if (turn.match(ref).hasMatch())
            return u"Leave out the turn: ${%1…} is the newest"_s.arg(harmless(QString(ref).remove(turn), 60));
        return u"Mend the reference; ${workflow.input.…} reads the workflow's input"_s;
    }

    void ofWorkflow(const PlacedExpression &placed, const InspectedTask &task)
    {
        const Expression &expression = placed.expression;
        if (!expression.field.isEmpty() && !workflowFields().contains(expression.field))
            return m_inspection.addAt(Severity::Warning, u"unknown-field"_s, placed.path,
                                      u"A workflow has no %1: ${%2} reads as nothing"_s.arg(harmless(expression.field, 40), harmless(expression.path, 80)),
                                      u"Write ${workflow.input.…} or ${workflow.variables.…}"_s, task.ref);
        const QJsonArray declared = m_inspection.definition[u"inputParameters"].toArray();
        if (expression.field != u"input" || declared.isEmpty())
            return;
        const QString rest = expression.path.section(u'.', 2, 2).section(u'[', 0, 0).trimmed();
        const bool isKnown = rest.isEmpty() || declared.contains(rest) || m_inspection.definition[u"inputTemplate"].toObject().contains(rest);
        if (!isKnown)
            m_inspection.addAt(Severity::Warning, u"undeclared-input"_s, placed.path,
                               u"%1 is not among the workflow's inputParameters"_s.arg(harmless(rest, 60)), u"Add it there, or mend the name"_s, task.ref);
    }

    // Whether what is read can have run before.
    void order(const PlacedExpression &placed, const InspectedTask &task, int source)
    {
        const int self = int(&task - m_inspection.tasks.data());
        if (source == self || m_inspection.contains(source, self) || m_inspection.contains(self, source))
            return;
        const QString shown = harmless(placed.expression.source, 60);
        for (int a = self; a >= 0; a = m_inspection.tasks[size_t(a)].parent) {
            for (int b = source; b >= 0; b = m_inspection.tasks[size_t(b)].parent) {
                const InspectedTask &one = m_inspection.tasks[size_t(a)];
                const InspectedTask &other = m_inspection.tasks[size_t(b)];
                const bool isSameLoop = one.loopDepth > 0 && other.loopDepth > 0;
                if (one.sequence == other.sequence) {
                    if (other.place > one.place && !isSameLoop)
                        m_inspection.addAt(Severity::Hazard, u"read-too-early"_s, placed.path, u"%1 runs only later: this reads as nothing"_s.arg(shown),
                                           u"Read from a task before this one, or move it"_s, task.ref);
                    return;
                }
                if (one.parent == other.parent && one.parent >= 0 && !isSameLoop) {
                    const bool isSwitch = m_inspection.tasks[size_t(one.parent)].kind == TaskKind::Switch;
                    m_inspection.addAt(Severity::Warning, isSwitch ? u"read-other-case"_s : u"read-parallel"_s, placed.path,
                                       isSwitch ? u"%1 runs in another case: this reads as nothing"_s.arg(shown)
                                                : u"%1 runs at the same time in another branch: it may not be there yet"_s.arg(shown),
                                       isSwitch ? u"Read from a task before the switch"_s : u"Read it after the join"_s, task.ref);
                    return;
                }
            }
        }
    }

    void outputs()
    {
        for (const PlacedExpression &placed : expressionsIn(m_inspection.definition[u"outputParameters"], member(m_inspection.path, u"outputParameters"))) {
            const Expression &expression = placed.expression;
            const bool isKnown = expression.source == u"workflow" || isServerVariable(expression.path) || m_inspection.refs.contains(expression.source);
            if (expression.fault != Expression::Fault::None)
                m_inspection.addAt(Severity::Hazard, u"expression-path"_s, placed.path, u"${%1} cannot be read"_s.arg(harmless(expression.path, 80)),
                                   u"Write ${reference.output.field}"_s);
            else if (!isKnown)
                m_inspection.addAt(Severity::Hazard, u"unknown-reference"_s, placed.path,
                                   u"No task is called %1: this output is always null"_s.arg(harmless(expression.source, 60)), remedyFor(expression.source));
        }
    }

    // A definition is readable for everybody on the server.
    void secrets(const QJsonValue &json, const QString &path, const QString &ref, int depth)
    {
        if (depth > 64)
            return;
        if (json.isArray()) {
            const QJsonArray array = json.toArray();
            for (qsizetype i = 0; i < array.size(); ++i)
                secrets(array[i], element(path, i), ref, depth + 1);
        } else if (json.isObject()) {
            const QJsonObject object = json.toObject();
            for (auto it = object.begin(); it != object.end(); ++it) {
                if (it.value().isString() && namesASecret(it.key()) && isLiteral(it.value().toString()))
                    secret(member(path, it.key()), ref);
                else
                    secrets(it.value(), member(path, it.key()), ref, depth + 1);
            }
        } else if (json.isString() && redacted(json.toString()) != json.toString()) {
            secret(path, ref);
        }
    }

    static bool isLiteral(const QString &text) { return !text.trimmed().isEmpty() && !text.contains(u"${"_s); }

    void secret(const QString &path, const QString &ref)
    {
        m_inspection.addAt(Severity::Warning, u"secret"_s, path, u"This looks like a secret in clear text; everybody who can read the definition can read it"_s,
                           u"Take it from ${workflow.secrets.NAME} or from the worker's own environment"_s, ref);
    }

    Inspection &m_inspection;
};

} // namespace

void checkReferences(Inspection &inspection) { ReferenceRules(inspection).check(); }

} // namespace conductor
