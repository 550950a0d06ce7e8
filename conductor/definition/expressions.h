// ${…} in a definition: found, taken apart, checked the way the server checks them.
#pragma once

#include <QJsonValue>
#include <QString>

#include <vector>

namespace conductor {

struct Expression {
    enum class Fault {
        None,
        Unclosed, // no } follows; the server passes it on as text
        BadPath,  // blank, with a blank in it, unbalanced brackets, a dot at its end: the server refuses it
    };

    qsizetype begin = 0;  // of "${" in the text
    qsizetype end = 0;    // after "}"
    QString path;         // between: "build_api.output.url"
    QString source;       // up to the first dot: "build_api", "workflow"
    QString field;        // after it: "output"
    bool isInner = false; // stands within another ${…}
    Fault fault = Fault::None;
};

// In the order they stand. "$${…}" is an escape and none; of "${a.${b}}" it is the inner one that the server looks at.
std::vector<Expression> expressionsIn(QStringView text);

// At any depth of a value, each with the path of the text it stands in. Keys are not looked at: the server does not replace there.
struct PlacedExpression {
    QString path;
    Expression expression;
};
std::vector<PlacedExpression> expressionsIn(const QJsonValue &json, const QString &path);

// Names the server fills in without a dot: ${CPEWF_TASK_ID}.
bool isServerVariable(QStringView path);

} // namespace conductor
