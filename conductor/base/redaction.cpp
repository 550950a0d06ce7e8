#include "conductor/base/redaction.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace conductor {

QString redactionMark()
{
    return u"•••"_s;
}

bool namesASecret(QStringView field)
{
    static const QRegularExpression secret(
        u"(secret|passw(or)?d|passphrase|authorization|credential|private[-_]?key|api[-_]?key|access[-_]?key|auth[-_]?key|token$|^key[-_]?id$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return secret.match(field.toString()).hasMatch();
}

QJsonValue redacted(const QJsonValue &json)
{
    if (json.isString())
        return redacted(json.toString());
    if (json.isArray()) {
        QJsonArray array = json.toArray();
        for (QJsonValueRef element : array)
            element = redacted(QJsonValue(element));
        return array;
    }
    if (json.isObject()) {
        QJsonObject object = json.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            it.value() = namesASecret(it.key()) ? QJsonValue(redactionMark()) : redacted(QJsonValue(it.value()));
        return object;
    }
    return json;
}

QString redacted(QString text)
{
    static const QRegularExpression jwt(u"eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)?"_s);
    static const QRegularExpression bearer(u"(?i)(bearer\\s+)[A-Za-z0-9._~+/=-]{8,}"_s);
    static const QRegularExpression userInfo(u"(://)[^/@\\s]+@"_s);
    text.replace(jwt, redactionMark());
    text.replace(bearer, u"\\1"_s + redactionMark());
    text.replace(userInfo, u"\\1"_s + redactionMark() + u'@');
    return text;
}

} // namespace conductor
