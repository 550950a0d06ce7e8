// Reads a JSON object field by field, leniently: a missing field is empty. The first field that does not fit is remembered
// with its path, so that a reader can be written without a check per line:
//
//   Fields fields(json, u"definition"_s);
//   definition.name = fields.required(u"name");
//   return fields.read(definition);
#pragma once

#include "conductor/base/result.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace conductor {

class Fields
{
public:
    // what: the root of the paths in errors, such as "execution" or "execution.tasks[3]".
    Fields(const QJsonValue &json, QString what);

    QString text(QStringView key);     // numbers and booleans as text too: servers are not strict about it
    QString required(QStringView key); // an error when missing or empty
    qint64 integer(QStringView key, qint64 fallback = 0);
    bool flag(QStringView key, bool fallback = false);
    QDateTime time(QStringView key);   // from milliseconds since 1970 or ISO text; invalid for 0 and 1970, which mean "not set"
    QJsonObject object(QStringView key);
    QJsonArray array(QStringView key);
    QStringList texts(QStringView key); // an array of texts, or one text split at commas
    bool has(QStringView key) const;

    QString path(QStringView key) const;
    void fail(Error error); // kept when it is the first

    template <typename T>
    Result<T> read(T value) const
    {
        if (m_error)
            return Failure(*m_error);
        return value;
    }

private:
    void misfit(QStringView key, QStringView expected);

    QJsonObject m_object;
    QString m_what;
    std::optional<Error> m_error;
};

} // namespace conductor
