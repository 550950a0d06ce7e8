#include "app/definitions/problemsmodel.h"

#include "app/look/statuslook.h"
#include "app/widgets/roles.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;
using conductor::harmless;
using conductor::Problem;
using conductor::StatusFamily;

namespace app {
namespace {

StatusLook lookOf(Problem::Severity severity)
{
    switch (severity) {
    case Problem::Severity::Error:
        return {StatusFamily::Bad, u"circle-x"_s, ProblemsModel::tr("Error")};
    case Problem::Severity::Hazard:
        return {StatusFamily::NeedsYou, u"triangle-alert"_s, ProblemsModel::tr("Hazard")};
    case Problem::Severity::Warning:
        break;
    }
    return {StatusFamily::Quiet, u"info"_s, ProblemsModel::tr("Warning")};
}

QString tipOf(Problem::Severity severity)
{
    switch (severity) {
    case Problem::Severity::Error:
        return ProblemsModel::tr("The server refuses the definition because of this.");
    case Problem::Severity::Hazard:
        return ProblemsModel::tr("The server takes it; a run fails, hangs or reads nothing here.");
    case Problem::Severity::Warning:
        break;
    }
    return ProblemsModel::tr("Probably not what was meant.");
}

int count(const std::vector<Problem> &problems, Problem::Severity severity)
{
    return int(std::count_if(problems.begin(), problems.end(), [severity](const Problem &problem) { return problem.severity == severity; }));
}

} // namespace

int ProblemsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Problem &problem = rows()[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Severity)
            return lookOf(problem.severity).word;
        if (index.column() == Line)
            return problem.line > 0 ? QLocale().toString(problem.line) : QString();
        return harmless(problem.message, 400);
    case Qt::ToolTipRole:
        return index.column() == Severity ? tipOf(problem.severity) : plainToolTip(harmless(QString(problem.message + u'\n' + problem.remedy), 1000, conductor::Lines::Keep));
    case StatusRole:
        return QVariant::fromValue(lookOf(problem.severity));
    case HintTextRole:
        return index.column() == What ? harmless(problem.remedy, 400) : QString();
    default:
        return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Severity ? tr("Severity") : section == Line ? tr("Line") : tr("Problem");
}

QString ProblemsModel::keyOf(const Problem &problem) const
{
    return problem.rule + u'\n' + problem.path + u'\n' + problem.message;
}

QString problemCounts(const std::vector<Problem> &problems)
{
    const int errors = count(problems, Problem::Severity::Error);
    const int hazards = count(problems, Problem::Severity::Hazard);
    const int warnings = count(problems, Problem::Severity::Warning);
    QStringList counts;
    if (errors > 0)
        counts << (errors == 1 ? ProblemsModel::tr("1 error") : ProblemsModel::tr("%1 errors").arg(QLocale().toString(errors)));
    if (hazards > 0)
        counts << (hazards == 1 ? ProblemsModel::tr("1 hazard") : ProblemsModel::tr("%1 hazards").arg(QLocale().toString(hazards)));
    if (warnings > 0)
        counts << (warnings == 1 ? ProblemsModel::tr("1 warning") : ProblemsModel::tr("%1 warnings").arg(QLocale().toString(warnings)));
    return counts.isEmpty() ? ProblemsModel::tr("No problems found") : counts.join(u", "_s);
}

} // namespace app
