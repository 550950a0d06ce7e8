// What each type of task needs, and what of it the server takes although it cannot work.
#include "conductor/base/hostile.h"
#include "conductor/definition/inspection.h"
#include "conductor/definition/jsonpath.h"
#include "conductor/definition/script.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using Severity = Problem::Severity;

bool isExpression(const QJsonValue &json) { return json.isString() && json.toString().contains(u"${"_s); }

QString text(const QJsonValue &json) { return json.toVariant().toString(); }

// As the server reads it: whole numbers with units, the larger first. Tried against 3.32.3.
bool isDuration(const QString &duration)
{
    static const QRegularExpression pattern(
        u"^\\s*(?:(\\d+)\\s*(?:days?|d))?\\s*(?:(\\d+)\\s*(?:hours?|hrs?|h))?\\s*(?:(\\d+)\\s*(?:minutes?|mins?|m))?\\s*(?:(\\d+)\\s*(?:seconds?|secs?|s))?\\s*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(duration).hasMatch();
}

// yyyy-MM-dd, with HH:mm, with a zone as letters or an offset; days and months beyond their end roll over.
bool isMoment(const QString &until)
{
    static const QRegularExpression pattern(
        u"^\\d{1,4}-\\d{1,2}-\\d{1,2}(?: \\d{1,2}:\\d{1,2}(?: (?:[A-Za-z]{2,5}(?:[+-]\\d{1,2}:?\\d{2})?|[+-]\\d{4}))?)?$"_s);
    return pattern.match(until).hasMatch();
}

class TaskRules
{
public:
    explicit TaskRules(Inspection &inspection)
        : m_inspection(inspection)
    {
    }

    void check()
    {
        for (const InspectedTask &task : m_inspection.tasks) {
            m_task = &task;
            m_input = task.input();
            common();
            ofType();
        }
    }

private:
    void add(Severity severity, const QString &rule, const QString &key, const QString &message, const QString &remedy)
    {
        m_inspection.add(severity, *m_task, rule, key, message, remedy);
    }

    // The server refuses the task without this field.
    bool require(QStringView key, const QString &remedy)
    {
        const QJsonValue value = m_task->json[key];
        if (!value.isUndefined() && !value.isNull())
            return true;
        add(Severity::Error, u"missing-field"_s, {}, u"A %1 task needs %2"_s.arg(m_task->type, key), remedy);
        return false;
    }

    void hazard(const QString &rule, const QString &key, const QString &message, const QString &remedy) { add(Severity::Hazard, rule, key, message, remedy); }

    void hazardOfInput(const QString &rule, QStringView key, const QString &message, const QString &remedy)
    {
        m_inspection.addAt(Severity::Hazard, rule,
                           m_input.contains(key) ? member(member(m_task->path, u"inputParameters"), key) : member(m_task->path, u"inputParameters"), message,
                           remedy, m_task->ref);
    }

    void common()
    {
        const QJsonObject &json = m_task->json;
        if (text(json[u"name"]).isEmpty())
            add(Severity::Error, u"missing-task-name"_s, {}, u"The task has no name"_s, u"Name its task definition: \"name\": \"charge_card\""_s);
        if (m_task->ref.isEmpty()) {
            if (m_task->loopDepth > 0)
                hazard(u"missing-reference"_s, {},
                       u"A task without taskReferenceName in a loop: the call that starts the run never comes back, the server turns for ever"_s,
                       u"Give it a taskReferenceName that no other task has"_s);
            else
                add(Severity::Error, u"missing-reference"_s, {}, u"The task has no taskReferenceName"_s, u"Give it one that no other task has"_s);
        }
        type();
        if (json[u"startDelay"].toDouble() < 0)
            add(Severity::Error, u"negative"_s, u"startDelay"_s, u"startDelay must not be negative"_s, u"Write 0 or a number of seconds"_s);
        if (json[u"retryCount"].toDouble() < 0)
            add(Severity::Warning, u"negative"_s, u"retryCount"_s, u"A negative retryCount is taken and means none"_s, u"Write 0 for no retries"_s);
        if (const auto &known = m_inspection.surroundings.taskDefinitions;
            known && m_task->type == u"SIMPLE" && !known->contains(text(json[u"name"])) && !json[u"taskDefinition"].isObject())
            add(Severity::Warning, u"unknown-task-definition"_s, u"name"_s,
                u"There is no task definition %1: the server's defaults apply, 3 retries 60 s apart and an hour for an answer"_s.arg(
                    harmless(text(json[u"name"]), 60)),
                u"Register it, or mend the name"_s);
    }

    void type()
    {
        const QJsonValue type = m_task->json[u"type"];
        if (type.isNull())
            return; // wrong-type
        if (type.isUndefined()) {
            add(Severity::Warning, u"missing-type"_s, {}, u"The task has no type; the server stores SIMPLE"_s, u"Write \"type\": \"SIMPLE\""_s);
        } else if (!isKnownTaskType(m_task->type)) {
            const QString upper = m_task->type.toUpper();
            const QString remedy = isKnownTaskType(upper) ? u"Write %1"_s.arg(upper) : u"Write SIMPLE for a task of a worker, or one of the server's types"_s;
            hazard(u"unknown-type"_s, u"type"_s,
                   u"The server knows no type %1: the task waits in a queue of that name for ever"_s.arg(
                       harmless(m_task->type.isEmpty() ? u"\"\""_s : m_task->type, 60)),
                   remedy);
        }
    }

    void ofType()
    {
        switch (m_task->kind) {
        case TaskKind::Dynamic:
            return dynamic();
        case TaskKind::DynamicFork:
            return dynamicFork();
        case TaskKind::Fork:
            if (m_task->json[u"forkTasks"].toArray().isEmpty())
                add(Severity::Error, u"missing-field"_s, {}, u"A FORK_JOIN task needs at least one branch"_s, u"Add branches: \"forkTasks\": [[…], […]]"_s);
            return;
        case TaskKind::Switch:
            return m_task->type == u"DECISION" ? decision() : choice();
        case TaskKind::DoWhile:
            return loop();
        case TaskKind::SubWorkflow:
            return subWorkflow();
        case TaskKind::StartWorkflow:
            return startWorkflow();
        case TaskKind::Terminate:
            return terminate();
        case TaskKind::Wait:
            return wait();
        case TaskKind::Event:
            return event();
        case TaskKind::System:
            return system();
        case TaskKind::ExclusiveJoin:
            if (m_task->json[u"joinOn"].toArray().isEmpty())
                hazard(u"empty-join"_s, {}, u"An EXCLUSIVE_JOIN that lists nothing in joinOn waits for ever"_s, u"List the last tasks of the cases"_s);
            return;
        case TaskKind::Worker:
        case TaskKind::Join:
        case TaskKind::Human:
            return;
        }
    }

    void dynamic()
    {
        if (!require(u"dynamicTaskNameParam", u"Name the input that holds the task's name: \"dynamicTaskNameParam\": \"taskToExecute\""_s))
            return;
        const QString param = text(m_task->json[u"dynamicTaskNameParam"]);
        if (!m_input.contains(param))
            hazard(u"missing-input"_s, u"dynamicTaskNameParam"_s,
                   u"There is no input %1: the run fails when it gets here"_s.arg(harmless(param.isEmpty() ? u"\"\""_s : param, 60)),
                   u"Add it to inputParameters, with the name of the task to run"_s);
    }

    void dynamicFork()
    {
        const bool hasTasks = has(u"dynamicForkTasksParam");
        const bool hasInputs = has(u"dynamicForkTasksInputParamName");
        const bool hasJoined = has(u"dynamicForkJoinTasksParam");
        if (hasJoined && (hasTasks || hasInputs)) {
            add(Severity::Error, u"contradiction"_s, {}, u"dynamicForkJoinTasksParam excludes dynamicForkTasksParam and dynamicForkTasksInputParamName"_s,
                u"Keep one or the other"_s);
            return;
        }
        const bool isShort = m_input.contains(u"forkTaskInputs"); // one task or workflow, many inputs
        if (hasJoined || (isShort && !hasTasks && !hasInputs))
            return;
        for (const QStringView key : {u"dynamicForkTasksParam", u"dynamicForkTasksInputParamName"}) {
            if (!require(key, u"Name the inputs that hold the tasks and their inputs"_s))
                continue;
            const QString param = text(m_task->json[key]);
            if (!m_input.contains(param))
                hazard(u"missing-input"_s, key.toString(),
                       u"There is no input %1: the run fails when it gets here"_s.arg(harmless(param.isEmpty() ? u"\"\""_s : param, 60)),
                       u"Add it to inputParameters"_s);
        }
    }

    bool has(QStringView key) const { return !m_task->json[key].isUndefined() && !m_task->json[key].isNull(); }

    void needsCases()
    {
        if (m_task->json[u"decisionCases"].toObject().isEmpty())
            add(Severity::Error, u"missing-field"_s, {},
                u"A %1 task needs at least one case in decisionCases; a defaultCase alone does not do"_s.arg(m_task->type),
                u"Add \"decisionCases\": { \"value\": […] }"_s);
    }

    void decision()
    {
        needsCases();
        if (!has(u"caseValueParam") && !has(u"caseExpression"))
            add(Severity::Error, u"missing-field"_s, {}, u"A DECISION task needs caseValueParam or caseExpression"_s,
                u"Name the input to decide by, or better use a SWITCH"_s);
        else if (!has(u"caseExpression") && !m_input.contains(text(m_task->json[u"caseValueParam"])))
            hazard(u"missing-input"_s, u"caseValueParam"_s, u"There is no such input: the default case is always taken"_s, u"Add it to inputParameters"_s);
        if (has(u"caseExpression"))
            script(text(m_task->json[u"caseExpression"]), Severity::Error, member(m_task->path, u"caseExpression"));
    }

    void choice()
    {
        needsCases();
        const bool hasEvaluator = require(u"evaluatorType", u"Write value-param to compare an input, or javascript"_s);
        if (!require(u"expression", u"Name the input to switch by, or write a script"_s) || !hasEvaluator)
            return;
        const QString evaluator = text(m_task->json[u"evaluatorType"]);
        const QString expression = text(m_task->json[u"expression"]);
        if (evaluator == u"value-param")
            return valueSwitch(expression);
        if (evaluator == u"javascript" || evaluator == u"graaljs")
            return script(expression, evaluator == u"javascript" ? Severity::Error : Severity::Hazard, member(m_task->path, u"expression"));
        if (evaluator != u"python")
            hazard(u"unknown-evaluator"_s, u"evaluatorType"_s,
                   u"There is no evaluator %1: the run fails"_s.arg(harmless(evaluator.isEmpty() ? u"\"\""_s : evaluator, 60)),
                   u"Use value-param, javascript, graaljs or python"_s);
    }

    void valueSwitch(const QString &param)
    {
        const QJsonObject cases = m_task->json[u"decisionCases"].toObject();
        if (!m_input.contains(param)) {
            add(Severity::Hazard, u"missing-input"_s, u"expression"_s,
                u"There is no input %1: the default case is always taken"_s.arg(harmless(param.isEmpty() ? u"\"\""_s : param, 60)),
                u"Add it to inputParameters, or name the right one"_s);
            return;
        }
        const QJsonValue value = m_input[param];
        if (isExpression(value) || value.isObject() || value.isArray())
            return;
        for (auto it = cases.begin(); it != cases.end(); ++it) {
            if (it.key() != text(value))
                m_inspection.addAt(Severity::Warning, u"unreachable-case"_s, member(member(m_task->path, u"decisionCases"), it.key()),
                                   u"This case is never taken: %1 is always %2"_s.arg(harmless(param, 60), harmless(text(value), 60)),
                                   u"Take the value from an input or an output: ${…}"_s, m_task->ref);
        }
    }

    void script(const QString &source, Severity severity, const QString &at, Return atTop = Return::Refused)
    {
        if (const std::optional<ScriptFault> fault = scriptFault(source, atTop)) {
            const bool isUnseen = m_inspection.isWithin || m_task->loopDepth > 0;
            m_inspection.addAt(severity == Severity::Error && isUnseen ? Severity::Hazard : severity, u"script"_s, at,
                               u"This is no JavaScript: %1"_s.arg(harmless(fault->message)), u"Mend the script at character %1"_s.arg(fault->at + 1),
                               m_task->ref);
        }
    }

    void loop()
    {
        const bool hasItems = has(u"items") || m_input.contains(u"items") || m_input.contains(u"_items");
        if (m_task->json[u"loopOver"].toArray().isEmpty())
            add(Severity::Error, u"missing-field"_s, {}, u"A DO_WHILE task needs tasks in loopOver"_s, u"Add the tasks to repeat"_s);
        if (!require(u"loopCondition",
                     hasItems ? u"The server wants it although items decide: write \"\""_s
                              : u"Write a condition to go on: \"$.%1['iteration'] < 3\""_s.arg(m_task->ref)))
            return;
        const QString condition = text(m_task->json[u"loopCondition"]).trimmed();
        if (condition.isEmpty()) {
            if (!hasItems)
                add(Severity::Warning, u"loop-once"_s, u"loopCondition"_s, u"Without a condition and without items the loop turns once"_s,
                    u"Write a condition, or take the tasks out of the loop"_s);
            return;
        }
        script(condition, Severity::Hazard, member(m_task->path, u"loopCondition"));
        const QStringList inputs = scriptInputs(condition);
        static const QRegularExpression constant(u"^[\\s(]*(true|[1-9]\\d*)[\\s);]*$"_s);
        if (constant.match(condition).hasMatch())
            hazard(u"endless-loop"_s, u"loopCondition"_s, u"The condition is always true: the loop never ends"_s,
                   u"Compare something that changes: $.%1['iteration'] < 3"_s.arg(m_task->ref));
        loopInputs(inputs);
    }

    // A condition sees the loop itself, what its body puts out and the loop's own inputs.
    void loopInputs(const QStringList &inputs)
    {
        const int self = int(m_task - m_inspection.tasks.data());
        for (const QString &name : inputs) {
            const bool isItself = name == m_task->ref;
            const int other = m_inspection.refs.value(name, -1);
            const bool isInBody = other >= 0 && m_inspection.contains(self, other);
            if (isItself && m_task->loopDepth > 0)
                hazard(u"loop-input"_s, u"loopCondition"_s,
                       u"Within another loop %1 is called %1__1: the condition cannot be evaluated and the run fails"_s.arg(harmless(name, 60)),
                       u"Move the inner loop into a sub-workflow"_s);
            else if (!isItself && !isInBody && !m_input.contains(name))
                hazard(u"loop-input"_s, u"loopCondition"_s,
                       u"The condition reads %1, which is neither the loop, a task in it nor an input: it cannot be evaluated and the run fails"_s.arg(
                           harmless(name, 60)),
                       u"Write $.%1, or add %2 to inputParameters"_s.arg(m_task->ref, harmless(name, 60)));
        }
    }

    void subWorkflow()
    {
        const QJsonObject param = m_task->json[u"subWorkflowParam"].toObject();
        if (!require(u"subWorkflowParam", u"Name the workflow to run: \"subWorkflowParam\": { \"name\": \"…\", \"version\": 1 }"_s))
            return;
        const QJsonValue inner = param[u"workflowDefinition"];
        if (!inner.isUndefined() && !inner.isNull())
            return;
        workflowName(text(param[u"name"]), u"subWorkflowParam"_s);
    }

    void workflowName(const QString &name, const QString &key)
    {
        if (name.isEmpty())
            return hazard(u"missing-workflow"_s, key, u"No workflow is named: the run cannot be started or fails here"_s, u"Name the workflow to run"_s);
        if (name.contains(u"${"_s))
            return;
        if (name == text(m_inspection.definition[u"name"]) && m_task->parent < 0)
            hazard(u"calls-itself"_s, key, u"The workflow runs itself unconditionally: it never ends"_s,
                   u"Put the call into a SWITCH case that is not always taken"_s);
        if (const auto &known = m_inspection.surroundings.workflows; known && !known->contains(name))
            hazard(u"unknown-workflow"_s, key, u"There is no workflow %1 on the server"_s.arg(harmless(name, 60)), u"Register it first, or mend the name"_s);
    }

    void startWorkflow()
    {
        const QJsonValue start = m_input[u"startWorkflow"];
        if (isExpression(start))
            return;
        if (!start.isObject())
            return hazardOfInput(u"missing-input"_s, u"startWorkflow", u"There is no input startWorkflow: the task fails"_s,
                                 u"Add \"startWorkflow\": { \"name\": \"…\", \"input\": {} }"_s);
        workflowName(text(start[u"name"]), u"inputParameters"_s);
    }

    void terminate()
    {
        const QString status = text(m_input[u"terminationStatus"]);
        constexpr std::array<QStringView, 3> known{u"COMPLETED", u"FAILED", u"TERMINATED"};
        if (std::find(known.begin(), known.end(), status) == known.end())
            add(Severity::Error, u"termination-status"_s, m_input.contains(u"terminationStatus") ? u"inputParameters"_s : QString(),
                status.contains(u"${"_s) ? u"The server does not take an expression as terminationStatus"_s
                                         : u"A TERMINATE task needs terminationStatus COMPLETED, FAILED or TERMINATED"_s,
                u"Write one of them; choose between several with a SWITCH"_s);
    }

    void wait()
    {
        const QString duration = text(m_input[u"duration"]);
        const QString until = text(m_input[u"until"]);
        if (!duration.isEmpty() && !until.isEmpty())
            return add(Severity::Error, u"contradiction"_s, u"inputParameters"_s, u"A WAIT task takes duration or until, not both"_s, u"Remove one of them"_s);
        const auto isWhole = [](const QString &value) { return value.startsWith(u"${"_s); };
        if (!duration.isEmpty() && !isWhole(duration) && !isDuration(duration))
            add(Severity::Error, u"wait-duration"_s, u"inputParameters"_s, u"The server cannot read the duration %1"_s.arg(harmless(duration, 60)),
                u"Write whole numbers with units, the larger first: 2 days, 1h 30m, 90 seconds"_s);
        else if (!duration.isEmpty() && duration.trimmed().isEmpty())
            add(Severity::Warning, u"wait-duration"_s, u"inputParameters"_s, u"A blank duration is none: the task waits for a signal"_s,
                u"Write a duration, or remove it"_s);
        if (!until.isEmpty() && !isWhole(until) && !isMoment(until))
            add(Severity::Error, u"wait-until"_s, u"inputParameters"_s, u"The server cannot read the time %1"_s.arg(harmless(until, 60)),
                u"Write 2030-01-31, 2030-01-31 18:00 or 2030-01-31 18:00 GMT"_s);
        else if (!until.isEmpty() && !isWhole(until) && !isOnCalendar(until))
            add(Severity::Warning, u"wait-until"_s, u"inputParameters"_s,
                u"%1 is on no calendar; the server counts on into the next month"_s.arg(harmless(until, 60)), u"Mend the date"_s);
    }

    static bool isOnCalendar(const QString &until)
    {
        const QStringList date = until.section(u' ', 0, 0).split(u'-');
        const QStringList time = until.section(u' ', 1, 1).split(u':');
        const bool isTime = time.size() < 2 || (time[0].toInt() < 24 && time[1].toInt() < 60);
        return QDate::isValid(date[0].toInt(), date[1].toInt(), date[2].toInt()) && isTime;
    }

    void event()
    {
        if (!require(u"sink", u"Name where the event goes: \"sink\": \"conductor\""_s))
            return;
        const QString sink = text(m_task->json[u"sink"]);
        const QString provider = sink.section(u':', 0, 0);
        static const QSet<QString> modules{u"kafka"_s, u"amqp"_s, u"amqp_queue"_s, u"amqp_exchange"_s, u"sqs"_s, u"nats"_s, u"nats_stream"_s, u"jsm"_s};
        if (provider == u"conductor" || sink.contains(u"${"_s))
            return;
        if (modules.contains(provider))
            add(Severity::Warning, u"event-sink"_s, u"sink"_s, u"A server without the %1 module fails here"_s.arg(provider),
                u"Make sure the server has it, or use conductor"_s);
        else
            hazard(u"event-sink"_s, u"sink"_s, u"The server knows no queue %1: the task fails"_s.arg(harmless(sink.isEmpty() ? u"\"\""_s : sink, 60)),
                   u"Use conductor or conductor:name"_s);
    }

    void system()
    {
        const QString &type = m_task->type;
        if (type == u"HTTP")
            return http();
        if (type == u"INLINE")
            return inlined();
        if (type == u"LAMBDA")
            return lambda();
        if (type == u"JSON_JQ_TRANSFORM")
            return requireInput(u"queryExpression", u"Write the jq program: \"queryExpression\": \".items | length\""_s);
        if (type == u"KAFKA_PUBLISH")
            return kafka();
        if (type == u"JDBC" && !m_input.contains(u"statement"))
            return hazardOfInput(u"missing-input"_s, u"statement", u"There is no input statement: the task fails"_s, u"Add the SQL statement"_s);
        if (type == u"SET_VARIABLE" && m_input.isEmpty())
            return add(Severity::Warning, u"empty-input"_s, {}, u"The task sets no variable"_s, u"Add the variables to inputParameters"_s);
        if (type.startsWith(u"LLM_") && !(m_input.contains(u"llmProvider") && m_input.contains(u"model")) && !m_input.contains(u"vectorDB"))
            hazardOfInput(u"missing-input"_s, u"llmProvider", u"There is no llmProvider or no model: the task fails"_s, u"Add both to inputParameters"_s);
    }

    // The server wants it to be there, whatever it holds.
    void requireInput(QStringView key, const QString &remedy)
    {
        if (!m_input.contains(key))
            add(Severity::Error, u"missing-field"_s, {}, u"A %1 task needs inputParameters.%2"_s.arg(m_task->type, key), remedy);
        else if (m_input[key].isNull() || text(m_input[key]).isEmpty())
            hazardOfInput(u"missing-input"_s, key, u"%1 is empty: the task fails"_s.arg(key), remedy);
    }

    void http()
    {
        if (!m_input.contains(u"http_request") && !m_input.contains(u"uri"))
            return add(Severity::Error, u"missing-field"_s, {}, u"An HTTP task needs inputParameters.http_request or inputParameters.uri"_s,
                       u"Add \"http_request\": { \"uri\": \"https://…\", \"method\": \"GET\" }"_s);
        const bool isNested = m_input.contains(u"http_request");
        if (isNested && isExpression(m_input[u"http_request"]))
            return;
        const QJsonObject request = isNested ? m_input[u"http_request"].toObject() : m_input;
        const QStringView key = isNested ? u"http_request" : u"uri";
        const QString uri = text(request[u"uri"]);
        const QString method = text(request[u"method"]);
        if (uri.isEmpty())
            hazardOfInput(u"http-uri"_s, key, u"There is no uri: the task fails"_s, u"Write the whole address: https://…"_s);
        else if (!uri.contains(u"${"_s) && !uri.startsWith(u"http://"_s) && !uri.startsWith(u"https://"_s))
            hazardOfInput(u"http-uri"_s, key, u"%1 is no whole address: the task fails"_s.arg(harmless(uri, 80)), u"Begin with https:// or http://"_s);
        if (isNested && method.isEmpty())
            hazardOfInput(u"http-method"_s, key, u"There is no method: the task fails"_s, u"Add \"method\": \"GET\""_s);
        static const QSet<QString> methods{u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s, u"TRACE"_s};
        if (!method.isEmpty() && !method.contains(u"${"_s) && !methods.contains(method.toUpper()))
            hazardOfInput(u"http-method"_s, key, u"%1 is no HTTP method: the task fails"_s.arg(harmless(method, 40)),
                          u"Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS"_s);
    }

    void inlined()
    {
        const QJsonValue expression = m_input[u"expression"];
        if (text(expression).trimmed().isEmpty())
            return hazardOfInput(u"missing-input"_s, u"expression", u"There is no expression: the task fails"_s,
                                 u"Write the script: \"expression\": \"$.a + $.b\""_s);
        const QString evaluator = text(m_input[u"evaluatorType"]);
        static const QSet<QString> known{QString(), u"javascript"_s, u"graaljs"_s, u"python"_s, u"value-param"_s};
        if (!known.contains(evaluator) && !evaluator.contains(u"${"_s))
            return hazardOfInput(u"unknown-evaluator"_s, u"evaluatorType", u"There is no evaluator %1: the task fails"_s.arg(harmless(evaluator, 60)),
                                 u"Use javascript, graaljs or python"_s);
        if ((evaluator == u"javascript" || evaluator == u"graaljs") && !isExpression(expression))
            script(text(expression), Severity::Hazard, member(member(m_task->path, u"inputParameters"), u"expression"));
    }

    void lambda()
    {
        const QString source = text(m_input[u"scriptExpression"]);
        if (source.trimmed().isEmpty())
            hazardOfInput(u"missing-input"_s, u"scriptExpression", u"There is no scriptExpression: the task fails"_s,
                          u"Write the script, or better use INLINE"_s);
        else if (!source.contains(u"${"_s))
            script(source, Severity::Hazard, member(member(m_task->path, u"inputParameters"), u"scriptExpression"), Return::Allowed);
    }

    void kafka()
    {
        if (!m_input.contains(u"kafka_request"))
            return add(Severity::Error, u"missing-field"_s, {}, u"A KAFKA_PUBLISH task needs inputParameters.kafka_request"_s,
                       u"Add \"kafka_request\": { \"topic\": \"…\", \"bootStrapServers\": \"…\", \"value\": … }"_s);
        if (isExpression(m_input[u"kafka_request"]))
            return;
        for (const QStringView key : {u"topic", u"bootStrapServers", u"value"}) {
            if (m_input[u"kafka_request"][key].isUndefined() || m_input[u"kafka_request"][key].isNull())
                hazardOfInput(u"missing-input"_s, u"kafka_request", u"kafka_request has no %1: the task fails"_s.arg(key), u"Add it"_s);
        }
    }

    Inspection &m_inspection;
    const InspectedTask *m_task = nullptr;
    QJsonObject m_input;
};

} // namespace

void checkTaskTypes(Inspection &inspection) { TaskRules(inspection).check(); }

} // namespace conductor
