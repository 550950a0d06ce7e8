// Which server this process serves, and where its key comes from. A key is never combined with an address of another source.
#pragma once

#include "conductor/api/token.h"
#include "mcp/commandline.h"

#include <QUrl>

namespace mcp {

struct Configuration {
    enum class Source { Profile, ConfigFile, Environment, LocalDev };

    Source source = Source::Profile;
    QString profile = {}; // its name as asked for; empty: the default one
    QUrl url = {};        // of the other sources
    conductor::AccessKey key = {};
    QStringList warnings = {}; // for standard error

    // Flags, then CONDUCTOR_CONFIG_PATH, then CONDUCTOR_SERVER_URL, then the default profile. Errors: Validation or NotFound for
    // a file that cannot be used. Profiles are looked up later, when a tool is called.
    static conductor::Result<Configuration> from(const CommandLine &line);
};

} // namespace mcp
