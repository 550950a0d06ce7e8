#include "mcp/transport/stdio.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace mcp {
namespace {

// A pipe that poll() calls writable takes this much without blocking.
constexpr qint64 portion = 4096;

bool takesMore(int fd)
{
    pollfd state{fd, POLLOUT, 0};
    return poll(&state, 1, 0) == 1 && (state.revents & (POLLOUT | POLLERR | POLLHUP)) != 0;
}

} // namespace

int claimStandardOutput()
{
    const bool served = fcntl(0, F_GETFD) != -1 && fcntl(1, F_GETFD) != -1;
    // A closed one would be given to the next thing that is opened, and that would then be written to or waited for.
    for (int fd = 0; fd <= 2; ++fd) {
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY) != fd)
            return -1;
    }
    const int claimed = fcntl(1, F_DUPFD_CLOEXEC, 3);
    if (claimed == -1 || dup2(2, 1) == -1)
        return -1;
    return served ? claimed : -1;
}

StdioLink::StdioLink(int in, int out, QObject *parent)
    : Link(parent)
    , m_inFd(in)
    , m_outFd(out)
    , m_readable(in, QSocketNotifier::Read)
    , m_writable(out, QSocketNotifier::Write)
{
    m_writable.setEnabled(false);
    connect(&m_readable, &QSocketNotifier::activated, this, &StdioLink::readSome);
    connect(&m_writable, &QSocketNotifier::activated, this, &StdioLink::writeSome);
}

StdioLink::~StdioLink()
{
    ::close(m_outFd);
}

void StdioLink::send(const QByteArray &line)
{
    if (m_outFd < 0)
        return;
    m_out += line;
    m_out += '\n';
    writeSome();
}

void StdioLink::setPaused(bool paused)
{
    m_readable.setEnabled(!paused && !m_ended);
}

void StdioLink::close()
{
    m_readable.setEnabled(false);
}

void StdioLink::readSome()
{
    std::array<char, 65536> buffer;
    const ssize_t count = ::read(m_inFd, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count <= 0) {
        end();
        return;
    }
    const std::vector<LineReader::Line> lines = m_lines.feed(QByteArray(buffer.data(), count));
    for (const LineReader::Line &line : lines) {
        if (line.tooLong)
            Q_EMIT overlong();
        else
            Q_EMIT received(line.bytes);
    }
}

void StdioLink::writeSome()
{
    const bool wasFull = unsent() >= highWater;
    while (unsent() > 0 && takesMore(m_outFd)) {
        const ssize_t count = ::write(m_outFd, m_out.constData() + m_outAt, size_t(std::min(portion, unsent())));
        if (count < 0 && errno != EINTR && errno != EAGAIN) { // the client no longer listens
            m_out.clear();
            m_outAt = 0;
            end();
            break;
        }
        m_outAt += std::max<ssize_t>(0, count);
    }
    if (unsent() == 0) {
        m_out.clear();
        m_outAt = 0;
    } else if (m_outAt > highWater) {
        m_out.remove(0, m_outAt);
        m_outAt = 0;
    }
    m_writable.setEnabled(unsent() > 0);
    if (wasFull && unsent() < highWater)
        Q_EMIT drained();
}

void StdioLink::end()
{
    if (m_ended)
        return;
    m_ended = true;
    m_readable.setEnabled(false);
    if (const QByteArray rest = m_lines.rest(); !rest.trimmed().isEmpty())
        Q_EMIT received(rest);
    Q_EMIT closed();
}

} // namespace mcp
