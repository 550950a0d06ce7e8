#include "mcp/protocol/weight.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace mcp {

qint64 bytesForModel(const QJsonObject &tool)
{
    const QJsonObject seen{{u"name"_s, tool[u"name"]}, {u"description"_s, tool[u"description"]}, {u"inputSchema"_s, tool[u"inputSchema"]}};
    return QJsonDocument(seen).toJson(QJsonDocument::Compact).size();
}

} // namespace mcp
