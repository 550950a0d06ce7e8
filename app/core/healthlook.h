// How a server's health looks: glyph and family, the word is the server's own.
#pragma once

#include "app/core/servers.h"
#include "app/look/statuslook.h"

namespace app {

struct HealthLook {
    QStringView glyph;
    conductor::StatusFamily family;
};

inline HealthLook healthLook(ServerHealth::State state)
{
    switch (state) {
    case ServerHealth::State::Ready:
        return {u"circle-check", conductor::StatusFamily::Good};
    case ServerHealth::State::Trouble:
        return {u"circle-x", conductor::StatusFamily::Bad};
    case ServerHealth::State::Checking:
        return {u"circle-dashed", conductor::StatusFamily::Active};
    case ServerHealth::State::Resting:
    case ServerHealth::State::Unknown:
        break;
    }
    return {u"circle-dashed", conductor::StatusFamily::Quiet};
}

} // namespace app
