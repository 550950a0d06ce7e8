#include "conductor/definition/inputs.h"

#include "conductor/definition/expressions.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace conductor {

QStringList inputsRead(const WorkflowDefinition &definition)
{
    static const QRegularExpression input(u"^workflow\\.input\\.([^.\\[]+)"_s);
    QSet<QString> names;
    for (const PlacedExpression &placed : expressionsIn(QJsonValue(definition.json), {})) {
        if (const QRegularExpressionMatch match = input.match(placed.expression.path); match.hasMatch())
            names.insert(match.captured(1));
    }
    QStringList sorted(names.begin(), names.end());
    sorted.sort();
    return sorted;
}

InputFit fitOf(const WorkflowDefinition &definition, const QJsonObject &input)
{
    const QJsonObject defaults = definition.json[u"inputTemplate"].toObject();
    InputFit fit;
    for (const QString &name : definition.inputParameters) {
        if (!input.contains(name) && !defaults.contains(name))
            fit.missing << name;
    }
    const QStringList known = definition.inputParameters + inputsRead(definition) + defaults.keys();
    for (auto it = input.begin(); it != input.end() && !known.isEmpty(); ++it) {
        if (!known.contains(it.key()))
            fit.unknown << it.key();
    }
    return fit;
}

} // namespace conductor
