// The real Conductor server that tests of wire/ talk to.
#pragma once

#include <QUrl>

namespace support {

// Its base URL, with /api: CONDUCTOR_TEST_URL, else where one runs by hand.
inline QUrl realServer()
{
    return QUrl(qEnvironmentVariable("CONDUCTOR_TEST_URL", QStringLiteral("http://127.0.0.1:8181/api")));
}

} // namespace support
