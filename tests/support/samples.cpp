#include "support/samples.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace support {

QJsonValue sample(const QString &name)
{
    QFile file(QStringLiteral(SAMPLES_DIR) + u'/' + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no sample %s", qPrintable(file.fileName()));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (document.isNull())
        qFatal("sample %s is not JSON", qPrintable(file.fileName()));
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

conductor::Execution sampleExecution(const QString &name)
{
    const conductor::Result<conductor::Execution> execution = conductor::Execution::fromJson(sample(name));
    if (!execution)
        qFatal("sample %s: %s", qPrintable(name), qPrintable(execution.error().message));
    return *execution;
}

conductor::WorkflowDefinition sampleDefinition(const QString &name)
{
    const conductor::Result<conductor::WorkflowDefinition> definition = conductor::WorkflowDefinition::fromJson(sample(name));
    if (!definition)
        qFatal("sample %s: %s", qPrintable(name), qPrintable(definition.error().message));
    return *definition;
}

} // namespace support
