// The seam between what we ask a Conductor server and how it is asked: HttpTransport asks for real, the decorators
// (tokens, retries) wrap another Transport, tests script one.
#pragma once

#include "conductor/api/request.h"
#include "conductor/base/reply.h"

#include <QDeadlineTimer>
#include <QJsonValue>

#include <memory>
#include <stop_token>

namespace conductor {

class Transport
{
public:
    virtual ~Transport() = default;

    // The answer's JSON; its text as a string when it is text/plain; null when it is empty. Errors: every kind but Keychain;
    // the kind is decided from status and body (the server's status codes are unreliable).
    virtual Reply<QJsonValue> send(Request request) = 0;
};

// A decorator: stamps each request with the stop token and the deadline that HttpTransport obeys, and the observer it tells.
std::shared_ptr<Transport> bounded(std::shared_ptr<Transport> transport, std::stop_token stop, QDeadlineTimer deadline, Request::Observer observer = {});

// A decorator: gives each request a deadline of 60 s from now unless it has one, and sends a repeatable one up to three times
// more, after 0.1, 0.4 and 1.6 s give or take a half, while its error is transient and the deadline allows it.
std::shared_ptr<Transport> retried(std::shared_ptr<Transport> transport);

} // namespace conductor
