#include "app/definitions/startertext.h"

#include "conductor/base/hostile.h"
#include "conductor/definition/compact.h"
#include "conductor/definition/printer.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace app {

QString editedText(const QJsonObject &definition)
{
    const QString text = conductor::definitionText(conductor::compact(definition));
    QString shown;
    shown.reserve(text.size());
    for (const QChar character : text) {
        const bool isPlain = character == u'\n' || conductor::harmless(QStringView(&character, 1)) == character || character.isSurrogate();
        shown += isPlain ? QString(character) : u"\\u%1"_s.arg(uint(character.unicode()), 4, 16, QChar(u'0'));
    }
    return shown;
}

QString newDefinitionText(const QString &name)
{
    const QJsonObject task{{u"name"_s, u"greet"_s},
                           {u"taskReferenceName"_s, u"greet"_s},
                           {u"type"_s, u"INLINE"_s},
                           {u"inputParameters"_s,
                            QJsonObject{{u"evaluatorType"_s, u"graaljs"_s},
                                        {u"expression"_s, u"'Hello ' + $.who"_s},
                                        {u"who"_s, u"${workflow.input.who}"_s}}}};
    return conductor::definitionText({{u"name"_s, name},
                                      {u"description"_s, QString()},
                                      {u"version"_s, 1},
                                      {u"schemaVersion"_s, 2},
                                      {u"inputParameters"_s, QJsonArray{u"who"_s}},
                                      {u"tasks"_s, QJsonArray{task}},
                                      {u"outputParameters"_s, QJsonObject{{u"greeting"_s, u"${greet.output.result}"_s}}}});
}

QJsonObject startingInput(const conductor::WorkflowDefinition &definition)
{
    QJsonObject input = definition.json[u"inputTemplate"].toObject();
    for (const QString &name : definition.inputParameters) {
        if (!input.contains(name))
            input.insert(name, QString());
    }
    return input;
}

} // namespace app
