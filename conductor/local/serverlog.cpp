#include "conductor/local/serverlog.h"

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr qsizetype linesKept = 40;
constexpr qsizetype longestLine = 1000;

} // namespace

ServerLog::ServerLog(const QString &path, qint64 cap)
    : m_file(path)
    , m_cap(cap)
{
}

bool ServerLog::open()
{
    m_last.clear();
    m_open.clear();
    if (m_file.isOpen())
        return true;
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return false;
    return m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void ServerLog::add(const QByteArray &output)
{
    if (m_file.isOpen()) {
        if (m_file.size() + output.size() > m_cap)
            rotate();
        m_file.write(output);
    }

    m_open += output;
    for (qsizetype end = m_open.indexOf('\n'); end >= 0; end = m_open.indexOf('\n')) {
        keep(m_open.left(end));
        m_open.remove(0, end + 1);
    }
    if (m_open.size() > 4 * longestLine) // a line without end must not grow
        m_open.truncate(4 * longestLine);
}

QStringList ServerLog::lastLines() const
{
    QStringList lines = m_last;
    if (!m_open.isEmpty())
        lines << QString::fromUtf8(m_open).left(longestLine);
    return lines;
}

void ServerLog::keep(QByteArray line)
{
    if (line.endsWith('\r'))
        line.chop(1);
    m_last << QString::fromUtf8(line).left(longestLine);
    if (m_last.size() > linesKept)
        m_last.removeFirst();
}

void ServerLog::rotate()
{
    m_file.close();
    const QString before = m_file.fileName() + u".1"_s;
    QFile::remove(before);
    QFile::rename(m_file.fileName(), before);
    if (m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace conductor
