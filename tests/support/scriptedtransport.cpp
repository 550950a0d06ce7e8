#include "support/scriptedtransport.h"

using namespace Qt::StringLiterals;

namespace support {

conductor::Reply<QJsonValue> ScriptedTransport::send(conductor::Request request)
{
    asked.push_back(std::move(request));
    if (m_answers.empty())
        return conductor::answered<QJsonValue>(QJsonValue(QJsonValue::Null));
    Answer answer = m_answers.front();
    if (m_answers.size() > 1)
        m_answers.pop_front();
    return conductor::answered<QJsonValue>(std::move(answer));
}

QString line(const conductor::Request &request)
{
    QString text = QString::fromLatin1(conductor::verbName(request.verb)) + u" /"_s + request.segments.join(u'/');
    if (!request.query.isEmpty())
        text += u'?' + request.query.toString();
    return text;
}

} // namespace support
