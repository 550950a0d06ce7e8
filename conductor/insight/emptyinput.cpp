#include "conductor/insight/emptyinput.h"

#include "conductor/base/hostile.h"
#include "conductor/definition/expressions.h"
#include "conductor/graph/attempts.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int deepest = 8; // levels of an input that are looked at

struct Place {
    QString parameter;
    Expression expression;
};

// Where the template has a ${…} and the actual value has nothing: the server writes null, or "null" within a text.
std::optional<Place> emptyPlace(const QJsonValue &wanted, const QJsonValue &actual, const QString &path, int depth)
{
    if (depth > deepest)
        return {};
    if (wanted.isString()) {
        const QString text = wanted.toString();
        const std::vector<Expression> expressions = expressionsIn(text);
        if (expressions.empty() || isServerVariable(expressions.front().path))
            return {};
        const bool isWhole = expressions.front().begin == 0 && expressions.front().end == text.size();
        const bool isEmpty = isWhole ? actual.isNull() || actual.isUndefined() : actual.toString().contains(u"null") && !text.contains(u"null");
        return isEmpty ? std::optional(Place{path, expressions.front()}) : std::nullopt;
    }
    if (wanted.isObject()) {
        const QJsonObject object = wanted.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (const std::optional<Place> found = emptyPlace(*it, actual[it.key()], path.isEmpty() ? it.key() : path + u'.' + it.key(), depth + 1))
                return found;
        }
    }
    const QJsonArray array = wanted.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (const std::optional<Place> found = emptyPlace(array[i], actual[i], u"%1[%2]"_s.arg(path).arg(i), depth + 1))
            return found;
    }
    return {};
}

QString keysOf(const QJsonObject &object)
{
    const QStringList keys = object.keys();
    return keys.isEmpty() ? u"nothing"_s : harmless(keys.mid(0, 8).join(u", "_s), 200) + (keys.size() > 8 ? u" and %1 more"_s.arg(keys.size() - 8) : QString());
}

QString evidenceFor(const Execution &execution, const Expression &expression)
{
    if (expression.source == u"workflow")
        return expression.field == u"variables" ? u"the run's variables have "_s + keysOf(execution.variables) : u"the run's input has "_s + keysOf(execution.input);
    const TaskAttempt *source = nullptr;
    for (const TaskAttempt &attempt : execution.attempts) {
        if ((attempt.ref == expression.source || attempt.plainRef() == expression.source) && !attempt.retried)
            source = &attempt;
    }
    const QString name = harmless(expression.source, 60);
    return source ? u"%1's output has %2"_s.arg(name, keysOf(source->output)) : u"%1 has not run"_s.arg(name);
}

} // namespace

std::optional<EmptyInput> emptyInputOf(const Execution &execution, const WorkflowTask &task, const TaskAttempt &attempt)
{
    const std::optional<Place> place = emptyPlace(task.input, attempt.input, {}, 0);
    if (!place)
        return {};
    return EmptyInput{place->parameter, place->expression.path, evidenceFor(execution, place->expression)};
}

} // namespace conductor
