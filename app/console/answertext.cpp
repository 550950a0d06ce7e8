#include "app/console/answertext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("AnswerText", text);
}

QString sizeOf(const QJsonValue &base64)
{
    return QLocale().formattedDataSize(base64.toString().size() * 3 / 4);
}

QString blockText(const QJsonValue &block)
{
    const QString type = block[u"type"].toString();
    if (type == u"text")
        return block[u"text"].toString();
    if (type == u"resource_link")
        return words("(a link to %1)").arg(block[u"uri"].toString());
    if (type == u"resource")
        return block[u"resource"][u"text"].toString(words("(the resource %1)").arg(block[u"resource"][u"uri"].toString()));
    return words("(%1, %2, %3)").arg(type.isEmpty() ? words("something unknown") : type, block[u"mimeType"].toString(), sizeOf(block[u"data"]));
}

} // namespace

QString answerText(const mcp::ServerAnswer &answer)
{
    if (answer.isRpcError()) {
        const QJsonObject error = answer.message[u"error"].toObject();
        return u"%1 (%2)"_s.arg(error[u"message"].toString()).arg(error[u"code"].toInt());
    }
    const QJsonObject result = answer.result();
    QStringList parts;
    const QJsonArray content = result[u"content"].toArray(), contents = result[u"contents"].toArray(), messages = result[u"messages"].toArray();
    for (const QJsonValue &block : content)
        parts << blockText(block);
    for (const QJsonValue &one : contents)
        parts << one[u"text"].toString(words("(%1, %2)").arg(one[u"mimeType"].toString(words("bytes")), sizeOf(one[u"blob"])));
    for (const QJsonValue &message : messages) {
        const QJsonValue block = message[u"content"];
        parts << message[u"role"].toString() + u":\n"_s + blockText(block);
    }
    return parts.join(u"\n\n"_s);
}

} // namespace app
