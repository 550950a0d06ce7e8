// Tells when a file of an AI client was changed, made or replaced, by whomever. Its owner keeps it as long as somebody looks.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace mcp {

class ClientWatch : public QObject
{
    Q_OBJECT

public:
    explicit ClientWatch(QStringList files, QObject *parent = nullptr);

Q_SIGNALS:
    void changed(); // once for changes that follow each other closely

private:
    void watch(); // a file that was replaced is another one

    const QStringList m_files;
    QFileSystemWatcher m_watcher;
    QTimer m_calm;
};

} // namespace mcp
