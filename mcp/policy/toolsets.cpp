#include "mcp/policy/toolsets.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

struct Member {
    QStringView toolset;
    QStringView tool; // without "conductor_"
};

constexpr std::array members{
    Member{u"insight", u"get_workflow_status"},   Member{u"insight", u"search_workflows"},      Member{u"insight", u"get_execution_history"},
    Member{u"insight", u"get_workflow_metrics"},  Member{u"execution", u"execute_workflow"},    Member{u"execution", u"recover_workflow"},
    Member{u"execution", u"pause_workflow"},      Member{u"execution", u"resume_workflow"},     Member{u"execution", u"terminate_workflow"},
    Member{u"workflow", u"list_workflows"},       Member{u"workflow", u"get_workflow_metadata"}, Member{u"workflow", u"create_workflow"},
    Member{u"task", u"get_task_queue_size"},      Member{u"task", u"poll_task"},                Member{u"task", u"update_task"},
    Member{u"task", u"get_task_definition"},      Member{u"task", u"create_task_definition"},   Member{u"api", u"list_api_endpoints"},
    Member{u"api", u"get_api_endpoint_schema"},   Member{u"api", u"invoke_api_endpoint"},
};

const QString prefix = u"conductor_"_s;

struct Preset {
    QString name;
    QStringList toolsets;
    QStringList tools;
};

const std::vector<Preset> &presets()
{
    static const std::vector<Preset> all{
        {u"minimal"_s, {}, {u"get_workflow_status"_s, u"search_workflows"_s, u"list_workflows"_s, u"get_workflow_metadata"_s, u"execute_workflow"_s}},
        {u"standard"_s, {u"insight"_s, u"execution"_s, u"workflow"_s, u"task"_s}, {}},
        {u"full"_s, toolsets(), {}},
        {u"dynamic"_s, {u"api"_s}, {u"get_workflow_status"_s, u"search_workflows"_s}},
    };
    return all;
}

const Preset *presetNamed(const QString &name)
{
    const auto found = std::find_if(presets().begin(), presets().end(), [&](const Preset &preset) { return preset.name == name; });
    return found == presets().end() ? nullptr : &*found;
}

QString completed(const QString &tool)
{
    return tool.startsWith(prefix) ? tool : prefix + tool;
}

Result<QStringList> knownTools(const QStringList &names)
{
    QStringList known;
    for (const QString &name : names) {
        const QString tool = completed(name);
        if (toolsetOf(tool).isEmpty()) {
            QStringList all;
            for (const Member &member : members)
                all << member.tool.toString();
            return Failure({Error::Kind::Validation, u"There is no tool \"%1\""_s.arg(name.left(100)), u"There are: "_s + all.join(u", "_s)});
        }
        if (!known.contains(tool))
            known << tool;
    }
    return known;
}

Result<QStringList> texts(const QJsonObject &json, QStringView key)
{
    const QJsonValue value = json[key];
    QStringList all;
    const QJsonArray elements = value.toArray();
    for (const QJsonValue &element : elements)
        all << element.toString();
    if (!(value.isUndefined() || value.isArray()) || all.contains(QString()))
        return Failure({Error::Kind::Validation, u"\"%1\" must be a list of names"_s.arg(key)});
    return all;
}

} // namespace

QStringList toolsets()
{
    return {u"insight"_s, u"execution"_s, u"workflow"_s, u"task"_s, u"api"_s};
}

QStringList toolsOf(QStringView toolset)
{
    QStringList tools;
    for (const Member &member : members) {
        if (member.toolset == toolset)
            tools << prefix + member.tool;
    }
    return tools;
}

QString toolsetOf(QStringView tool)
{
    if (!tool.startsWith(prefix))
        return {};
    const auto found = std::find_if(members.begin(), members.end(), [name = tool.mid(prefix.size())](const Member &member) { return member.tool == name; });
    return found == members.end() ? QString() : found->toolset.toString();
}

bool Selection::offers(const QString &tool) const
{
    if (excluded.contains(tool))
        return false;
    if ((toolsets.isEmpty() && tools.isEmpty()) || tools.contains(tool))
        return true;
    return std::any_of(toolsets.begin(), toolsets.end(), [&](const QString &name) {
        const Preset *preset = presetNamed(name);
        if (!preset)
            return toolsetOf(tool) == name;
        return preset->toolsets.contains(toolsetOf(tool)) || preset->tools.contains(tool.mid(prefix.size()));
    });
}

Result<Selection> Selection::checked() const
{
    Selection known{.toolsets = toolsets, .readOnly = readOnly};
    for (const QString &name : toolsets) {
        if (!mcp::toolsets().contains(name) && !presetNamed(name)) {
            QStringList all = mcp::toolsets();
            for (const Preset &preset : presets())
                all << preset.name;
            return Failure({Error::Kind::Validation, u"There is no toolset \"%1\""_s.arg(name.left(100)), u"There are: "_s + all.join(u", "_s)});
        }
    }
    Result<QStringList> names = knownTools(tools);
    if (!names)
        return Failure(names.error());
    known.tools = *names;
    names = knownTools(excluded);
    if (!names)
        return Failure(names.error());
    known.excluded = *names;
    return known;
}

QJsonObject Selection::toJson() const
{
    QJsonObject json;
    if (!toolsets.isEmpty())
        json[u"toolsets"] = QJsonArray::fromStringList(toolsets);
    if (!tools.isEmpty())
        json[u"tools"] = QJsonArray::fromStringList(tools);
    if (!excluded.isEmpty())
        json[u"exclude_tools"] = QJsonArray::fromStringList(excluded);
    if (readOnly)
        json[u"read_only"] = true;
    return json;
}

Result<Selection> Selection::fromJson(const QJsonObject &json)
{
    const Result<QStringList> toolsets = texts(json, u"toolsets"), tools = texts(json, u"tools"), excluded = texts(json, u"exclude_tools");
    for (const Result<QStringList> &list : {toolsets, tools, excluded}) {
        if (!list)
            return Failure(list.error());
    }
    const QJsonValue readOnly = json[u"read_only"];
    if (!(readOnly.isUndefined() || readOnly.isBool()))
        return Failure({Error::Kind::Validation, u"\"read_only\" must be true or false"_s});
    return Selection{*toolsets, *tools, *excluded, readOnly.toBool()}.checked();
}

QStringList Selection::toArguments() const
{
    QStringList arguments;
    const auto add = [&](const QString &option, const QStringList &names) {
        if (!names.isEmpty())
            arguments << option + u'=' + names.join(u',');
    };
    add(u"--toolsets"_s, toolsets);
    add(u"--tools"_s, tools);
    add(u"--exclude-tools"_s, excluded);
    if (readOnly)
        arguments << u"--read-only"_s;
    return arguments;
}

} // namespace mcp
