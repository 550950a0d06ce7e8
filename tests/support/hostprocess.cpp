#include "support/hostprocess.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QTest>

using namespace Qt::StringLiterals;

namespace support {

HostProcess::HostProcess()
{
    process.setProgram(QCoreApplication::applicationDirPath() + u"/host-program"_s);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&process, &QProcess::readyReadStandardOutput, this, [this] {
        while (process.canReadLine())
            lines << QString::fromUtf8(process.readLine()).trimmed();
    });
}

HostProcess::~HostProcess()
{
    process.disconnect(this);
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished(5000);
    }
}

bool HostProcess::start()
{
    lines.clear();
    process.start();
    return QTest::qWaitFor([this] { return lines.contains(u"ready"_s); }, 20000);
}

qint64 HostProcess::serverPid() const
{
    const QStringList sessions = lines.filter(u"session "_s);
    return sessions.isEmpty() ? 0 : sessions.last().section(u' ', 2, 2).toLongLong();
}

QList<qint64> descendants()
{
    QHash<qint64, qint64> parents;
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        QFile stat(u"/proc/%1/stat"_s.arg(entry));
        if (entry.toLongLong() <= 0 || !stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = stat.readAll();
        const QList<QByteArray> fields = content.mid(content.lastIndexOf(')') + 2).split(' ');
        if (fields.value(0) != "Z") // ended, and only not yet asked for
            parents.insert(entry.toLongLong(), fields.value(1).toLongLong());
    }
    QList<qint64> found{QCoreApplication::applicationPid()};
    for (qsizetype i = 0; i < found.size(); ++i)
        found << parents.keys(found[i]);
    return found.mid(1);
}

} // namespace support
