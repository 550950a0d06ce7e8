// What an HTTP answer means: the one place where status and body become a value or an Error.
#pragma once

#include "conductor/base/result.h"

#include <QByteArray>
#include <QJsonValue>

namespace conductor {

struct HttpAnswer {
    int status = 0;
    QByteArray contentType; // as sent, with its parameters
    QByteArray body;
};

// Reads the answer of a Conductor server. The status alone does not tell: a wrong path outside /api is 200 with a web page,
// bad input is often 500, a busy database is 500 too. Errors: Validation, NotFound, Conflict, Auth, Server, Protocol.
Result<QJsonValue> meaningOf(const HttpAnswer &answer);

} // namespace conductor
