#include "app/mcphost/cliententry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace app {

QString clientEntry(const QString &program, const QString &profile)
{
    const QJsonObject entry{{u"command"_s, program}, {u"args"_s, QJsonArray{u"--profile"_s, profile}}};
    const QJsonObject json{{u"mcpServers"_s, QJsonObject{{u"conductor"_s, entry}}}};
    return QString::fromUtf8(QJsonDocument(json).toJson()).trimmed();
}

} // namespace app
