#include "mcp/tools/wording.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace mcp::tools {

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

QDateTime newestPoll(const std::vector<conductor::PollData> &polls)
{
    QDateTime newest;
    for (const conductor::PollData &poll : polls) {
        if (!newest.isValid() || poll.lastPoll > newest)
            newest = poll.lastPoll;
    }
    return newest;
}

} // namespace mcp::tools
