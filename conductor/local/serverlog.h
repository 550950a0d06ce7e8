// What a process printed: in a file that is kept below a size, and its last lines in memory.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QStringList>

namespace conductor {

class ServerLog
{
public:
    // At cap bytes the file becomes path.1, in place of the one before, and begins anew.
    explicit ServerLog(const QString &path, qint64 cap = 4 * 1024 * 1024);

    // Forgets the last lines and appends to the file from now on. False when it cannot be written; the lines are kept all the same.
    bool open();

    void add(const QByteArray &output); // in pieces of any length

    QStringList lastLines() const; // 40 and the one begun, oldest first, each up to 1,000 characters
    QString path() const { return m_file.fileName(); }

private:
    void keep(QByteArray line);
    void rotate();

    QFile m_file;
    qint64 m_cap;
    QByteArray m_open; // the line that has no end yet
    QStringList m_last;
};

} // namespace conductor
