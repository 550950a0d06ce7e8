// Who talks to us, as it says itself: not to be trusted, only to be shown.
#pragma once

#include <QString>

namespace mcp {

struct ClientIdentity {
    QString name;
    QString version;
    QString revision; // date of the protocol revision

    bool operator==(const ClientIdentity &) const = default;
};

} // namespace mcp
