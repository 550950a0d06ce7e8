// Files of mode 0600 that are replaced whole or not at all.
#pragma once

#include "conductor/base/result.h"

#include <QByteArray>

namespace conductor {

// Writes through a temporary file beside it, fsync and rename; keeps a symbolic link and writes its target. Makes the
// directory when it is missing. Errors: Validation with the system's reason.
Result<Done> writePrivately(const QString &path, const QByteArray &content);

// The content; NotFound when there is no such file, Validation when it cannot be read or is over limit bytes.
Result<QByteArray> readWhole(const QString &path, qint64 limit = 16 * 1024 * 1024);

} // namespace conductor
