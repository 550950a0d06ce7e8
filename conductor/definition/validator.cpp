#include "conductor/definition/validator.h"

#include "conductor/base/hostile.h"
#include "conductor/definition/inspection.h"
#include "conductor/definition/jsonpath.h"
#include "conductor/definition/positions.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int deepest = 64; // as deep as WorkflowDefinition reads

using Severity = Problem::Severity;

class Collector
{
public:
    explicit Collector(Inspection &inspection)
        : m_inspection(inspection)
    {
    }

    void collect() { sequence(m_inspection.definition[u"tasks"].toArray(), member(m_inspection.path, u"tasks"), -1, 0, 0, 1); }

private:
    void sequence(const QJsonArray &array, const QString &path, int parent, int lane, int loopDepth, int depth)
    {
        const int index = int(m_inspection.sequences.size());
        m_inspection.sequences.emplace_back();
        if (depth > deepest) {
            m_inspection.addAt(Severity::Hazard, u"nesting"_s, path, u"Tasks are nested deeper than %1 levels"_s.arg(deepest),
                               u"Move the inner part into a sub-workflow"_s);
            return;
        }
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (!array[i].isObject())
                continue; // checkShapes() says so
            m_inspection.sequences[size_t(index)].push_back(int(m_inspection.tasks.size()));
            task(array[i].toObject(), element(path, i), parent, lane, int(m_inspection.sequences[size_t(index)].size()) - 1, index, loopDepth, depth);
        }
    }

    void task(const QJsonObject &json, const QString &path, int parent, int lane, int place, int sequenceIndex, int loopDepth, int depth)
    {
        InspectedTask task;
        task.json = json;
        task.path = path;
        task.ref = json[u"taskReferenceName"].toVariant().toString();
        task.type = json.contains(u"type") ? json[u"type"].toVariant().toString() : u"SIMPLE"_s;
        task.kind = taskKind(task.type);
        task.parent = parent;
        task.lane = lane;
        task.place = place;
        task.sequence = sequenceIndex;
        task.loopDepth = loopDepth;
        const int index = int(m_inspection.tasks.size());
        if (!task.ref.isEmpty() && !m_inspection.refs.contains(task.ref))
            m_inspection.refs.insert(task.ref, index);
        m_inspection.tasks.push_back(std::move(task));

        int next = 0;
        const QJsonArray branches = json[u"forkTasks"].toArray();
        for (qsizetype i = 0; i < branches.size(); ++i)
            sequence(branches[i].toArray(), element(member(path, u"forkTasks"), i), index, next++, loopDepth, depth + 1);
        const QJsonObject cases = json[u"decisionCases"].toObject();
        for (auto it = cases.begin(); it != cases.end(); ++it)
            sequence(it->toArray(), member(member(path, u"decisionCases"), it.key()), index, next++, loopDepth, depth + 1);
        if (json.contains(u"defaultCase"))
            sequence(json[u"defaultCase"].toArray(), member(path, u"defaultCase"), index, next++, loopDepth, depth + 1);
        if (json.contains(u"loopOver"))
            sequence(json[u"loopOver"].toArray(), member(path, u"loopOver"), index, next++, loopDepth + 1, depth + 1);
    }

    Inspection &m_inspection;
};

void inspect(Inspection &inspection, int depth)
{
    Collector(inspection).collect();
    checkShapes(inspection);
    checkTaskTypes(inspection);
    checkFlow(inspection);
    checkReferences(inspection);
    // Definitions within are runs of their own: the same rules, but nothing that the server would refuse.
    const std::vector<InspectedTask> tasks = inspection.tasks;
    for (const InspectedTask &task : tasks) {
        const QJsonValue inner = task.json[u"subWorkflowParam"][u"workflowDefinition"];
        if (task.kind != TaskKind::SubWorkflow || !inner.isObject() || depth > 8)
            continue;
        Inspection within(inspection.surroundings);
        within.definition = inner.toObject();
        within.path = member(member(task.path, u"subWorkflowParam"), u"workflowDefinition");
        within.isWithin = true;
        inspect(within, depth + 1);
        inspection.problems.insert(inspection.problems.end(), within.problems.begin(), within.problems.end());
    }
}

