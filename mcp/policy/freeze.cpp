#include "mcp/policy/freeze.h"

#include "conductor/base/directories.h"
#include "conductor/base/privatefile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {

QString word(Freeze freeze)
{
    switch (freeze) {
    case Freeze::Normal:
        return u"normal"_s;
    case Freeze::ReadOnly:
        return u"read only"_s;
    case Freeze::Stopped:
        return u"stopped"_s;
    }
    return u"read only"_s;
}

QString refusal(Freeze freeze, Effect::Kind effect)
{
    if (freeze == Freeze::Stopped)
        return u"The person at this computer has stopped all tool calls in Conductor Companion. Do not try again; ask them to switch it back to normal."_s;
    if (freeze == Freeze::ReadOnly && effect != Effect::Kind::Read)
        return u"The person at this computer has frozen Conductor to read only in Conductor Companion. Reading works; nothing may be changed. "
               "Do not try again; ask them to switch it back to normal."_s;
    return {};
}

FreezeFile::FreezeFile(QString path)
    : m_path(std::move(path))
{
}

QString FreezeFile::standardPath()
{
    return configDirectory() + u"/policy.json"_s;
}

FreezeFile::Stamp FreezeFile::stamp() const
{
    struct stat info = {};
    if (::stat(QFile::encodeName(m_path).constData(), &info) != 0)
        return {};
    return {qint64(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec, qint64(info.st_size), quint64(info.st_ino)};
}

Freeze FreezeFile::read() const
{
    const Result<QByteArray> content = readWhole(m_path, 1024 * 1024);
    if (!content)
        return content.error().kind == Error::Kind::NotFound ? Freeze::Normal : Freeze::ReadOnly;
    const QJsonValue freeze = QJsonDocument::fromJson(*content).object()[u"freeze"];
    for (const Freeze known : {Freeze::Normal, Freeze::ReadOnly, Freeze::Stopped}) {
        if (freeze.toString() == word(known))
            return known;
    }
    return Freeze::ReadOnly;
}

Freeze FreezeFile::current()
{
    const Stamp now = stamp();
    if (!m_freeze || now != m_stamp) {
        m_stamp = now;
        m_freeze = read();
    }
    return *m_freeze;
}

Result<Done> FreezeFile::set(Freeze freeze)
{
    if (!makePrivateDirectory(QFileInfo(m_path).path()))
        return Failure({Error::Kind::Validation, u"Cannot make the directory of %1"_s.arg(m_path)});
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(2000))
        return Failure({Error::Kind::Timeout, u"Somebody else is writing %1"_s.arg(m_path), u"Try again"_s});
    const Result<QByteArray> before = readWhole(m_path, 1024 * 1024);
    QJsonObject json = before ? QJsonDocument::fromJson(*before).object() : QJsonObject();
    json[u"freeze"] = word(freeze);
    const Result<Done> written = writePrivately(m_path, QJsonDocument(json).toJson());
    if (written)
        look();
    return written;
}

void FreezeFile::watch()
{
    if (m_watcher)
        return;
    makePrivateDirectory(QFileInfo(m_path).path());
    m_told = current();
    m_watcher = std::make_unique<QFileSystemWatcher>();
    m_watcher->addPath(QFileInfo(m_path).path()); // the file is replaced by rename, which only its directory shows
    connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, this, &FreezeFile::look);
}

void FreezeFile::look()
{
    const Freeze now = current();
    if (now == m_told)
        return;
    m_told = now;
    Q_EMIT changed(now);
}

} // namespace mcp
