#include "mcp/journal.h"

#include "conductor/base/hostile.h"
#include "conductor/base/redaction.h"

#include <QDateTime>
#include <QFile>
#include <QLoggingCategory>

#include <array>
#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

Q_LOGGING_CATEGORY(calls, "mcp.calls", QtWarningMsg)

constexpr qsizetype longest = 4000; // characters of a message

// Qt hands its messages to a plain function, from any thread: what that needs lies here.
std::atomic<int> journalFd = STDERR_FILENO;
std::atomic<int> journalLevel = 2;

int severityOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 0;
    case QtInfoMsg:
        return 1;
    case QtWarningMsg:
        return 2;
    case QtCriticalMsg:
    case QtFatalMsg:
        return 3;
    }
    return 3;
}

void write(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    static constexpr std::array names{"debug", "info", "warning", "error"};
    const int severity = severityOf(type);
    if (severity < journalLevel)
        return;
    const QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() + " conductor-mcp " + names[size_t(severity)] + ": "
        + harmless(redacted(message.left(longest)), longest).toUtf8() + '\n';
    [[maybe_unused]] const ssize_t written = ::write(journalFd, line.constData(), size_t(line.size())); // one write: lines of processes do not mix
}

} // namespace

Result<Done> beginJournal(const QString &level, const QString &file)
{
    if (level.isEmpty() && file.isEmpty())
        return Done{}; // Qt's own way, which its environment variables steer
    static const QStringList levels{u"debug"_s, u"info"_s, u"warning"_s, u"error"_s};
    if (!level.isEmpty())
        journalLevel = int(levels.indexOf(level));
    if (!file.isEmpty()) {
        const int fd = ::open(QFile::encodeName(file).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
        struct stat info = {};
        if (fd < 0)
            return Failure({Error::Kind::Validation, u"Cannot write the log %1: %2"_s.arg(file, qt_error_string(errno))});
        if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_uid != getuid() || fchmod(fd, 0600) != 0) {
            ::close(fd);
            return Failure({Error::Kind::Validation, u"%1 is not a file of ours"_s.arg(file)});
        }
        journalFd = fd; // for the life of the process
    }
    if (journalLevel < 2)
        QLoggingCategory::setFilterRules(journalLevel == 0 ? u"mcp.*=true"_s : u"mcp.*.info=true"_s);
    qInstallMessageHandler(write);
    return Done{};
}

void noteCall(const Dispatcher::Outcome &outcome)
{
    qCInfo(calls).noquote() << outcome.tool << (outcome.refused ? u"refused"_s : outcome.isError ? u"error"_s : u"ok"_s) << outcome.tookMs << "ms";
}

} // namespace mcp
