// Where this user's files of ours lie. AI clients start us with a stripped environment: what is set wins, the rest follows
// from uid and HOME, so that a window and a server started by somebody else agree.
#pragma once

#include <QString>

namespace conductor {

QString homeDirectory();   // HOME, else the user database
QString configDirectory(); // $XDG_CONFIG_HOME or ~/.config, then /conductor-companion
QString cacheDirectory();  // $XDG_CACHE_HOME or ~/.cache, then /conductor-companion
QString dataDirectory();   // $XDG_DATA_HOME or ~/.local/share, then /conductor-companion

// /run/user/UID when it is ours and private, else empty.
QString userRuntimeDirectory();

// Sets what a stripped environment lacks and libraries need: HOME, XDG_RUNTIME_DIR, DBUS_SESSION_BUS_ADDRESS. Call it before
// the first thread starts.
void completeEnvironment();

// Creates the directory and its parents; mode 0700. False when that fails or it belongs to somebody else.
bool makePrivateDirectory(const QString &path);

} // namespace conductor
