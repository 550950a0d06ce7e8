#include "app/definitions/serverproblems.h"

#include "conductor/definition/jsonpath.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using conductor::Problem;

namespace app {
namespace {

// What the rest of the server's sentence is about: the name of a task, or its reference.
QString taskPath(const QString &name, const ReadText &read)
{
    const QString path = read.pathOfTask(name);
    return path.isEmpty() ? read.pathsNamed(name).value(0) : path;
}

// "… for given task: NAME input value: KEY of input parameter: ${nobody.output.x} is not defined …": several tasks may have that
// name; the one that says it is meant.
QString inputPath(const QString &said, const ReadText &read)
{
    static const QRegularExpression input(u"for given task: (.+) input value: (.+) of input parameter: (.+) is not defined"_s);
    const QRegularExpressionMatch match = input.match(said);
    QStringList paths = read.pathsNamed(match.captured(1));
    if (const QString byRef = read.pathOfTask(match.captured(1)); paths.isEmpty() && !byRef.isEmpty())
        paths << byRef;
    const QStringList lines = read.text().split(u'\n');
    for (const QString &path : std::as_const(paths)) {
        const QString place = conductor::member(conductor::member(path, u"inputParameters"), match.captured(2));
        if (lines.value(read.placeOf(place).line - 1).contains(match.captured(3)))
            return place;
    }
    return paths.value(0);
}

// "taskReferenceName: x should be unique", "taskType: FORK_JOIN taskName: f"
QString pathIn(const QString &said, const ReadText &read)
{
    if (const QString path = inputPath(said, read); !path.isEmpty())
        return path;
    static const QRegularExpression named(u"taskReferenceName: (\\S+)|taskName: (\\S+)"_s);
    auto matches = named.globalMatch(said);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString name = match.captured(1) + match.captured(2);
        if (name.endsWith(u'.') || name.endsWith(u','))
            name.chop(1);
        if (const QString path = taskPath(name, read); !path.isEmpty())
            return path;
    }
    return {};
}

Problem problemOf(const QString &said, const ReadText &read)
{
    static const QRegularExpression placed(u"^([A-Za-z_][\\w\\[\\].]*): (.+)$"_s, QRegularExpression::DotMatchesEverythingOption);
    Problem problem{.severity = Problem::Severity::Error, .rule = u"server"_s, .message = said};
    const QRegularExpressionMatch match = placed.match(said);
    const QString path = match.captured(1);
    if (match.hasMatch() && path != u"taskReferenceName" && path != u"taskName" && path != u"key") {
        problem.path = path;
        problem.message = match.captured(2);
    } else {
        problem.path = pathIn(said, read);
    }
    problem.remedy = QCoreApplication::translate("app::ServerProblems", "As the server says");
    const conductor::TextPosition at = read.placeOf(problem.path);
    problem.line = at.line;
    problem.column = at.column;
    return problem;
}

} // namespace

std::vector<Problem> serverProblems(const conductor::Error &error, const ReadText &read)
{
    std::vector<Problem> problems;
    const QStringList sayings = error.message.split(u"; "_s, Qt::SkipEmptyParts);
    for (const QString &said : sayings)
        problems.push_back(problemOf(said, read));
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem &a, const Problem &b) { return std::pair(a.line, a.column) < std::pair(b.line, b.column); });
    return problems;
}

} // namespace app
