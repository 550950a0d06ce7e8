#include "app/executions/searchtext.h"

#include "conductor/base/hostile.h"
#include "conductor/model/status.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;
using conductor::ExecutionQuery;
using conductor::ExecutionStatus;

namespace app {
namespace {

enum class Field { Type, Status, Id, Correlation, Since, Before, Ended };

struct Key {
    QStringView word;
    Field field;
};

constexpr std::array<Key, 13> keys{{
    {u"type", Field::Type},
    {u"name", Field::Type},
    {u"workflow", Field::Type},
    {u"status", Field::Status},
    {u"id", Field::Id},
    {u"workflowid", Field::Id},
    {u"correlation", Field::Correlation},
    {u"correlationid", Field::Correlation},
    {u"since", Field::Since},
    {u"after", Field::Since},
    {u"before", Field::Before},
    {u"until", Field::Before},
    {u"ended", Field::Ended},
}};

// One blank-separated piece, as typed and as meant.
struct Term {
    QString typed;
    QString key;   // lower case; empty for a bare word
    QString value; // without its quotes
};

std::vector<Term> termsOf(const QString &text)
{
    static const QRegularExpression term(uR"re(([A-Za-z]+):(?=\s|$)|(?:([A-Za-z]+):)?(?:"([^"]*)"?|(\S+)))re"_s);
    std::vector<Term> terms;
    for (auto matches = term.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString key = match.captured(1) + match.captured(2);
        const QString value = match.captured(3) + match.captured(4);
        if (!key.isEmpty() || !value.isEmpty())
            terms.push_back({match.captured(), key.toLower(), value});
    }
    return terms;
}

std::optional<Field> fieldOf(const QString &key)
{
    for (const Key &known : keys) {
        if (known.word == key)
            return known.field;
    }
    return {};
}

// "failed", "TIMED_OUT", "timed-out".
QString statusWord(const QString &typed)
{
    QString word = typed.toUpper();
    word.replace(u'-', u'_').replace(u' ', u'_');
    if (word == u"TIMEDOUT")
        word = u"TIMED_OUT"_s;
    return conductor::executionStatus(word) == ExecutionStatus::Unknown ? QString() : word;
}

QDateTime timeOf(const QString &typed, const QDateTime &now)
{
    static const QRegularExpression span(u"^(\\d{1,6})\\s*(s|min|m|h|d|w)$"_s, QRegularExpression::CaseInsensitiveOption);
    if (const auto match = span.match(typed); match.hasMatch()) {
        const qint64 count = match.captured(1).toLongLong();
        const QString unit = match.captured(2).toLower();
        const qint64 seconds = unit == u"s" ? 1 : unit == u"h" ? 3600 : unit == u"d" ? 86400 : unit == u"w" ? 604800 : 60;
        return now.addSecs(-count * seconds);
    }
    const QDate today = now.toLocalTime().date();
    if (typed.compare(u"today"_s, Qt::CaseInsensitive) == 0)
        return today.startOfDay();
    if (typed.compare(u"yesterday"_s, Qt::CaseInsensitive) == 0)
        return today.addDays(-1).startOfDay();
    if (const QTime time = QTime::fromString(typed, u"H:mm"_s); time.isValid())
        return QDateTime(today, time);
    static const QRegularExpression justDate(u"^\\d{4}-\\d{2}-\\d{2}$"_s); // the parser reads a date and forgets what follows
    if (const QDate date = QDate::fromString(typed, Qt::ISODate); justDate.match(typed).hasMatch() && date.isValid())
        return date.startOfDay();
    return QDateTime::fromString(typed, Qt::ISODate);
}

class Reader
{
    Q_DECLARE_TR_FUNCTIONS(app::SearchText)

public:
    explicit Reader(const QDateTime &now) : m_now(now) {}

    SearchText read(const QString &text)
    {
        for (const Term &term : termsOf(text)) {
            const std::optional<Field> field = fieldOf(term.key);
            if (field)
                take(*field, term);
            else
                takeWord(term);
        }
        m_read.query.text = m_words.join(u'*');
        if (m_read.query.names.size() > 1 && m_read.query.names.join(QString()).contains(u'*'))
            complain(tr("* works in a single type: only; among several names it is taken literally"));
        return m_read;
    }

private:
    void take(Field field, const Term &term)
    {
        if (term.value.isEmpty()) {
            complain(tr("%1: needs a value").arg(term.key));
            return;
        }
        switch (field) {
        case Field::Type:
            takeTypes(term);
            break;
        case Field::Status:
            takeStatuses(term);
            break;
        case Field::Id:
            takeSingle(m_read.query.id, term);
            break;
        case Field::Correlation:
            takeSingle(m_read.query.correlationId, term);
            break;
        case Field::Since:
            takeTime(m_read.query.startedAfter, term);
            break;
        case Field::Before:
            takeTime(m_read.query.startedBefore, term);
            break;
        case Field::Ended:
            takeTime(m_read.query.endedAfter, term);
            break;
        }
    }

    void takeWord(const Term &term)
    {
        if (!term.key.isEmpty())
            complain(tr("%1 is searched as text. Known before a colon are type, status, id, correlation, since, before and ended").arg(quoted(term.typed)));
        m_words << (term.key.isEmpty() ? term.value : term.typed);
    }

    void takeTypes(const Term &term)
    {
        const QStringList names = term.value.split(u',', Qt::SkipEmptyParts);
        for (const QString &name : names) {
            if (canBeAsked({.names = {name.trimmed()}}))
                m_read.query.names << name.trimmed();
        }
    }

    void takeStatuses(const Term &term)
    {
        const QStringList words = term.value.split(u',', Qt::SkipEmptyParts);
        for (const QString &typed : words) {
            const QString word = statusWord(typed.trimmed());
            if (word.isEmpty())
                complain(tr("%1 is not a status. There are running, paused, completed, failed, timed_out and terminated").arg(quoted(typed)));
            else if (!m_read.query.statuses.contains(word))
                m_read.query.statuses << word;
        }
    }

    void takeSingle(QString &field, const Term &term)
    {
        if (!field.isEmpty())
            complain(tr("%1: can stand there once; the last one counts").arg(term.key));
        if (canBeAsked({.correlationId = term.value}))
            field = term.value;
    }

    void takeTime(QDateTime &field, const Term &term)
    {
        const QDateTime time = timeOf(term.value, m_now);
        if (time.isValid())
            field = time;
        else
            complain(tr("%1 is not a time. Try 30m, 1h, 2d, today, 09:30 or %2").arg(quoted(term.value), m_now.toLocalTime().date().toString(Qt::ISODate)));
    }

    bool canBeAsked(const ExecutionQuery &query)
    {
        const conductor::Result<QString> text = conductor::queryText(query);
        if (!text)
            complain(conductor::harmless(conductor::sentence(text.error()), 300));
        return text.has_value();
    }

    void complain(const QString &complaint)
    {
        if (!m_read.complaints.contains(complaint))
            m_read.complaints << complaint;
    }

    static QString quoted(const QString &text) { return u'“' + conductor::harmless(text, 60) + u'”'; }

    QDateTime m_now;
    SearchText m_read;
    QStringList m_words;
};

} // namespace

SearchText readSearch(const QString &text, const QDateTime &now)
{
    return Reader(now).read(text);
}

QString withStatuses(const QString &text, const QStringList &statuses)
{
    QStringList pieces;
    for (const Term &term : termsOf(text)) {
        if (fieldOf(term.key) != Field::Status)
            pieces << term.typed;
    }
    if (!statuses.isEmpty())
        pieces << u"status:"_s + statuses.join(u',').toLower();
    return pieces.join(u' ');
}

QString searchTerm(const QString &key, const QString &value)
{
    static const QRegularExpression blank(u"\\s"_s);
    return value.contains(blank) ? u"%1:\"%2\""_s.arg(key, value) : u"%1:%2"_s.arg(key, value);
}

} // namespace app
