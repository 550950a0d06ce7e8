// A pause that can be cut short.
#pragma once

#include "conductor/base/reply.h"

#include <chrono>
#include <stop_token>

namespace conductor {

// Answers after the time, or with Cancelled as soon as stop is requested.
Reply<Done> delay(std::chrono::milliseconds time, std::stop_token stop = {});

} // namespace conductor
