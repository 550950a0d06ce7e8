#include "mcp/host/lifeline.h"

#include <csignal>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

int signalPipe = -1; // a signal handler has no other way to know it

void tell(int number)
{
    const char byte = char(number);
    [[maybe_unused]] const ssize_t written = ::write(signalPipe, &byte, 1);
}

} // namespace

Lifeline::Lifeline(Watch watch, QObject *parent)
    : QObject(parent)
{
    takeSignals();
    if (watch == Watch::SignalsAndParent)
        watchParent();
}

void Lifeline::takeSignals()
{
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN); // a file as long as it may be is an error of write(), not our end
    if (::pipe2(m_signals, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    signalPipe = m_signals[1];
    m_signalNotifier = std::make_unique<QSocketNotifier>(m_signals[0], QSocketNotifier::Read);
    connect(m_signalNotifier.get(), &QSocketNotifier::activated, this, [this] {
        char number = 0;
        if (::read(m_signals[0], &number, 1) == 1)
            Q_EMIT cut(u"signal %1"_s.arg(int(number)));
    });
    struct sigaction action = {};
    action.sa_handler = tell;
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before = {};
        ::sigaction(number, nullptr, &before);
        if (number != SIGHUP || before.sa_handler != SIG_IGN)
            ::sigaction(number, &action, nullptr);
    }
}

void Lifeline::watchParent()
{
    m_parent = int(::syscall(SYS_pidfd_open, ::getppid(), 0));
    if (m_parent < 0)
        return;
    ::fcntl(m_parent, F_SETFD, FD_CLOEXEC);
    m_parentNotifier = std::make_unique<QSocketNotifier>(m_parent, QSocketNotifier::Read);
    connect(m_parentNotifier.get(), &QSocketNotifier::activated, this, [this] {
        m_parentNotifier->setEnabled(false);
        Q_EMIT cut(u"the process that started us is gone"_s);
    });
}

Lifeline::~Lifeline()
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        ::signal(number, SIG_DFL);
    signalPipe = -1;
    for (const int fd : {m_signals[0], m_signals[1], m_parent}) {
        if (fd >= 0)
            ::close(fd);
    }
}

} // namespace mcp
