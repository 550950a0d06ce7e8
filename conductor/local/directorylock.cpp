#include "conductor/local/directorylock.h"

#include "conductor/base/directories.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

QString holderOf(int descriptor)
{
    QByteArray text(32, '\0');
    const ssize_t size = pread(descriptor, text.data(), size_t(text.size()), 0);
    const qint64 process = text.left(std::max<qsizetype>(0, size)).trimmed().toLongLong();
    return process > 0 ? u"process %1"_s.arg(process) : u"another process"_s;
}

} // namespace

DirectoryLock::~DirectoryLock()
{
    release();
}

Result<Done> DirectoryLock::take(const QString &directory)
{
    if (isHeld())
        return Done{};
    if (!makePrivateDirectory(directory))
        return Failure({Error::Kind::Validation, u"%1 cannot be made or belongs to somebody else"_s.arg(directory), u"Check that it may be written"_s});

    const QString path = directory + u"/lock"_s;
    const int descriptor = open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return Failure({Error::Kind::Validation, u"%1 cannot be opened: %2"_s.arg(path, QString::fromLocal8Bit(strerror(errno))),
                        u"Check that it may be written"_s});
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const QString holder = holderOf(descriptor);
        close(descriptor);
        return Failure({Error::Kind::Conflict, u"%1 is in use by %2"_s.arg(directory, holder), u"End that one first"_s});
    }

    // For the message above only; the lock holds without it.
    const QByteArray process = QByteArray::number(getpid()) + '\n';
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, process.constData(), size_t(process.size()), 0) != process.size()) {
        const QString reason = QString::fromLocal8Bit(strerror(errno));
        close(descriptor);
        return Failure({Error::Kind::Validation, u"%1 cannot be written: %2"_s.arg(path, reason), u"Is the disk full?"_s});
    }
    m_descriptor = descriptor;
    return Done{};
}

void DirectoryLock::release()
{
    if (isHeld())
        close(m_descriptor);
    m_descriptor = -1;
}

} // namespace conductor
