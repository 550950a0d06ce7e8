#include "mcp/clients/clientwatch.h"

#include <QFileInfo>

using namespace std::chrono_literals;

namespace mcp {

ClientWatch::ClientWatch(QStringList files, QObject *parent)
    : QObject(parent)
    , m_files(std::move(files))
{
    m_calm.setSingleShot(true);
    m_calm.setInterval(200ms);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_calm, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_calm, qOverload<>(&QTimer::start));
    connect(&m_calm, &QTimer::timeout, this, [this] {
        watch();
        Q_EMIT changed();
    });
    watch();
}

void ClientWatch::watch()
{
    QStringList wanted;
    for (const QString &file : m_files) {
        const QFileInfo info(file);
        if (info.exists())
            wanted << file;
        if (info.dir().exists())
            wanted << info.path();
    }
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    wanted.removeDuplicates();
    wanted.removeIf([&](const QString &path) { return watched.contains(path); });
    if (!wanted.isEmpty())
        m_watcher.addPaths(wanted);
}

} // namespace mcp
