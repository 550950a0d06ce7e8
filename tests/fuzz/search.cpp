// What a model types to find executions: every term narrows the search or is told as a problem, and what the server is asked is
// in the grammar it is known to honour, clause by clause.
#include "fuzz/requirement.h"

#include "conductor/model/searchterms.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace conductor;
using fuzz::require;

namespace {

qsizetype clausesMeant(const ExecutionQuery &query)
{
    return !query.names.isEmpty() + !query.statuses.isEmpty() + !query.id.isEmpty() + !query.correlationId.isEmpty() + (query.topLevelOnly || !query.parentId.isEmpty())
        + query.startedAfter.isValid() + query.startedBefore.isValid() + query.endedAfter.isValid();
}

// As the server reads it: parts between " AND ", each a field, an operator and a value.
void checkGrammar(const QString &text, qsizetype meant)
{
    static const QRegularExpression clause(uR"(^(?:(?:workflowType|status|workflowId|correlationId|parentWorkflowId)(?:=[^,"'()]+| IN \([^"'()]+\))|parentWorkflowId=""|(?:startTime|endTime)[<>]-?\d+)$)"_s,
                                           QRegularExpression::DotMatchesEverythingOption);
    const QStringList parts = text.isEmpty() ? QStringList() : text.split(u" AND "_s);
    require(parts.size() == meant, "the server sees as many clauses as were meant", text.toUtf8());
    for (const QString &part : parts)
        require(clause.match(part).hasMatch(), "each clause is in the grammar", part.toUtf8());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const QDateTime now = QDateTime::fromString(u"2026-11-22T10:00:00Z"_s, Qt::ISODate);
    const QString typed = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const SearchTerms terms = searchTerms(typed, now);
    require(terms == searchTerms(typed, now), "the same text is read the same");
    require(typed.trimmed().isEmpty() || terms != SearchTerms() || typed.simplified().toUpper().remove(u"AND "_s).remove(u"AND"_s).remove(u'"').trimmed().isEmpty(),
            "no term is dropped without a word", typed.toUtf8());
    for (const QString &problem : terms.problems)
        require(!problem.isEmpty(), "a problem is a sentence");
    ExecutionSummary run;
    run.failedRefs = QStringList{u"a__1"_s, typed};
    hasFailedAt(run, terms.failedTask);
    if (const Result<QString> text = queryText(terms.query))
        checkGrammar(*text, clausesMeant(terms.query));
    else
        require(!text.error().message.isEmpty() && !text.error().hint.isEmpty(), "a refusal says what to do");
    return 0;
}
