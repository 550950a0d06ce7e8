#include "conductor/profile/profilewatch.h"

#include <QDir>
#include <QFileInfo>

using namespace std::chrono_literals;

namespace conductor {

ProfileWatch::ProfileWatch(QString path)
    : m_path(std::move(path))
{
    m_settled.setSingleShot(true);
    m_settled.setInterval(10ms);
    const auto settle = [this] {
        if (!m_settled.isActive()) // not started anew each time: a busy directory must not put it off for ever
            m_settled.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
    connect(&m_settled, &QTimer::timeout, this, [this] {
        arm(); // before others look, so that nothing written meanwhile is missed
        Q_EMIT touched();
    });
    arm();
}

// The file for what is written into it, its directory for what replaces it, the place it is a link to, and while its
// directory is missing the nearest one above in which that can appear.
QStringList ProfileWatch::wanted() const
{
    QStringList paths;
    const QFileInfo file(m_path);
    if (file.exists())
        paths << m_path;
    if (file.isSymLink() && QFileInfo::exists(QFileInfo(file.symLinkTarget()).path()))
        paths << QFileInfo(file.symLinkTarget()).path();
    QDir directory(file.path());
    while (!directory.exists() && !directory.isRoot())
        directory.setPath(QFileInfo(directory.path()).path());
    return paths << directory.path();
}

void ProfileWatch::arm()
{
    const QStringList paths = wanted();
    QStringList obsolete = m_watcher.files(); // also the one that is wanted: its path may name another file by now
    QStringList missing;
    const QStringList directories = m_watcher.directories();
    for (const QString &path : directories) {
        if (!paths.contains(path))
            obsolete << path;
    }
    for (const QString &path : paths) {
        if (!directories.contains(path))
            missing << path;
    }
    if (!obsolete.isEmpty())
        m_watcher.removePaths(obsolete);
    if (!missing.isEmpty())
        m_watcher.addPaths(missing);
}

} // namespace conductor