Problem syntaxProblem(const JsonPositions::Fault &fault)
{
    return {.severity = Severity::Error,
            .rule = u"syntax"_s,
            .message = u"This is no JSON: %1"_s.arg(fault.message),
            .remedy = u"Mend the text here"_s,
            .line = fault.at.line,
            .column = fault.at.column};
}

} // namespace

void Inspection::add(Severity severity, const InspectedTask &task, const QString &rule, const QString &key, const QString &message, const QString &remedy)
{
    const bool isUnseen = isWithin || task.loopDepth > 0;
    addAt(severity == Severity::Error && isUnseen ? Severity::Hazard : severity, rule, key.isEmpty() ? task.path : member(task.path, key), message, remedy,
          task.ref);
}

void Inspection::addAt(Severity severity, const QString &rule, const QString &atPath, const QString &message, const QString &remedy, const QString &ref)
{
    problems.push_back({.severity = severity == Severity::Error && isWithin ? Severity::Hazard : severity,
                        .rule = rule,
                        .path = atPath,
                        .ref = ref,
                        .message = message,
                        .remedy = remedy});
}

const InspectedTask *Inspection::next(const InspectedTask &task) const
{
    const std::vector<int> &sequence = sequences[size_t(task.sequence)];
    return size_t(task.place) + 1 < sequence.size() ? &tasks[size_t(sequence[size_t(task.place) + 1])] : nullptr;
}

const InspectedTask *Inspection::previous(const InspectedTask &task) const
{
    const std::vector<int> &sequence = sequences[size_t(task.sequence)];
    return task.place > 0 ? &tasks[size_t(sequence[size_t(task.place) - 1])] : nullptr;
}

bool Inspection::contains(int container, int task) const
{
    for (int step = tasks[size_t(task)].parent; step >= 0; step = tasks[size_t(step)].parent) {
        if (step == container)
            return true;
    }
    return false;
}

QString word(Problem::Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return u"error"_s;
    case Severity::Hazard:
        return u"hazard"_s;
    case Severity::Warning:
        break;
    }
    return u"warning"_s;
}

bool isRefused(const std::vector<Problem> &problems)
{
    return std::any_of(problems.begin(), problems.end(), [](const Problem &problem) { return problem.severity == Severity::Error; });
}

std::vector<Problem> validate(const QJsonObject &definition, const Surroundings &surroundings)
{
    Inspection inspection(surroundings);
    inspection.definition = definition;
    inspect(inspection, 0);
    return std::move(inspection.problems);
}

CheckedText validateText(const QByteArray &json, const Surroundings &surroundings)
{
    CheckedText checked;
    const QString text = QString::fromUtf8(json);
    const JsonPositions positions = positionsIn(text);
    if (positions.fault) {
        checked.problems = {syntaxProblem(*positions.fault)};
        return checked;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        const JsonPositions::Fault fault{positionsIn(text.left(0)).of({}), error.errorString()};
        checked.problems = {syntaxProblem(fault)};
        return checked;
    }
    if (!document.isObject()) {
        checked.problems = {{.severity = Severity::Error,
                             .rule = u"no-object"_s,
                             .message = u"A workflow definition is one JSON object"_s,
                             .remedy = document.isArray() ? u"Take the definition out of the list"_s : u"Begin with { and the name"_s,
                             .line = 1,
                             .column = 1}};
        return checked;
    }
    checked.definition = document.object();
    checked.problems = validate(*checked.definition, surroundings);
    for (const QString &path : positions.doubleKeys)
        checked.problems.push_back({.severity = Severity::Warning,
                                    .rule = u"double-key"_s,
                                    .path = path,
                                    .message = u"This key stands twice in its object; only the last counts"_s,
                                    .remedy = u"Remove one of them"_s});
    for (Problem &problem : checked.problems) {
        const TextPosition at = positions.of(problem.path);
        problem.line = at.line;
        problem.column = at.column;
    }
    std::stable_sort(checked.problems.begin(), checked.problems.end(),
                     [](const Problem &a, const Problem &b) { return std::pair(a.line, a.column) < std::pair(b.line, b.column); });
    return checked;
}

} // namespace conductor
