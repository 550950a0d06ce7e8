// Starts the companion: with a window where there is a display, else without.
#include "app/core/companion.h"
#include "app/core/headless.h"
#include "app/look/icons.h"
#include "app/profiles/profileservers.h"
#include "conductor/base/directories.h"
#include "mcp/host/lifeline.h"
#include "mcp/host/rendezvous.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>
#include <ctime>

using namespace Qt::StringLiterals;

namespace {

// For tests/bench: when the window was painted first, on the clock that does not jump.
void printFirstPaint(app::MainWindow &window)
{
    QObject::connect(&window, &app::MainWindow::painted, &window, [] {
        timespec now = {};
        clock_gettime(CLOCK_MONOTONIC, &now);
        std::printf("%lld\n", static_cast<long long>(now.tv_sec) * 1'000'000'000 + now.tv_nsec);
        std::fflush(stdout);
    });
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QCoreApplication::translate("main", "Watches Conductor servers and lets AI clients use them."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({u"demo"_s, QCoreApplication::translate("main", "Start a local Conductor server with sample workflows and workers that drive them.")});
    parser.addOption({u"hidden"_s, QCoreApplication::translate("main", "Start in the tray, without a window.")});
    parser.addOption({u"headless"_s, QCoreApplication::translate("main", "Start without a window, also where there is a display.")});
    parser.addOption({u"print-first-paint"_s, QCoreApplication::translate("main", "Print the monotonic time of the window's first paint, in nanoseconds.")});
}

// True when another companion of this user runs; it has been told to show itself.
bool raisedAnother()
{
    mcp::Hello hello;
    hello.purpose = mcp::Hello::Purpose::Raise;
    hello.pid = QCoreApplication::applicationPid();
    mcp::Knock knock(hello);
    QEventLoop loop;
    bool raised = false;
    QObject::connect(&knock, &mcp::Knock::welcomed, &loop, [&] {
        raised = true;
        loop.quit();
    });
    QObject::connect(&knock, &mcp::Knock::alone, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&knock, [&knock] { knock.begin(); }, Qt::QueuedConnection);
    loop.exec();
    return raised;
}

void readProfiles(app::Services &services)
{
    if (const conductor::Result<conductor::Done> loaded = services.profiles().load(); !loaded)
        qWarning("%s", qPrintable(conductor::sentence(loaded.error())));
}

int runHeadless(QCoreApplication &application, const QCommandLineParser &parser)
{
    app::Services services;
    readProfiles(services);
    app::Headless headless(services);
    QObject::connect(&headless, &app::Headless::finished, &application, &QCoreApplication::exit, Qt::QueuedConnection);
    headless.start();
    if (parser.isSet(u"demo"_s))
        services.startLocalServer(app::Services::Demo::With);
    return QCoreApplication::exec();
}

int runWithWindow(QApplication &application, const QCommandLineParser &parser)
{
    QApplication::setApplicationDisplayName({});
    QApplication::setDesktopFileName(u"conductor-companion"_s);
    QApplication::setWindowIcon(app::applicationIcon());
    if (raisedAnother())
        return 0;

    app::Services services;
    readProfiles(services);
    app::ProfileServers servers(services);
    app::Companion companion(application, services, servers.connector());
    servers.feed(companion.servers());
    const mcp::Lifeline lifeline(mcp::Lifeline::Watch::Signals);
    QObject::connect(&lifeline, &mcp::Lifeline::cut, &services, &app::Services::stop);
    QObject::connect(&companion, &app::Companion::quitRequested, &services, &app::Services::stop);
    // Not quit(): it asks the window to close first, which only hides it.
    QObject::connect(&services, &app::Services::stopped, &application, [] { QCoreApplication::exit(0); }, Qt::QueuedConnection);
    if (parser.isSet(u"print-first-paint"_s))
        printFirstPaint(companion.window());
    companion.start(parser.isSet(u"hidden"_s) ? app::Companion::Start::Hidden : app::Companion::Start::Shown);
    if (parser.isSet(u"demo"_s))
        services.startLocalServer(app::Services::Demo::With);
    return QApplication::exec();
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

bool isAsked(int argc, char **argv, const char *option)
{
    return std::any_of(argv + 1, argv + argc, [&](const char *argument) { return qstrcmp(argument, option) == 0; });
}

template <typename Application, typename Run>
int run(int &argc, char **argv, Run run)
{
    Application application(argc, argv);
    Application::setApplicationName(u"conductor-companion"_s);
    Application::setApplicationVersion(QStringLiteral(COMPANION_VERSION));
    QCommandLineParser parser;
    describe(parser);
    parser.process(application);
    return run(application, parser);
}

} // namespace

int main(int argc, char **argv)
{
    conductor::completeEnvironment();
    if (isAsked(argc, argv, "--headless") || !hasDisplay())
        return run<QCoreApplication>(argc, argv, runHeadless);
    return run<QApplication>(argc, argv, runWithWindow);
}
