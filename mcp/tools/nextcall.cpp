#include "mcp/tools/nextcall.h"

#include "mcp/tools/wording.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

// As a model writes it: name and arguments as JSON, so that it can be copied.
QString call(const QString &tool, const QJsonObject &arguments)
{
    return tool + u' ' + shownJson(arguments, 1000);
}

QString recover(const QString &id, QJsonObject arguments)
{
    arguments[u"workflow_ids"] = QJsonArray{id};
    return call(u"conductor_recover_workflow"_s, arguments);
}

} // namespace

QString nextCall(const Execution &execution, const Progress &progress)
{
    const QJsonArray ids{execution.id};
    if (family(execution.status) == StatusFamily::Bad)
        return call(u"conductor_get_workflow_status"_s, {{u"workflow_ids"_s, ids}, {u"detail"_s, u"failure"_s}}) + u" explains it and names the recovery."_s;
    if (execution.status == ExecutionStatus::Paused)
        return call(u"conductor_resume_workflow"_s, {{u"workflow_ids"_s, ids}}) + u" lets it go on."_s;
    if (execution.status == ExecutionStatus::Terminated)
        return recover(execution.id, {{u"action"_s, u"retry"_s}}) + u" goes on where it was ended; restart begins anew."_s;
    const auto waiting = std::find_if(progress.open.begin(), progress.open.end(),
                                      [](const TaskProgress &task) { return task.state == Graph::State::Waiting && !task.due.isValid(); });
    if (waiting != progress.open.end())
        return call(u"conductor_update_task"_s,
                    {{u"workflow_id"_s, execution.id}, {u"reference_name"_s, waiting->ref}, {u"status"_s, u"COMPLETED"_s}, {u"output"_s, QJsonObject()}})
            + u" lets %1 end."_s.arg(waiting->ref);
    if (progress.tasks.retrying > 0)
        return recover(execution.id, {{u"action"_s, u"retry_now"_s}}) + u" makes a waiting retry due at once."_s;
    return {};
}

QString recoveryCall(const Explanation &explanation, const Execution &root, const Execution &failed)
{
    using Recovery = Explanation::Recovery;
    const bool isInChild = root.id != failed.id;
    switch (explanation.recovery) {
    case Recovery::Retry:
    case Recovery::RetryInChild:
        if (isInChild || explanation.recovery == Recovery::RetryInChild)
            return recover(root.id, {{u"action"_s, u"retry"_s}, {u"resume_sub_workflows"_s, true}});
        return recover(root.id, {{u"action"_s, u"retry"_s}});
    case Recovery::WaitForRetry:
        return recover(failed.id, {{u"action"_s, u"retry_now"_s}}) + u", or wait"_s;
    case Recovery::Rerun:
        return recover(failed.id, {{u"action"_s, u"rerun"_s}, {u"task"_s, explanation.ref}});
    case Recovery::RestartLatest:
        if (isInChild) // a plain retry starts the sub-workflow anew, on its newest definition
            return u"conductor_create_workflow with the mended definition of %1, then "_s.arg(failed.name) + recover(root.id, {{u"action"_s, u"retry"_s}});
        return u"conductor_create_workflow with the mended definition, then "_s
            + recover(root.id, {{u"action"_s, u"restart"_s}, {u"use_latest_definition"_s, true}});
    case Recovery::Restart:
        return recover(root.id, {{u"action"_s, u"restart"_s}});
    }
    return {};
}

} // namespace mcp::tools
