// Starts the companion.
#include "app/core/companion.h"
#include "app/look/icons.h"
#include "conductor/base/directories.h"

#include <QApplication>
#include <QCommandLineParser>

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

// Until profiles are there: the server that the environment names, as conductor-mcp takes it.
std::vector<app::ServerEntry> serversOfEnvironment()
{
    const QUrl url(qEnvironmentVariable("CONDUCTOR_SERVER_URL"));
    if (!url.isValid() || url.host().isEmpty())
        return {};
    return {{.id = u"environment"_s, .name = url.host(), .url = url}};
}

conductor::Client connectWithEnvironment(const app::ServerEntry &server)
{
    return conductor::Client::to(server.url, conductor::fixedKey({qEnvironmentVariable("CONDUCTOR_AUTH_KEY"), qEnvironmentVariable("CONDUCTOR_AUTH_SECRET")}));
}

} // namespace

int main(int argc, char **argv)
{
    conductor::completeEnvironment();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"conductor-companion"_s);
    QApplication::setApplicationDisplayName({});
    QApplication::setApplicationVersion(QStringLiteral(COMPANION_VERSION));
    QApplication::setDesktopFileName(u"conductor-companion"_s);
    QApplication::setWindowIcon(app::applicationIcon());

    QCommandLineParser parser;
    parser.setApplicationDescription(QApplication::translate("main", "Watches Conductor servers and lets AI clients use them."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({u"hidden"_s, QApplication::translate("main", "Start in the tray, without a window.")});
    parser.addOption({u"print-first-paint"_s, QApplication::translate("main", "Print the monotonic time of the window's first paint, in nanoseconds.")});
    parser.process(application);

    app::Companion companion(application, connectWithEnvironment);
    companion.servers().show(serversOfEnvironment());
    QObject::connect(&companion, &app::Companion::quitRequested, &application, &QApplication::quit, Qt::QueuedConnection);
    if (parser.isSet(u"print-first-paint"_s))
        printFirstPaint(companion.window());
    companion.start(parser.isSet(u"hidden"_s) ? app::Companion::Start::Hidden : app::Companion::Start::Shown);
    return QApplication::exec();
}
