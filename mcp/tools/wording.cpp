#include "mcp/tools/wording.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace mcp::tools {

QString duration(qint64 ms)
{
    if (ms < 1000)
        return u"%1 ms"_s.arg(ms);
    if (ms < 60'000)
        return u"%1 s"_s.arg(double(ms) / 1000, 0, 'f', ms < 10'000 ? 1 : 0);
    const qint64 minutes = ms / 60'000;
    if (minutes < 60)
        return u"%1 min %2 s"_s.arg(minutes).arg(ms / 1000 % 60);
    if (minutes < 24 * 60)
        return u"%1 h %2 min"_s.arg(minutes / 60).arg(minutes % 60);
    return u"%1 d %2 h"_s.arg(minutes / (24 * 60)).arg(minutes / 60 % 24);
}

QString instant(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

QString shownJson(const QJsonValue &json, qsizetype most)
{
    QString text;
    if (json.isObject())
        text = QString::fromUtf8(QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact));
    else if (json.isArray())
        text = QString::fromUtf8(QJsonDocument(json.toArray()).toJson(QJsonDocument::Compact));
    else
        text = json.toVariant().toString();
    if (text.size() <= most)
        return text;
    return text.left(most) + u"… (%1 more characters)"_s.arg(text.size() - most);
}

QString counted(qsizetype count, const QString &noun)
{
    return u"%1 %2%3"_s.arg(count).arg(noun, count == 1 ? QString() : u"s"_s);
}

} // namespace mcp::tools
