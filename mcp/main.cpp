// conductor-mcp: reads what it was asked to do and starts it.
#include "conductor/base/directories.h"
#include "mcp/commandline.h"
#include "mcp/commands/commands.h"
#include "mcp/doctor.h"
#include "mcp/host/door.h"
#include "mcp/host/httpservice.h"
#include "mcp/journal.h"
#include "mcp/transport/stdio.h"

#include <QCoreApplication>
#include <QFutureWatcher>

#include <cstdio>
#include <optional>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int usageError = 2;

std::optional<mcp::Configuration> configurationFor(const mcp::CommandLine &line)
{
    const conductor::Result<mcp::Configuration> configuration = mcp::Configuration::from(line);
    if (!configuration) {
        std::fprintf(stderr, "conductor-mcp: %s\n", qPrintable(conductor::sentence(configuration.error())));
        return {};
    }
    for (const QString &warning : configuration->warnings)
        std::fprintf(stderr, "conductor-mcp: %s\n", qPrintable(warning));
    return *configuration;
}

int examine(const mcp::CommandLine &line, int out)
{
    const std::optional<mcp::Configuration> configuration = configurationFor(line);
    if (!configuration)
        return 1;
    QFutureWatcher<conductor::Result<int>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, qApp,
                     [&watcher] { QCoreApplication::exit(conductor::answer(watcher.future()).value_or(1)); });
    watcher.setFuture(mcp::examine(*configuration, out));
    return QCoreApplication::exec();
}

int call(const mcp::CommandLine &line, int out)
{
    const std::optional<mcp::Configuration> configuration = configurationFor(line);
    return configuration ? mcp::callTool(line, *configuration, out) : 1;
}

int serveHttp(const mcp::CommandLine &line, int out)
{
    const std::optional<mcp::Configuration> configuration = configurationFor(line);
    if (!configuration)
        return 1;
    std::unique_ptr<mcp::Link> supervisor;
    if (line.http.isSupervised() && out >= 0)
        supervisor = std::make_unique<mcp::StdioLink>(STDIN_FILENO, out);
    mcp::HttpService service(*configuration, line.http, std::move(supervisor));
    QObject::connect(&service, &mcp::HttpService::serving, qApp,
                     [](const QString &address) { std::fprintf(stderr, "conductor-mcp: serving at %s\n", qPrintable(address)); });
    QObject::connect(&service, &mcp::HttpService::failed, qApp,
                     [](const conductor::Error &error) { std::fprintf(stderr, "conductor-mcp: %s\n", qPrintable(conductor::sentence(error))); });
    QObject::connect(&service, &mcp::HttpService::finished, qApp, &QCoreApplication::exit);
    QMetaObject::invokeMethod(&service, &mcp::HttpService::begin, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int serve(const mcp::CommandLine &line, int out)
{
    if (line.http.isAsked())
        return serveHttp(line, out);
    if (out < 0) {
        std::fputs("conductor-mcp: there is no standard input and output to serve a client on\n", stderr);
        return usageError;
    }
    const std::optional<mcp::Configuration> configuration = configurationFor(line);
    if (!configuration)
        return 1;
    mcp::Door door(*configuration, line.session, out);
    QObject::connect(&door, &mcp::Door::finished, qApp, &QCoreApplication::exit);
    QMetaObject::invokeMethod(&door, &mcp::Door::begin, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int obey(const mcp::CommandLine &line, int out)
{
    switch (line.command) {
    case mcp::CommandLine::Command::Help:
        dprintf(out, "%s", qPrintable(mcp::helpText()));
        return 0;
    case mcp::CommandLine::Command::Version:
        dprintf(out, "conductor-mcp %s\n", COMPANION_VERSION);
        return 0;
    case mcp::CommandLine::Command::Doctor:
        return examine(line, out);
    case mcp::CommandLine::Command::Tools:
        return mcp::listTools(line, out);
    case mcp::CommandLine::Command::Call:
        return call(line, out);
    case mcp::CommandLine::Command::Audit:
        return mcp::reportAudit(line, out);
    case mcp::CommandLine::Command::Validate:
        return mcp::validateFiles(line, out);
    case mcp::CommandLine::Command::Register:
    case mcp::CommandLine::Command::Unregister:
        return mcp::registerClients(line, out);
    case mcp::CommandLine::Command::Clients:
        return mcp::listClients(line, out);
    case mcp::CommandLine::Command::Serve:
        return serve(line, out);
    }
    return usageError;
}

} // namespace

int main(int argc, char **argv)
{
    const int out = mcp::claimStandardOutput();
    conductor::completeEnvironment();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"conductor-mcp"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(COMPANION_VERSION));

    const mcp::CommandLine line = mcp::CommandLine::read(QCoreApplication::arguments().mid(1));
    if (!line.problem.isEmpty()) {
        std::fprintf(stderr, "conductor-mcp: %s\nconductor-mcp --help tells what there is.\n", qPrintable(line.problem));
        return usageError;
    }
    if (const conductor::Result<conductor::Done> begun = mcp::beginJournal(line.logLevel, line.logFile); !begun) {
        std::fprintf(stderr, "conductor-mcp: %s\n", qPrintable(conductor::sentence(begun.error())));
        return usageError;
    }
    return obey(line, out);
}
