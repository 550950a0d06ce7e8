#include "conductor/model/searchterms.h"

#include "conductor/model/status.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

struct Term {
    QString field; // lower case; empty for a free word
    QString value;
};

// Words, quoted words and field:value pairs, in the order they stand.
std::vector<Term> split(const QString &text)
{
    static const QRegularExpression pattern(u"(?:([A-Za-z][A-Za-z_-]*)\\s?[:=]\\s?)?(?:\"([^\"]*)\"|([^\\s\"]+))"_s);
    std::vector<Term> terms;
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString value = match.hasCaptured(2) && match.capturedStart(2) >= 0 ? match.captured(2) : match.captured(3);
        terms.push_back({match.captured(1).toLower(), value});
    }
    return terms;
}

QString fieldOf(const QString &typed)
{
    static const QHash<QString, QString> fields{
        {u"type"_s, u"type"_s},
        {u"name"_s, u"type"_s},
        {u"workflow"_s, u"type"_s},
        {u"workflowtype"_s, u"type"_s},
        {u"workflowname"_s, u"type"_s},
        {u"status"_s, u"status"_s},
        {u"id"_s, u"id"_s},
        {u"workflowid"_s, u"id"_s},
        {u"correlation"_s, u"correlation"_s},
        {u"correlationid"_s, u"correlation"_s},
        {u"parent"_s, u"parent"_s},
        {u"parentworkflowid"_s, u"parent"_s},
        {u"since"_s, u"since"_s},
        {u"until"_s, u"until"_s},
        {u"text"_s, u"text"_s},
        {u"failed-task"_s, u"failed-task"_s},
        {u"failedreferencetasknames"_s, u"failed-task"_s},
        {u"failedtasknames"_s, u"failed-task"_s},
    };
    return fields.value(typed);
}

std::optional<QDateTime> momentOf(const QString &value, const QDateTime &now)
{
    static const QRegularExpression ago(u"^(\\d{1,6})\\s*(s|m|min|h|d|w)$"_s);
    if (const QRegularExpressionMatch match = ago.match(value); match.hasMatch()) {
        static const QHash<QString, qint64> seconds{{u"s"_s, 1}, {u"m"_s, 60}, {u"min"_s, 60}, {u"h"_s, 3600}, {u"d"_s, 86400}, {u"w"_s, 604800}};
        return now.addSecs(-match.captured(1).toLongLong() * seconds[match.captured(2)]);
    }
    const QDateTime midnight(now.toLocalTime().date(), QTime(0, 0));
    if (value == u"today")
        return midnight;
    if (value == u"yesterday")
        return midnight.addDays(-1);
    const QDateTime time = QDateTime::fromString(value, Qt::ISODateWithMs);
    return time.isValid() ? std::optional(time) : std::nullopt;
}

QStringList listOf(QString value)
{
    value.remove(u'(').remove(u')');
    QStringList all;
    const QStringList parts = value.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts)
        all << part.trimmed();
    return all;
}

class Reader
{
public:
    explicit Reader(const QDateTime &now) : m_now(now) {}

    SearchTerms terms;

    void read(const Term &term)
    {
        const QString upper = term.value.toUpper();
        if (term.field.isEmpty() && upper == u"AND")
            return;
        if (term.field.isEmpty() && (upper == u"OR" || upper == u"NOT")) {
            terms.problems << u"%1 is not possible: the server joins all terms with AND; several values of one field are a list, as in status:FAILED,TIMED_OUT"_s
                                  .arg(upper);
            return;
        }
        if (term.field.isEmpty()) {
            m_words << term.value;
            return;
        }
        const QString field = fieldOf(term.field);
        if (field.isEmpty())
            terms.problems << u"There is no field %1; fields: type, status, id, correlation, parent, since, until, text, failed-task"_s.arg(term.field);
        else
            set(field, term.value);
    }

    SearchTerms end()
    {
        terms.query.text = m_words.join(u' ');
        if (!terms.failedTask.isEmpty())
            narrowToFailed();
        return terms;
    }

private:
    void set(const QString &field, const QString &value)
    {
        ExecutionQuery &query = terms.query;
        if (listOf(value).join(QString()).isEmpty() && field != u"parent")
            terms.problems << u"%1: needs a value; leave the term out to find whatever it is"_s.arg(field);
        else if (field == u"type")
            query.names << listOf(value);
        else if (field == u"status")
            setStatuses(value);
        else if (field == u"id")
            query.id = value;
        else if (field == u"correlation")
            query.correlationId = value;
        else if (field == u"parent" && (value == u"none" || value.isEmpty()))
            query.topLevelOnly = true;
        else if (field == u"parent")
            query.parentId = value;
        else if (field == u"since" || field == u"until")
            setMoment(field, value);
        else if (field == u"text")
            m_words << value;
        else
            setFailedTask(value);
    }

    void setFailedTask(const QString &task)
    {
        if (!terms.failedTask.isEmpty() && terms.failedTask != task)
            terms.problems << u"failed-task: takes one task, by its reference or name; * is a wildcard"_s;
        terms.failedTask = task;
    }

    // Only of a run that is FAILED does the server say which task it was.
    void narrowToFailed()
    {
        QStringList &statuses = terms.query.statuses;
        if (!statuses.isEmpty() && !statuses.contains(u"FAILED"_s))
            terms.problems << u"failed-task: finds runs with status FAILED only; of others the server does not say which task it was"_s;
        statuses = {u"FAILED"_s};
    }

    void setStatuses(const QString &value)
    {
        const QStringList all = listOf(value);
        for (const QString &status : all) {
            const QString upper = status.toUpper();
            if (executionStatus(upper) == ExecutionStatus::Unknown)
                terms.problems << u"There is no status %1; statuses: RUNNING, PAUSED, COMPLETED, FAILED, TIMED_OUT, TERMINATED"_s.arg(status);
            else
                terms.query.statuses << upper;
        }
    }

    void setMoment(const QString &field, const QString &value)
    {
        const std::optional<QDateTime> moment = momentOf(value, m_now);
        if (!moment)
            terms.problems << u"%1:%2 is not a time; write 30m, 2h, 7d, today, yesterday or 2026-11-22T10:00Z"_s.arg(field, value);
        else if (field == u"since")
            terms.query.startedAfter = *moment;
        else
            terms.query.startedBefore = *moment;
    }

    QDateTime m_now;
    QStringList m_words;
};

} // namespace

SearchTerms searchTerms(const QString &text, const QDateTime &now)
{
    Reader reader(now);
    const std::vector<Term> terms = split(text);
    for (const Term &term : terms)
        reader.read(term);
    if (text.count(u'"') % 2 != 0)
        reader.terms.problems << u"A double quote is not closed"_s;
    return reader.end();
}

bool hasFailedAt(const ExecutionSummary &run, const QString &task)
{
    static const QRegularExpression iteration(u"__\\d+$"_s);
    const QRegularExpression wanted = QRegularExpression::fromWildcard(task, Qt::CaseInsensitive);
    const auto fits = [&](const QString &name) { return wanted.match(name).hasMatch(); };
    for (QString ref : run.failedRefs) {
        if (fits(ref) || fits(ref.remove(iteration)))
            return true;
    }
    return std::any_of(run.failedNames.begin(), run.failedNames.end(), fits);
}

} // namespace conductor
