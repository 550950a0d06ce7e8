#include "conductor/base/hostile.h"
#include "conductor/base/privatefile.h"
#include "conductor/definition/validator.h"
#include "mcp/commands/commands.h"
#include "mcp/commands/console.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr qint64 largest = 16 * 1024 * 1024;

Result<QByteArray> contentOf(const QString &file)
{
    if (file != u"-")
        return readWhole(file, largest);
    QFile input;
    if (!input.open(0, QIODevice::ReadOnly))
        return Failure({Error::Kind::Validation, u"Standard input cannot be read"_s});
    const QByteArray content = input.read(largest + 1);
    if (content.size() > largest)
        return Failure({Error::Kind::Validation, u"Standard input is larger than %1 bytes"_s.arg(largest)});
    return content;
}

QString sentenceOf(const QString &file, const Problem &problem)
{
    const QString place = u"%1:%2:%3"_s.arg(file).arg(std::max(1, problem.line)).arg(std::max(1, problem.column));
    const QString remedy = problem.remedy.isEmpty() ? QString() : u". "_s + problem.remedy;
    return u"%1: %2: %3%4 [%5]"_s.arg(place, word(problem.severity), problem.message, remedy, problem.rule);
}

QJsonObject jsonOf(const QString &file, const Problem &problem)
{
    return {{u"file"_s, file},
            {u"line"_s, problem.line},
            {u"column"_s, problem.column},
            {u"severity"_s, word(problem.severity)},
            {u"rule"_s, problem.rule},
            {u"path"_s, problem.path},
            {u"ref"_s, problem.ref},
            {u"message"_s, problem.message},
            {u"remedy"_s, problem.remedy}};
}

} // namespace

int validateFiles(const CommandLine &line, int out)
{
    int code = fine;
    QJsonArray all;
    for (const QString &file : line.operands) {
        const Result<QByteArray> content = contentOf(file);
        if (!content) {
            complain(sentence(content.error()));
            code = usageError;
            continue;
        }
        const CheckedText checked = validateText(*content);
        for (const Problem &problem : checked.problems) {
            if (problem.severity != Problem::Severity::Warning && code == fine)
                code = notFine;
            if (line.json)
                all << jsonOf(file, problem);
            else if (!print(out, QString(harmless(sentenceOf(file, problem), 2000) + u'\n')))
                return notFine;
        }
        if (checked.problems.empty() && !line.json && !print(out, QString(harmless(file, 1000) + u": fine\n"_s)))
            return notFine;
    }
    if (line.json && !print(out, printable(all)))
        return notFine;
    return code;
}

} // namespace mcp
