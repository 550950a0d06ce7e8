// A definition somebody hands us: checked, printed, taken apart and compared without losing or inventing anything.
#include "fuzz/requirement.h"

#include "conductor/definition/compact.h"
#include "conductor/definition/difference.h"
#include "conductor/definition/expressions.h"
#include "conductor/definition/positions.h"
#include "conductor/definition/printer.h"
#include "conductor/definition/textdiff.h"
#include "conductor/definition/validator.h"

#include <QJsonDocument>
#include <QStringList>

using namespace conductor;
using fuzz::require;

namespace {

QJsonObject parsed(const QString &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &error);
    require(error.error == QJsonParseError::NoError && document.isObject(), "what is printed is JSON", text.toUtf8());
    return document.object();
}

void checkPrinting(const QJsonObject &definition)
{
    const QString text = definitionText(definition);
    require(parsed(text) == definition, "what is printed is read as it was", text.toUtf8());
    require(definitionText(parsed(text)) == text, "printing is stable", text.toUtf8());
    require(parsed(jsonText(definition)) == definition, "so is any JSON", text.toUtf8());
    require(!positionsIn(text).fault, "places are found in what is printed", text.toUtf8());
}

void checkDiff(const QJsonObject &before, const QJsonObject &after)
{
    QStringList old, now;
    const QString oldText = definitionText(before), newText = definitionText(after);
    for (const DiffLine &line : textDiff(oldText, newText)) {
        if (line.kind != DiffLine::Kind::Added)
            old << line.text;
        if (line.kind != DiffLine::Kind::Removed)
            now << line.text;
    }
    require(old.join(u'\n') == oldText.chopped(1) || old.join(u'\n') == oldText, "a diff has every line of before", oldText.toUtf8());
    require(now.join(u'\n') == newText.chopped(1) || now.join(u'\n') == newText, "a diff has every line of after", newText.toUtf8());
}

void checkProblems(const CheckedText &checked, qsizetype lines)
{
    for (const Problem &problem : checked.problems) {
        require(!problem.message.isEmpty() && !problem.rule.isEmpty(), "a problem says what is wrong");
        require(problem.line >= 0 && problem.line <= lines + 1 && problem.column >= 0, "a problem stands within the text");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const CheckedText checked = validateText(bytes);
    checkProblems(checked, bytes.count('\n') + bytes.count('\r') + 1);
    require(checked.definition || !checked.problems.empty(), "what is no definition is told", bytes);
    if (!checked.definition)
        return 0;
    const QJsonObject &definition = *checked.definition;
    validate(definition);
    expressionsIn(QJsonValue(definition), {});
    checkPrinting(definition);
    const QJsonObject lean = compact(definition);
    require(compact(lean) == lean, "what is compact stays", bytes);
    require(structuralDiff(definition, definition).isEmpty(), "nothing differs from itself", bytes);
    require(structuralDiff(definition, lean).isEmpty(), "what the server adds is no difference", bytes);
    sentence(structuralDiff(lean, compact(definition, StoredIn::Execution)));
    checkDiff(definition, lean);
    return 0;
}
