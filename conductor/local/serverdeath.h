// Why a Conductor server's process ended by itself, in words: from how it ended and from what it printed last.
#pragma once

#include "conductor/base/result.h"

#include <QProcess>
#include <QStringList>

namespace conductor {

// Kind Server; the hint is empty where nothing better is known than the log.
Error deathOf(int exitCode, QProcess::ExitStatus status, const QStringList &lastLines);

// Somebody else took the port between our look and the server's start.
bool lostItsPort(const QStringList &lastLines);

} // namespace conductor
