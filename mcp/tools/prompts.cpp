#include "mcp/tools/offering.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

using Values = QHash<QString, QString>;

// A prompt of one message; {name} in its text is the argument of that name, or what stands for it when it is left out.
struct Text {
    QString name;
    QString title;
    QString description;
    std::vector<PromptArgument> arguments;
    QString tool; // see Prompt
    QString text;
    Values instead = {};
};

QString filled(QString text, const std::vector<PromptArgument> &arguments, const QJsonObject &given, const Values &instead)
{
    for (const PromptArgument &argument : arguments) {
        const QString value = given[argument.name].toString().trimmed();
        text.replace(u'{' + argument.name + u'}', value.isEmpty() ? instead.value(argument.name) : value);
    }
    return text;
}

Reply<QStringList> completePrompt(std::shared_ptr<Backend> backend, QString argument, QString typed, Call call)
{
    if (argument == u"workflow")
        co_return matching(co_await workflowNames(backend, call), typed);
    if (argument == u"since")
        co_return matching({u"1h"_s, u"24h"_s, u"7d"_s, u"30d"_s}, typed);
    if (argument == u"language")
        co_return matching({u"Python"_s, u"Java"_s, u"Go"_s, u"TypeScript"_s, u"C#"_s}, typed);
    if (argument == u"execution")
        co_return matching(co_await executionIds(backend, call), typed);
    co_return QStringList();
}

const PromptArgument workflowArgument{u"workflow"_s, u"Name of the workflow"_s};
const PromptArgument executionArgument{u"execution"_s, u"Id of the execution"_s, true};

std::vector<Text> texts()
{
    return {
        {u"create_workflow"_s, u"Create a workflow"_s, u"Turns a description of a process into a checked workflow definition"_s,
         {{u"goal"_s, u"What the workflow is to do"_s, true}, {u"name"_s, u"Name of the workflow"_s}},
         u"conductor_create_workflow"_s,
         u"Write a Conductor workflow definition for this: {goal}\nIts name: {name}\n\n"
         "First read conductor://guide/definitions and, as far as you need them, conductor://guide/task-types and conductor://guide/expressions. Use conductor_list_workflows "
         "and conductor_get_task_definition to reuse what exists. Write the JSON, check it with conductor_create_workflow and check_only, mend every problem, show me the "
         "result with a line on each task, and store it only when I agree."_s,
         {{u"name"_s, u"choose a short one in snake_case"_s}}},
        {u"troubleshoot_execution"_s, u"Troubleshoot an execution"_s, u"Finds out why a run is stuck, slow or failed, and proposes what to do"_s, {executionArgument},
         u"conductor_get_workflow_status"_s,
         u"Find out what is wrong with the Conductor execution {execution}.\n\n"
         "Call conductor_get_workflow_status for it. If it failed, ask again with detail failure; if it waits, look at what it waits for: conductor_get_task_queue_size tells "
         "whether a worker polls, conductor_get_execution_history shows attempts and logs of a task. Tell me the cause with your evidence, then the one call you would make to "
         "put it right. Make it only when I agree."_s},
        {u"analyze_failures"_s, u"Analyse failures"_s, u"Groups recent failures by cause and says what to mend first"_s,
         {workflowArgument, {u"since"_s, u"How far back, such as 24h or 7d"_s}},
         u"conductor_get_workflow_metrics"_s,
         u"Analyse the failures of {workflow} in Conductor over the last {since}.\n\n"
         "Start with conductor_get_workflow_metrics, then conductor_search_workflows with status:FAILED,TIMED_OUT and since:{since}. For one run of each distinct reason look at "
         "conductor_get_workflow_status with detail failure. Give me a table: cause, how often, a run as an example, what to mend, and say what you would mend first."_s,
         {{u"workflow"_s, u"all workflows"_s}, {u"since"_s, u"24h"_s}}},
        {u"swarm_dashboard"_s, u"Swarm dashboard"_s, u"A picture of a run of many agents: done, at work, waiting, failing"_s, {executionArgument},
         u"conductor_get_workflow_status"_s,
         u"Show me how the agents of the Conductor execution {execution} are doing.\n\n"
         "Call conductor_get_workflow_status for it with detail swarm. Give me one line with what is done of what there is, then a table of the agents at work, of those that "
         "wait and for whom, and of those that failed or are retried, with times. End with what holds the run up most and whether I should do anything."_s},
        {u"review_definition"_s, u"Review a definition"_s, u"Looks for what will fail, hang or surprise in a workflow definition"_s,
         {{u"workflow"_s, u"Name of the workflow"_s, true}, {u"version"_s, u"Its version; the newest when left out"_s}},
         u"conductor_get_workflow_metadata"_s,
         u"Review the Conductor workflow {workflow}, version {version}.\n\n"
         "Read it with conductor_get_workflow_metadata and check it with conductor_create_workflow and check_only; read conductor://guide/definitions for what the server "
         "accepts and cannot run. Look at retries and timeouts of its tasks with conductor_get_task_definition. List what will fail, hang or cost, the worst first, each with "
         "the JSON path and the change you propose."_s,
         {{u"version"_s, u"the newest"_s}}},
        {u"write_worker"_s, u"Write a worker"_s, u"Writes a worker for a SIMPLE task in a language of your choice"_s,
         {{u"task"_s, u"Name of the task"_s, true}, {u"language"_s, u"Programming language"_s}},
         u"conductor_get_task_definition"_s,
         u"Write a worker for the Conductor task {task} in {language}.\n\n"
         "Look at its definition with conductor_get_task_definition, and at how workflows call it with conductor_search_workflows and conductor_get_workflow_metadata, to learn "
         "its inputs and outputs. The worker polls the queue {task}, reports progress before responseTimeoutSeconds runs out, tells failures that a retry may mend from those "
         "it cannot, and logs what a person would need. Use the official Conductor SDK of the language if there is one."_s,
         {{u"language"_s, u"the language of the project at hand"_s}}},
    };
}

Prompt promptOf(const Text &text, const std::shared_ptr<Backend> &backend)
{
    const auto get = [text](Call call) {
        const QString said = filled(text.text, text.arguments, call.arguments, text.instead);
        const QJsonObject content{{u"type"_s, u"text"_s}, {u"text"_s, said}};
        return answered<QJsonArray>(QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, content}}});
    };
    return {.name = text.name, .title = text.title, .description = text.description, .arguments = text.arguments, .tool = text.tool, .get = get,
            .complete = [backend](QString argument, QString typed, QJsonObject, Call call) { return completePrompt(backend, argument, typed, std::move(call)); }};
}

} // namespace

void addPrompts(Offer &offer, std::shared_ptr<Backend> backend)
{
    for (const Text &text : texts())
        offer.prompts.push_back(promptOf(text, backend));
}

} // namespace mcp::tools
