#include "mcp/host/otherservers.h"

#include "conductor/base/utc.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qint64 longestFile = 16 * 1024;
constexpr size_t most = 100;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(longestFile) : QByteArray();
}

// The fields of /proc/PID/stat from the third on: the second is a name in brackets that may hold anything.
QList<QByteArray> statFields(qint64 pid)
{
    const QByteArray stat = contents(u"/proc/%1/stat"_s.arg(pid));
    return stat.mid(stat.lastIndexOf(')') + 2).split(' ');
}

qint64 bootTime() // s since 1970
{
    const QList<QByteArray> lines = contents(u"/proc/stat"_s).split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("btime "))
            return line.mid(6).toLongLong();
    }
    return 0;
}

QString programOf(qint64 pid)
{
    QString name = QFileInfo(QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(pid))).fileName();
    if (name.endsWith(u" (deleted)")) // an update replaced it
        name.chop(10);
    return name.isEmpty() ? QString::fromUtf8(contents(u"/proc/%1/comm"_s.arg(pid))).trimmed() : name;
}

} // namespace

std::vector<OtherServer> otherServers(QSet<qint64> known)
{
    constexpr int parentField = 1;
    constexpr int startField = 19;
    std::vector<OtherServer> others;
    const qint64 boot = bootTime();
    const QStringList processes = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &entry : processes) {
        const qint64 pid = entry.toLongLong();
        if (pid <= 0 || known.contains(pid) || QFileInfo(u"/proc/"_s + entry).ownerId() != getuid() || programOf(pid) != u"conductor-mcp")
            continue;
        const QList<QByteArray> fields = statFields(pid);
        if (fields.size() <= startField || known.contains(fields[parentField].toLongLong()) || others.size() >= most)
            continue;
        OtherServer other;
        other.pid = pid;
        other.command = QString::fromUtf8(contents(u"/proc/%1/cmdline"_s.arg(pid)).replace('\0', ' ')).trimmed();
        other.parentPid = fields[parentField].toLongLong();
        other.parent = programOf(other.parentPid);
        other.since = conductor::utcFromMs(boot * 1000 + fields[startField].toLongLong() * 1000 / sysconf(_SC_CLK_TCK));
        others.push_back(std::move(other));
    }
    std::sort(others.begin(), others.end(), [](const OtherServer &a, const OtherServer &b) { return a.since < b.since; });
    return others;
}

} // namespace mcp
