#include "mcp/audit/touchedruns.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Conductor's ids of executions are UUIDs; those of tasks too, so that the name beside one counts.
void find(const QString &text, const QRegularExpression &pattern, QStringList &ids)
{
    for (QRegularExpressionMatchIterator match = pattern.globalMatch(text); match.hasNext() && ids.size() < mostTouched;) {
        const QString id = match.next().captured(1).toLower();
        if (!ids.contains(id))
            ids << id;
    }
}

} // namespace

QStringList touchedRuns(const AuditEntry &call)
{
    constexpr auto uuid = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";
    static const QRegularExpression named(u"(?:workflow_?|execution_?|instance_?)ids?\\\\?\"\\s*:\\s*\\\\?\"%1"_s.arg(QLatin1StringView(uuid)),
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression inPath(u"/(?:workflow|workflow/bulk|execution)/%1"_s.arg(QLatin1StringView(uuid)), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression listed(u"ids\\\\?\"\\s*:\\s*\\[[^\\]]{0,2000}\\]"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression any(QLatin1StringView(uuid), QRegularExpression::CaseInsensitiveOption);
    QStringList ids;
    find(call.arguments, named, ids);
    find(call.arguments, inPath, ids);
    for (QRegularExpressionMatchIterator list = listed.globalMatch(call.arguments); list.hasNext();)
        find(list.next().captured(), any, ids);
    if (call.outcome == u"ok")
        find(call.detail, any, ids);
    return ids;
}

QString runsIn(const QJsonObject &structured)
{
    QStringList ids;
    const auto take = [&ids](const QJsonValue &value) {
        const QString id = value[u"workflow_id"].toString();
        if (!id.isEmpty() && id.size() <= 64 && ids.size() < mostTouched && !ids.contains(id))
            ids << id;
    };
    take(structured);
    const QJsonArray runs = structured[u"executions"].toArray();
    for (const QJsonValue &run : runs)
        take(run);
    return ids.join(u' ');
}

} // namespace mcp
