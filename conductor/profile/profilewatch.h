// Says when a file was written, replaced, removed or has appeared. Owned by what reads the file.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace conductor {

class ProfileWatch : public QObject
{
    Q_OBJECT

public:
    explicit ProfileWatch(QString path);

Q_SIGNALS:
    void touched(); // once for writes that come close together

private:
    QStringList wanted() const;
    void arm();

    const QString m_path;
    QFileSystemWatcher m_watcher;
    QTimer m_settled;
};

} // namespace conductor
