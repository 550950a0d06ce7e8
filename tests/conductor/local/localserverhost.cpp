// A program with a local server, for tests that kill it: localserverhost DIRECTORY prints the server's process id once it is ready.
#include "conductor/local/localserver.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    conductor::LocalServer server(QString::fromLocal8Bit(argv[1]), {});
    QObject::connect(&server, &conductor::LocalServer::stateChanged, &server, [&](conductor::LocalServer::State state) {
        if (state == conductor::LocalServer::State::Ready) {
            std::printf("%lld\n", static_cast<long long>(server.processId()));
            std::fflush(stdout);
        } else if (state != conductor::LocalServer::State::Starting) {
            QCoreApplication::exit(1);
        }
    });
    server.start();
    return QCoreApplication::exec();
}
