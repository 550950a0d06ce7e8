// A local server without its half gigabyte: a stand-in java and a jar of the right size, for the paths on which a real JVM would
// take minutes.
#pragma once

#include "conductor/base/directories.h"
#include "conductor/local/localserver.h"
#include "conductor/local/serverfiles.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <unistd.h>

namespace support {

inline void writeText(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

// In the place where findServerJar() looks; holes take no room.
inline void placeJar(qint64 size = conductor::serverPins().jarSize)
{
    const QString path = conductor::cacheDirectory() + QStringLiteral("/server/") + conductor::serverPins().jarFile;
    writeText(path, {});
    if (!QFile::resize(path, size))
        qFatal("cannot make %s", qPrintable(path));
}

inline void useStandInJava()
{
    qputenv("CONDUCTOR_JAVA", TESTS_DIR "/conductor/local/standin_java.py");
}

inline bool lives(qint64 process)
{
    QFile state(QStringLiteral("/proc/%1/stat").arg(process));
    if (!state.open(QIODevice::ReadOnly))
        return false;
    const QByteArray line = state.readAll();
    return line.mid(line.lastIndexOf(')') + 2, 1) != "Z";
}

} // namespace support
