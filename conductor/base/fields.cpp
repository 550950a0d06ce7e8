#include "conductor/base/fields.h"

#include "conductor/base/utc.h"

using namespace Qt::StringLiterals;

namespace conductor {

Fields::Fields(const QJsonValue &json, QString what)
    : m_object(json.toObject())
    , m_what(std::move(what))
{
    if (!json.isObject())
        fail({Error::Kind::Protocol, u"%1 is not a JSON object"_s.arg(m_what)});
}

QString Fields::text(QStringView key)
{
    const QJsonValue value = m_object[key];
    if (value.isDouble() || value.isBool())
        return value.toVariant().toString();
    if (!value.isString() && !value.isUndefined() && !value.isNull())
        misfit(key, u"text");
    return value.toString();
}

QString Fields::required(QStringView key)
{
    const QString value = text(key);
    if (value.isEmpty())
        fail({Error::Kind::Protocol, u"%1 is missing"_s.arg(path(key))});
    return value;
}

qint64 Fields::integer(QStringView key, qint64 fallback)
{
    const QJsonValue value = m_object[key];
    if (value.isUndefined() || value.isNull())
        return fallback;
    if (!value.isDouble())
        misfit(key, u"a number");
    return value.toInteger(qint64(value.toDouble(double(fallback))));
}

bool Fields::flag(QStringView key, bool fallback)
{
    const QJsonValue value = m_object[key];
    if (!value.isBool() && !value.isUndefined() && !value.isNull())
        misfit(key, u"true or false");
    return value.toBool(fallback);
}

QDateTime Fields::time(QStringView key)
{
    const QJsonValue value = m_object[key];
    QDateTime time;
    if (value.isDouble())
        time = utcFromMs(value.toInteger());
    else if (value.isString())
        time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    else if (!value.isUndefined() && !value.isNull())
        misfit(key, u"a time");
    return time.toMSecsSinceEpoch() > 0 ? time : QDateTime();
}

QJsonObject Fields::object(QStringView key)
{
    const QJsonValue value = m_object[key];
    if (!value.isObject() && !value.isUndefined() && !value.isNull())
        misfit(key, u"an object");
    return value.toObject();
}

QJsonArray Fields::array(QStringView key)
{
    const QJsonValue value = m_object[key];
    if (!value.isArray() && !value.isUndefined() && !value.isNull())
        misfit(key, u"an array");
    return value.toArray();
}

QStringList Fields::texts(QStringView key)
{
    const QJsonValue value = m_object[key];
    if (value.isString())
        return value.toString().split(u',', Qt::SkipEmptyParts);
    QStringList texts;
    const QJsonArray elements = array(key);
    for (const QJsonValue &element : elements) {
        if (!element.isString())
            misfit(key, u"an array of texts");
        texts << element.toString();
    }
    return texts;
}

bool Fields::has(QStringView key) const
{
    return m_object.contains(key);
}

QString Fields::path(QStringView key) const
{
    return m_what + u'.' + key;
}

void Fields::fail(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

void Fields::misfit(QStringView key, QStringView expected)
{
    fail({Error::Kind::Protocol, u"%1 is not %2"_s.arg(path(key), expected)});
}

} // namespace conductor
