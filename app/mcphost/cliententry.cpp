#include "app/mcphost/cliententry.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString quoted(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

} // namespace

// Written by hand: people read it, and expect the command first.
QString clientEntry(const QString &program, const QString &profile)
{
    return u"{\n"
           "  \"mcpServers\": {\n"
           "    \"conductor\": {\n"
           "      \"command\": %1,\n"
           "      \"args\": [\"--profile\", %2]\n"
           "    }\n"
           "  }\n"
           "}"_s.arg(quoted(program), quoted(profile));
}

} // namespace app
