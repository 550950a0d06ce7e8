// An operation's value or the Error that kept it from having one. No exceptions cross our own code.
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace conductor {

struct Error {
    enum class Kind { Network, Timeout, Tls, Auth, NotFound, Conflict, Validation, Server, Protocol, Keychain, Cancelled };

    Kind kind = Kind::Protocol;
    QString message = {};   // what happened, for a person
    QString hint = {};      // what to do next; empty when there is nothing better than trying again
    int httpStatus = 0;     // 0: no HTTP answer came
    bool transient = false; // the same request, sent again, may well succeed: busy server, reset connection
};

template <typename T>
using Result = tl::expected<T, Error>;
using Failure = tl::unexpected<Error>;

struct Done {}; // the value of an operation that has none

// "conflict" for Kind::Conflict, and so on: for logs and for the data of an answer.
QString kindName(Error::Kind kind);

// message and hint as one text for a person: "Connection refused. Is the server running?"
QString sentence(const Error &error);

} // namespace conductor
