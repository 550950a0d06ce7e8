// The file of an AI client, read as it is and replaced whole or not at all. What a client or a person wrote meanwhile is never lost:
// a file that is not as it was seen is not replaced. Values and functions.
#pragma once

#include "conductor/base/result.h"

#include <QByteArray>

namespace mcp {

struct ConfigFile {
    QString path = {};
    QString target = {}; // what a symbolic link leads to, else the path
    bool exists = false;
    QByteArray content = {};
};

// A file that is not there is fine. Errors: Validation when it cannot be read or is over 16 MiB.
conductor::Result<ConfigFile> readConfig(const QString &path);

// Under a lock, through a temporary file beside it, fsync and rename; keeps mode, owner and a symbolic link. Its directory is made
// when it is missing. Errors: Conflict when it is not as it was seen; Validation with the reason when it may not be written.
conductor::Result<conductor::Done> replaceConfig(const ConfigFile &seen, const QByteArray &content);
// Removes a file that we made.
conductor::Result<conductor::Done> removeConfig(const ConfigFile &seen);

// A dated copy of mode 0600 in our own data directory, so that the client's holds nothing it does not know; the last 10 of each
// client are kept. Answers where it lies.
conductor::Result<QString> keepBackup(const QString &client, const ConfigFile &file);

} // namespace mcp
