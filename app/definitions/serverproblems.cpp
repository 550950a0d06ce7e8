#include "app/definitions/serverproblems.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using conductor::Problem;

namespace app {
namespace {

// "taskReferenceName: x should be unique", "for given task: l input value", "taskType: FORK_JOIN taskName: f"
QString taskIn(const QString &message, const ReadText &read)
{
    static const QRegularExpression named(u"for (?:a )?given task: (\\S+)|taskReferenceName: (\\S+)|taskName: (\\S+)"_s);
    auto matches = named.globalMatch(message);
    QString found;
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        for (int group = 1; group <= 3; ++group) {
            QString name = match.captured(group);
            while (name.endsWith(u'.') || name.endsWith(u','))
                name.chop(1);
            if (!name.isEmpty() && !read.pathOfTask(name).isEmpty() && (found.isEmpty() || group == 1))
                found = name;
        }
    }
    if (!found.isEmpty())
        return found;
    for (const QString &ref : read.refs()) {
        if (!ref.isEmpty() && message.contains(QRegularExpression(u"(?<![\\w.-])"_s + QRegularExpression::escape(ref) + u"(?![\\w.-])"_s)))
            return ref;
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
    } else if (const QString ref = taskIn(said, read); !ref.isEmpty()) {
        problem.ref = ref;
        problem.path = read.pathOfTask(ref);
    }
    problem.remedy = QCoreApplication::translate("app::ServerProblems", "The server says so");
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
