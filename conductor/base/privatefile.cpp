#include "conductor/base/privatefile.h"

#include "conductor/base/directories.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace conductor {

Result<Done> writePrivately(const QString &path, const QByteArray &content)
{
    const QFileInfo info(path);
    const QString target = info.isSymLink() ? info.symLinkTarget() : path;
    const QString directory = QFileInfo(target).path();
    if (!QDir(directory).exists() && !makePrivateDirectory(directory))
        return Failure({Error::Kind::Validation, u"Cannot make the directory %1"_s.arg(directory), u"Check that it may be written"_s});

    QSaveFile file(target);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || file.write(content) != content.size() || !file.commit())
        return Failure({Error::Kind::Validation, u"Cannot write %1: %2"_s.arg(path, file.errorString()), u"Check that it may be written and the disk is not full"_s});
    return Done{};
}

Result<QByteArray> readWhole(const QString &path, qint64 limit)
{
    QFile file(path);
    if (!file.exists())
        return Failure({Error::Kind::NotFound, u"There is no file %1"_s.arg(path)});
    if (!file.open(QIODevice::ReadOnly))
        return Failure({Error::Kind::Validation, u"Cannot read %1: %2"_s.arg(path, file.errorString())});
    const QByteArray content = file.read(limit + 1);
    if (content.size() > limit)
        return Failure({Error::Kind::Validation, u"%1 is larger than %2 bytes"_s.arg(path).arg(limit)});
    return content;
}

} // namespace conductor
