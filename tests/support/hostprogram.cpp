// The companion's host without its window, as a process that a test may kill. Writes "ready" when it listens, and a line for
// every session it shows: "session NAME SERVER-PID CALLS RESTARTS LAST-EXIT" and "ended".
#include "conductor/base/directories.h"
#include "mcp/host/host.h"
#include "mcp/host/lifeline.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    conductor::completeEnvironment();
    QCoreApplication application(argc, argv);
    mcp::Host host({QStringLiteral(PROGRAMS_DIR) + u"/conductor-mcp"_s, mcp::rendezvousPath()});
    mcp::Lifeline lifeline;
    const auto say = [](const QString &line) {
        std::puts(qPrintable(line));
        std::fflush(stdout);
    };
    QObject::connect(&host, &mcp::Host::started, qApp, [&] { say(u"ready"_s); });
    QObject::connect(&host, &mcp::Host::failed, qApp, [&](const conductor::Error &error) {
        say(u"failed "_s + error.message);
        QCoreApplication::exit(1);
    });
    QObject::connect(&host, &mcp::Host::sessionChanged, qApp, [&](const mcp::SessionInfo &session) {
        say(u"session %1 %2 %3 %4 %5"_s.arg(session.client.name).arg(session.serverPid).arg(session.calls).arg(session.restarts).arg(session.lastExit));
    });
    QObject::connect(&host, &mcp::Host::sessionEnded, qApp, [&] { say(u"ended"_s); });
    QObject::connect(&lifeline, &mcp::Lifeline::cut, &host, &mcp::Host::stop);
    QObject::connect(&host, &mcp::Host::stopped, qApp, [] { QCoreApplication::exit(0); });
    host.start();
    return QCoreApplication::exec();
}
