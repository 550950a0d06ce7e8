#include "conductor/local/serverdeath.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

struct Cause {
    QStringView sign; // in a line of the server's output
    QStringView meaning;
    QStringView advice;
};

// The first that is found counts. Source: conductor-server 3.32.3, SQLite, the JVM.
constexpr std::array causes{
    Cause{u"was already in use", u"its port is taken by another program", u"Start it again: it takes another port"},
    Cause{u"No space left on device", u"the disk is full", u"Make room and start it again"},
    Cause{u"SQLITE_FULL", u"the disk is full", u"Make room and start it again"},
    Cause{u"database disk image is malformed", u"its database is damaged", u"Move its directory away to begin with an empty one"},
    Cause{u"SQLITE_CORRUPT", u"its database is damaged", u"Move its directory away to begin with an empty one"},
    Cause{u"SQLITE_NOTADB", u"its database is damaged", u"Move its directory away to begin with an empty one"},
    Cause{u"FlywayValidateException", u"its database comes from another version of the server", u"Move its directory away to begin with an empty one"},
    Cause{u"OutOfMemoryError", u"it ran out of memory", u"Remove old runs, or use a larger server"},
    Cause{u"There is insufficient memory", u"the machine has no memory left", u"Close other programs and start it again"},
    Cause{u"Could not reserve enough space", u"the machine has no memory left", u"Close other programs and start it again"},
    Cause{u"UnsupportedClassVersionError", u"the Java is too old for it", u"Set CONDUCTOR_JAVA to a later one"},
    Cause{u"Invalid or corrupt jarfile", u"its jar is damaged", u"Remove the jar and run installer/server-files.sh in the source directory"},
};

QString howItEnded(int exitCode, QProcess::ExitStatus status)
{
    if (status == QProcess::CrashExit)
        return u"it was ended by signal %1"_s.arg(exitCode);
    return u"it ended with exit code %1"_s.arg(exitCode);
}

} // namespace

Error deathOf(int exitCode, QProcess::ExitStatus status, const QStringList &lastLines)
{
    for (const Cause &cause : causes) {
        if (std::any_of(lastLines.begin(), lastLines.end(), [&](const QString &line) { return line.contains(cause.sign); }))
            return {Error::Kind::Server, u"The local Conductor server ended: %1"_s.arg(cause.meaning), cause.advice.toString()};
    }
    return {Error::Kind::Server, u"The local Conductor server ended: %1"_s.arg(howItEnded(exitCode, status)), u"Its log says more"_s};
}

bool lostItsPort(const QStringList &lastLines)
{
    return std::any_of(lastLines.begin(), lastLines.end(), [](const QString &line) { return line.contains(u"was already in use"); });
}

} // namespace conductor
