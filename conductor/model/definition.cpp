#include "conductor/model/definition.h"

#include "conductor/base/fields.h"

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int deepest = 64; // no real definition nests beyond ten; a hostile one must not exhaust the stack

TaskSequence readSequence(Fields &parent, QStringView key, const QJsonArray &array, int depth);

WorkflowTask readTask(Fields &parent, const QString &path, const QJsonObject &json, int depth)
{
    Fields fields(json, path);
    WorkflowTask task;
    task.json = json;
    task.ref = fields.text(u"taskReferenceName");
    task.name = fields.text(u"name");
    task.type = fields.text(u"type");
    if (task.type.isEmpty())
        task.type = u"SIMPLE"_s; // as the server stores it
    task.description = fields.text(u"description");
    task.optional = fields.flag(u"optional");
    task.input = fields.object(u"inputParameters");
    task.joinOn = fields.texts(u"joinOn");

    const QJsonArray branches = fields.array(u"forkTasks");
    for (qsizetype i = 0; i < branches.size(); ++i)
        task.branches.push_back(readSequence(fields, u"forkTasks[%1]"_s.arg(i), branches[i].toArray(), depth + 1));
    const QJsonObject cases = fields.object(u"decisionCases");
    for (auto it = cases.begin(); it != cases.end(); ++it)
        task.cases.emplace_back(it.key(), readSequence(fields, u"decisionCases.%1"_s.arg(it.key()), it->toArray(), depth + 1));
    task.defaultCase = readSequence(fields, u"defaultCase", fields.array(u"defaultCase"), depth + 1);
    task.loop = readSequence(fields, u"loopOver", fields.array(u"loopOver"), depth + 1);

    QJsonObject child = fields.object(u"subWorkflowParam");
    if (child.isEmpty())
        child = task.input.value(u"startWorkflow").toObject();
    task.subWorkflowName = child[u"name"].toString();
    task.subWorkflowVersion = child[u"version"].toInt();
    task.expression = fields.text(task.kind() == TaskKind::DoWhile ? u"loopCondition" : u"expression");

    if (const Result<Done> read = fields.read(Done{}); !read)
        parent.fail(read.error());
    return task;
}

TaskSequence readSequence(Fields &parent, QStringView key, const QJsonArray &array, int depth)
{
    TaskSequence tasks;
    if (depth > deepest) {
        parent.fail({Error::Kind::Protocol, u"%1 nests tasks deeper than %2 levels"_s.arg(parent.path(key)).arg(deepest)});
        return tasks;
    }
    tasks.reserve(size_t(array.size()));
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString path = u"%1[%2]"_s.arg(parent.path(key)).arg(i);
        if (!array[i].isObject())
            parent.fail({Error::Kind::Protocol, path + u" is not a JSON object"_s});
        tasks.push_back(readTask(parent, path, array[i].toObject(), depth));
    }
    return tasks;
}

} // namespace

Result<WorkflowDefinition> WorkflowDefinition::fromJson(const QJsonValue &json)
{
    Fields fields(json, u"definition"_s);
    WorkflowDefinition definition;
    definition.json = json.toObject();
    definition.name = fields.text(u"name");
    definition.version = int(fields.integer(u"version", 1));
    definition.description = fields.text(u"description");
    definition.ownerEmail = fields.text(u"ownerEmail");
    definition.inputParameters = fields.texts(u"inputParameters");
    definition.timeoutSeconds = int(fields.integer(u"timeoutSeconds"));
    definition.timeoutPolicy = fields.text(u"timeoutPolicy");
    definition.failureWorkflow = fields.text(u"failureWorkflow");
    definition.created = fields.time(u"createTime");
    definition.updated = fields.time(u"updateTime");
    definition.tasks = readSequence(fields, u"tasks", fields.array(u"tasks"), 1);
    return fields.read(std::move(definition));
}

void visit(const TaskSequence &tasks, const std::function<void(const WorkflowTask &)> &visitor)
{
    for (const WorkflowTask &task : tasks) {
        visitor(task);
        for (const TaskSequence &branch : task.branches)
            visit(branch, visitor);
        for (const auto &[name, sequence] : task.cases)
            visit(sequence, visitor);
        visit(task.defaultCase, visitor);
        visit(task.loop, visitor);
    }
}

const WorkflowTask *findTask(const TaskSequence &tasks, QStringView ref)
{
    const WorkflowTask *found = nullptr;
    visit(tasks, [&](const WorkflowTask &task) {
        if (!found && task.ref == ref)
            found = &task;
    });
    return found;
}

} // namespace conductor
