#include "conductor/base/directories.h"

#include <QDir>
#include <QFile>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

QString ours(const char *variable, const QString &belowHome)
{
    const QString set = qEnvironmentVariable(variable);
    const QString base = QDir::isAbsolutePath(set) ? set : homeDirectory() + belowHome;
    return base + u"/conductor-companion"_s;
}

} // namespace

QString homeDirectory()
{
    const QString home = qEnvironmentVariable("HOME");
    if (QDir::isAbsolutePath(home))
        return home;
    const passwd *user = getpwuid(getuid());
    return user ? QFile::decodeName(user->pw_dir) : u"/"_s;
}

QString configDirectory()
{
    return ours("XDG_CONFIG_HOME", u"/.config"_s);
}

QString cacheDirectory()
{
    return ours("XDG_CACHE_HOME", u"/.cache"_s);
}

QString dataDirectory()
{
    return ours("XDG_DATA_HOME", u"/.local/share"_s);
}

QString userRuntimeDirectory()
{
    const QString path = u"/run/user/%1"_s.arg(getuid());
    struct stat info = {};
    const bool private_ = stat(QFile::encodeName(path).constData(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == getuid() && (info.st_mode & 077) == 0;
    return private_ ? path : QString();
}

void completeEnvironment()
{
    if (!qEnvironmentVariableIsSet("HOME"))
        qputenv("HOME", QFile::encodeName(homeDirectory()));
    const QString runtime = userRuntimeDirectory();
    if (runtime.isEmpty())
        return;
    if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime));
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") && QFile::exists(runtime + u"/bus"_s))
        qputenv("DBUS_SESSION_BUS_ADDRESS", QByteArray("unix:path=" + QFile::encodeName(runtime) + "/bus"));
}

bool makePrivateDirectory(const QString &path)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return false;
    const QByteArray name = QFile::encodeName(path);
    mkdir(name.constData(), 0700);
    struct stat info = {};
    if (lstat(name.constData(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != getuid())
        return false;
    return (info.st_mode & 077) == 0 || chmod(name.constData(), 0700) == 0;
}

} // namespace conductor
