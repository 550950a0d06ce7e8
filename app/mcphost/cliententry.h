// What an AI client's configuration has to hold to use a server of ours. Never a secret: only the name of a profile.
#pragma once

#include <QString>

namespace app {

// {"mcpServers": {"conductor": {"command": …, "args": ["--profile", …]}}}, as most clients take it.
QString clientEntry(const QString &program, const QString &profile);

} // namespace app
