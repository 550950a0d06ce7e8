#include "mcp/tools/definitionwording.h"

#include "mcp/tools/wording.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

constexpr qsizetype mostProblems = 20;
constexpr qsizetype mostChanges = 25;
constexpr qsizetype mostValue = 80; // characters

QString line(const Problem &problem)
{
    QString text = word(problem.severity);
    if (!problem.path.isEmpty())
        text += u" at "_s + problem.path;
    text += u": "_s + problem.message;
    if (!problem.remedy.isEmpty())
        text += u". "_s + problem.remedy;
    return text;
}

QString shown(const QJsonValue &value)
{
    if (value.isUndefined())
        return u"nothing"_s;
    return value.isString() ? u'"' + value.toString().left(mostValue) + u'"' : shownJson(value, mostValue);
}

QString line(const FieldChange &field)
{
    return field.path + u' ' + shown(field.before) + u" → "_s + shown(field.after);
}

QString line(const TaskChange &change)
{
    QStringList fields;
    for (const FieldChange &field : change.fields)
        fields << line(field);
    switch (change.kind) {
    case TaskChange::Kind::Added:
        return u"+ %1 at %2"_s.arg(change.ref, change.pathAfter);
    case TaskChange::Kind::Removed:
        return u"- %1, was at %2"_s.arg(change.ref, change.pathBefore);
    case TaskChange::Kind::Moved:
        return u"> %1 moved from %2 to %3"_s.arg(change.ref, change.pathBefore, change.pathAfter) + (fields.isEmpty() ? QString() : u": "_s + fields.join(u"; "_s));
    case TaskChange::Kind::Changed:
        break;
    }
    return u"~ %1: "_s.arg(change.ref) + fields.join(u"; "_s);
}

QString kindWord(TaskChange::Kind kind)
{
    switch (kind) {
    case TaskChange::Kind::Added:
        return u"added"_s;
    case TaskChange::Kind::Removed:
        return u"removed"_s;
    case TaskChange::Kind::Moved:
        return u"moved"_s;
    case TaskChange::Kind::Changed:
        break;
    }
    return u"changed"_s;
}

} // namespace

QStringList linesOf(const std::vector<Problem> &problems)
{
    QStringList all;
    for (const Problem &problem : problems) {
        if (all.size() == mostProblems) {
            all << u"… and %1 more"_s.arg(qsizetype(problems.size()) - mostProblems);
            break;
        }
        all << line(problem);
    }
    return all;
}

QJsonArray dataOf(const std::vector<Problem> &problems)
{
    QJsonArray all;
    for (const Problem &problem : problems) {
        if (all.size() == mostProblems)
            break;
        all << QJsonObject{{u"severity"_s, word(problem.severity)}, {u"path"_s, problem.path}, {u"message"_s, problem.message}};
    }
    return all;
}

QStringList linesOf(const DefinitionChanges &changes)
{
    QStringList all;
    for (const FieldChange &field : changes.fields)
        all << u"~ "_s + line(field);
    for (const TaskChange &change : changes.tasks)
        all << line(change).left(400);
    if (all.size() > mostChanges) {
        const qsizetype more = all.size() - mostChanges;
        all = all.mid(0, mostChanges);
        all << u"… and %1 more"_s.arg(more);
    }
    return all;
}

QJsonArray dataOf(const DefinitionChanges &changes)
{
    QJsonArray all;
    for (const FieldChange &field : changes.fields)
        all << QJsonObject{{u"change"_s, u"changed"_s}, {u"path"_s, field.path}};
    for (const TaskChange &change : changes.tasks) {
        if (all.size() >= mostChanges)
            break;
        QJsonArray paths;
        for (const FieldChange &field : change.fields)
            paths << field.path;
        QJsonObject one{{u"change"_s, kindWord(change.kind)}, {u"reference_name"_s, change.ref}};
        if (!paths.isEmpty())
            one[u"fields"] = paths;
        all << one;
    }
    return all;
}

} // namespace mcp::tools
