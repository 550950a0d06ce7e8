#include "mcp/policy/endpoints.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using conductor::Request;

namespace mcp {
namespace {

using Verb = Request::Verb;
using Kind = Effect::Kind;

struct Rule {
    Verb verb;
    QStringView path; // * is any one segment
    Kind effect;
    QStringView tool;
};

// Source: the OpenAPI documents of 3.21.14 and 3.32.3, and what the server was seen to do. The first that fits counts.
constexpr std::array rules{
    // GETs that act.
    Rule{Verb::Get, u"tasks/poll/batch/*", Kind::Change, u"conductor_poll_task"},
    Rule{Verb::Get, u"tasks/poll/*", Kind::Change, u"conductor_poll_task"},
    Rule{Verb::Get, u"scheduler/admin/*", Kind::Change, u""},
    // Reads that are not GETs.
    Rule{Verb::Post, u"metadata/workflow/validate", Kind::Read, u"conductor_create_workflow"},
    Rule{Verb::Post, u"workflow/*/correlated", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Post, u"workflow/bulk/search", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Post, u"secrets", Kind::Read, u""},
    Rule{Verb::Post, u"agent/compile", Kind::Read, u""},
    Rule{Verb::Post, u"agent/inspect-plan", Kind::Read, u""},
    Rule{Verb::Post, u"a2a/agent-card", Kind::Read, u""},
    // Executions.
    Rule{Verb::Put, u"workflow/bulk/pause", Kind::Change, u"conductor_pause_workflow"},
    Rule{Verb::Put, u"workflow/bulk/resume", Kind::Change, u"conductor_resume_workflow"},
    Rule{Verb::Post, u"workflow/bulk/terminate", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Post, u"workflow/bulk/retry", Kind::Change, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"workflow/bulk/restart", Kind::Destroy, u"conductor_recover_workflow"},
    Rule{Verb::Delete, u"workflow/bulk/*", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Put, u"workflow/decide/*", Kind::Change, u"conductor_recover_workflow"},
    Rule{Verb::Put, u"workflow/*/pause", Kind::Change, u"conductor_pause_workflow"},
    Rule{Verb::Put, u"workflow/*/resume", Kind::Change, u"conductor_resume_workflow"},
    Rule{Verb::Put, u"workflow/*/skiptask/*", Kind::Change, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"workflow/*/retry", Kind::Change, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"workflow/*/restart", Kind::Destroy, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"workflow/*/rerun", Kind::Destroy, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"workflow/*/resetcallbacks", Kind::Change, u"conductor_recover_workflow"},
    Rule{Verb::Delete, u"workflow/*", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Delete, u"workflow/*/*", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Post, u"workflow/execute/*/*", Kind::Add, u"conductor_execute_workflow"},
    Rule{Verb::Post, u"workflow/test", Kind::Add, u"conductor_execute_workflow"}, // what is not mocked really runs
    Rule{Verb::Post, u"workflow/*", Kind::Add, u"conductor_execute_workflow"},
    Rule{Verb::Post, u"workflow", Kind::Add, u"conductor_execute_workflow"},
    // Agents are executions by another path.
    Rule{Verb::Post, u"agent/start", Kind::Add, u"conductor_execute_workflow"},
    Rule{Verb::Post, u"agent/execution", Kind::Add, u"conductor_execute_workflow"},
    Rule{Verb::Put, u"agent/executions/bulk/pause", Kind::Change, u"conductor_pause_workflow"},
    Rule{Verb::Put, u"agent/executions/bulk/resume", Kind::Change, u"conductor_resume_workflow"},
    Rule{Verb::Put, u"agent/*/pause", Kind::Change, u"conductor_pause_workflow"},
    Rule{Verb::Put, u"agent/*/resume", Kind::Change, u"conductor_resume_workflow"},
    Rule{Verb::Post, u"agent/executions/bulk/terminate", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Post, u"agent/executions/prune", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Post, u"agent/*/stop", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Delete, u"agent/executions/*", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Delete, u"agent/executions/*/record", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Delete, u"agent/*/cancel", Kind::Destroy, u"conductor_terminate_workflow"},
    Rule{Verb::Post, u"agent/executions/bulk/retry", Kind::Change, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"agent/executions/bulk/restart", Kind::Destroy, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"agent/executions/*/retry", Kind::Change, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"agent/executions/*/restart", Kind::Destroy, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"agent/executions/*/rerun", Kind::Destroy, u"conductor_recover_workflow"},
    Rule{Verb::Post, u"agent/tasks/*/*/*", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Post, u"queue/update/*/*/*", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Post, u"queue/update/*/task/*/*", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Post, u"a2a/callback/*", Kind::Change, u"conductor_update_task"},
    // Tasks.
    Rule{Verb::Post, u"tasks/update-v2", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Post, u"tasks/queue/requeue/*", Kind::Change, u""},
    Rule{Verb::Post, u"tasks/*/log", Kind::Add, u"conductor_update_task"},
    Rule{Verb::Post, u"tasks/*/*/signal/sync", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Post, u"tasks/*/*/signal", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Post, u"tasks/*/*/*/sync", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Post, u"tasks/*/*/*", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Post, u"tasks", Kind::Change, u"conductor_update_task"},
    Rule{Verb::Get, u"tasks/queue/*", Kind::Read, u"conductor_get_task_queue_size"},
    Rule{Verb::Get, u"tasks/queue/*/*", Kind::Read, u"conductor_get_task_queue_size"},
    Rule{Verb::Get, u"tasks/search", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Get, u"tasks/search-v2", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Get, u"tasks/*", Kind::Read, u"conductor_get_execution_history"},
    Rule{Verb::Get, u"tasks/*/log", Kind::Read, u"conductor_get_execution_history"},
    // Definitions.
    Rule{Verb::Post, u"metadata/workflow", Kind::Change, u"conductor_create_workflow"}, // overwrites with a parameter
    Rule{Verb::Put, u"metadata/workflow", Kind::Change, u"conductor_create_workflow"},
    Rule{Verb::Post, u"metadata/workflow/importBPMN", Kind::Change, u"conductor_create_workflow"},
    Rule{Verb::Post, u"metadata/taskdefs", Kind::Change, u"conductor_create_task_definition"}, // overwrites silently
    Rule{Verb::Put, u"metadata/taskdefs", Kind::Change, u"conductor_create_task_definition"},
    Rule{Verb::Get, u"metadata/taskdefs", Kind::Read, u"conductor_get_task_definition"},
    Rule{Verb::Get, u"metadata/taskdefs/*", Kind::Read, u"conductor_get_task_definition"},
    Rule{Verb::Get, u"metadata/workflow/names-and-versions", Kind::Read, u"conductor_list_workflows"},
    Rule{Verb::Get, u"metadata/workflow/names", Kind::Read, u"conductor_list_workflows"},
    Rule{Verb::Get, u"metadata/workflow/latest-versions", Kind::Read, u"conductor_list_workflows"},
    Rule{Verb::Get, u"metadata/workflow", Kind::Read, u"conductor_list_workflows"},
    Rule{Verb::Get, u"metadata/workflow/*", Kind::Read, u"conductor_get_workflow_metadata"},
    Rule{Verb::Get, u"metadata/workflow/*/*", Kind::Read, u"conductor_get_workflow_metadata"},
    // Reading executions, after the names that look like ids.
    Rule{Verb::Get, u"workflow/search", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Get, u"workflow/search-v2", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Get, u"workflow/search-by-tasks", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Get, u"workflow/search-by-tasks-v2", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Get, u"workflow/running/*", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Get, u"workflow/*/correlated/*", Kind::Read, u"conductor_search_workflows"},
    Rule{Verb::Get, u"workflow/*/tasks", Kind::Read, u"conductor_get_execution_history"},
    Rule{Verb::Get, u"workflow/*/status", Kind::Read, u"conductor_get_workflow_status"},
    Rule{Verb::Get, u"workflow/*", Kind::Read, u"conductor_get_workflow_status"},
};

bool fits(QStringView pattern, const QStringList &path)
{
    const QList<QStringView> steps = pattern.split(u'/');
    return steps.size() == path.size()
        && std::equal(steps.begin(), steps.end(), path.begin(), [](QStringView step, const QString &segment) { return step == u"*" || step == segment; });
}

Kind byMethod(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return Kind::Read;
    case Verb::Post:
    case Verb::Put:
        return Kind::Change;
    case Verb::Delete:
        return Kind::Destroy;
    }
    return Kind::Destroy;
}

} // namespace

Endpoint endpointOf(Verb verb, const QStringList &path)
{
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule &candidate) { return candidate.verb == verb && fits(candidate.path, path); });
    if (rule == rules.end())
        return {byMethod(verb)};
    return {rule->effect, rule->tool.toString()};
}

} // namespace mcp
