#include "conductor/definition/expressions.h"

#include "conductor/definition/jsonpath.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int deepest = 256;

// What Conductor's JSONPath compiler takes, as far as people get it wrong: a blank in a name outside brackets, brackets and
// parentheses that do not close or hold nothing, a dot at the end. Tried against 3.32.3.
bool isPath(QStringView path)
{
    const QStringView trimmed = path.trimmed();
    if (trimmed.isEmpty() || trimmed.endsWith(u'.') || path.startsWith(u' '))
        return false;
    QString open;
    QChar quote;
    for (qsizetype i = 0; i < trimmed.size(); ++i) {
        const QChar c = trimmed[i];
        if (!quote.isNull()) {
            if (c == quote && trimmed[i - 1] != u'\\')
                quote = QChar();
        } else if (!open.isEmpty() && (c == u'\'' || c == u'"')) {
            quote = c;
        } else if (c == u'[' || c == u'(') {
            const QChar closing = c == u'[' ? u']' : u')';
            if (c == u'[' && i + 1 < trimmed.size() && trimmed[i + 1] == closing)
                return false;
            open += closing;
        } else if (!open.isEmpty() && c == open.back()) {
            open.chop(1);
        } else if (c == u' ' && open.isEmpty()) {
            return false;
        }
    }
    return open.isEmpty() && quote.isNull();
}

Expression taken(QStringView text, qsizetype begin, qsizetype end)
{
    Expression expression;
    expression.begin = begin;
    expression.end = end;
    expression.path = text.mid(begin + 2, end - begin - 3).toString();
    const qsizetype dot = expression.path.indexOf(u'.');
    expression.source = dot < 0 ? expression.path : expression.path.left(dot);
    if (dot >= 0) {
        const QStringView rest = QStringView(expression.path).mid(dot + 1);
        qsizetype length = 0;
        while (length < rest.size() && rest[length] != u'.' && rest[length] != u'[')
            ++length;
        expression.field = rest.left(length).toString();
    }
    if (!isPath(expression.path))
        expression.fault = Expression::Fault::BadPath;
    return expression;
}

void collect(const QJsonValue &json, const QString &path, int depth, std::vector<PlacedExpression> &found)
{
    if (depth > deepest)
        return;
    if (json.isString()) {
        for (Expression &expression : expressionsIn(QStringView(json.toString())))
            found.push_back({path, std::move(expression)});
    } else if (json.isArray()) {
        const QJsonArray array = json.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            collect(array[i], element(path, i), depth + 1, found);
    } else if (json.isObject()) {
        const QJsonObject object = json.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            collect(it.value(), member(path, it.key()), depth + 1, found);
    }
}

} // namespace

std::vector<Expression> expressionsIn(QStringView text)
{
    std::vector<Expression> found;
    qsizetype outer = -1; // of one that has another within
    for (qsizetype begin = text.indexOf(u"${"_s); begin >= 0;) {
        if (begin > 0 && text[begin - 1] == u'$') {
            begin = text.indexOf(u"${"_s, begin + 2);
            continue;
        }
        const qsizetype close = text.indexOf(u'}', begin);
        const qsizetype next = text.indexOf(u"${"_s, begin + 2);
        if (close < 0) {
            Expression unclosed = taken(text, begin, text.size() + 1);
            unclosed.end = text.size();
            unclosed.fault = Expression::Fault::Unclosed;
            found.push_back(std::move(unclosed));
            break;
        }
        if (next >= 0 && next < close) {
            outer = begin;
            begin = next;
            continue;
        }
        found.push_back(taken(text, begin, close + 1));
        found.back().isInner = outer >= 0;
        outer = -1;
        begin = next;
    }
    return found;
}

std::vector<PlacedExpression> expressionsIn(const QJsonValue &json, const QString &path)
{
    std::vector<PlacedExpression> found;
    collect(json, path, 0, found);
    return found;
}

bool isServerVariable(QStringView path)
{
    constexpr std::array<QStringView, 3> known{u"CPEWF_TASK_ID", u"NETFLIX_ENV", u"NETFLIX_STACK"};
    return std::find(known.begin(), known.end(), path) != known.end();
}

} // namespace conductor
