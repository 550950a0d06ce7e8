// Which server this process serves, and where its key comes from. A key is never combined with an address of another source.
#pragma once

#include "conductor/api/token.h"
#include "conductor/profile/profile.h"
#include "mcp/commandline.h"
#include "mcp/policy/policy.h"

#include <QUrl>

namespace mcp {

struct Configuration {
    enum class Source { Profile, ConfigFile, Environment, LocalDev };

    Source source = Source::Profile;
    QString profile = {}; // its name as asked for; empty: the default one
    QUrl url = {};        // of the other sources
    conductor::AccessKey key = {};
    QStringList warnings = {}; // for standard error
    Selection offered = {};    // by the flags

    // Flags, then CONDUCTOR_CONFIG_PATH, then CONDUCTOR_SERVER_URL, then the default profile. Errors: Validation or NotFound for
    // a file that cannot be used. Profiles are looked up later, when a tool is called.
    static conductor::Result<Configuration> from(const CommandLine &line);
};

// What this profile lets the flags have. Errors: Validation for a section that does not fit.
conductor::Result<Policy> policyOf(const Selection &asked, const conductor::Profile &profile);

// The same for the profile of a configuration, as its file is now; one that is not there lets no call get further anyway.
conductor::Result<Policy> policyFor(const Configuration &configuration);

} // namespace mcp
