#include "conductor/model/searchquery.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

std::optional<Error> unsearchable(const QString &field, const QString &value)
{
    // With a clause before or behind it, an AND at either end is one in the middle.
    const bool isCut = value.startsWith(u"AND "_s) || value.endsWith(u" AND"_s) || value != value.simplified();
    const bool carries = !isCut && !value.contains(u'"') && !value.contains(u'\'') && !value.contains(u'(') && !value.contains(u')') && !value.contains(u',')
        && !value.contains(u" AND "_s);
    if (carries)
        return {};
    return Error{Error::Kind::Validation, u"The server cannot search for %1 %2"_s.arg(field, value),
                 u"Quotes, parentheses, commas, \" AND \" and blanks but single ones within cannot be part of a searched value; search for a part of it with *"_s};
}

} // namespace

Result<QString> queryText(const ExecutionQuery &query)
{
    QStringList clauses;
    std::optional<Error> error;
    // No blank after the comma: the server would look for " B" and lose it silently.
    const auto oneOf = [&](const QString &field, const QStringList &values) {
        for (const QString &value : values) {
            if (!error)
                error = unsearchable(field, value);
        }
        if (values.size() == 1)
            clauses << field + u'=' + values.first();
        else if (!values.isEmpty())
            clauses << field + u" IN (" + values.join(u',') + u')';
    };
    const auto single = [&](const QString &field, const QString &value) {
        if (!value.isEmpty())
            oneOf(field, {value});
    };

    oneOf(u"workflowType"_s, query.names);
    oneOf(u"status"_s, query.statuses);
    single(u"workflowId"_s, query.id);
    single(u"correlationId"_s, query.correlationId);
    if (query.topLevelOnly)
        clauses << u"parentWorkflowId=\"\""_s;
    else
        single(u"parentWorkflowId"_s, query.parentId);
    if (query.startedAfter.isValid())
        clauses << u"startTime>%1"_s.arg(query.startedAfter.toMSecsSinceEpoch());
    if (query.startedBefore.isValid())
        clauses << u"startTime<%1"_s.arg(query.startedBefore.toMSecsSinceEpoch());
    if (query.endedAfter.isValid())
        clauses << u"endTime>%1"_s.arg(query.endedAfter.toMSecsSinceEpoch());

    if (error)
        return Failure(*error);
    return clauses.join(u" AND "_s);
}

} // namespace conductor
