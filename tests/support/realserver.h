// The real Conductor server of the test run: companion_test(… CONDUCTOR) starts it. Everybody shares it, so that a test names
// what it makes after itself.
#pragma once

#include "conductor/api/client.h"
#include "support/scriptedtransport.h"

namespace support {

QUrl realServer();               // ends in /api; aborts the test run when there is none
conductor::Client realClient();
QString realServerJar();
QString realServerJava();

// As awaited(), with the patience that a real server on a busy machine needs.
template <typename T>
conductor::Result<T> settled(conductor::Reply<T> reply)
{
    return awaited(std::move(reply), 60'000);
}

} // namespace support
