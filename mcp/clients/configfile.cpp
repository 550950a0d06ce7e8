#include "mcp/clients/configfile.h"

#include "conductor/base/directories.h"
#include "conductor/base/privatefile.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int lockPatience = 2000;
constexpr int staleLock = 10000;
constexpr int keptBackups = 10;

Error refusal(const QString &path, const QString &why, const QString &hint = {})
{
    return {Error::Kind::Validation, u"%1 was not changed: %2"_s.arg(path, why), hint};
}

QString targetOf(const QString &path)
{
    QString target = path;
    for (int i = 0; i < 40 && QFileInfo(target).isSymLink(); ++i)
        target = QFileInfo(target).symLinkTarget();
    return target;
}

// The rename is in the directory, which has its own fsync.
void syncDirectory(const QString &directory)
{
    const int descriptor = open(QFile::encodeName(directory).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

Result<Done> checkUnchanged(const ConfigFile &seen)
{
    const Result<ConfigFile> now = readConfig(seen.path);
    if (!now)
        return Failure(now.error());
    if (now->exists == seen.exists && now->content == seen.content && now->target == seen.target)
        return Done{};
    return Failure({Error::Kind::Conflict, u"%1 was changed by somebody else meanwhile"_s.arg(seen.path), u"Look at the change again"_s});
}

Result<Done> write(const ConfigFile &seen, const QByteArray &content)
{
    struct stat before = {};
    const bool isThere = stat(QFile::encodeName(seen.target).constData(), &before) == 0;
    if (isThere && (!S_ISREG(before.st_mode) || (before.st_mode & S_IWUSR) == 0)) // root may write it all the same
        return Failure(refusal(seen.path, u"it is read only"_s, u"Somebody protects it; allow writing with: chmod u+w"_s));
    QSaveFile file(seen.target);
    if (!file.open(QIODevice::WriteOnly))
        return Failure(refusal(seen.path, file.errorString()));
    fchmod(file.handle(), isThere ? before.st_mode & 07777 : 0600);
    if (isThere && (before.st_uid != geteuid() || before.st_gid != getegid()) && fchown(file.handle(), before.st_uid, before.st_gid) != 0)
        return Failure(refusal(seen.path, u"it belongs to somebody else"_s));
    if (file.write(content) != content.size() || !file.flush() || fsync(file.handle()) != 0 || !file.commit())
        return Failure(refusal(seen.path, file.errorString(), u"Check that the disk is not full"_s));
    syncDirectory(QFileInfo(seen.target).path());
    const Result<QByteArray> written = readWhole(seen.target);
    if (!written || *written != content)
        return Failure({Error::Kind::Conflict, u"%1 was written, but something else stands in it already"_s.arg(seen.path), u"Look at the change again"_s});
    return Done{};
}

template <typename Change>
Result<Done> locked(const ConfigFile &seen, const Change &change)
{
    const QString directory = QFileInfo(seen.target).path();
    if (!QDir(directory).exists() && !makePrivateDirectory(directory))
        return Failure(refusal(seen.path, u"the directory %1 cannot be made"_s.arg(directory)));
    // The name that other writers of such files lock too.
    QLockFile lock(seen.target + u".lock"_s);
    lock.setStaleLockTime(staleLock);
    if (!lock.tryLock(lockPatience)) {
        const bool isHeld = lock.error() == QLockFile::LockFailedError;
        return Failure(isHeld ? refusal(seen.path, u"another program holds its lock"_s, u"Try again; if nothing uses it, remove %1.lock"_s.arg(seen.target))
                              : refusal(seen.path, u"the directory %1 may not be written"_s.arg(directory)));
    }
    if (const Result<Done> unchanged = checkUnchanged(seen); !unchanged)
        return unchanged;
    return change();
}

} // namespace

Result<ConfigFile> readConfig(const QString &path)
{
    ConfigFile file{path, targetOf(path)};
    Result<QByteArray> content = readWhole(file.target);
    if (!content && content.error().kind != Error::Kind::NotFound)
        return Failure(content.error());
    file.exists = content.has_value();
    if (content)
        file.content = std::move(*content);
    return file;
}

Result<Done> replaceConfig(const ConfigFile &seen, const QByteArray &content)
{
    return locked(seen, [&] { return write(seen, content); });
}

Result<Done> removeConfig(const ConfigFile &seen)
{
    return locked(seen, [&]() -> Result<Done> {
        QFile file(seen.target);
        if (!file.remove())
            return Failure(refusal(seen.path, file.errorString()));
        return Done{};
    });
}

Result<QString> keepBackup(const QString &client, const ConfigFile &file)
{
    const QString directory = dataDirectory() + u"/client-backups"_s;
    if (!makePrivateDirectory(directory))
        return Failure(refusal(file.path, u"no backup can be kept in %1"_s.arg(directory)));
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'.'zzz'Z'"_s);
    const QString path = u"%1/%2_%3_%4"_s.arg(directory, client, stamp, QFileInfo(file.path).fileName());
    if (const Result<Done> kept = writePrivately(path, file.content); !kept)
        return Failure(kept.error());
    const QStringList all = QDir(directory).entryList({client + u"_*"_s}, QDir::Files | QDir::Hidden, QDir::Name);
    for (qsizetype i = 0; i < all.size() - keptBackups; ++i)
        QFile::remove(QString(directory + u'/' + all[i]));
    return path;
}

} // namespace mcp
