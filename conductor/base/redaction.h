// Keeps secrets out of logs, audit rows and what is shown: by the name of a field and by the look of a value.
#pragma once

#include <QJsonValue>
#include <QString>

namespace conductor {

// What stands in place of a secret.
QString redactionMark();

// True for names such as "authorization", "X-Api-Key", "keySecret", "password", "access_token".
bool namesASecret(QStringView field);

// Values of fields that name a secret become the mark, at any depth; texts pass through redacted(text).
QJsonValue redacted(const QJsonValue &json);

// Bearer tokens, JWTs, and the user part of a URL become the mark.
QString redacted(QString text);

} // namespace conductor
