// The address of a Conductor server as people type it and as we keep it.
#pragma once

#include "conductor/base/result.h"

#include <QUrl>

namespace conductor {

// http or https with a host, without slashes at its end, query and fragment. Errors: Validation, also for a user or a password
// in it: those belong in the keychain.
Result<QUrl> serverUrl(const QString &text);

// The same server with /api at the end of its path. Never applied unasked: Probe tries it and suggests it.
QUrl withApi(const QUrl &url);

// Scheme, host and port: a key is never sent to another origin than the one it was entered for.
QString originOf(const QUrl &url);

} // namespace conductor
