#include "mcp/host/child.h"

#include "mcp/transport/socketlink.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <csignal>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp {

QProcessEnvironment serverEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"CONDUCTOR_CONFIG_PATH"_s, u"CONDUCTOR_SERVER_URL"_s, u"CONDUCTOR_AUTH_KEY"_s, u"CONDUCTOR_AUTH_SECRET"_s})
        environment.remove(name);
    return environment;
}

std::chrono::milliseconds backOffAfter(int deaths)
{
    constexpr std::array pauses{200ms, 1000ms, 5000ms, 30000ms};
    static_assert(pauses.size() == mostBackOffs);
    return deaths == 0 ? 0ms : pauses[size_t(std::min(deaths, mostBackOffs) - 1)];
}

Child::Child(Command command, QObject *parent)
    : QObject(parent)
    , m_command(std::move(command))
{
    m_process.setProcessEnvironment(m_command.environment);
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] { Q_EMIT wrote(m_process.readAllStandardError()); });
    connect(&m_process, &QProcess::finished, this, &Child::finish);
    m_insist.setInterval(2000);
    m_insist.callOnTimeout(this, [this] {
        if (m_process.state() != QProcess::NotRunning)
            ::kill(pid_t(m_pid), m_insistence++ == 0 ? SIGTERM : SIGKILL);
    });
}

Child::~Child()
{
    m_process.disconnect(this);
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(1000);
    }
}

Result<std::unique_ptr<Link>> Child::start()
{
    // Looked at first: each start that fails costs Qt 6.4 a descriptor for good, and an update takes the file away for a moment.
    if (!QFileInfo(m_command.program).isExecutable())
        return Failure({Error::Kind::Server, u"%1 cannot be started: it is not there, or not executable"_s.arg(m_command.program)});
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return Failure({Error::Kind::Server, u"No socket for a server process: %1"_s.arg(qt_error_string(errno))});

    // Runs in the child between fork and exec: only calls that are safe there.
    m_process.setChildProcessModifier([theirs = ends[1]] {
        ::dup2(theirs, 0);
        ::dup2(theirs, 1);
    });
    m_stamp = stampOf(m_command.program);
    m_process.start(m_command.program, m_command.arguments, QIODevice::ReadOnly);
    const bool started = m_process.waitForStarted(5000);
    ::close(ends[1]);
    auto socket = std::make_shared<QLocalSocket>();
    if (!started || !socket->setSocketDescriptor(ends[0])) {
        ::close(ends[0]);
        return Failure({Error::Kind::Server, u"%1 cannot be started: %2"_s.arg(m_command.program, m_process.errorString())});
    }
    m_pid = m_process.processId();
    m_startedAt = QDateTime::currentDateTimeUtc();
    return std::unique_ptr<Link>(std::make_unique<SocketLink>(std::move(socket)));
}

Child::Stamp Child::stampOf(const QString &program)
{
    struct stat info = {};
    if (::stat(QFile::encodeName(program).constData(), &info) != 0)
        return {};
    return {quint64(info.st_ino), qint64(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
}

// While an update has taken the old file away and not put the new one there, nothing is to be done yet.
bool Child::isOutdated() const
{
    const Stamp now = stampOf(m_command.program);
    return now != Stamp() && now != m_stamp;
}

void Child::kill()
{
    m_process.kill();
}

void Child::end()
{
    m_ending = true;
    if (!m_how.isEmpty())
        QMetaObject::invokeMethod(this, [this] { Q_EMIT exited(m_how); }, Qt::QueuedConnection);
    else if (!m_insist.isActive())
        m_insist.start();
}

void Child::finish(int code, QProcess::ExitStatus status)
{
    m_insist.stop();
    m_how = status == QProcess::NormalExit ? u"exit code %1"_s.arg(code) : u"killed by signal %1"_s.arg(code);
    if (m_ending)
        Q_EMIT exited(m_how);
}

} // namespace mcp
